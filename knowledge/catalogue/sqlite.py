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

FIRST_M, WIDER = 50.0, 3.0
"""The search for the nearest starts with this radius and widens it by this factor."""
MANY = 200
"""More rows than this in a box are not measured one by one; the box is made smaller first."""
_READERS = 16
_PIECE_M, _PIECES = 500.0, 200
_COLUMNS = ", ".join(f"r.{name}" for name in COLUMNS)
_SPOT = "r.part, r.key, r.id, r.lat, r.lon, r.end_lat, r.end_lon"
Parts = dict[int, str]
"""Part id to source id."""
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
            return _with_records(reader, _nearest(reader, parts, lat, lon, k, limit))

    def inside(self, geometry: Mapping[str, Any], kinds: Sequence[str], limit: int | None = None) -> list[Record]:
        polygon = ranking.area(geometry)
        if polygon.is_empty:
            return []
        west, south, east, north = polygon.bounds
        with self._reading() as reader:
            parts = _parts(reader, kinds)
            spots = list(_in_box(reader, parts, Box((south, north), ((west, east),)), None)) if parts else []
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
                spots.update(_in_box(reader, parts, box, None))
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


def _in_box(reader: sqlite3.Connection, parts: Parts, box: Box, most: int | None) -> Iterator[Spot]:
    """Spots whose box meets this one (R*Trees keep rounded degrees, never too small a box)."""
    for lon in box.lons:
        sql = " UNION ALL ".join(
            f"SELECT {_SPOT} FROM place_{part} t JOIN record r ON r.id = t.id"
            " WHERE t.north >= ?1 AND t.south <= ?2 AND t.east >= ?3 AND t.west <= ?4"
            for part in parts
        )
        for part, *rest in reader.execute(f"{sql} LIMIT ?5", (*box.lat, *lon, -1 if most is None else most)):
            yield Spot(parts[part], *rest)


def _nearest(
    reader: sqlite3.Connection, parts: Parts, lat: float, lon: float, k: int, limit: float
) -> list[ranking.Measured]:
    """Widen the circle until it holds k rows; halve the step where its box holds too many to measure them all."""
    most = max(MANY, 4 * k)
    low, crowded, radius = 0.0, math.inf, min(FIRST_M, limit)
    while True:
        spots = set(_in_box(reader, parts, box_around(lat, lon, radius), most + 1))
        if len(spots) <= most:
            found = ranking.nearest_of(lat, lon, spots, k, radius)
        elif radius - low > max(1.0, low / 100):
            crowded, radius = radius, (low + radius) / 2
            continue
        else:  # as good as all in one place: take them as they come, in a circle that holds the box's corners
            radius, crowded = min(radius * 1.5, limit), math.inf
            found = _all_in_circle(reader, parts, lat, lon, k, radius)
        if len(found) == k or radius >= limit:
            return found
        low, radius = radius, min(radius * WIDER, limit)
        if radius >= crowded:
            radius = (low + crowded) / 2


def _all_in_circle(
    reader: sqlite3.Connection, parts: Parts, lat: float, lon: float, k: int, radius: float
) -> list[ranking.Measured]:
    box = box_around(lat, lon, radius)
    # a section across the 180th meridian is met in both halves of the box
    twice = len(box.lons)
    found = ranking.nearest_of(lat, lon, _in_box(reader, parts, box, None), k * twice, radius)
    return list(dict.fromkeys(found))[:k]


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
