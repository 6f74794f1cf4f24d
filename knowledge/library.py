"""The laws that are bundled with the product, read from ``knowledge/laws/<law>/<edition>/``.

An edition folder holds one text, unaltered, and a ``manifest.json`` with its provenance.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.decree import Law
from knowledge.elsewhere import Topic, load_topics
from knowledge.errors import KnowledgeError
from knowledge.notes import Note, load_notes
from knowledge.parse_decree import parse_decree

if TYPE_CHECKING:
    from knowledge.statute_store import Pair

LAWS = Path(__file__).parent / "laws"
DECREE = "disaster-safety-decree"


class LibraryError(KnowledgeError):
    """A bundled law is missing or not the file its manifest describes."""


@dataclass(frozen=True)
class Edition:
    """One text of one version of a law in one language, with where it comes from."""

    law: str
    language: str
    version: str
    title: dict[str, str]
    short_title: dict[str, str]
    promulgated: dt.date
    in_force: dt.date
    official_page: str
    sha256: str
    path: Path

    @classmethod
    def read(cls, folder: Path) -> Edition:
        """Read ``manifest.json``; raises LibraryError with what to do."""
        try:
            row = json.loads((folder / "manifest.json").read_text("utf-8"))
            return cls(
                row["law"],
                row["language"],
                row["version"],
                row["title"],
                row["short_title"],
                dt.date.fromisoformat(row["promulgated"]),
                dt.date.fromisoformat(row["in_force"]),
                row["official_page"],
                row["sha256"],
                folder / row["file"],
            )
        except (OSError, ValueError, KeyError) as error:
            raise LibraryError(
                f"{folder.name}: the manifest cannot be read ({error}); restore the folder from the repository."
            ) from None

    def text(self) -> str:
        """The source text; raises LibraryError when it is not the file that was recorded."""
        try:
            raw = self.path.read_bytes()
        except OSError as error:
            raise LibraryError(f"{self.path.name}: {error.strerror}; restore it from the repository.") from None
        if hashlib.sha256(raw).hexdigest() != self.sha256:
            raise LibraryError(
                f"{self.path.parent.name}/{self.path.name} is not the text its manifest "
                "records; restore it from the repository."
            )
        return raw.decode("utf-8")

    def article_url(self, article: str) -> str:
        """Address of an article's official Korean page, e.g. …/제73조의9."""
        main, _, branch = article.partition("-")
        return f"{self.official_page}/제{main}조" + (f"의{branch}" if branch else "")


OfficialText = Callable[[str, "dt.date | None"], "Pair | None"]
"""(provision id, day or None for today) -> the provision in the version in force then."""


@dataclass(frozen=True)
class Shelf:
    """A law as the product uses it: the edition, its parsed text and our notes on it."""

    edition: Edition
    law: Law
    notes: dict[str, Note]
    headings_ko: dict[str, str]
    """Official Korean titles of chapters and sections, by their English heading line."""
    elsewhere: tuple[Topic, ...] = ()
    """Matters that this law's text does not decide, and where they stand."""
    official: OfficialText | None = None
    """Looks a provision up in the imported official Korean text, when there is one."""


def load_shelf(folder: Path) -> Shelf:
    """Read one edition folder and the notes beside it."""
    edition = Edition.read(folder)
    law = parse_decree(edition.text(), edition.law, edition.version)
    headings = json.loads((folder.parent / "headings_ko.json").read_text("utf-8"))["headings"]
    topics = load_topics(folder.parent / "elsewhere.jsonl")
    return Shelf(edition, law, load_notes(folder.parent / "notes"), headings, topics)


@functools.cache
def decree() -> Shelf:
    """The bundled English text of the Enforcement Decree, No. 33578 of 27 June 2023."""
    return load_shelf(LAWS / DECREE / "en-33578")
