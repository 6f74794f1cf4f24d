"""The catalogue in one SQLite file, with an R*Tree for each kind of each source: nothing to install or run."""

from __future__ import annotations

import json
import math
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.catalogue import fields, ranking, sqlite_file, sqlite_writing
from knowledge.catalogue.fields import COLUMNS, Spot
from knowledge.catalogue.geodesy import HALF_WAY_ROUND_M, Box, Line, box_around
from knowledge.catalogue.model import Near, Record, Source
from knowledge.catalogue.pool import Pool
from knowledge.catalogue.sqlite_search import Parts, in_box, nearest_spots

_READERS = 16
_PIECE_M, _PIECES = 500.0, 200
_COLUMNS = ", ".join(f"r.{name}" for name in COLUMNS)
State = tuple[int, int, int]
"""Number, size and time of a file."""


class SqliteCatalogue:
    """See ``model.Catalogue``. May be used by many threads; a change by any process is seen by the next call."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._readers: Pool[tuple[State, sqlite3.Connection]] = Pool(self._open, lambda one: one[1].close(), _READERS)

    def nearest(
        self, lat: float, lon: float, kinds: Sequence[str], k: int = 5, within_m: float | None = None
    ) -> list[Near]:
        ranking.check_point(lat, lon)
        limit = HALF_WAY_ROUND_M if within_m is None else min(within_m, HALF_WAY_ROUND_M)
        with self._reading() as reader:
            parts = _parts(reader, kinds)
            if k < 1 or limit < 0 or not parts:
                return []
            return _with_records(reader, nearest_spots(reader, parts, lat, lon, k, limit))

    def inside(self, geometry: Mapping[str, Any], kinds: Sequence[str], limit: int | None = None) -> list[Record]:
        polygon = ranking.area(geometry)
        if polygon.is_empty:
            return []
        west, south, east, north = polygon.bounds
        with self._reading() as reader:
            parts = _parts(reader, kinds)
            spots = list(in_box(reader, parts, Box((south, north), ((west, east),)))) if parts else []
            return _records(reader, [spot.id for spot in ranking.inside_area(polygon, spots)[:limit]])

    def along(
        self, start: tuple[float, float], end: tuple[float, float], kinds: Sequence[str], corridor_m: float
    ) -> list[Near]:
        ranking.check_point(*start)
        ranking.check_point(*end)
        line = Line.between(*start, *end)
        with self._reading() as reader:
            parts = _parts(reader, kinds)
            spots: set[Spot] = set()
            for box in _pieces(line, corridor_m) if parts else ():
                spots.update(in_box(reader, parts, box))
            return _with_records(reader, ranking.along_line(line, sorted(spots), corridor_m))

    def named(self, name: str, kinds: Sequence[str] = (), k: int = 10) -> list[Record]:
        letters = fields.folded(name)
        with self._reading() as reader:
            parts = _parts(reader, kinds or None)
            if not letters or k < 1:
                return []
            found = reader.execute(
                "SELECT r.id FROM record r INDEXED BY record_name JOIN source s ON s.id = r.source"
                f" WHERE r.part IN ({_marks(parts)}) AND instr(r.folded, ?)"
                " ORDER BY length(r.folded), r.folded, s.name, r.key LIMIT ?",
                (*parts, letters, k),
            )
            return _records(reader, [row[0] for row in found])

    def get(self, source: str, key: str) -> Record | None:
        with self._reading() as reader:
            row = reader.execute(
                f"SELECT {_COLUMNS} FROM record r"
                " WHERE r.source = (SELECT id FROM source WHERE name = ?) AND r.key = ?",
                (source, key),
            ).fetchone()
        return fields.to_record(source, row) if row else None

    def rows(self, kinds: Sequence[str], source: str | None = None) -> list[Record]:
        with self._reading() as reader:
            parts = {part: name for part, name in _parts(reader, kinds).items() if source in (None, name)}
            found = reader.execute(
                f"SELECT part, {_COLUMNS} FROM record r WHERE part IN ({_marks(parts)})", tuple(parts)
            )
            made = [fields.to_record(parts[row[0]], row[1:]) for row in found]
        return sorted(made, key=lambda record: (record.source, record.key))

    def sources(self) -> list[Source]:
        with self._reading() as reader:
            return [fields.source_from_json(row[0]) for row in reader.execute("SELECT body FROM source ORDER BY name")]

    def counts(self) -> dict[tuple[str, str], int]:
        with self._reading() as reader:
            found = reader.execute(
                "SELECT s.name, p.kind, p.n FROM part p JOIN source s ON s.id = p.source ORDER BY s.name, p.kind"
            )
            return {(source, kind): n for source, kind, n in found}

    def replace(self, source: Source, records: Iterable[Record]) -> int:
        with sqlite_file.changing(self.path) as writer:
            sqlite_writing.forget(writer, source.id)
            return sqlite_writing.write(writer, source, records)

    def remove(self, source_id: str) -> bool:
        if all(source.id != source_id for source in self.sources()):
            return False
        with sqlite_file.changing(self.path) as writer:
            return sqlite_writing.forget(writer, source_id)

    def close(self) -> None:
        self._readers.clear()

    def set_aside(self) -> Path:
        """Move a file that cannot be used out of the way, so that it can be built anew; where it lies now."""
        aside = self.path.with_name(f"{self.path.name}.set-aside")
        try:
            self.path.replace(aside)
        except OSError as error:
            raise sqlite_file.told(self.path, error) from None
        return aside

    def _open(self) -> tuple[State, sqlite3.Connection]:
        # the state first: a file that takes the place in between is then opened once more, never missed
        state = self._state()
        return state, sqlite_file.open_for_reading(self.path)

    def _state(self) -> State:
        """What tells the file from the one that takes its place."""
        try:
            now = os.stat(self.path)
        except FileNotFoundError:
            raise sqlite_file.not_built(self.path) from None
        except OSError as error:
            raise sqlite_file.told(self.path, error) from None
        return now.st_ino, now.st_size, now.st_mtime_ns

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file as it is now; it stays whole while the block runs."""
        state = self._state()
        try:
            with self._readers.lent(lambda one: one[0] == state) as (_, reader):
                yield reader
        except sqlite3.Error as error:
            raise sqlite_file.told(self.path, error) from None


