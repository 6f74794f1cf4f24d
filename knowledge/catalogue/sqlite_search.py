"""Finding rows by place in the file of the SQLite store: by box, and the nearest ones at any density."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator
from itertools import chain

from knowledge.catalogue import ranking
from knowledge.catalogue.fields import Spot
from knowledge.catalogue.geodesy import Box, box_around, least_distance

FIRST_M, WIDER = 50.0, 3.0
"""The search for the nearest starts with this radius and widens it by this factor."""
MANY = 200
"""A box with more rows than this is not measured row by row; it is cut up first."""
_SMALLEST_DEG = 1e-6
_SPOT = "r.part, r.key, r.id, r.lat, r.lon, r.end_lat, r.end_lon"
_MEETS = "t.north >= ?1 AND t.south <= ?2 AND t.east >= ?3 AND t.west <= ?4"
Parts = dict[int, str]
"""Part id to source id."""


def in_box(reader: sqlite3.Connection, parts: Parts, box: Box) -> Iterator[Spot]:
    """Spots whose own box meets this one (R*Trees keep rounded degrees, never too small a box).

    A section of road may come twice where the box lies across the 180th meridian.
    """
    sql = " UNION ALL ".join(
        f"SELECT {_SPOT} FROM place_{part} t JOIN record r ON r.id = t.id WHERE {_MEETS}" for part in parts
    )
    for lon in box.lons:
        for part, *rest in reader.execute(sql, (*box.lat, *lon)):
            yield Spot(parts[part], *rest)


def _crowded(reader: sqlite3.Connection, parts: Parts, box: Box, most: int) -> bool:
    sql = " UNION ALL ".join(f"SELECT 1 FROM place_{part} t WHERE {_MEETS}" for part in parts)
    return any(
        len(reader.execute(f"{sql} LIMIT ?5", (*box.lat, *lon, most + 1)).fetchall()) > most for lon in box.lons
    )


def nearest_spots(
    reader: sqlite3.Connection, parts: Parts, lat: float, lon: float, k: int, limit: float
) -> list[ranking.Measured]:
    """Widen a circle until it holds k rows; a circle whose box holds very many is searched bit by bit."""
    most, radius = max(MANY, 4 * k), min(FIRST_M, limit)
    while True:
        box = box_around(lat, lon, radius)
        if _crowded(reader, parts, box, most):
            found = _in_crowd(reader, parts, lat, lon, k, radius, most)
        else:
            found = ranking.nearest_of(lat, lon, set(in_box(reader, parts, box)), k, radius)
        if len(found) == k or radius >= limit:
            return found
        radius = min(radius * WIDER, limit)


def _in_crowd(
    reader: sqlite3.Connection, parts: Parts, lat: float, lon: float, k: int, radius: float, most: int
) -> list[ranking.Measured]:
    """Take the nearest bit of the box first and halve it while it is crowded, until no bit can hold a nearer row.

    So the rows that are measured are those around the answer, however the others lie.
    """
    box = box_around(lat, lon, radius)
    bits = [(0.0, (*box.lat, *lons)) for lons in box.lons]
    best: list[ranking.Measured] = []
    while bits:
        least, bit = heapq.heappop(bits)
        if least > (best[-1][0] if len(best) == k else radius):
            break
        part = Box(bit[:2], (bit[2:],))
        if max(bit[1] - bit[0], bit[3] - bit[2]) > _SMALLEST_DEG and _crowded(reader, parts, part, most):
            for half in _halves(bit):
                heapq.heappush(bits, (least_distance(lat, lon, half), half))
            continue
        held = {spot.id for _, spot in best}
        spots = (spot for spot in in_box(reader, parts, part) if spot.id not in held)
        near = (found for found in ranking.measured(lat, lon, spots) if found[0] <= radius)
        best = heapq.nsmallest(k, chain(best, near))
    return best


def _halves(bit: tuple[float, float, float, float]) -> list[tuple[float, float, float, float]]:
    """Cut across the longer side, in degrees."""
    south, north, west, east = bit
    if north - south >= east - west:
        middle = (south + north) / 2
        return [(south, middle, west, east), (middle, north, west, east)]
    middle = (west + east) / 2
    return [(south, north, west, middle), (south, north, middle, east)]
