"""The catalogue in PostgreSQL with PostGIS, for several servers that share one: the same answers as in SQLite.

The database picks the candidates (GiST, geography); ``ranking`` measures them, as for the other store.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge.catalogue import fields, postgis_server, ranking
from knowledge.catalogue.fields import COLUMNS, Spot
from knowledge.catalogue.geodesy import HALF_WAY_ROUND_M, Line, distances
from knowledge.catalogue.model import Near, Record, Source
from knowledge.catalogue.pool import Pool
from knowledge.catalogue.postgis_server import UnreachableError

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

T = TypeVar("T")
_CONNECTIONS = 8
_SLACK = 1.012
"""The most by which a distance on the database's sphere (6371 km) and one on the ellipsoid, whose radii of
curvature are from 6335 to 6400 km, may put two rows in another order."""
_EXTRA_ROWS = 16
_FAR_M = 5_000_000.0
_COLUMNS = ", ".join(f"r.{name}" for name in COLUMNS)
_SPOT = "s.name, r.key, r.id, r.lat, r.lon, r.end_lat, r.end_lon"
_FROM = "ansim.record r JOIN ansim.source s ON s.id = r.source"
_POINT = "ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326)::geography"
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class PostgisCatalogue:
    """See ``model.Catalogue``. May be used by many threads; a cut connection is made anew for the next question."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._readers: Pool[Connection] = Pool(self._open, lambda one: one.close(), _CONNECTIONS)

    def nearest(
        self, lat: float, lon: float, kinds: Sequence[str], k: int = 5, within_m: float | None = None
    ) -> list[Near]:
        ranking.check_point(lat, lon)
        limit = HALF_WAY_ROUND_M if within_m is None else min(within_m, HALF_WAY_ROUND_M)
        wanted = sorted(set(kinds))
        if k < 1 or limit < 0 or not wanted:
            return self._asked(lambda _: [])

        def look(cursor: Any) -> list[Near]:
            spots: set[Spot] = set()
            for kind in wanted:
                spots |= _candidates(cursor, kind, lat, lon, k, limit)
            return _with_records(cursor, ranking.nearest_of(lat, lon, spots, k, limit))

        return self._asked(look)

    def inside(self, geometry: Mapping[str, Any], kinds: Sequence[str], limit: int | None = None) -> list[Record]:
        polygon = ranking.area(geometry)
        if polygon.is_empty:
            return []
        asked = _circle_of(*polygon.bounds)
        where = "r.lat BETWEEN %(south)s AND %(north)s AND r.lon BETWEEN %(west)s AND %(east)s"
        if asked["reach"] < _FAR_M:
            where += f" AND ST_DWithin(r.geog, {_POINT}, %(reach)s)"

        def look(cursor: Any) -> list[Record]:
            spots = _spots(cursor, _each_kind(f"AND {where}"), sorted(set(kinds)), asked)
            return _records(cursor, [spot.id for spot in ranking.inside_area(polygon, spots)[:limit]])

        return self._asked(look)

    def along(
        self, start: tuple[float, float], end: tuple[float, float], kinds: Sequence[str], corridor_m: float
    ) -> list[Near]:
        ranking.check_point(*start)
        ranking.check_point(*end)
        line = Line.between(*start, *end)
        asked = {"line": _wkt(line.lat, line.lon, line.end_lat, line.end_lon), "reach": corridor_m * _SLACK + 1}

        def look(cursor: Any) -> list[Near]:
            near = "AND ST_DWithin(r.geog, %(line)s::geography, %(reach)s)"
            spots = _spots(cursor, _each_kind(near), sorted(set(kinds)), asked)
            return _with_records(cursor, ranking.along_line(line, spots, corridor_m))

        return self._asked(look)

    def named(self, name: str, kinds: Sequence[str] = (), k: int = 10) -> list[Record]:
        letters = fields.folded(name)

        def look(cursor: Any) -> list[Record]:
            if not letters or k < 1:
                return []
            cursor.execute(
                f"SELECT s.name, {_COLUMNS} FROM {_FROM} WHERE strpos(r.folded, %(letters)s) > 0"
                + (" AND r.kind = ANY(%(kinds)s)" if kinds else "")
                + ' ORDER BY char_length(r.folded), r.folded COLLATE "C", s.name, r.key LIMIT %(k)s',
                {"letters": letters, "kinds": list(kinds), "k": k},
            )
            return [fields.to_record(row[0], row[1:]) for row in cursor.fetchall()]

        return self._asked(look)

    def get(self, source: str, key: str) -> Record | None:
        def look(cursor: Any) -> Record | None:
            cursor.execute(f"SELECT {_COLUMNS} FROM {_FROM} WHERE s.name = %s AND r.key = %s", (source, key))
            row = cursor.fetchone()
            return fields.to_record(source, row) if row else None

        return self._asked(look)

    def rows(self, kinds: Sequence[str], source: str | None = None) -> list[Record]:
        def look(cursor: Any) -> list[Record]:
            cursor.execute(
                f"SELECT s.name, {_COLUMNS} FROM {_FROM} WHERE r.kind = ANY(%(kinds)s)"
                " AND (%(source)s IS NULL OR s.name = %(source)s) ORDER BY s.name, r.key",
                {"kinds": list(kinds), "source": source},
            )
            return [fields.to_record(row[0], row[1:]) for row in cursor.fetchall()]

        return self._asked(look)

    def sources(self) -> list[Source]:
        def look(cursor: Any) -> list[Source]:
            cursor.execute("SELECT body FROM ansim.source ORDER BY name")
            return [fields.source_from_json(row[0]) for row in cursor.fetchall()]

        return self._asked(look)

    def counts(self) -> dict[tuple[str, str], int]:
        def look(cursor: Any) -> dict[tuple[str, str], int]:
            cursor.execute(f"SELECT s.name, r.kind, count(*) FROM {_FROM} GROUP BY 1, 2 ORDER BY 1, 2")
            return {(source, kind): n for source, kind, n in cursor.fetchall()}

        return self._asked(look)

    def replace(self, source: Source, records: Iterable[Record]) -> int:
        with postgis_server.changing(self._dsn) as cursor:
            _forget(cursor, source.id)
            cursor.execute(
                "INSERT INTO ansim.source (name, body) VALUES (%s, %s) RETURNING id",
                (source.id, fields.source_to_json(source)),
            )
            number = cursor.fetchone()[0]
            count = 0
            for batch in fields.batches(source, records):
                _copy(cursor, number, source, batch)
                count += len(batch)
            cursor.execute("ANALYZE ansim.record")
        return count

    def remove(self, source_id: str) -> bool:
        if all(source.id != source_id for source in self.sources()):
            return False
        with postgis_server.changing(self._dsn) as cursor:
            return _forget(cursor, source_id)

    def close(self) -> None:
        self._readers.clear()

    def _open(self) -> Connection:
        return postgis_server.connect(self._dsn)

    def _asked(self, look: Callable[[Any], T]) -> T:
        """Ask; when the connection turns out to be cut, once more with a new one."""
        try:
            return self._asked_once(look)
        except UnreachableError:
            self._readers.clear()
        return self._asked_once(look)

    def _asked_once(self, look: Callable[[Any], T]) -> T:
        with postgis_server.telling(), self._readers.lent() as reader, reader.cursor() as cursor:
            answer = look(cursor)
            reader.rollback()
            return answer


