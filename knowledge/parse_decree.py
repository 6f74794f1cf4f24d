"""Read the official English text of a Korean decree (the law viewer's plain text form).

The form: a table of amending decrees; chapters and sections; article headings that begin with a
no-break space; ``(1)`` paragraphs, ``1.`` subparagraphs (also ``4-2.`` and the misprint ``3-2;``),
``(a)`` items and, below an item, ``(i)`` sub-items, which belong to their item; ``<…>`` and ``[…]``
amendment notes; then one ADDENDA block for each decree.
A line of another form stops the reading with its number: nothing is half-parsed.
"""

from __future__ import annotations

import re

from knowledge.amendments import parse_bracket, split_notes
from knowledge.decree import Article, Law
from knowledge.errors import LawTextError
from knowledge.open_units import OpenArticle, OpenUnit
from knowledge.parse_addenda import parse_addenda, parse_amending_table
from knowledge.provision import Provision
from knowledge.source_lines import split_lines

_CHAPTER = re.compile(r"CHAPTER [IVXLC]+(?:-\d+)? \S.*")
_SECTION = re.compile(r"SECTION \d+(?:-\d+)? \S.*")
_HEADING = re.compile(
    "\u00a0(?P<full>Articles? (?P<number>\\d+(?:-\\d+)?)"
    r"(?: \((?P<title>.+)\))?(?P<deleted> Deleted\.?(?: <[^<>]+>)?)?)\s*"
)
_PARAGRAPH = re.compile(r"\((\d+(?:-\d+)?)\) (?=\S)")
_SUBPARAGRAPH = re.compile(r"(\d+(?:-\d+)?)[.;] (?=\S)")
_ITEM = re.compile(r"\(([a-z](?:-\d+)?)\) (?=\S)")
_SUB_ITEM = re.compile(r"\((i|ii|iii|iv|v|vi)\) (?=\S)")
_ADDENDA = re.compile(r"ADDEND(?:A|UM)\s*<")


