"""XLSX, read row by row: of several sheets, those with a header of known columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from knowledge.importing.columns import header_score
from knowledge.importing.delimited import table_of
from knowledge.importing.errors import NotATableError
from knowledge.importing.table import Row, Table, cell

_LOOK = 10


def read_workbook(source: Path | BinaryIO) -> Table:
    """A table from an XLSX file; sheets with the same kind of header follow one another.

    Raises NotATableError when it cannot be read or holds no table.
    """
    tables = [_sheet_table(source, name) for name in _sheets_of_use(source)]
    if not tables:
        raise NotATableError("The workbook holds no sheet with a table; save the right sheet and import that.")
    first = tables[0]
    if len(tables) == 1:
        return first
    joined = Table(first.format, first.encoding, first.columns, lambda: iter(()), " ".join(t.title for t in tables))

    def read() -> Iterator[Row]:
        number = 0
        for table in tables:
            for row in table.rows():
                number += 1
                yield Row(number, row.values)
            for note, count in table.notes.items():
                joined.notes[note] = joined.notes.get(note, 0) + count

    joined.read = read
    return joined


@contextmanager
def _opened(source: Path | BinaryIO) -> Iterator[Any]:
    """The workbook, closed afterwards. A file is opened here, because openpyxl goes by its name."""
    from openpyxl import load_workbook

    with ExitStack() as stack:
        stream = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        stream.seek(0)
        try:
            book = load_workbook(stream, read_only=True, data_only=True)
        except Exception as error:  # openpyxl raises whatever the broken part of the archive makes it raise
            raise NotATableError(f"The workbook cannot be read ({error}); save it again as XLSX or CSV.") from None
        stack.callback(book.close)
        yield book


def _sheets_of_use(source: Path | BinaryIO) -> list[str]:
    with _opened(source) as book:
        known, wide = [], []
        for sheet in book.worksheets:
            top = [[cell(value) for value in line] for _, line in zip(range(_LOOK), _lines(sheet), strict=False)]
            if any(header_score(line) >= 2 for line in top):
                known.append(sheet.title)
            if any(sum(1 for text in line if text) >= 2 for line in top):
                wide.append(sheet.title)
        return known or wide[:1]


def _lines(sheet: Any) -> Iterator[Sequence[object]]:
    sheet.reset_dimensions()  # many exporters write a wrong size, which would cut rows off
    for line in sheet.iter_rows(values_only=True):
        yield [_text(value) for value in line]


def _text(value: object) -> object:
    """Whole numbers without the ".0" that spreadsheets give them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _sheet_table(source: Path | BinaryIO, name: str) -> Table:
    def cells() -> Iterator[Sequence[object]]:
        with _opened(source) as book:
            yield from _lines(book[name])

    return table_of(cells, "XLSX", "as the workbook says", name)