def _parts(reader: sqlite3.Connection, kinds: Sequence[str] | None) -> Parts:
    """Parts of these kinds (None: of every kind)."""
    sql = "SELECT p.id, s.name FROM part p JOIN source s ON s.id = p.source"
    if kinds is None:
        return dict(reader.execute(sql))
    return dict(reader.execute(f"{sql} WHERE p.kind IN ({_marks(kinds)})", tuple(kinds)))


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)


def _pieces(line: Line, corridor_m: float) -> Iterator[Box]:
    """Boxes that together hold all that lies within the corridor: many small ones for a long slanting line."""
    many = min(_PIECES, max(1, math.ceil(line.length / max(_PIECE_M, 2 * corridor_m))))
    half = line.length / many / 2
    for piece in range(many):
        lat, lon, _ = line.at((2 * piece + 1) * half)
        yield box_around(lat, lon, half + corridor_m)


def _records(reader: sqlite3.Connection, ids: Sequence[int]) -> list[Record]:
    """The records with these ids, in their order."""
    found = reader.execute(
        f"SELECT r.id, s.name, {_COLUMNS} FROM json_each(?) w JOIN record r ON r.id = w.value"
        " JOIN source s ON s.id = r.source",
        (json.dumps(list(ids)),),
    )
    made = {row[0]: fields.to_record(row[1], row[2:]) for row in found}
    return [made[one] for one in ids]


def _with_records(reader: sqlite3.Connection, found: Sequence[ranking.Measured]) -> list[Near]:
    records = _records(reader, [spot.id for _, spot in found])
    return [Near(record, distance) for record, (distance, _) in zip(records, found, strict=True)]
