"""A document to take away as a list of blocks, which is then written as DOCX, PDF or Markdown.

Words in a block are a ``str`` or ready spans. In a ``str``, ``[ … ]`` with blanks inside is a gap to fill in and
``**…**`` is bold. What a person typed goes through `said`, so that it stays plain words whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

PLAIN, BOLD, GAP = "plain", "bold", "gap"
BODY, QUOTE, NOTE, NOTICE = "body", "quote", "note", "notice"
BULLET, BOX = "bullet", "box"
MARKS = {BULLET: "•", BOX: "□"}
_MARKED = re.compile(r"(?P<gap>\[ [^\[\]]+ \])|\*\*(?P<bold>[^*]+)\*\*")


class DocumentError(RuntimeError):
    """A document that cannot be made; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Span:
    """Words in one style: PLAIN, BOLD or GAP."""

    text: str
    style: str = PLAIN


Words = str | tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is a section, 2 and 3 are parts of one; ``new_page``: it begins a page."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """``kind``: BODY, QUOTE (someone else's words, indented), NOTE (small) or NOTICE (in a frame).

    ``keep``: it stays on the page of the block after it, as a heading does.
    """

    words: Words
    kind: str = BODY
    keep: bool = False


@dataclass(frozen=True)
class Item:
    """One line of a list, with a BULLET or a BOX to tick."""

    words: Words
    mark: str = BULLET


@dataclass(frozen=True)
class Table:
    """``head`` may be empty; ``widths`` are shares of the page's width, one a column; a cell may have several lines."""

    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """A PNG picture; ``width_mm`` at most 170 (the page without its margins); ``caption`` also describes it."""

    png: bytes
    caption: str
    width_mm: float = 170.0


Block = Heading | Paragraph | Item | Table | Picture


@dataclass(frozen=True)
class Layout:
    """A whole document: ``footer`` stands at the foot of each page beside its number."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    footer: str = ""


def spans(words: Words) -> tuple[Span, ...]:
    """The words of a block in their styles."""
    return words if isinstance(words, tuple) else tuple(_spans(words))


def _spans(words: str) -> Iterator[Span]:
    last = 0
    for found in _MARKED.finditer(words):
        if found.start() > last:
            yield Span(words[last : found.start()])
        yield Span(found["gap"], GAP) if found["gap"] else Span(found["bold"], BOLD)
        last = found.end()
    if last < len(words):
        yield Span(words[last:])


def said(value: str) -> tuple[Span, ...]:
    """What a person typed, as plain words on one line without control characters."""
    kept = "".join(" " if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") else each for each in value)
    return (Span(" ".join(kept.split())),)


def plain(words: Words) -> str:
    """The words without their styles."""
    return "".join(span.text for span in spans(words))
