"""The places of Ansan: city, two districts, dongs of both kinds, stations, welfare centres, safety districts."""

from __future__ import annotations

import csv
import dataclasses
import json
from pathlib import Path
from typing import Any

from knowledge.gazetteer import derive_legal
from knowledge.gazetteer.model import Place
from knowledge.gazetteer.romanise import romanise, romanise_place

CITY = "region:4127000000"
PROVINCE = "region:4100000000"
KMA_FILE = "kma_admin_districts_grid_20251027.csv"
STATIONS = ["반월", "상록수", "한대앞", "중앙", "고잔", "초지", "안산", "신길온천"]
STATIONS_WITHOUT_POINT = ["사리", "달미", "선부", "시우", "원시"]
SAFETY_DISTRICTS = ["월피", "사동", "상록1", "상록2", "반월", "고잔", "초지", "선부", "신길", "대부"]
SINGIL_DONGS = ("신길동", "원곡동", "백운동")
"""The only one of the ten whose dongs the city's announcement names; those of the others are not known here."""
_KMA, _SGIS, _LEGAL = ("kma-districts", "2025-10-27"), ("sgis-boundaries", "2021-04"), ("legal-dong-codes", "2025-11")
_HYDRANTS, _STATION_POINTS = ("ansan-hydrants", "2026-01-12"), ("station-points", "2021-04")
_STATION_NAMES = ("station-names", "")
_COMPOUNDS = {"신길온천": "Singiloncheon"}
"""Two words in one: the sound does not move over between them (신길 + 온천)."""
_NEWS = ("ansan-safety-districts", "2026-07-09")
_WELFARE = {
    "temporary_housing": ("ansan-temporary-housing", "2026"),
    "heat_shelter": ("ansan-heat-shelters", "2023"),
}

Rows = list[dict[str, str]]


class Polygons:
    """The dong polygons as shapes: which one a point falls in."""

    def __init__(self, geojson: str) -> None:
        from shapely.geometry import shape

        features: list[dict[str, Any]] = json.loads(geojson)["features"]
        self.shapes = {feature["properties"]["name_ko"]: shape(feature["geometry"]) for feature in features}

    def name_at(self, lat: float, lon: float) -> str | None:
        from shapely.geometry import Point

        point = Point(lon, lat)
        return next((name for name, polygon in self.shapes.items() if polygon.covers(point)), None)


def ansan_places(data: Path, geojson: str) -> list[Place]:
    """All places of Ansan, the city first; the readings of one name point to each other."""
    polygons = Polygons(geojson)
    dongs = _read(data / "gazetteer" / "ansan_admin_dong.csv")
    centres = _read(data / "responders" / "ansan_admin_welfare_centers.csv")
    codes = {row["dong_ko"]: row["adm_code_mois10"] for row in dongs}
    crossings = derive_legal.crossings(data, polygons.name_at)
    admin = _admin_dongs(dongs, centres, polygons)
    legal = _legal_dongs(data, crossings, codes, polygons)
    regions = _regions(data, codes)
    others = [*_stations(data, polygons, codes), *_welfare_centres(centres, codes), *_safety_districts(codes)]
    return [*regions, *_both_readings(admin, legal), *_namesakes(others, legal)]


def english_names(data: Path) -> dict[str, str]:
    """English name by Korean name of the 25 dongs and the two districts."""
    rows = _read(data / "gazetteer" / "ansan_admin_dong.csv")
    return {name: romanise_place(name) for row in rows for name in (row["dong_ko"], row["gu"])}


def _regions(data: Path, codes: dict[str, str]) -> list[Place]:
    rows = {row["2단계"]: row for row in _read(data / "gazetteer" / KMA_FILE) if not row["3단계"]}
    places = []
    for name in ("상록구", "단원구"):
        row = rows["안산시" + name]
        code = row["행정구역코드"]
        mine = tuple(dong for dong in codes.values() if dong[:5] == code[:5])
        lat, lon = _kma_point(row)
        values: dict[str, Any] = {"lat": lat, "lon": lon, "code": code, "parents": (CITY, PROVINCE), "dongs": mine}
        places.append(_place(f"region:{code}", "district", name, _KMA, **values))
    lat, lon = (sum(place.point[axis] for place in places if place.point) / len(places) for axis in (0, 1))
    values = {"lat": lat, "lon": lon, "code": CITY[7:], "parents": (PROVINCE,), "quality": "derived"}
    values["dongs"] = tuple(codes.values())
    city = _place(CITY, "sigungu", "안산시", _KMA, **values)
    return [city, *places]


def _kma_point(row: dict[str, str]) -> tuple[float, float]:
    """These two columns are decimal degrees, whatever their heading says."""
    return float(row["위도(초/100)"]), float(row["경도(초/100)"])


def _admin_dongs(rows: Rows, centres: Rows, polygons: Polygons) -> list[Place]:
    offices = {row["행정동"]: row for row in centres}
    places = []
    for row in rows:
        name, code = row["dong_ko"], row["adm_code_mois10"]
        lat, lon, source = _dong_point(row, offices[name], polygons)
        values: dict[str, Any] = {"lat": lat, "lon": lon, "code": code, "polygon_code": code, "dongs": (code,)}
        places.append(_place(f"dong:{code}", "admin_dong", name, source, parents=_within(code), **values))
    return places


