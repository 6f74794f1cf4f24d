"""Which administrative dongs a legal dong lies in, and a point for it, from disclosed rows with both names.

A legal dong has no published polygon or point in what we hold. Evidence that it lies in an administrative
dong is a row that states the legal dong and whose point falls there: hydrants (whose own column must agree
with the point: some name an old dong, some points are off) and shelters whose address ends in "(본오동)".
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

Point = tuple[float, float]
DongAt = Callable[[float, float], str | None]
ENOUGH_ROWS = 2
"""A single row may be a slip of the address or of the point; two are taken as evidence."""
_STATED = re.compile(r"\(([가-힣]+동)\)")
_SHELTERS = (
    ("ansan_temporary_housing.csv", "위도", "경도"),
    ("ansan_civil_defence_shelters.csv", "위도_지오코딩", "경도_지오코딩"),
)


def crossings(data: Path, dong_at: DongAt) -> dict[str, tuple[str, ...]]:
    """Names of the administrative dongs by name of the legal dong, those with most rows first.

    A legal dong with one row only keeps that row's dong: there is nothing that speaks against it.
    """
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for legal, found, stated in _rows(data, dong_at):
        if found and stated in ("", found):
            counted[legal][found] += 1
    return {legal: _kept(dongs) for legal, dongs in sorted(counted.items())}


def _kept(dongs: Counter[str]) -> tuple[str, ...]:
    enough = tuple(name for name, rows in dongs.most_common() if rows >= ENOUGH_ROWS)
    return enough or (dongs.most_common(1)[0][0],)


def hydrant_points(data: Path, dong_at: DongAt, dongs: dict[str, tuple[str, ...]]) -> dict[str, list[Point]]:
    """Points of the hydrants of each legal dong that fall in one of its administrative dongs."""
    points: defaultdict[str, list[Point]] = defaultdict(list)
    for row in _hydrants(data):
        legal, point = row["법정읍면동"], (float(row["위도"]), float(row["경도"]))
        if dong_at(*point) in dongs.get(legal, ()):
            points[legal].append(point)
    return dict(points)


def middle(points: list[Point]) -> Point:
    """The one of the points with the smallest sum of geodesic distances to the others: always a real place."""
    from pyproj import Geod

    earth = Geod(ellps="WGS84")
    places = sorted(set(points))

    def total(place: Point) -> float:
        lats, lons = [p[0] for p in points], [p[1] for p in points]
        count = len(points)
        return float(sum(earth.inv([place[1]] * count, [place[0]] * count, lons, lats)[2]))

    return min(places, key=total)


def _rows(data: Path, dong_at: DongAt) -> Iterator[tuple[str, str | None, str]]:
    """(legal dong, administrative dong of the point, administrative dong the row states or "")."""
    for row in _hydrants(data):
        # a blank states nothing that could agree
        yield row["법정읍면동"], dong_at(float(row["위도"]), float(row["경도"])), row["행정읍면동"] or "?"
    for name, lat, lon in _SHELTERS:
        with (data / "shelters" / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                stated = _STATED.search(row.get("도로명주소") or row.get("주소") or "")
                if stated and row[lat]:
                    yield stated[1], dong_at(float(row[lat]), float(row[lon])), ""


def _hydrants(data: Path) -> list[dict[str, str]]:
    (path,) = sorted((data / "responders").glob("ansan_fire_hydrants_*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
