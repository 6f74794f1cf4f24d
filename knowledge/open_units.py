"""Articles and units of a legal text while they are still being read; the readers of both languages fill them."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.amendments import Amendment
from knowledge.decree import DELETED, LIVING, MOVED, Article, Unit
from knowledge.provision import Provision


@dataclass
class OpenUnit:
    """``start`` and ``end``: offsets in the source; ``lines``: 1-based."""

    provision: Provision
    own: str
    start: int
    end: int
    lines: list[int]
    notes: tuple[Amendment, ...] = ()
    children: list[OpenUnit] = field(default_factory=list)

    def close(self) -> Unit:
        """The unit, reaching to the end of its last part."""
        children = tuple(child.close() for child in self.children)
        end = max(self.end, children[-1].end if children else 0)
        return Unit(self.provision, self.own, self.start, end, tuple(self.lines), self.notes, children)


@dataclass
class OpenArticle:
    """``notes``: those of the heading, or of a deletion; ``brackets``: those that close the article."""

    number: str
    title: str
    heading: str
    chapter: str
    section: str | None
    start: int
    end: int
    lines: list[int]
    notes: list[Amendment] = field(default_factory=list)
    deleted: bool = False
    paragraphs: list[OpenUnit] = field(default_factory=list)
    brackets: list[Amendment] = field(default_factory=list)

    def close(self, law: str, version: str) -> Article:
        """The article. Without numbered paragraphs its paragraph 0 is only a holder for its parts."""
        paragraphs = tuple(paragraph.close() for paragraph in self.paragraphs)
        status = DELETED if self.deleted else LIVING if paragraphs else MOVED
        unit = Unit(
            Provision(law, version, self.number),
            self.title,
            self.start,
            self.end,
            tuple(self.lines),
            tuple(self.notes),
            paragraphs,
        )
        return Article(
            unit, self.title, self.chapter, self.section, status, self.heading, paragraphs, tuple(self.brackets)
        )
