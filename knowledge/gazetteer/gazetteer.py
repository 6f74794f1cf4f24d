"""The gazetteer in memory: places by id, the dong a point falls in, inside Ansan or not."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.gazetteer.model import Place
from knowledge.gazetteer.table import read_places

FOLDER = Path(__file__).parent
CITY = "region:4127000000"
PROVINCE = "region:4100000000"
POLYGONS = FOLDER / "ansan_dongs.geojson"
_KOREA = (
    (124.4, 33.0),
    (127.2, 32.9),
    (128.9, 34.3),
    (129.1, 34.85),
    (130.2, 35.4),
    (132.2, 37.0),
    (132.2, 37.8),
    (128.5, 38.7),
    (127.0, 38.4),
    (126.65, 37.9),
    (125.9, 37.85),
    (124.5, 38.1),
)
"""A coarse ring (longitude, latitude) around the islands and the land south of the demarcation line, drawn so
that Tsushima, Kyushu and Kaesong are outside; tens of kilometres of sea are inside."""


@dataclass(frozen=True)
class Spelling:
    """Another way to write a place. ``note``: "", "spelling", "old_name", "stem" (an everyday word too), "road"."""

    place_id: str
    text: str
    note: str


@dataclass(frozen=True)
class Gazetteer:
    """Places by id, in the order of the files (Ansan first), and the spellings written by hand."""

    places: Mapping[str, Place]
    spellings: tuple[Spelling, ...]
    elsewhere: Mapping[str, int]
    """Number of other cities, counties and districts with a dong of this name, by Korean name."""

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    def get(self, place_id: str) -> Place | None:
        return self.places.get(place_id)

    def named(self, name: str) -> list[Place]:
        """Every place of exactly this Korean name, Ansan's first."""
        return [place for place in self if place.name_ko == name]

    def usual(self, place: Place) -> Place:
        """Of a name that is both an administrative and a legal dong, the one people mean by it.

        That is the reading which covers more: the legal dong where it spans more administrative dongs
        (Gojan-dong: three) than the administrative dong spans legal ones (one), else the administrative dong.
        """
        if not place.also:
            return place
        twin = self.places[place.also[0]]
        admin, legal = (place, twin) if place.level == "admin_dong" else (twin, place)
        return legal if len(legal.dongs) > len(self.legal_dongs(admin)) else admin

    def legal_dongs(self, admin: Place) -> list[Place]:
        """The legal dongs that lie in an administrative dong of Ansan, wholly or in part."""
        return [place for place in self if place.level == "legal_dong" and admin.code in place.dongs]

    def admin_dongs(self, place: Place) -> list[Place]:
        """The administrative dongs of Ansan that a place covers or lies in, those with most evidence first."""
        return [self.places[f"dong:{code}"] for code in place.dongs]


@functools.cache
def gazetteer() -> Gazetteer:
    """Read the files once."""
    places = [*read_places(FOLDER / "ansan_places.csv"), *read_places(FOLDER / "korea_places.csv")]
    with (FOLDER / "spellings.csv").open(encoding="utf-8", newline="") as file:
        spellings = tuple(Spelling(row["id"], row["spelling"], row["note"]) for row in csv.DictReader(file))
    with (FOLDER / "homonyms.csv").open(encoding="utf-8", newline="") as file:
        elsewhere = {row["name_ko"]: int(row["elsewhere"]) for row in csv.DictReader(file)}
    return Gazetteer({place.id: place for place in places}, spellings, elsewhere)


def outside(place: Place) -> bool:
    """Whether a place lies outside Ansan. The province, which holds Ansan, does not."""
    return place.id not in (CITY, PROVINCE) and CITY not in place.parents


def dong_at(lat: float, lon: float) -> Place | None:
    """The administrative dong of Ansan whose polygon a point falls in, a border counting as inside.

    None outside the polygons: other cities, the sea, land reclaimed since April 2021.
    """
    from shapely.geometry import Point

    point = Point(lon, lat)
    for code, polygon in _polygons():
        if polygon.covers(point):
            return gazetteer().places[f"dong:{code}"]
    return None


def in_korea(lat: float, lon: float) -> bool:
    """Whether a point can be in South Korea at all: a coarse check against mixed-up or foreign coordinates."""
    from shapely.geometry import Point

    return bool(_ring().covers(Point(lon, lat)))


def polygon(code: str) -> dict[str, Any] | None:
    """GeoJSON geometry of an administrative dong of Ansan by its ten-digit code."""
    return _geometries().get(code)


@functools.cache
def _geometries() -> dict[str, dict[str, Any]]:
    import json

    features = json.loads(POLYGONS.read_text("utf-8"))["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}


@functools.cache
def _polygons() -> tuple[tuple[str, Any], ...]:
    import shapely
    from shapely.geometry import shape

    shapes = [(code, shape(geometry)) for code, geometry in _geometries().items()]
    shapely.prepare([polygon for _, polygon in shapes])
    return tuple(shapes)


@functools.cache
def _ring() -> Any:
    import shapely
    from shapely.geometry import Polygon

    ring = Polygon(_KOREA)
    shapely.prepare(ring)
    return ring