class _Reader:
    """Reads the body line by line; ``line`` is 1-based for error messages."""

    def __init__(self, law: str, version: str) -> None:
        self.law, self.version = law, version
        self.chapter: str | None = None
        self.section: str | None = None
        self.chapter_lines: list[int] = []
        self.open: OpenArticle | None = None
        self.articles: list[Article] = []
        self.seen: set[str] = set()

    def feed(self, line: int, raw: str, start: int) -> None:
        end = start + len(raw.rstrip())
        if _CHAPTER.fullmatch(raw) or _SECTION.fullmatch(raw):
            self._division(line, raw)
        elif (heading := _HEADING.fullmatch(raw)) is not None:
            self._article(line, heading, start + 1, end)
        elif self.open is None:
            raise LawTextError(line, f"expected a chapter or an article heading, found {raw[:40]!r}")
        elif (note := parse_bracket(raw)) is not None:
            self.open.brackets.append(note)
            self._grow(line, end)
        elif self.open.brackets:
            raise LawTextError(line, f"text after the closing note of Article {self.open.number}")
        else:
            self._content(line, raw, start, end)

    def finish(self) -> tuple[Article, ...]:
        self._close()
        return tuple(self.articles)

    def _division(self, line: int, raw: str) -> None:
        self._close()
        self.chapter_lines.append(line)
        if raw.startswith("CHAPTER"):
            self.chapter, self.section = raw.strip(), None
        else:
            self.section = raw.strip()

    def _article(self, line: int, heading: re.Match[str], start: int, end: int) -> None:
        self._close()
        number = heading["number"]
        if self.chapter is None:
            raise LawTextError(line, f"Article {number} stands before the first chapter")
        if number in self.seen:
            raise LawTextError(line, f"Article {number} stands twice")
        self.seen.add(number)
        notes = split_notes(heading["deleted"] or "")[1]
        if heading["deleted"] and not notes:
            raise LawTextError(line, f"Article {number} is deleted without a date")
        self.open = OpenArticle(
            number,
            heading["title"] or "",
            heading["full"].strip(),
            self.chapter,
            self.section,
            start,
            end,
            [line],
            list(notes),
            deleted=any(note.kind == "deleted" for note in notes),
        )

    def _content(self, line: int, raw: str, start: int, end: int) -> None:
        if (found := _PARAGRAPH.match(raw)) is not None:
            self._paragraph(line, found[1], raw[found.end() :], start, end)
        elif (found := _SUBPARAGRAPH.match(raw)) is not None:
            self._subparagraph(line, found[1], raw[found.end() :], start, end)
        elif (found := _SUB_ITEM.match(raw)) is not None and self._in_item(found[1]):
            self._sub_item(line, raw, end)
        elif (found := _ITEM.match(raw)) is not None:
            self._item(line, found[1], raw[found.end() :], start, end)
        else:
            self._paragraph(line, "0", raw, start, end)
        self._grow(line, end)

    def _paragraph(self, line: int, number: str, words: str, start: int, end: int) -> None:
        article = self._living()
        if number == "0" and article.paragraphs:
            raise LawTextError(line, f"a line of Article {article.number} has no number: {words[:40]!r}")
        self._add(line, article.paragraphs, self._unit(words, line, start, end, article.number, number))

    def _subparagraph(self, line: int, number: str, words: str, start: int, end: int) -> None:
        article = self._living()
        if not article.paragraphs:
            raise LawTextError(line, f"subparagraph {number} without opening words")
        holder = article.paragraphs[-1]
        self._add(
            line,
            holder.children,
            self._unit(words, line, start, end, article.number, holder.provision.paragraph, number),
        )

    def _item(self, line: int, number: str, words: str, start: int, end: int) -> None:
        article = self._living()
        if not article.paragraphs or not article.paragraphs[-1].children:
            raise LawTextError(line, f"item ({number}) without a subparagraph above it")
        holder = article.paragraphs[-1].children[-1]
        self._add(
            line,
            holder.children,
            self._unit(
                words,
                line,
                start,
                end,
                article.number,
                holder.provision.paragraph,
                holder.provision.subparagraph,
                number,
            ),
        )

    def _in_item(self, roman: str) -> bool:
        """A roman number below an item; ``(i)`` right after ``(h)`` is the ninth item."""
        above = self._last_item()
        return above is not None and not (roman == "i" and above.provision.item == "h")

    def _last_item(self) -> OpenUnit | None:
        unit: OpenUnit | None = None
        siblings = self._living().paragraphs
        for _level in range(3):
            if not siblings:
                return None
            unit = siblings[-1]
            siblings = unit.children
        return unit

    def _sub_item(self, line: int, raw: str, end: int) -> None:
        item = self._last_item()
        assert item is not None
        words, notes = split_notes(raw)
        item.own += " " + words
        item.notes += notes
        item.end = end
        item.lines.append(line)

    def _unit(self, words: str, line: int, start: int, end: int, *numbers: str | None) -> OpenUnit:
        own, notes = split_notes(words)
        return OpenUnit(
            Provision(self.law, self.version, *numbers),  # type: ignore[arg-type]  # as many numbers as it has levels
            own,
            start,
            end,
            [line],
            notes,
        )

    def _add(self, line: int, siblings: list[OpenUnit], unit: OpenUnit) -> None:
        if any(sibling.provision == unit.provision for sibling in siblings):
            raise LawTextError(line, f"provision {unit.provision.id} stands twice")
        siblings.append(unit)

    def _living(self) -> OpenArticle:
        assert self.open is not None
        return self.open

    def _grow(self, line: int, end: int) -> None:
        article = self._living()
        article.end = end
        article.lines.append(line)

    def _close(self) -> None:
        if self.open is not None:
            self.articles.append(self.open.close(self.law, self.version))
            self.open = None


def parse_decree(source: str, law: str, version: str) -> Law:
    """Parse the whole text; raises LawTextError with a line number when it is of another form."""
    starts, lines = split_lines(source)
    body = next((i for i, raw in enumerate(lines) if _CHAPTER.fullmatch(raw)), None)
    if body is None:
        raise LawTextError(1, "no line 'CHAPTER I …': this is not the English text of a Korean decree")
    tail = next((i for i in range(body, len(lines)) if _ADDENDA.match(lines[i])), None)
    if tail is None:
        raise LawTextError(len(lines), "the text ends without its addenda: the file is cut off")
    title, amending = parse_amending_table(lines[:body])
    if amending[-1][0] != version:
        raise LawTextError(body, f"the last amending decree is No. {amending[-1][0]}, not {version}")
    reader = _Reader(law, version)
    numbers: list[int] = []
    for i in range(body, tail):
        if lines[i].strip():
            numbers.append(i + 1)
            reader.feed(i + 1, lines[i], starts[i])
    articles = reader.finish()
    if not articles:
        raise LawTextError(body + 1, "no article follows the first chapter heading")
    addenda = parse_addenda(lines, starts, tail)
    return Law(law, version, title, source, amending, articles, addenda, tuple(numbers))
