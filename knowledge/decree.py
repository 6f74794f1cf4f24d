"""A parsed law: units with their exact place in the source, headings, amendment notes, addenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.amendments import Amendment
from knowledge.errors import UnknownProvisionError
from knowledge.provision import Provision

LIVING, DELETED, MOVED = "living", "deleted", "moved"


@dataclass(frozen=True)
class Unit:
    """A provision with its words.

    ``start``/``end`` are offsets into the source text and cover the unit and all below it;
    ``own`` is the unit's first line without number and amendment notes.
    """

    provision: Provision
    own: str
    start: int
    end: int
    lines: tuple[int, ...]
    notes: tuple[Amendment, ...] = ()
    children: tuple[Unit, ...] = ()

    @property
    def id(self) -> str:
        return self.provision.id

    @property
    def deleted(self) -> bool:
        return self.own.rstrip(".; ") in ("Deleted", "삭제")

    def walk(self) -> Iterator[Unit]:
        """This unit and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def words(self) -> str:
        """The unit's words and all below, without numbers and notes (for matching)."""
        return " ".join(unit.own for unit in self.walk() if unit.own and not unit.deleted)


@dataclass(frozen=True)
class Article:
    """An article: heading, where it stands, and its paragraphs (or paragraph ``0``)."""

    unit: Unit
    title: str
    chapter: str
    section: str | None
    status: str
    heading: str
    """The heading line as it stands in the source."""
    paragraphs: tuple[Unit, ...]
    notes: tuple[Amendment, ...]
    """The ``[…]`` notes below the article."""

    @property
    def number(self) -> str:
        return self.unit.provision.article

    @property
    def path(self) -> tuple[str, ...]:
        """Heading chain from the chapter down to the article."""
        place = tuple(part for part in (self.chapter, self.section) if part)
        return (*place, self.heading)


@dataclass(frozen=True)
class Addendum:
    """The supplementary provisions of one amending decree, kept apart from the body."""

    decree_number: str
    promulgated: dt.date
    start: int
    end: int
    enforcement: str
    """The enforcement-date sentence as it stands in the source."""
    in_force: dt.date
    """First day in force: the date the sentence names, else the day of promulgation."""

    @property
    def id(self) -> str:
        return f"addenda-{self.decree_number}"


@dataclass(frozen=True)
class Law:
    """One version of a law, parsed; ``source`` is the unaltered text that every quote stands in."""

    law: str
    version: str
    title: str
    source: str
    amending: tuple[tuple[str, dt.date], ...]
    """(decree number, promulgation date), in the order of the table at the top."""
    articles: tuple[Article, ...]
    addenda: tuple[Addendum, ...]
    body_lines: tuple[int, ...] = field(repr=False)
    """1-based numbers of the non-blank lines from the first chapter to the last article."""

    @cached_property
    def _units(self) -> dict[str, Unit]:
        found: dict[str, Unit] = {}
        for article in self.articles:
            for unit in (article.unit, *(u for p in article.paragraphs for u in p.walk())):
                found[unit.id] = unit
        return found

    @cached_property
    def _articles(self) -> dict[str, Article]:
        return {article.number: article for article in self.articles}

    @cached_property
    def _addenda(self) -> dict[str, Addendum]:
        return {addendum.id: addendum for addendum in self.addenda}

    @property
    def living(self) -> tuple[Article, ...]:
        return tuple(a for a in self.articles if a.status == LIVING)

    @property
    def text_date(self) -> dt.date:
        """Promulgation date of the last amending decree in the text."""
        return self.amending[-1][1]

    def units(self) -> Iterator[Unit]:
        """Every unit of the body in the order of the text."""
        yield from self._units.values()

    def has(self, provision_id: str) -> bool:
        return provision_id in self._units

    def unit(self, provision_id: str) -> Unit:
        """The unit with that id; raises UnknownProvisionError."""
        try:
            return self._units[provision_id]
        except KeyError:
            raise UnknownProvisionError(provision_id) from None

    def article(self, number: str) -> Article:
        """The article with that number; raises UnknownProvisionError."""
        try:
            return self._articles[number]
        except KeyError:
            raise UnknownProvisionError(number) from None

    def article_of(self, provision_id: str) -> Article:
        return self.article(provision_id.split("/", 1)[0])

    def addendum(self, addendum_id: str) -> Addendum:
        try:
            return self._addenda[addendum_id]
        except KeyError:
            raise UnknownProvisionError(addendum_id) from None

    def quote(self, provision_id: str) -> str:
        """The words of a provision exactly as they stand in the source, notes included."""
        if provision_id in self._addenda:
            place = self._addenda[provision_id]
            return self.source[place.start : place.end]
        unit = self.unit(provision_id)
        return self.source[unit.start : unit.end]
