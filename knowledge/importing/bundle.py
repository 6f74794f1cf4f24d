"""Make the rows that come with the product anew: ``python -m knowledge.importing.bundle FOLDER [SOURCE…]``.

FOLDER holds the disclosed files that the ``recipe.json`` of each source names. The rows go through the same
importer as a user's own files, and come out the same byte for byte each time.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from knowledge.catalogue.fields import COLUMNS, to_row
from knowledge.catalogue.model import Record, last_day
from knowledge.errors import KnowledgeError
from knowledge.importing.areas import home_areas
from knowledge.importing.errors import ImportDataError
from knowledge.importing.known import SOURCES, known_ids, known_source, recipe_of, recipe_text
from knowledge.importing.report import FileReport

_PACK_FROM = 600_000
"""Bytes from which the rows are packed."""


def bundled_rows(source_id: str, data: Path) -> tuple[list[Record], list[FileReport]]:
    """The records of a known source made from the files below ``data``; raises ImportDataError."""
    from knowledge.importing.reading import read_file
    from knowledge.importing.run import Importer, Input

    source, areas = known_source(source_id), home_areas()
    if areas is None:
        raise ImportDataError("The borders of the dongs are missing; make knowledge/gazetteer first.")
    try:
        inputs = [Input(Path(name).name, read_file(data / name), "recipe") for name in recipe_text(source_id)["files"]]
    except OSError as error:
        raise ImportDataError(f"{error.filename} cannot be read ({error.strerror}); check the folder.") from None
    # "in the future" is judged from the date of the data, so that the same files give the same rows in any year
    importer = Importer(source, recipe_of(source_id), inputs, areas, last_day(source.as_of))
    importer.look()
    return list(importer.records([None] * len(inputs))), importer.files


def as_csv(records: Iterable[Record]) -> bytes:
    """Records as CSV in the schema of the bundled rows, ordered by key; packed when large."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in sorted(records, key=lambda one: one.key):
        writer.writerow(["" if value is None else _short(value) for value in to_row(record)])
    return text.getvalue().encode("utf-8")


def _short(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def packed(body: bytes) -> bytes:
    """The same bytes packed, with no date inside."""
    return gzip.compress(body, 9, mtime=0)


def write(source_id: str, body: bytes) -> Path:
    """Write the rows of a source beside its manifest, packed when large."""
    plain, small = SOURCES / source_id / "rows.csv", SOURCES / source_id / "rows.csv.gz"
    target, other = (small, plain) if len(body) >= _PACK_FROM else (plain, small)
    target.write_bytes(packed(body) if target is small else body)
    other.unlink(missing_ok=True)
    return target


def main(arguments: list[str]) -> int:
    """Make the rows of the named sources, or of all, and report on each."""
    if not arguments:
        print("Name the folder of the disclosed files: python -m knowledge.importing.bundle FOLDER", file=sys.stderr)
        return 2
    try:
        for source_id in arguments[1:] or known_ids():
            records, reports = bundled_rows(source_id, Path(arguments[0]))
            target = write(source_id, as_csv(records))
            print("\n".join(report.text() for report in reports))
            print(f"{source_id}: {len(records):,} rows, {target.name} {target.stat().st_size:,} bytes")
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
