"""Distances on the WGS 84 ellipsoid, to points and to sections of road, and the boxes that hold a circle.

The distances are Karney's (PROJ's geodesic routines, through pyproj), exact to nanometres; both stores rank
by them, so that they cannot differ.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Geod

HALF_WAY_ROUND_M = 20_004_000.0
"""No two points are further apart."""
SMALLEST_RADIUS_M = 6_335_439.0
"""The smallest radius of curvature of the ellipsoid, a(1 - e²), rounded down. A geodesic is never shorter than
the arc of the same latitudes and longitudes on a sphere of this radius, so that a box computed there holds the
whole circle."""
_MEAN_RADIUS_M = 6_371_009.0
_PAD_DEG = 1e-7  # about a centimetre: what rounding may take away
_TURNS, _CLOSE_M = 20, 1e-4

Range = tuple[float, float]


@functools.cache
def geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


@dataclass(frozen=True)
class Line:
    """The shortest line between two points: degrees, ``azimuth`` at the start, ``length`` in metres."""

    lat: float
    lon: float
    end_lat: float
    end_lon: float
    azimuth: float
    length: float

    @classmethod
    def between(cls, lat: float, lon: float, end_lat: float, end_lon: float) -> Line:
        azimuth, _, length = geod().inv(lon, lat, end_lon, end_lat)
        return cls(lat, lon, end_lat, end_lon, azimuth, length)

    def at(self, metres: float) -> tuple[float, float, float]:
        """(lat, lon, azimuth) of the point so far along."""
        lon, lat, back = geod().fwd(self.lon, self.lat, self.azimuth, metres)
        return lat, lon, back + 180

    def nearest(self, lat: float, lon: float) -> tuple[float, float]:
        """(distance in metres, metres from the start) of the point of the line that is nearest to a point."""
        from_start = geod().inv(self.lon, self.lat, lon, lat)
        ends = [(from_start[2], 0.0), (geod().inv(self.end_lon, self.end_lat, lon, lat)[2], self.length)]
        along = self._clamp(_ahead(from_start[0] - self.azimuth, from_start[2]))
        distance = from_start[2]
        for _ in range(_TURNS):
            here_lat, here_lon, azimuth = self.at(along)
            bearing, _, distance = geod().inv(here_lon, here_lat, lon, lat)
            onward = self._clamp(along + _ahead(bearing - azimuth, distance))
            if abs(onward - along) < _CLOSE_M:
                break
            along = onward
        return min([(distance, along), *ends])

    def nearest_to(self, other: Line) -> tuple[float, float]:
        """(distance in metres, metres from the start) where this line comes nearest to another one.

        The distance from this line is a convex function along the other one (both are short against the
        Earth), so that a search by thirds finds its least value.
        """
        low, high = 0.0, other.length
        while high - low > 0.01:
            third = (high - low) / 3
            if self._from(other, low + third) <= self._from(other, high - third):
                high -= third
            else:
                low += third
        return min(self.nearest(*other.at(at)[:2]) for at in (0.0, (low + high) / 2, other.length))

    def _from(self, other: Line, at: float) -> float:
        return self.nearest(*other.at(at)[:2])[0]

    def _clamp(self, metres: float) -> float:
        return min(max(metres, 0.0), self.length)


def _ahead(turn_deg: float, distance: float) -> float:
    """How far ahead the foot of a point lies that is seen at this angle and distance (on a sphere)."""
    angle = distance / _MEAN_RADIUS_M
    return _MEAN_RADIUS_M * math.atan2(math.sin(angle) * math.cos(math.radians(turn_deg)), math.cos(angle))


def distances(lat: float, lon: float, lats: Sequence[float], lons: Sequence[float]) -> list[float]:
    """Metres from one point to each of many."""
    many = len(lats)
    return list(geod().inv([lon] * many, [lat] * many, list(lons), list(lats))[2]) if many else []


@dataclass(frozen=True)
class Box:
    """Degrees; two ranges of longitude where the box lies across the 180th meridian."""

    lat: Range
    lons: tuple[Range, ...]

    @property
    def one(self) -> tuple[float, float, float, float]:
        """(lat, lat, lon, lon) with all longitudes in place of two ranges."""
        return (*self.lat, *(self.lons[0] if len(self.lons) == 1 else (-180.0, 180.0)))


def box_around(lat: float, lon: float, metres: float) -> Box:
    """The box that holds every point within so many metres, also across a pole or the 180th meridian."""
    angle = metres / SMALLEST_RADIUS_M
    reach = math.degrees(angle) + _PAD_DEG
    south, north = lat - reach, lat + reach
    if south <= -90 or north >= 90:
        return Box((max(south, -90.0), min(north, 90.0)), ((-180.0, 180.0),))
    wide = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(lat))))) + _PAD_DEG
    west, east = lon - wide, lon + wide
    if west <= -180:
        return Box((south, north), ((west + 360, 180.0), (-180.0, east)))
    if east >= 180:
        return Box((south, north), ((west, 180.0), (-180.0, east - 360)))
    return Box((south, north), ((west, east),))


def least_distance(lat: float, lon: float, bit: tuple[float, float, float, float]) -> float:
    """Metres that every point of a (south, north, west, east) is away at least.

    On the small sphere, where the nearest point lies on the nearer meridian of the two, at the foot or an end.
    """
    south, north, west, east = bit
    if west <= lon <= east:
        return SMALLEST_RADIUS_M * math.radians(max(0.0, south - lat, lat - north))
    across = math.radians(min(abs((edge - lon + 180) % 360 - 180) for edge in (west, east)))
    here = math.radians(lat)
    foot = math.atan2(math.sin(here), math.cos(here) * math.cos(across))
    low, high = math.radians(south), math.radians(north)
    half = min(
        math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
        for there in (low, high, min(max(foot, low), high))
    )
    return 2 * SMALLEST_RADIUS_M * math.asin(min(1.0, math.sqrt(half))) * (1 - 1e-9)


def box_of(lat: float, lon: float, end_lat: float | None, end_lon: float | None) -> tuple[float, float, float, float]:
    """(lat, lat, lon, lon) of a row: its point, or a box that holds its section of road.

    Every point of a section lies within its length of the start; the line between two points may leave the
    box of its two ends.
    """
    if end_lat is None or end_lon is None:
        return lat, lat, lon, lon
    return box_around(lat, lon, Line.between(lat, lon, end_lat, end_lon).length).one
