"""A table as read: columns and rows of text, whatever the file was. Reading ends here, mapping begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

NOTHING = {"", "null", "none", "nan", "\\n", "(null)"}
"""Cell texts that say "no value"; publishers export them literally."""


@dataclass(frozen=True)
class Row:
    """One row: its 1-based place among the data rows (or line of the file) and its values by column name."""

    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass
class Table:
    """Rows that can be read again and again; large files are streamed anew each time.

    ``columns``: those of the first header. A file may change its header half-way; then the later rows carry
    the later names. ``title``: words beside the rows (a title line, the name of a sheet, other values of the
    answer) that may tell what they are. ``notes``: what was odd about the file, collected while reading.
    """

    format: str
    encoding: str
    columns: tuple[str, ...]
    read: Callable[[], Iterator[Row]]
    title: str = ""
    notes: dict[str, int] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Every data row from the first; ``notes`` are counted anew."""
        self.notes.clear()
        return self.read()

    def note(self, text: str) -> None:
        self.notes[text] = self.notes.get(text, 0) + 1


def cell(value: object) -> str:
    """A cell as trimmed text; "" for every way of saying nothing."""
    if value is None:
        return ""
    text = str(value).replace("\u00a0", " ").strip()
    return "" if text.lower() in NOTHING else text


def column_names(header: list[str]) -> tuple[str, ...]:
    """Names for the columns of a header line: blanks get their place, repeated names a number."""
    names: list[str] = []
    for place, text in enumerate(header, 1):
        name = " ".join(text.replace("\ufeff", "").split()) or f"(column {place})"
        again = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({again + 1})" if again else name)
    return tuple(names)
