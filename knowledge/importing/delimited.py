"""CSV and TSV, streamed: the separator is found, headers are recognised wherever they stand."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from knowledge.importing.columns import header_score
from knowledge.importing.decoding import Encoding
from knowledge.importing.errors import NotATableError
from knowledge.importing.table import Row, Table, cell, column_names

_SEPARATORS = ",\t;|"
_LONGEST_CELL = 64 << 20
_SAMPLE_LINES = 40
_TITLE_LINES = 10
Lines = Callable[[], io.TextIOBase]
Cells = Callable[[], Iterator[Sequence[object]]]


def read_delimited(lines: Lines, encoding: Encoding) -> Table:
    """A table from delimited text. ``lines`` opens the text anew; raises NotATableError for running text."""
    csv.field_size_limit(_LONGEST_CELL)
    with lines() as stream:
        sample = [line for _, line in zip(range(_SAMPLE_LINES), stream, strict=False)]
    separator = _separator(sample)

    def cells() -> Iterator[Sequence[object]]:
        with lines() as stream:
            try:
                yield from csv.reader(stream, delimiter=separator)
            except csv.Error as error:
                raise NotATableError(f"The text is not well-formed CSV ({error}); repair or re-save it.") from None

    return table_of(cells, "TSV" if separator == "\t" else "CSV", str(encoding))


def _separator(sample: list[str]) -> str:
    """The separator that cuts most lines into the same number (at least two) of cells."""
    best, best_score = "", 0
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator) if len(row) > 1)
        for width, lines in widths.items():
            if (score := lines * min(width, 30)) > best_score and lines * 2 >= len([s for s in sample if s.strip()]):
                best, best_score = separator, score
    if not best:
        raise NotATableError(
            "The file is no table: neither CSV or TSV with two columns or more, nor JSON, XML, GeoJSON or XLSX; "
            "save it as one of these."
        )
    return best


def table_of(cells: Cells, form: str, encoding: str, title: str = "") -> Table:
    """A table over lines of cells: title lines above, a second header below or half-way are dealt with."""
    top: list[list[str]] = []
    for _, line in zip(range(_TITLE_LINES), cells(), strict=False):
        top.append([cell(value) for value in line])
    place = _header_place(top)
    above = " ".join(text for line in top[:place] for text in line if text)
    table = Table(form, encoding, column_names(_trimmed(top[place])), lambda: iter(()), f"{title} {above}".strip())
    table.read = lambda: _rows(cells(), place, table)
    return table


def _header_place(top: list[list[str]]) -> int:
    """Which of the first lines is the header: the first with two known columns, else the first with two cells."""
    known = [place for place, line in enumerate(top) if header_score(line) >= 2]
    wide = [place for place, line in enumerate(top) if sum(1 for text in line if text) >= 2]
    if not known and not wide:
        raise NotATableError("The file holds no table with two columns or more; import one that does.")
    return (known or wide)[0]


def _trimmed(line: list[str]) -> list[str]:
    """Without the blank cells at the end."""
    while line and not line[-1]:
        line = line[:-1]
    return line


def _rows(lines: Iterator[Sequence[object]], header_place: int, table: Table) -> Iterator[Row]:
    columns = table.columns
    score, number = header_score(columns), 0
    for place, line in enumerate(lines):
        if place <= header_place:
            continue
        texts = [cell(value) for value in line]
        if not any(texts):
            table.note("blank lines skipped")
            continue
        number += 1
        if (found := header_score(texts)) >= 2:
            columns, score = _next_header(table, columns, score, texts, found, first=number == 1)
            continue
        if len(texts) > len(columns) and any(texts[len(columns) :]):
            table.note("rows longer than the header")
        texts += [""] * (len(columns) - len(texts))
        yield Row(number, dict(zip(columns, texts, strict=False)))


def _next_header(
    table: Table, columns: tuple[str, ...], score: int, texts: list[str], found: int, first: bool
) -> tuple[tuple[str, ...], int]:
    """What the columns are called after a header line among the data.

    Directly under the first header it is a description of the same columns in another language, and the
    names that are known better stay; further down the file was joined from parts, and the new names hold.
    """
    if first:
        table.note("second header line under the first skipped")
        return (columns, score) if score >= found else (column_names(_trimmed(texts)), found)
    table.note("header line in mid-file skipped")
    renamed = [text or old for text, old in zip_longest(texts, columns, fillvalue="")]
    return column_names(_trimmed(renamed)), found
