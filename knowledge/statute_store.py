"""The folder of imported statutes: every original byte for byte, beside a small manifest.

``<folder>/<law id>/<promulgated>-<number>-<in force>-<sha256, 12 digits>/`` holds the file and its
``manifest.json``. An import is one rename of a finished folder, so a version is there whole or not at
all, and two imports at once cannot harm each other.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from knowledge.decree import Unit
from knowledge.errors import KnowledgeError
from knowledge.later_changes import number_in
from knowledge.statute import DRF_JSON, DRF_XML, MARKDOWN, Statute
from knowledge.statute_read import read_statute

DECREE_ID = "009708"
"""The publisher's id (법령ID) of the decree whose English text is bundled."""
BUNDLED = {DECREE_ID: "disaster-safety-decree"}
IMPORTED, ALREADY_THERE = "imported", "already there"
_SUFFIX = {MARKDOWN: "md", DRF_XML: "xml", DRF_JSON: "json"}
_UNFINISHED = ".importing-"


class StatuteStoreError(KnowledgeError):
    """The import folder cannot be written, or a file in it is not the one that was imported."""


@dataclass(frozen=True)
class Version:
    """One imported file, as its manifest tells."""

    law_id: str
    title: str
    kind: str
    number: str
    promulgated: dt.date
    in_force: dt.date
    sha256: str
    form: str
    language: str
    file: str
    imported: str
    """When, in UTC; of two files of one version the later import counts."""
    folder: Path

    @property
    def key(self) -> tuple[str, dt.date, str, dt.date]:
        return self.law_id, self.in_force, self.number, self.promulgated

    @classmethod
    def read(cls, folder: Path) -> Version:
        """Read ``manifest.json``; raises StatuteStoreError with what to do."""
        try:
            row = json.loads((folder / "manifest.json").read_text("utf-8"))
            for name in ("promulgated", "in_force"):
                row[name] = dt.date.fromisoformat(row[name])
            return cls(**row, folder=folder)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise StatuteStoreError(
                f"{folder}: the manifest cannot be read ({error}); remove this folder and import the file again."
            ) from None

    def statute(self) -> Statute:
        """The parsed text (kept in memory once read); raises StatuteStoreError when the file was altered."""
        return _parsed(self.folder / self.file, self.sha256)


@functools.lru_cache(maxsize=16)
def _parsed(path: Path, sha256: str) -> Statute:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StatuteStoreError(f"{path}: {error.strerror}; remove its folder and import the file again.") from None
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise StatuteStoreError(f"{path} is not the file that was imported; remove its folder and import it again.")
    return read_statute(raw)


@dataclass(frozen=True)
class Pair:
    """A provision of the bundled text in an imported version. ``exact`` is False when only a unit
    above it bears the number; ``old_id`` is the bundled text's id."""

    old_id: str
    version: Version
    statute: Statute
    unit: Unit
    exact: bool

    @property
    def quote(self) -> str:
        return self.statute.quote(self.unit.id)


def default_folder() -> Path:
    """``$ANSIM_LAWS_DIR``, else ``$ANSIM_HOME/laws``, else ``.ansim/laws`` in the repository."""
    if folder := os.environ.get("ANSIM_LAWS_DIR"):
        return Path(folder)
    home = os.environ.get("ANSIM_HOME")
    return (Path(home) if home else Path(__file__).resolve().parent.parent / ".ansim") / "laws"


