"""Doubts about a row, found at import; the row is kept and carries them as flags (``model.FLAGS``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from knowledge.importing.areas import Areas
from knowledge.importing.cleaning import home, stated_area
from knowledge.importing.coordinates import OUTSIDE, Point

DENSEST = 4.0
"""Persons a square metre. Standing crowds become dangerous from about four or five on, so no office can plan
for more. (Civil-defence rooms are planned with 1.2, temporary housing with far fewer.)"""
LARGEST = 100_000
"""Persons. More than the largest stadium of the country seats; the civil-defence list has a car park for
4,105,106. Used when there is no area to compare with, and beside it."""
DISTRICT_TOLERANCE_M = 200.0
"""A point this close to the stated district passes: the borders are of 2021 and drawn along the shore, while
the city has reclaimed land since."""
OFFICE_TOLERANCE_M = 300.0
"""A dong office may stand just across its dong's border; farther off, the point is wrong."""
_OFFICE = re.compile(r"^(?:안산시\s*)?(?P<dong>\S+?동)\s*(?:행정복지센터|주민센터|동사무소)")


def capacity_flags(capacity: int | None, area_m2: float | None) -> list[str]:
    """Doubts about a capacity in persons, given the area of the place.

    The civil-defence list repeats the square metres as persons in 98.7 % of its rows.
    """
    if capacity is None:
        return []
    flags = []
    if area_m2 and abs(capacity - area_m2) < 1:
        flags.append("capacity_equals_area")
    if capacity > LARGEST or (area_m2 and capacity > DENSEST * area_m2):
        flags.append("capacity_beyond_density")
    return flags


def date_flags(days: Iterable[str], today: dt.date) -> list[str]:
    """A doubt when one of the ISO days lies after ``today``."""
    return ["date_in_future"] if any(day > today.isoformat() for day in days if day) else []


def place_flags(point: Point, areas: Areas | None, city: str, district: str, dong: str) -> list[str]:
    """Doubts about a point, given the city, district and dong that the row itself states ("" for not stated)."""
    if point.problem == OUTSIDE:
        return ["outside_korea"]
    if point.lat is None or point.lon is None or areas is None:
        return []
    if district in home().districts or city == home().city:
        stated = [district] if district in home().districts else list(home().districts)
        away = [off for one in stated if (off := areas.distance_m(point.lat, point.lon, district=one)) is not None]
        if away and min(away) > DISTRICT_TOLERANCE_M:
            return ["outside_stated_district"]
        off = areas.distance_m(point.lat, point.lon, dong=dong) if dong else 0.0
        return ["outside_stated_district"] if off is not None and off > OFFICE_TOLERANCE_M else []
    if (city or district) and areas.locate(point.lat, point.lon):
        return ["outside_stated_district"]
    return []


def dong_of_office(name: str) -> str:
    """The dong that the name of an office states ("안산동행정복지센터"); "" for other names."""
    hit = _OFFICE.match(name)
    return hit["dong"] if hit else ""


def name_flags(name: str, in_home: bool) -> list[str]:
    """A doubt when a place in the home city is named after a city beside it ("서수원 …")."""
    pattern = rf"(?:^|[\s(])[동서남북신]?(?:{'|'.join(home().neighbours)})(?![가-힣]*(?:길|로\s?\d))"
    return ["name_of_other_city"] if in_home and re.search(pattern, name) else []


def in_home_city(address: str) -> bool:
    """Whether an address lies in the home city by its own words."""
    city, district = stated_area(address)
    return city == home().city or district in home().districts
