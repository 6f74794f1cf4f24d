"""A document as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.document_model import (
    BOLD,
    BOX,
    GAP,
    NOTE,
    NOTICE,
    QUOTE,
    Block,
    Heading,
    Item,
    Layout,
    Paragraph,
    Picture,
    Table,
    Words,
    spans,
)

_SPECIAL = re.compile(r"([\\`*_<>|]|\](?=[(\[:]))")
"""What would be read as markup; a bracket only where it would make a link."""


def to_markdown(layout: Layout) -> str:
    """The document as CommonMark with pipe tables and task lists; a picture leaves its caption."""
    lines = [f"# {_escaped(layout.title)}"]
    before: Block | None = None
    for block in layout.blocks:
        if not (isinstance(block, Item) and isinstance(before, Item)):
            lines.append("")
        lines += _lines(block)
        before = block
    if layout.footer:
        lines += ["", "---", "", _escaped(layout.footer)]
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_escaped(block.text)}"
    elif isinstance(block, Item):
        yield f"- {'[ ] ' if block.mark == BOX else ''}{_written(block.words)}"
    elif isinstance(block, Paragraph):
        before = "> " if block.kind in (QUOTE, NOTICE) else ""
        words = _written(block.words)
        yield f"{before}*{words}*" if block.kind == NOTE else before + words
    elif isinstance(block, Table):
        columns = len(block.widths)
        yield _row(block.head or ("",) * columns)
        yield "|" + " --- |" * columns
        yield from (_row(row) for row in block.rows)
    elif isinstance(block, Picture):
        yield f"*{_escaped(block.caption)}*"


def _row(cells: tuple[Words, ...] | tuple[str, ...]) -> str:
    return "| " + " | ".join(_written(cell).replace("  \n", "<br>") for cell in cells) + " |"


def _written(words: Words) -> str:
    return "".join(
        f"**{span.text}**" if span.style in (GAP, BOLD) else _escaped(span.text) for span in spans(words)
    ).replace("\n", "  \n")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
