"""The imported guidelines in one local file, ``guides.json``: one group (disaster type) per response.

Written aside and renamed, so that a reader sees the old file or the new one, never a part. The text is
the publisher's and stays on the operator's machine; nothing of it is bundled.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.guides.read import GuideItem, read_guide

FORM = 1
IMPORTED, REPLACED, ALREADY_THERE = "imported", "replaced", "already there"


class GuideStoreError(KnowledgeError):
    """The file of imported guidelines cannot be read or written; one sentence that says what to do."""


@dataclass(frozen=True)
class Reference:
    """Where a fact stands: ``file`` (for a reader), category code, order, and which of several items (1-based,
    0 for all that share the order). Written ``natural__earthquake/1011010/10.2`` or ``…/30.1#5``."""

    file: str
    category: str
    order: tuple[int, int]
    which: int = 0

    @classmethod
    def parse(cls, written: str) -> Reference:
        """Raises ValueError."""
        file, category, place = written.split("/")
        spot, _, which = place.partition("#")
        main, sub = spot.split(".")
        return cls(file, category, (int(main), int(sub)), int(which or 0))

    def of(self, items: tuple[GuideItem, ...]) -> tuple[GuideItem, ...]:
        """The items meant, of a group's items; () when it is not there."""
        found = [item for item in items if item.category == self.category and item.order == self.order and item.text]
        return tuple(found[self.which - 1 : self.which] if self.which else found)


@dataclass(frozen=True)
class Group:
    """One imported response. ``imported``: the day, UTC."""

    code: str
    name: str
    sha256: str
    imported: dt.date
    items: tuple[GuideItem, ...]

    @property
    def texts(self) -> tuple[GuideItem, ...]:
        return tuple(item for item in self.items if item.text)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.category_name for item in self.items))


def default_file() -> Path:
    """``$ANSIM_GUIDES_FILE``, else ``$ANSIM_HOME/guides.json``, else ``.ansim/guides.json`` in the repository."""
    if file := os.environ.get("ANSIM_GUIDES_FILE"):
        return Path(file)
    home = os.environ.get("ANSIM_HOME")
    return (Path(home) if home else Path(__file__).resolve().parents[2] / ".ansim") / "guides.json"


class GuideStore:
    """All imported groups, in one file that need not exist yet."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or default_file()

    def add(self, raw: bytes) -> tuple[Group, str]:
        """Keep a response in place of what was held of its group; returns it with what happened.

        Raises GuideError when it is refused, GuideStoreError when the file cannot be read or written.
        """
        items = read_guide(raw)
        digest = hashlib.sha256(raw).hexdigest()
        today = dt.datetime.now(dt.timezone.utc).date()
        group = Group(items[0].group, items[0].group_name, digest, today, items)
        with self._alone():
            held = self.groups()
            before = held.get(group.code)
            if before is not None and before.sha256 == digest:
                return before, ALREADY_THERE
            self._write({**held, group.code: group})
        return group, REPLACED if before is not None else IMPORTED

    def groups(self) -> dict[str, Group]:
        """Groups by code; {} when nothing was imported. Raises GuideStoreError."""
        try:
            seen = self.file.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise GuideStoreError(f"{self.file} cannot be read ({error.strerror}).") from None
        return _read(self.file, seen.st_mtime_ns, seen.st_size, seen.st_ino)

    def official(self, references: tuple[Reference, ...]) -> tuple[tuple[GuideItem, Group], ...]:
        """The imported items that these references mean, in their order, each once."""
        held = self.groups().values()
        found: dict[GuideItem, Group] = {}
        for reference in references:
            for group in held:
                for item in reference.of(group.items):
                    found.setdefault(item, group)
        return tuple(found.items())

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time: two imports at once must not lose each other's groups."""
        import fcntl

        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            lock = self.file.with_suffix(".lock").open("w")
        except OSError as error:
            raise GuideStoreError(_unwritable(self.file, error)) from None
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write(self, groups: dict[str, Group]) -> None:
        plain = {"form": FORM, "groups": [_plain(groups[code]) for code in sorted(groups)]}
        words = json.dumps(plain, ensure_ascii=False, indent=0).encode() + b"\n"
        aside = ""
        try:
            handle, aside = tempfile.mkstemp(prefix=".guides-", dir=self.file.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(words)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(aside, 0o644)
            os.replace(aside, self.file)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(aside)
            raise GuideStoreError(_unwritable(self.file, error)) from None


def _unwritable(file: Path, error: OSError) -> str:
    return f"{file} cannot be written ({error.strerror}); make room or set ANSIM_HOME to another folder."


def _plain(group: Group) -> dict[str, Any]:
    return {**asdict(group), "imported": group.imported.isoformat()}


@functools.lru_cache(maxsize=4)
def _read(file: Path, changed: int, size: int, inode: int) -> dict[str, Group]:
    try:
        loaded = json.loads(file.read_text("utf-8"))
        if loaded["form"] != FORM:
            raise ValueError("another form")
        groups = [_group(row) for row in loaded["groups"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise GuideStoreError(f"{file} cannot be read ({error}); remove it and import the guidelines again.") from None
    return {group.code: group for group in groups}


def _group(row: dict[str, Any]) -> Group:
    items = tuple(GuideItem(**{**item, "order": tuple(item["order"])}) for item in row["items"])
    return Group(row["code"], row["name"], row["sha256"], dt.date.fromisoformat(row["imported"]), items)
