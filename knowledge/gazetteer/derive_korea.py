"""Provinces, cities, districts, eup, myeon, dongs and stations of Korea outside Ansan: to know what is not Ansan."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections import defaultdict
from pathlib import Path

from knowledge.gazetteer.derive_ansan import KMA_FILE, STATIONS
from knowledge.gazetteer.model import Place
from knowledge.gazetteer.romanise import romanise, romanise_place

_CITY_AND_GU = re.compile(r"^(.+시)(.+구)$")
_METROPOLITAN = {"서울특별시": "Seoul", "부산광역시": "Busan", "대구광역시": "Daegu", "인천광역시": "Incheon"}
_METROPOLITAN |= {"광주광역시": "Gwangju", "대전광역시": "Daejeon", "울산광역시": "Ulsan", "세종특별자치시": "Sejong"}
_METROPOLITAN |= {"제주특별자치도": "Jeju", "강원특별자치도": "Gangwon", "전북특별자치도": "Jeonbuk"}
ANSAN = "4127"


def korea_places(data: Path) -> list[Place]:
    """Every row of the weather office's table outside Ansan that has a point, cities of several gu, stations."""
    with (data / "gazetteer" / KMA_FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["행정구역코드"].startswith(ANSAN)]
    # Sejong stands once as province and once as its own city: one is enough
    tops = [row for row in rows if not row["3단계"] and row["1단계"] != row["2단계"]]
    places = [_region(row) for row in tops if float(row["위도(초/100)"])]
    places += _cities(places, rows)
    places += [_dong(row) for row in rows if row["3단계"] and float(row["위도(초/100)"])]
    return sorted(places, key=lambda place: (place.id[:6] != "region", place.id)) + _stations(data)


def _region(row: dict[str, str]) -> Place:
    code, province, inner = row["행정구역코드"], row["1단계"], row["2단계"]
    lat, lon = _point(row)
    if not inner:
        english = _METROPOLITAN.get(province, romanise_place(province))
        return _kept(f"region:{code}", "sido", province, english, lat, lon, code, ())
    parents = _parents(code, inner)[1:]
    pair = _CITY_AND_GU.match(inner)
    name = pair[2] if pair else inner
    level, english = "district" if pair else "sigungu", romanise_place(name)
    return _kept(f"region:{code}", level, name, english, lat, lon, code, parents)


def _cities(places: list[Place], rows: list[dict[str, str]]) -> list[Place]:
    """A city with general districts has no row of its own: its point is the mean of its districts' points."""
    districts = defaultdict(list)
    names = {}
    for row in rows:
        pair = _CITY_AND_GU.match(row["2단계"])
        if pair:
            city = _city_id(row["행정구역코드"])
            names[city] = pair[1]
    for place in places:
        if place.level == "district":
            districts[place.parents[0]].append(place)
    cities = []
    for city, inner in districts.items():
        lat, lon = (sum(p.point[axis] for p in inner if p.point) / len(inner) for axis in (0, 1))
        english = romanise_place(names[city])
        parents = (f"region:{city[7:9]}00000000",)
        cities.append(_kept(city, "sigungu", names[city], english, lat, lon, city[7:], parents, "derived"))
    return cities


def _dong(row: dict[str, str]) -> Place:
    code, name = row["행정구역코드"], row["3단계"].split("/")[0]
    lat, lon = _point(row)
    return _kept(f"dong:{code}", "admin_dong", name, romanise_place(name), lat, lon, code, _parents(code, row["2단계"]))


def _parents(code: str, inner: str) -> tuple[str, ...]:
    """Ids of what a row of the table lies in, the nearest first."""
    province = f"region:{code[:2]}00000000"
    own = f"region:{code[:5]}00000"
    if inner == "세종특별자치시":
        return (province,)
    return (own, _city_id(code), province) if _CITY_AND_GU.match(inner) else (own, province)


def _city_id(code: str) -> str:
    """The city of a general district: the same code with a zero for the district (수원시장안구 41111 -> 41110)."""
    return f"region:{code[:4]}000000"


def _stations(data: Path) -> list[Place]:
    path = data / "gazetteer" / "subway_station_coordinates_2021.cp949.csv"
    with path.open(encoding="cp949", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["역이름"] not in STATIONS]
    places = []
    for number, row in enumerate(sorted(rows, key=lambda row: (row["역이름"], row["y"])), 1):
        name = row["역이름"].split("(")[0]
        stem = name.removesuffix("역")
        korean, english = stem + "역", f"{romanise(stem).replace('·', '-')} Station"
        lat, lon = float(row["y"]), float(row["x"])
        place = Place(f"station:{number:03}", "station", korean, english, lat, lon, source="station-points")
        places.append(dataclasses.replace(place, as_of="2021-04", quality="unofficial"))
    return places


def _point(row: dict[str, str]) -> tuple[float, float]:
    return float(row["위도(초/100)"]), float(row["경도(초/100)"])


def _kept(
    place_id: str,
    level: str,
    korean: str,
    english: str,
    lat: float,
    lon: float,
    code: str,
    parents: tuple[str, ...],
    quality: str = "official",
) -> Place:
    kind, as_of = "kma-districts", "2025-10-27"
    return Place(
        place_id, level, korean, english, lat, lon, code, parents=parents, source=kind, as_of=as_of, quality=quality
    )
