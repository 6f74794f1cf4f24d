"""What is right about places, found without the product: every row of the bundled files is measured.

Reads ``rows.csv`` and the gazetteer's files and nothing else of the product; distances are ``pyproj.Geod``'s.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
HAZARDS = ("ice_prone_section", "bicycle_hotspot")
SHELTERS_OFFERED = ("earthquake_site", "civil_defence_shelter", "heat_shelter", "temporary_housing")
FEW, SHOWN = 1, 5
AROUND_M, BESIDE_M, FAR_M = 500.0, 250.0, 20_000.0
STEP_M = 2.0
"""Between the points of a section of road that are measured."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Row:
    id: str
    kind: str
    address: str
    start: Point | None
    end: Point | None
    capacity: int
    """0 where none is published or a flag doubts it."""


@cache
def rows() -> dict[str, list[Row]]:
    """Every bundled row by kind."""
    found: dict[str, list[Row]] = {}
    for path in sorted(KNOWLEDGE.glob("sources/*/rows.csv*")):
        packed = path.suffix == ".gz"
        with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                start, end = _point(row["lat"], row["lon"]), _point(row["end_lat"], row["end_lon"])
                capacity = 0 if "capacity" in row["flags"] else int(row["capacity"] or 0)
                one = Row(f"{path.parent.name}|{row['key']}", row["kind"], row["address"], start, end, capacity)
                found.setdefault(one.kind, []).append(one)
    return found


def _point(lat: str, lon: str) -> Point | None:
    return (float(lat), float(lon)) if lat and lon else None


@cache
def places() -> dict[str, dict[str, str]]:
    """Rows of the gazetteer by id."""
    found = {}
    for name in ("ansan_places.csv", "korea_places.csv"):
        with (KNOWLEDGE / "gazetteer" / name).open(encoding="utf-8") as lines:
            found.update({row["id"]: row for row in csv.DictReader(lines)})
    return found


def usual(place_id: str) -> str:
    """Of a name that is an administrative and a legal dong, the one that covers more of the other sort."""
    twin = places()[place_id]["also"]
    if not twin:
        return place_id
    legal, admin = sorted((place_id, twin), reverse=True)
    code = places()[admin]["code"]
    inside = [row for row in places().values() if row["level"] == "legal_dong" and code in row["dongs"].split("|")]
    return legal if len(places()[legal]["dongs"].split("|")) > len(inside) else admin


def point_of(origin: str) -> Point:
    """The point of a place, or of a row written ``source|key``."""
    if "|" in origin:
        row = next(row for each in rows().values() for row in each if row.id == origin)
        assert row.start is not None
        return row.start
    place = _point(places()[origin]["lat"], places()[origin]["lon"])
    assert place is not None, origin
    return place


def metres(spot: Point, others: Iterable[Point]) -> list[float]:
    from pyproj import Geod

    others = list(others)
    lats, lons = [lat for lat, _ in others], [lon for _, lon in others]
    same = [spot[0]] * len(others), [spot[1]] * len(others)
    return [float(m) for m in Geod(ellps="WGS84").inv(same[1], same[0], lons, lats)[2]]


@cache
def course(start: Point, end: Point | None) -> list[Point]:
    """Points along a section, a step apart."""
    if end is None:
        return [start]
    steps = int(metres(start, [end])[0] / STEP_M) + 1
    return [_between(start, end, i / steps) for i in range(steps + 1)]


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def away(spot: Point, row: Row) -> float:
    """Metres from a point to the nearest point of a row."""
    assert row.start is not None
    return min(metres(spot, course(row.start, row.end)))


@cache
def measured(spot: Point, kind: str) -> list[tuple[float, str]]:
    """(metres, id) of every row of a kind that has a point, nearest first."""
    known = [row for row in rows().get(kind, []) if row.start is not None]
    if any(row.end for row in known):
        return sorted((away(spot, row), row.id) for row in known)
    return sorted(zip(metres(spot, [row.start for row in known if row.start]), [r.id for r in known], strict=True))


