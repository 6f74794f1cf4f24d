"""The administrative dongs of the home city: in which one a point lies, and how far off a stated one."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GAZETTEER = Path(__file__).resolve().parent.parent / "gazetteer" / "ansan_dongs.geojson"
_METRES_A_DEGREE = 111_195.0
_NAMES = (("district_ko", "name_ko"), ("sgg_ko", "name_ko"))


class Areas:
    """Polygons of dongs with the names of their districts, in local metres."""

    def __init__(self, collection: Mapping[str, Any]) -> None:
        """``collection``: GeoJSON features with ``district_ko`` (or ``sgg_ko``) and ``name_ko``."""
        from shapely import STRtree, prepare, union_all
        from shapely.geometry import shape

        features = collection["features"]
        shapes = [shape(feature["geometry"]) for feature in features]
        self._lat0 = union_all(shapes).centroid.y
        self._shapes = [self._metres(one) for one in shapes]
        for one in self._shapes:
            prepare(one)
        self.names = [self._name(feature["properties"]) for feature in features]
        self._tree = STRtree(self._shapes)
        self._bounds = union_all(shapes).bounds
        districts = sorted({district for district, _ in self.names})
        named = list(zip(self.names, self._shapes, strict=True))
        self._parts = {(d, ""): union_all([one for (of, _), one in named if of == d]) for d in districts}
        self._parts |= {("", dong): one for (_, dong), one in named}

    @staticmethod
    def _name(properties: Mapping[str, str]) -> tuple[str, str]:
        return next((properties[district], properties[dong]) for district, dong in _NAMES if district in properties)

    def _metres(self, geometry: Any) -> Any:
        from shapely.affinity import affine_transform

        across = _METRES_A_DEGREE * math.cos(math.radians(self._lat0))
        return affine_transform(geometry, [across, 0, 0, _METRES_A_DEGREE, 0, 0])

    def _point(self, lat: float, lon: float) -> Any:
        from shapely import Point

        return Point(lon * _METRES_A_DEGREE * math.cos(math.radians(self._lat0)), lat * _METRES_A_DEGREE)

    def near_home(self, lat: float, lon: float) -> bool:
        """Whether a point lies in the box around the city: a quick "certainly not inside"."""
        west, south, east, north = self._bounds
        return bool(west <= lon <= east and south <= lat <= north)

    def locate(self, lat: float, lon: float) -> tuple[str, str] | None:
        """District and dong that a point lies in; None outside the city."""
        if not self.near_home(lat, lon):
            return None
        hits = self._tree.query(self._point(lat, lon), predicate="intersects")
        return self.names[min(hits)] if len(hits) else None

    def district_of(self, dong: str) -> str:
        """The district of a dong; "" when there is none of that name."""
        return next((district for district, name in self.names if name == dong), "")

    def distance_m(self, lat: float, lon: float, district: str = "", dong: str = "") -> float | None:
        """Metres from a point to a district, or to a dong; 0 inside; None when there is none of that name."""
        part = self._parts.get(("", dong) if dong else (district, ""))
        return None if part is None else float(part.distance(self._point(lat, lon)))


@functools.lru_cache(maxsize=1)
def home_areas() -> Areas | None:
    """The areas of the gazetteer; None when it does not hold them."""
    return Areas(json.loads(GAZETTEER.read_text("utf-8"))) if GAZETTEER.exists() else None