def _candidates(cursor: Any, kind: str, lat: float, lon: float, k: int, limit: float) -> set[Spot]:
    """Rows of a kind among which its k nearest are.

    The database puts them in order by their distance on a sphere, which is at most ``_SLACK`` off. Some more
    than k nearly always settle it; where very many lie equally far, a second question does.
    """
    asked = {"lat": lat, "lon": lon, "k": k + _EXTRA_ROWS}
    first = _spots(cursor, _each_kind(f"ORDER BY r.geog <-> {_POINT} LIMIT %(k)s"), [kind], asked)
    if len(first) < k + _EXTRA_ROWS:
        return set(first)
    metres = [distance for distance, _ in ranking.measured(lat, lon, first)]
    reach = min(sorted(metres)[k - 1], limit) * _SLACK + 1
    if metres[-1] > reach * _SLACK:
        return set(first)
    within = f"AND ST_DWithin(r.geog, {_POINT}, %(reach)s) ORDER BY ST_Distance(r.geog, {_POINT}), s.name, r.key"
    return {*first, *_spots(cursor, _each_kind(f"{within} LIMIT %(k)s"), [kind], {**asked, "reach": reach})}


def _each_kind(rest: str) -> str:
    """A question on one kind, named in the text so that the index of that kind serves it."""
    return f"(SELECT {_SPOT} FROM {_FROM} WHERE r.kind = %(kind)s AND r.geog IS NOT NULL {rest})"


