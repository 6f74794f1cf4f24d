"""Writing into the copy of a catalogue's file that ``sqlite_file.changing`` hands out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from knowledge.catalogue import fields
from knowledge.catalogue.fields import COLUMNS
from knowledge.catalogue.geodesy import box_of
from knowledge.catalogue.model import CatalogueError, Record, Source


def forget(writer: sqlite3.Connection, source_id: str) -> bool:
    """Take a source and its rows out; whether it was held."""
    held = writer.execute("SELECT id FROM source WHERE name = ?", (source_id,)).fetchone()
    if held is None:
        return False
    for (part,) in writer.execute("SELECT id FROM part WHERE source = ?", held).fetchall():
        writer.execute(f"DROP TABLE place_{part}")
    for sql in ("record WHERE source", "part WHERE source", "source WHERE id"):
        writer.execute(f"DELETE FROM {sql} = ?", held)
    return True


def write(writer: sqlite3.Connection, source: Source, records: Iterable[Record]) -> int:
    """Put in a source that is not held, with its rows; their number. Raises CatalogueError for a row at fault."""
    number = writer.execute(
        "INSERT INTO source (name, body) VALUES (?, ?)", (source.id, fields.source_to_json(source))
    ).lastrowid
    assert number is not None
    parts: dict[str, int] = {}
    for batch in fields.batches(source, records):
        for kind in sorted({record.kind for record in batch} - parts.keys()):
            parts[kind] = _new_part(writer, number, kind)
        _insert(writer, number, source, parts, batch)
    for part in parts.values():
        writer.execute("UPDATE part SET n = (SELECT count(*) FROM record WHERE part = ?1) WHERE id = ?1", (part,))
        _plant(writer, part)
    counted = writer.execute("SELECT coalesce(sum(n), 0) FROM part WHERE source = ?", (number,)).fetchone()
    return int(counted[0])


def _new_part(writer: sqlite3.Connection, number: int, kind: str) -> int:
    made = writer.execute("INSERT INTO part (source, kind, n) VALUES (?, ?, 0)", (number, kind)).lastrowid
    assert made is not None
    writer.execute(f"CREATE VIRTUAL TABLE place_{made} USING rtree (id, south, north, west, east)")
    return made


def _insert(
    writer: sqlite3.Connection, number: int, source: Source, parts: Mapping[str, int], batch: Sequence[Record]
) -> None:
    last = writer.execute("SELECT coalesce(max(id), 0) FROM record").fetchone()[0]
    rows = [(number, parts[r.kind], fields.folded(r.name), *fields.to_row(r)) for r in batch]
    columns, marks = ", ".join(COLUMNS), ", ".join("?" * len(rows[0]))
    try:
        writer.executemany(f"INSERT INTO record (source, part, folded, {columns}) VALUES ({marks})", rows)
    except sqlite3.IntegrityError:
        raise _repeated(writer, number, source, batch, last) from None


def _repeated(
    writer: sqlite3.Connection, number: int, source: Source, batch: Sequence[Record], last: int
) -> CatalogueError:
    """Which key of a batch stands twice: within it, or among the rows (up to ``last``) before it."""
    seen: set[str] = set()
    for record in batch:
        earlier = writer.execute(
            "SELECT 1 FROM record WHERE source = ? AND key = ? AND id <= ?", (number, record.key, last)
        ).fetchone()
        if earlier or record.key in seen:
            return fields.repeated(source, record.key)
        seen.add(record.key)
    return CatalogueError(f"{source.id}: a row lacks a value that every row must have; mend it and import again.")


def _plant(writer: sqlite3.Connection, part: int) -> None:
    """Fill the R*Tree of a part; neighbours one after the other make it fast to fill and good to search."""
    writer.execute(
        f"INSERT INTO place_{part} SELECT id, lat, lat, lon, lon FROM record WHERE part = ? AND lat IS NOT NULL"
        " AND end_lat IS NULL ORDER BY CAST(lat * 20 AS INTEGER), CAST(lon * 20 AS INTEGER), lat",
        (part,),
    )
    sections = writer.execute(
        "SELECT id, lat, lon, end_lat, end_lon FROM record WHERE part = ? AND end_lat IS NOT NULL", (part,)
    )
    writer.executemany(
        f"INSERT INTO place_{part} VALUES (?, ?, ?, ?, ?)", ((row[0], *box_of(*row[1:])) for row in sections)
    )