def nearest(spot: Point, kind: str, count: int = SHOWN) -> list[str]:
    """The nearest ids, with those that are as near as the last of them (rows that share a point)."""
    found = measured(spot, kind)
    if not found:
        return _by_neighbourhood(spot, kind, count)
    limit = found[min(count, len(found)) - 1][0] + 0.01
    return [row_id for away_m, row_id in found if away_m <= limit]


def _by_neighbourhood(spot: Point, kind: str, count: int) -> list[str]:
    """Rows without points: by the legal dong that stands in brackets in the address."""
    dongs = {row["name_ko"]: usual(row["id"]) for row in places().values() if row["id"].startswith("legal:")}
    found = []
    for row in rows().get(kind, []):
        named = re.search(r"\((\w+동)", row.address)
        assert named, row
        found.append((metres(spot, [point_of(dongs[named[1]])])[0], row.id))
    found.sort()
    limit = found[count - 1][0] + 0.01
    return [row_id for away_m, row_id in found if away_m <= limit]


def within(spot: Point, kind: str, limit_m: float) -> list[str]:
    """Ids no farther than this, nearest first."""
    return [row_id for away_m, row_id in measured(spot, kind) if away_m <= limit_m]


def roomier(spot: Point, kind: str, pool: int = 20) -> list[str]:
    """Those of the nearest that hold more people than the nearest one, nearest first."""
    found = [row_id for _, row_id in measured(spot, kind)[:pool]]
    holds = {row.id: row.capacity for row in rows()[kind]}
    return [row_id for row_id in found if holds[row_id] > holds[found[0]]][:SHOWN]


def beside(start: Point, end: Point, kind: str, limit_m: float = BESIDE_M) -> list[str]:
    """Ids no farther than this from the straight line between two points."""
    import pyproj
    from shapely.geometry import LineString
    from shapely.geometry import Point as Dot

    project = pyproj.Proj(proj="aeqd", lat_0=(start[0] + end[0]) / 2, lon_0=(start[1] + end[1]) / 2, ellps="WGS84")
    flat = {point: project(point[1], point[0]) for point in (start, end)}
    line = LineString([flat[start], flat[end]])
    found = []
    for row in rows().get(kind, []):
        if row.start is None:
            continue
        one = project(row.start[1], row.start[0])
        shape = LineString([one, project(row.end[1], row.end[0])]) if row.end else Dot(one)
        if line.distance(shape) <= limit_m:
            found.append(row.id)
    return sorted(found)


def expected(question: dict) -> dict[str, list[str]]:
    """Accepted ids by kind for a question of the table: its origin, its kinds, and how it asks."""
    if question["way"] in ("none", "detail", "any"):
        return {}
    start = tuple(question["location"]) if question["origin"] == "here" else point_of(question["origin"])
    way = question["way"]
    if way == "near":
        return {kind: nearest(start, kind) for kind in question["kinds"]}
    if way == "more":
        return {kind: [i for _, i in measured(start, kind)[SHOWN : 2 * SHOWN]] for kind in question["kinds"]}
    if way == "room":
        return {kind: roomier(start, kind) for kind in question["kinds"]}
    if way == "each":
        reached = [kind for kind in question["kinds"] if not measured(start, kind) or within(start, kind, FAR_M)]
        return {kind: nearest(start, kind, FEW) for kind in reached}
    if way == "along":
        end = point_of(question["destination"])
        found = {kind: beside(start, end, kind) for kind in question["kinds"]}
    else:
        found = {}
        for kind in question["kinds"]:
            near = within(start, kind, AROUND_M)
            found[kind] = [each for each in nearest(start, kind) if each in near]
    return {kind: ids for kind, ids in found.items() if ids}


if __name__ == "__main__":
    import sys

    for path in map(Path, sys.argv[1:]):
        written = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for row in (turn for each in written for turn in each.get("turns", [each])):
            row["expected"] = expected(row)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written), "utf-8")
