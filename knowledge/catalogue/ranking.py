"""From candidates of a store to the answer: exact distances, equal ones in the order of source and key."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from knowledge.catalogue.fields import Spot, on_earth
from knowledge.catalogue.geodesy import Line, distances

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_BATCH = 4096
Measured = tuple[float, Spot]


def check_point(lat: float, lon: float) -> None:
    """Raises ValueError for what is no place on Earth."""
    if not on_earth(lat, lon):
        raise ValueError(f"({lat}, {lon}) is no latitude and longitude in degrees.")


def nearest_of(lat: float, lon: float, spots: Iterable[Spot], k: int, within_m: float) -> list[Measured]:
    """The k nearest within so many metres; takes the spots as they come, so that memory stays bounded."""
    near = (found for found in measured(lat, lon, spots) if found[0] <= within_m)
    return heapq.nsmallest(k, near)


def measured(lat: float, lon: float, spots: Iterable[Spot]) -> Iterator[Measured]:
    """Each spot with its distance in metres; a section of road counts by its nearest point."""
    rest = iter(spots)
    while batch := list(islice(rest, _BATCH)):
        metres = distances(lat, lon, [s.lat for s in batch], [s.lon for s in batch])
        for spot, distance in zip(batch, metres, strict=True):
            section = _section(spot)
            yield (section.nearest(lat, lon)[0] if section else distance), spot


def along_line(line: Line, spots: Iterable[Spot], corridor_m: float) -> list[Measured]:
    """Those within so many metres of the line, in the order of the walk."""
    found = []
    for spot in spots:
        section = _section(spot)
        distance, at = line.nearest_to(section) if section else line.nearest(spot.lat, spot.lon)
        if distance <= corridor_m:
            found.append((at, distance, spot))
    return [(distance, spot) for _, distance, spot in sorted(found)]


def area(geometry: Mapping[str, Any]) -> BaseGeometry:
    """A GeoJSON Polygon or MultiPolygon, prepared for many questions; raises ValueError in one sentence."""
    import shapely
    from shapely.geometry import shape

    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("An area must be a GeoJSON Polygon or MultiPolygon.")
    try:
        made = shapely.make_valid(shape(geometry))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, shapely.errors.ShapelyError):
        raise ValueError("The coordinates of the area are not those of a GeoJSON polygon.") from None
    shapely.prepare(made)
    return made


def inside_area(polygon: BaseGeometry, spots: list[Spot]) -> list[Spot]:
    """Those whose point lies in it or on its edge, by source and key."""
    import shapely

    held = shapely.intersects_xy(polygon, [s.lon for s in spots], [s.lat for s in spots]) if spots else []
    return sorted(spot for spot, inside in zip(spots, held, strict=True) if inside)


def _section(spot: Spot) -> Line | None:
    if spot.end_lat is None or spot.end_lon is None:
        return None
    return Line.between(spot.lat, spot.lon, spot.end_lat, spot.end_lon)
