"""Dong polygons in our schema: coordinates to five decimals (about a metre), nothing simplified."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError

DECIMALS = 5


def dong_polygons(boundaries: Path, english: dict[str, str]) -> str:
    """GeoJSON text of the dongs, one feature a line, by code.

    ``boundaries``: the boundary file (CRS84, properties ``adm_code_mois``, ``name_ko``, ``sgg_ko``).
    ``english``: English name by Korean name, for dongs and districts. Raises KnowledgeError when neighbours
    no longer meet edge to edge after rounding: a point would then lie in two dongs or in none.
    """
    features = [_feature(raw, english) for raw in json.loads(boundaries.read_text("utf-8"))["features"]]
    features.sort(key=lambda feature: feature["properties"]["code"])
    _check_joined(features)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return '{"type":"FeatureCollection","name":"ansan_dongs","features":[\n' + lines + "\n]}\n"


def _feature(raw: dict[str, Any], english: dict[str, str]) -> dict[str, Any]:
    given = raw["properties"]
    name, district = given["name_ko"], given["sgg_ko"]
    properties = {
        "code": given["adm_code_mois"],
        "name_ko": name,
        "name_en": english[name],
        "district_ko": district,
        "district_en": english[district],
    }
    parts = [[_ring(ring) for ring in polygon] for polygon in raw["geometry"]["coordinates"]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": parts}}


def _ring(ring: list[list[float]]) -> list[list[float]]:
    """Rounded; a corner that falls on the one before it is dropped."""
    kept: list[list[float]] = []
    for lon, lat in ring:
        corner = [round(lon, DECIMALS), round(lat, DECIMALS)]
        if not kept or kept[-1] != corner:
            kept.append(corner)
    return kept


def _check_joined(features: list[dict[str, Any]]) -> None:
    import shapely
    from shapely.geometry import shape

    shapes = [shape(feature["geometry"]) for feature in features]
    if not shapely.coverage_is_valid(shapes) or not all(polygon.is_valid for polygon in shapes):
        raise KnowledgeError("The dong polygons no longer join after rounding; use more decimals.")