class StatuteStore:
    """All imported statutes below one folder, which need not exist yet."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def add(self, raw: bytes) -> tuple[Statute, str]:
        """Parse and keep a file; returns it with ``imported`` or ``already there``.

        Raises LawTextError when it is refused, StatuteStoreError when it cannot be written.
        """
        statute = read_statute(raw)
        sha256 = hashlib.sha256(raw).hexdigest()
        name = f"{statute.promulgated:%Y%m%d}-{statute.number}-{statute.in_force:%Y%m%d}-{sha256[:12]}"
        target = self.folder / statute.law_id / name
        if target.exists():
            try:
                Version.read(target).statute()
                return statute, ALREADY_THERE
            except KnowledgeError:
                shutil.rmtree(target, ignore_errors=True)  # damaged: the same file mends it
        try:
            return statute, self._keep(statute, raw, sha256, target)
        except OSError as error:
            raise StatuteStoreError(
                f"{self.folder} cannot be written ({error.strerror}); make room or set ANSIM_HOME to another folder."
            ) from None

    def _keep(self, statute: Statute, raw: bytes, sha256: str, target: Path) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
        try:
            file = f"text.{_SUFFIX[statute.form]}"
            row = {
                "law_id": statute.law_id,
                "title": statute.title,
                "kind": statute.kind,
                "number": statute.number,
                "promulgated": statute.promulgated.isoformat(),
                "in_force": statute.in_force.isoformat(),
                "sha256": sha256,
                "form": statute.form,
                "language": "ko",
                "file": file,
                "imported": dt.datetime.now(dt.timezone.utc).isoformat(timespec="microseconds"),
            }
            _write(aside / file, raw)
            _write(aside / "manifest.json", json.dumps(row, ensure_ascii=False, indent=1).encode() + b"\n")
            target.parent.mkdir(parents=True, exist_ok=True)
            aside.chmod(0o755)
            try:
                aside.rename(target)
            except OSError:
                if not target.exists():  # else another import of the same file was first
                    raise
                return ALREADY_THERE
            return IMPORTED
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def laws(self) -> tuple[str, ...]:
        """Ids of the statutes of which at least one version is there."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(p.name for p in self.folder.iterdir() if p.is_dir() and not p.name.startswith(".")))

    def versions(self, law_id: str) -> tuple[Version, ...]:
        """All versions by the day they came into force (promulgation order may differ), oldest first."""
        place = self.folder / law_id
        if not law_id.isalnum() or not place.is_dir():
            return ()
        found = sorted((Version.read(folder) for folder in place.iterdir() if folder.is_dir()), key=_imported)
        latest = {version.key: version for version in found}
        return tuple(sorted(latest.values(), key=_force_order))

    def version(self, law_id: str, number: str) -> Version | None:
        """The version with that promulgation number, or None; of several the one last in force."""
        wanted = number.strip().removeprefix("제").removesuffix("호").lstrip("0")
        return next((v for v in reversed(self.versions(law_id)) if v.number == wanted), None)

    def in_force_on(self, law_id: str, day: dt.date) -> Version | None:
        """The version in force on a day, as far as imported; None when none was in force yet."""
        return next((v for v in reversed(self.versions(law_id)) if v.in_force <= day), None)

    def newest_in_force(self, law_id: str, today: dt.date) -> Version | None:
        """The version in force today: never one that is promulgated but not yet in force."""
        return self.in_force_on(law_id, today)

    def find(self, name: str) -> str | None:
        """The law id that a person means by an id or a title (blanks do not matter); None if not there."""
        if name in self.laws():
            return name
        bare = "".join(name.split())
        titles = {law_id: self.versions(law_id)[-1].title for law_id in self.laws() if self.versions(law_id)}
        return next((law_id for law_id, title in titles.items() if "".join(title.split()) == bare), None)

    def pair(
        self, provision_id: str, law_id: str = DECREE_ID, version: Version | None = None, as_of: dt.date | None = None
    ) -> Pair | None:
        """The same provision in an imported version (default: the newest in force ``as_of``, else today).

        Ids are those of the bundled text; what later decrees moved is followed to its new number.
        None when nothing is imported, or when the provision is gone from that version.
        """
        chosen = version or self.newest_in_force(law_id, as_of or dt.date.today())
        if chosen is None:
            return None
        statute = chosen.statute()
        wanted = number_in(provision_id, chosen.in_force) if law_id in BUNDLED else provision_id
        if wanted is None or not statute.law.has(wanted.partition("/")[0]):
            return None
        unit = statute.nearest(wanted)
        return Pair(provision_id, chosen, statute, unit, unit.id == wanted)


def _force_order(version: Version) -> tuple[dt.date, dt.date, int]:
    return version.in_force, version.promulgated, int(version.number)


def _imported(version: Version) -> str:
    return version.imported


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
