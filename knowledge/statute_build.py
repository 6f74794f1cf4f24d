"""Puts the lines of a Korean statute together to articles and units; both readers feed it.

Every call carries the 1-based line of the source and the offsets of what stands there. What does
not fit stops the reading with its line: nothing is half-parsed.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.amendments import Amendment
from knowledge.decree import Article
from knowledge.errors import LawTextError
from knowledge.open_units import OpenArticle, OpenUnit
from knowledge.provision import Provision
from knowledge.statute import Division
from knowledge.statute_notes import split_notes

_DEPTH = {"편": 0, "장": 1, "절": 2, "관": 3}
PARAGRAPH, SUBPARAGRAPH, ITEM = 1, 2, 3


@dataclass(frozen=True)
class Place:
    """Where words stand: 1-based line, start and end offset in the source."""

    line: int
    start: int
    end: int


class Builder:
    """Collects divisions and articles of one statute (``law`` is its id, ``version`` its number)."""

    def __init__(self, law: str, version: str) -> None:
        self.law, self.version = law, version
        self.divisions: list[Division] = []
        self._headings: dict[int, str] = {}
        self._articles: list[Article] = []
        self._seen: set[str] = set()
        self._open: OpenArticle | None = None
        self._path: list[OpenUnit] = []

    def division(self, line: int, text: str, level: str) -> None:
        """A heading of ``level`` 편, 장, 절 or 관; those below it end here."""
        self._close()
        depth = _DEPTH[level]
        self._headings = {d: t for d, t in self._headings.items() if d < depth}
        self._headings[depth] = split_notes(text)[0]
        self.divisions.append(Division(text, line))

    def article(self, place: Place, number: str, title: str, heading: str, notes: tuple[Amendment, ...] = ()) -> None:
        self._close()
        if number in self._seen:
            raise LawTextError(place.line, f"Article {number} stands twice")
        self._seen.add(number)
        chapter = " / ".join(text for depth, text in self._headings.items() if depth < 2)
        section = " / ".join(text for depth, text in self._headings.items() if depth >= 2)
        self._open = OpenArticle(
            number, title, heading, chapter, section or None, place.start, place.end, [place.line], list(notes)
        )

    def deleted(self, place: Place, words: str) -> None:
        """``삭제 <date>`` in place of an article's text."""
        article = self._current(place.line, words)
        if article.paragraphs or article.deleted:
            raise LawTextError(place.line, f"Article {article.number} is deleted but has text; check the file")
        article.deleted = True
        article.notes += split_notes(words)[1]
        self._grow(place)

    def bracket(self, place: Place, notes: tuple[Amendment, ...]) -> None:
        """A line of ``[…]`` notes of the open article."""
        self._current(place.line, "[").brackets.extend(notes)
        self._grow(place)

    def paragraph(self, place: Place, number: str, words: str) -> None:
        article = self._current(place.line, words)
        if article.deleted:
            raise LawTextError(place.line, f"text follows the deletion of Article {article.number}")
        if number == "0" and article.paragraphs:
            raise LawTextError(place.line, f"a line of Article {article.number} has no number: {words[:30]!r}")
        self._add(place, article.paragraphs, PARAGRAPH, words, (article.number, number))

    def subparagraph(self, place: Place, number: str, words: str) -> None:
        holder = self._above(place.line, PARAGRAPH, f"subparagraph {number} without a paragraph above it")
        at = holder.provision
        self._add(place, holder.children, SUBPARAGRAPH, words, (at.article, at.paragraph or "0", number))

    def item(self, place: Place, mark: str, words: str) -> None:
        holder = self._above(place.line, SUBPARAGRAPH, f"item {mark} without a subparagraph above it")
        at = holder.provision
        numbers = (at.article, at.paragraph or "0", at.subparagraph or "", mark)
        self._add(place, holder.children, ITEM, words, numbers)

    def more(self, place: Place, words: str) -> None:
        """A line that goes on with the last unit: a sub-item, a table line, a second sentence."""
        self._current(place.line, words)
        if not self._path:
            raise LawTextError(place.line, f"a line that continues nothing: {words[:30]!r}")
        unit = self._path[-1]
        own, notes = split_notes(words)
        unit.own = f"{unit.own} {own}".strip()
        unit.notes += notes
        unit.lines.append(place.line)
        for above in self._path:
            above.end = place.end
        self._grow(place)

    def finish(self, line: int) -> tuple[Article, ...]:
        """All articles; raises LawTextError when there is none."""
        self._close()
        if not self._articles:
            raise LawTextError(line, "no article heading found; check that the file is a whole statute")
        return tuple(self._articles)

    def _add(self, place: Place, siblings: list[OpenUnit], level: int, words: str, numbers: tuple[str, ...]) -> None:
        provision = Provision(self.law, self.version, *numbers)
        if any(sibling.provision == provision for sibling in siblings):
            raise LawTextError(place.line, f"provision {provision.id} stands twice")
        own, notes = split_notes(words)
        if not own and not notes:
            raise LawTextError(place.line, f"provision {provision.id} has a number but no words")
        unit = OpenUnit(provision, own, place.start, place.end, [place.line], notes)
        siblings.append(unit)
        self._path = [*self._path[: level - 1], unit]
        self._grow(place)

    def _above(self, line: int, level: int, problem: str) -> OpenUnit:
        if self._open is None or len(self._path) < level:
            raise LawTextError(line, problem)
        return self._path[level - 1]

    def _current(self, line: int, words: str) -> OpenArticle:
        if self._open is None:
            raise LawTextError(line, f"expected a chapter or an article heading, found {words[:30]!r}")
        return self._open

    def _grow(self, place: Place) -> None:
        assert self._open is not None
        self._open.end = max(self._open.end, place.end)
        if self._open.lines[-1] != place.line:
            self._open.lines.append(place.line)

    def _close(self) -> None:
        if self._open is not None:
            self._articles.append(self._open.close(self.law, self.version))
        self._open, self._path = None, []