def _dong_point(
    row: dict[str, str], office: dict[str, str], polygons: Polygons
) -> tuple[float, float, tuple[str, str]]:
    """The welfare centre's point, else the weather office's, whichever falls in the dong itself.

    The weather office's older points lie some 360 m off (compare the two for the dongs it moved in 2017).
    """
    name = row["dong_ko"]
    centre = float(office["위도"]), float(office["경도"])
    if polygons.name_at(*centre) == name:
        return *centre, _WELFARE[office["좌표출처"]]
    weather = float(row["office_lat_kma"]), float(row["office_lon_kma"])
    if polygons.name_at(*weather) == name:
        return *weather, _KMA
    inner = polygons.shapes[name].representative_point()
    return inner.y, inner.x, _SGIS


def _legal_dongs(
    data: Path, crossings: dict[str, tuple[str, ...]], codes: dict[str, str], polygons: Polygons
) -> list[Place]:
    points = derive_legal.hydrant_points(data, polygons.name_at, crossings)
    places = []
    for row in _read(data / "gazetteer" / "ansan_legal_dong.csv"):
        name = row["법정동명"].split()[-1]
        if row["폐지여부"] != "존재" or name not in crossings:
            continue  # abolished, or the city and its districts, which are no dongs
        code = row["법정동코드"]
        lat, lon = derive_legal.middle(points[name])
        dongs = tuple(codes[dong] for dong in crossings[name])
        values: dict[str, Any] = {"lat": lat, "lon": lon, "code": code, "dongs": dongs, "quality": "derived"}
        places.append(_place(f"legal:{code}", "legal_dong", name, _HYDRANTS, parents=_within(code), **values))
    return places


def _stations(data: Path, polygons: Polygons, codes: dict[str, str]) -> list[Place]:
    path = data / "gazetteer" / "subway_station_coordinates_2021.cp949.csv"
    rows = {row["역이름"]: row for row in _read(path, "cp949")}
    places = []
    for stem in STATIONS:
        lat, lon = float(rows[stem]["y"]), float(rows[stem]["x"])
        dong = codes[polygons.name_at(lat, lon) or ""]
        values: dict[str, Any] = {"lat": lat, "lon": lon, "dongs": (dong,), "quality": "unofficial"}
        places.append(_station(stem, parents=(f"dong:{dong}", *_within(dong)), **values))
    bare: dict[str, Any] = {"lat": None, "lon": None, "quality": "none", "parents": (CITY, PROVINCE)}
    return places + [_station(stem, _STATION_NAMES, **bare) for stem in STATIONS_WITHOUT_POINT]


def _station(stem: str, source: tuple[str, str] = _STATION_POINTS, **values: Any) -> Place:
    letters = _COMPOUNDS.get(stem, romanise(stem))
    return _place(f"station:ansan-{letters.lower()}", "station", stem + "역", source, f"{letters} Station", **values)


def _welfare_centres(rows: Rows, codes: dict[str, str]) -> list[Place]:
    places = []
    for row in rows:
        name, code = row["행정동"], codes[row["행정동"]]
        values: dict[str, Any] = {"lat": float(row["위도"]), "lon": float(row["경도"]), "dongs": (code,)}
        values["parents"] = (f"dong:{code}", *_within(code))
        korean, english = f"{name} 행정복지센터", f"{romanise_place(name)} Administrative Welfare Center"
        source = _WELFARE[row["좌표출처"]]
        places.append(_place(f"welfare:{code}", "welfare_centre", korean, source, english, **values))
    return places


def _safety_districts(codes: dict[str, str]) -> list[Place]:
    places = []
    for name in SAFETY_DISTRICTS:
        stem = name.rstrip("12")
        english = " ".join(filter(None, (romanise(stem), name[len(stem) :], "District")))
        dongs = tuple(codes[dong] for dong in SINGIL_DONGS) if name == "신길" else ()
        slug = "safety:" + (romanise(stem) + name[len(stem) :]).lower()
        values: dict[str, Any] = {"lat": None, "lon": None, "quality": "none", "dongs": dongs}
        values["parents"] = (CITY, PROVINCE)
        places.append(_place(slug, "safety_district", name, _NEWS, english, **values))
    return places


def _both_readings(admin: list[Place], legal: list[Place]) -> list[Place]:
    """Dongs of one name as administrative and as legal dong, each naming the other in ``also``."""
    by_name = {place.name_ko: place for place in admin}
    other = {place.name_ko: place for place in legal}
    joined = []
    for place in (*admin, *legal):
        twin = (other if place.level == "admin_dong" else by_name).get(place.name_ko)
        joined.append(dataclasses.replace(place, also=(twin.id,)) if twin else place)
    return joined


def _namesakes(places: list[Place], legal: list[Place]) -> list[Place]:
    """A station without a point names the legal dong of the very same name, where there is one."""
    by_name = {place.name_ko: place.id for place in legal}
    return [
        dataclasses.replace(place, namesake=by_name.get(place.name_ko[:-1] + "동", ""))
        if place.level == "station" and place.point is None
        else place
        for place in places
    ]


def _within(code: str) -> tuple[str, ...]:
    return f"region:{code[:5]}00000", CITY, PROVINCE


def _place(
    place_id: str, level: str, korean: str, source: tuple[str, str], english: str = "", **values: Any
) -> Place:
    english = english or romanise_place(korean)
    return Place(place_id, level, korean, english, source=source[0], as_of=source[1], **values)


def _read(path: Path, encoding: str = "utf-8-sig") -> Rows:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))