def _spots(cursor: Any, question: str, kinds: Sequence[str], asked: Mapping[str, Any]) -> list[Spot]:
    """The answers for each kind, in one round trip."""
    if not kinds:
        return []
    cursor.execute(b" UNION ALL ".join(cursor.mogrify(question, {**asked, "kind": kind}) for kind in kinds))
    return [Spot(*row) for row in cursor.fetchall()]


def _circle_of(west: float, south: float, east: float, north: float) -> dict[str, float]:
    """A box of degrees, and a circle round its middle that holds it."""
    lat, lon = (south + north) / 2, (west + east) / 2
    rim = [(y, x) for y in (south, lat, north) for x in (west, lon, east)]
    reach = max(distances(lat, lon, [y for y, _ in rim], [x for _, x in rim])) * _SLACK + 1
    box = {"west": west, "south": south, "east": east, "north": north}
    return {"lat": lat, "lon": lon, "reach": reach, **box}


def _records(cursor: Any, ids: Sequence[int]) -> list[Record]:
    """The records with these ids, in their order."""
    if not ids:
        return []
    cursor.execute(f"SELECT r.id, s.name, {_COLUMNS} FROM {_FROM} WHERE r.id = ANY(%s)", (list(ids),))
    made = {row[0]: fields.to_record(row[1], row[2:]) for row in cursor.fetchall()}
    return [made[one] for one in ids]


def _with_records(cursor: Any, found: Sequence[ranking.Measured]) -> list[Near]:
    records = _records(cursor, [spot.id for _, spot in found])
    return [Near(record, distance) for record, (distance, _) in zip(records, found, strict=True)]


def _forget(cursor: Any, source_id: str) -> bool:
    cursor.execute(
        "DELETE FROM ansim.record WHERE source IN (SELECT id FROM ansim.source WHERE name = %s)", (source_id,)
    )
    cursor.execute("DELETE FROM ansim.source WHERE name = %s", (source_id,))
    return bool(cursor.rowcount)


def _copy(cursor: Any, number: int, source: Source, batch: Sequence[Record]) -> None:
    from psycopg2 import errors

    text = "".join(_line(number, record) for record in batch)
    try:
        cursor.copy_expert(
            f"COPY ansim.record (source, folded, geog, {', '.join(COLUMNS)}) FROM STDIN", io.StringIO(text)
        )
    except errors.UniqueViolation as error:
        # "Key (source, key)=(3, A-17) already exists.", in the server's language
        told = re.search(r"=\(\d+, (.*)\)[^)]*$", error.diag.message_detail or "", re.DOTALL)
        raise fields.repeated(source, told[1] if told else "?") from None


def _line(number: int, record: Record) -> str:
    values = (number, fields.folded(record.name), _geography(record), *fields.to_row(record))
    return "\t".join(r"\N" if value is None else str(value).translate(_ESCAPED) for value in values) + "\n"


def _geography(record: Record) -> str | None:
    if record.lat is None or record.lon is None:
        return None
    if record.end_lat is None or record.end_lon is None:
        return f"POINT({record.lon} {record.lat})"
    return _wkt(record.lat, record.lon, record.end_lat, record.end_lon)


def _wkt(lat: float, lon: float, end_lat: float, end_lon: float) -> str:
    if (lat, lon) == (end_lat, end_lon):
        return f"POINT({lon} {lat})"
    return f"LINESTRING({lon} {lat},{end_lon} {end_lat})"
