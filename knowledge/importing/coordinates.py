"""Coordinates of any of the ways Korean publishers give them, as WGS 84 degrees.

The system is decided by the values, because column names lie: XCORD holds EPSG:5179 metres in one dataset
and a longitude in degrees in another, and latitude and longitude come swapped. The ranges of the systems
do not overlap for places in South Korea, so a pair is either certain or no point.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.importing.cleaning import number
from knowledge.importing.columns import Match
from knowledge.importing.table import Row

LAT, LON = (33.0, 38.7), (124.5, 132.0)
"""South Korea from Marado to Goseong and from Baengnyeongdo to Dokdo, degrees."""
_RANGES: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "EPSG:5179": ((700_000, 1_450_000), (1_400_000, 2_150_000)),
    "EPSG:3857": ((13_850_000, 14_700_000), (3_850_000, 4_700_000)),
}
"""Easting and northing of South Korea, metres."""
COARSE_DECIMALS = 4
"""A coordinate with this many decimals or fewer may be 5 m and more off its place: quality "coarse"."""
_DMS_TEXT = re.compile(r"^\s*(\d{2,3})\s*[°도º]\s*(\d{1,2})\s*['′’분]\s*([\d.]+)\s*(?:\"|″|”|''|초)?\s*[NESW]?\s*$")
_PAIRS = (("lat", "lon"), ("lat_geocoded", "lon_geocoded"), ("y", "x"))


@dataclass(frozen=True)
class Point:
    """A point, or why there is none. ``system``: what the numbers were in; ``decimals`` of the coarser one."""

    lat: float | None = None
    lon: float | None = None
    system: str = ""
    decimals: int = 9
    swapped: bool = False
    geocoded: bool = False
    problem: str = ""

    @property
    def quality(self) -> str:
        """``coordinate_quality`` of a record with this point."""
        if self.lat is None:
            return "none"
        if self.geocoded:
            return "geocoded"
        return "coarse" if self.decimals <= COARSE_DECIMALS else "official"


NOWHERE = Point(problem="no coordinates")
OUTSIDE, WHOLE = "outside Korea", "cut to whole degrees"


def point_of(row: Row, match: Match) -> Point:
    """The point of a row: degrees, else metres, else degrees-minutes-seconds, else its shape's inner point."""
    first: Point | None = None
    for north, east in _PAIRS:
        if match.has(north, east):
            found = pair(match.first(row, north), match.first(row, east))
            if found.lat is not None:
                return _geocoded(found) if north == "lat_geocoded" else found
            first = first if first and first != NOWHERE else found
    for found in (_dms_point(row, match, ""), _shape_point(match.first(row, "geometry"))):
        if found.lat is not None:
            return found
        first = first if first and first != NOWHERE else found
    return first or NOWHERE


def end_of(row: Row, match: Match) -> Point:
    """The other end of a row that is a section of road; without a point for all other rows."""
    if match.has("end_lat", "end_lon"):
        return pair(match.first(row, "end_lat"), match.first(row, "end_lon"))
    return _dms_point(row, match, "end_")


def _geocoded(point: Point) -> Point:
    return Point(point.lat, point.lon, point.system, point.decimals, point.swapped, geocoded=True)


def pair(north: str, east: str) -> Point:
    """The point of two numbers, the first said to be latitude or northing; swapped ones are put right.

    >>> pair("127.507212", "38.10478").swapped
    True
    """
    if not north or not east:
        return NOWHERE
    if (lat_text := _DMS_TEXT.match(north)) and (lon_text := _DMS_TEXT.match(east)):
        return _from_dms(lat_text.groups(), lon_text.groups())
    first, second = number(north), number(east)
    if first is None or second is None:
        return Point(problem="coordinates unreadable")
    if not first or not second:
        return Point(problem="coordinates zero")
    decimals = min(_decimals(north), _decimals(east))
    for swapped, (lat, lon) in enumerate(((first, second), (second, first))):
        if _within(lat, LAT) and _within(lon, LON):
            if lat.is_integer() or lon.is_integer():
                return Point(problem=WHOLE)
            return Point(lat, lon, "degrees", decimals, bool(swapped))
        for system, (easting, northing) in _RANGES.items():
            if _within(lon, easting) and _within(lat, northing):
                return _projected(lon, lat, system, bool(swapped))
    if max(abs(first), abs(second)) > 180:
        return Point(problem="coordinates of an unknown system")
    return Point(problem=WHOLE if first.is_integer() and second.is_integer() else OUTSIDE)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _decimals(text: str) -> int:
    hit = re.search(r"\.(\d+)", text)
    return len(hit[1]) if hit else 0


@functools.lru_cache(maxsize=4)
def _transformer(system: str) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(system, "EPSG:4326", always_xy=True)


def _projected(easting: float, northing: float, system: str, swapped: bool = False) -> Point:
    lon, lat = _transformer(system).transform(easting, northing)
    if not (_within(lat, LAT) and _within(lon, LON)):
        return Point(problem=OUTSIDE)
    return Point(round(lat, 7), round(lon, 7), system, swapped=swapped)


def _dms_point(row: Row, match: Match, prefix: str) -> Point:
    """A point from degrees, minutes and seconds in six columns."""
    if not match.has(f"{prefix}lat_d", f"{prefix}lon_d"):
        return NOWHERE
    axes = [[match.first(row, f"{prefix}{axis}_{unit}") for unit in "dms"] for axis in ("lat", "lon")]
    return _from_dms(*axes) if axes[0][0] and axes[1][0] else NOWHERE


def _from_dms(north: Sequence[str], east: Sequence[str]) -> Point:
    """The point of degrees, minutes and seconds; whole seconds make it coarse."""
    values, coarse = [], False
    for parts in (north, east):
        degrees, minutes, seconds = (number(part) or 0.0 for part in parts)
        if minutes >= 60 or seconds >= 60:
            return Point(problem="coordinates unreadable")
        coarse |= not _decimals(parts[2])  # a second is up to 31 m
        values.append(round(degrees + minutes / 60 + seconds / 3600, 7))
    if all(value.is_integer() for value in values):
        return Point(problem="coordinates zero" if not any(values) else WHOLE)
    found = pair(f"{values[0]:.7f}", f"{values[1]:.7f}")
    decimals = COARSE_DECIMALS if coarse else 7
    return Point(found.lat, found.lon, "degrees, minutes, seconds", decimals, found.swapped, problem=found.problem)


def _shape_point(wkt: str) -> Point:
    """A point inside the shape that a WKT text describes, in whatever of the known systems its numbers are."""
    if not wkt:
        return NOWHERE
    import shapely

    try:
        inside = shapely.from_wkt(wkt.split(";")[-1]).representative_point()
        found = pair(repr(inside.y), repr(inside.x))
    except (shapely.GEOSException, ValueError, AttributeError):
        return Point(problem="shape unreadable")
    return Point(found.lat, found.lon, found.system + " shape", 9, found.swapped, problem=found.problem)
