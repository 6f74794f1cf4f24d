"""Rows to records: one row at a time, with everything that was mended or doubted counted in the file's report."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.catalogue.model import Record
from knowledge.importing import cleaning, plausibility
from knowledge.importing.areas import Areas
from knowledge.importing.cleaning import Note, home, number, whole
from knowledge.importing.columns import Match, match, spellings
from knowledge.importing.coordinates import Point, end_of, point_of
from knowledge.importing.kinds import BY_ROW, kind_by_word, rules
from knowledge.importing.table import Row

_LARGEST_AREA = 1e12
"""Square metres; ten times the country."""
_SQUARE_METRES = ("", "㎡", "m2", "m²", "제곱미터")
_DAYS = ("designated", "inspected", "began")
_COUNTS = frozenset((
    "accidents", "casualties", "deaths", "serious_injuries", "slight_injuries", "reported_injuries", "height_m",
    "fans", "air_conditioners", "year", "designated_year",
))  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """How one source is imported beyond what its files say.

    ``kind``: of all rows ("" or BY_ROW: each row says). ``geocoded``: the points were looked up from the
    addresses by somebody else. ``only_name_and_point``, ``drop_without_point``, ``drop_inside_home``: for the
    bundled country-wide lists.
    """

    kind: str = ""
    geocoded: bool = False
    only_name_and_point: bool = False
    drop_without_point: bool = False
    drop_inside_home: bool = False
    as_of_by_point_source: Mapping[str, str] = field(default_factory=dict)
    """As-of date of rows by what they say their point is from, where that is older than the rest."""


@dataclass
class Mapped:
    """A row as a record without its key yet; ``reason`` why it is rejected instead, "" when it is not."""

    record: Record | None = None
    point: Point = field(default_factory=Point)
    reason: str = ""
    updated: str = ""


class Mapper:
    """Maps rows of any header to records of one source."""

    def __init__(self, source: str, recipe: Recipe, areas: Areas | None, today: dt.date) -> None:
        self.source, self.recipe, self.areas, self.today = source, recipe, areas, today
        self._matches: dict[tuple[str, ...], Match] = {}

    def matched(self, row: Row) -> Match:
        """What the columns of this row mean; a file may change its header on the way."""
        columns = tuple(row.values)
        found = self._matches.get(columns)
        if found is None:
            found = self._matches[columns] = match(columns)
        return found

    def map(self, row: Row, note: Note) -> Mapped:
        """The record of a row, or why there is none."""
        columns = self.matched(row)
        kind = self._kind(row, columns)
        if not kind:
            return Mapped(reason="kind of the row not known")
        point = point_of(row, columns)
        if self.recipe.geocoded and point.lat is not None:
            point = replace(point, geocoded=True)
        addresses = _addresses(row, columns, note)
        name = _name(row, columns, kind, addresses["address"], note)
        if not name:
            return Mapped(reason="no name")
        if point.lat is None and self.recipe.drop_without_point:
            return Mapped(reason=f"no point ({point.problem})")
        record = self._record(row, columns, kind, name, point, addresses, note)
        if self.recipe.drop_inside_home and self._inside_home(point):
            return Mapped(reason=f"inside {home().city} (held by the city's own list)")
        updated = max((day for text in columns.all(row, "updated") if (day := cleaning.date(text))), default="")
        if self.recipe.only_name_and_point:
            record = replace(record, address="", capacity=None, area_m2=None, phone="", extra={}, as_of="")
        return Mapped(record, point, updated=updated)

    def _kind(self, row: Row, columns: Match) -> str:
        if self.recipe.kind and self.recipe.kind != BY_ROW:
            return self.recipe.kind
        return kind_by_word(columns.first(row, "kind_code")) or kind_by_word(columns.first(row, "kind_name"))

    def _inside_home(self, point: Point) -> bool:
        if self.areas is None or point.lat is None or point.lon is None:
            return False
        return self.areas.locate(point.lat, point.lon) is not None

    def _record(
        self, row: Row, columns: Match, kind: str, name: str, point: Point, addresses: dict[str, str], note: Note
    ) -> Record:
        capacity, area = whole(columns.first(row, "capacity")), _area(row, columns)
        city, district, dong, flags = self._place(row, columns, name, point, addresses["address"])
        flags += plausibility.capacity_flags(capacity, area)
        flags += plausibility.date_flags(_days(row, columns, *_DAYS, "as_of", "updated"), self.today)
        flags += plausibility.name_flags(name, city == home().city)
        end = end_of(row, columns) if point.lat is not None else Point()
        return Record(
            source=self.source,
            key="",
            kind=kind,
            name=name,
            lat=point.lat,
            lon=point.lon,
            address=addresses["address"],
            district=district,
            dong=dong,
            capacity=capacity,
            area_m2=area,
            phone=_phone(row, columns, note),
            coordinate_quality=point.quality,
            as_of=next(iter(_days(row, columns, "as_of")), "")
            or self.recipe.as_of_by_point_source.get(columns.first(row, "point_source"), ""),
            flags=tuple(flags),
            end_lat=end.lat,
            end_lon=end.lon,
            extra=_extra(row, columns, addresses, note),
        )

    def _place(
        self, row: Row, columns: Match, name: str, point: Point, address: str
    ) -> tuple[str, str, str, list[str]]:
        """City, district and dong, each as the row states it, else where the point lies; and the doubts.

        A legal dong in an address ("(사동)") may bear the name of an administrative dong with other borders, so
        the dong comes from a column of the row, the name of an office, or the point, and from nothing else.
        """
        city, district = _stated(row, columns, address)
        dong = self._known_dong(columns.first(row, "dong"))
        found = None
        if self.areas and point.lat is not None and point.lon is not None:
            found = self.areas.locate(point.lat, point.lon)
        office = ""
        if found or city == home().city:  # offices of other cities bear the names of our dongs too
            office = self._known_dong(plausibility.dong_of_office(name))
            if office and not district and self.areas:
                city, district = home().city, self.areas.district_of(office)
        flags = plausibility.place_flags(point, self.areas, city, district, office)
        computed = columns.first(row, "district_computed"), columns.first(row, "dong_computed")
        at_point = found or (computed if not self.areas and all(computed) else None)
        if "outside_stated_district" in flags:
            return city, district, dong or office, flags
        if at_point:
            return home().city, _finer(district, at_point[0]), dong or office or at_point[1], flags
        return city, district, dong or office, flags

    def _known_dong(self, dong: str) -> str:
        """A stated dong; of the home city only one of today's administrative dongs, since lists hold old names."""
        if self.areas is None:
            return dong
        return dong if any(dong == known for _, known in self.areas.names) else ""


def _finer(stated: str, at_point: str) -> str:
    """The district: as stated, unless only the city was stated."""
    return stated if stated and not stated.endswith("시") else at_point


def _stated(row: Row, columns: Match, address: str) -> tuple[str, str]:
    """City and district that the row states: in columns of their own, in its zone, or in its address."""
    for text in (
        f"{columns.first(row, 'province')} {columns.first(row, 'district')}" if columns.has("district") else "",
        columns.first(row, "zone"),
        address,
        columns.first(row, "area_named"),
    ):
        city, district = cleaning.stated_area(text)
        if district:
            return (city or (home().city if district in home().districts else "")), district
    return "", ""


def _addresses(row: Row, columns: Match, note: Note) -> dict[str, str]:
    """The address to show (road before lot), and the lot address beside it."""
    road = cleaning.address(columns.first(row, "address_road"), note)
    lot = cleaning.address(columns.first(row, "address_lot"), note)
    other = cleaning.address(columns.first(row, "address"), note)
    number_of_lot = columns.first(row, "lot")
    if not road and other and not number_of_lot:
        other, number_of_lot = cleaning.split_glued(other, note)
    elif road and not number_of_lot and not lot:
        road, number_of_lot = cleaning.split_glued(road, note)
    shown = road or other or lot
    return {"address": shown, "lot": lot if lot and lot != shown else number_of_lot}


def _name(row: Row, columns: Match, kind: str, address: str, note: Note) -> str:
    name = cleaning.without_mobile(cleaning.clean(columns.first(row, "name"), note), note)
    if name:
        return name
    parts = {"dong": columns.first(row, "dong"), "type": columns.first(row, "type")}
    template = str(rules()["names"].get(kind, ""))
    made = template.format(**parts) if all(parts[p] for p in parts if "{" + p + "}" in template) else ""
    return made or address


def _area(row: Row, columns: Match) -> float | None:
    value = number(columns.first(row, "area"))
    unit = columns.first(row, "area_unit").lower()
    return value if value and 0 < value < _LARGEST_AREA and unit in _SQUARE_METRES else None


def _phone(row: Row, columns: Match, note: Note) -> str:
    return next((kept for text in columns.all(row, "phone") if text and (kept := cleaning.phone(text, note))), "")


def _days(row: Row, columns: Match, *fields: str) -> list[str]:
    return [day for name in fields for text in columns.all(row, name) if text and (day := cleaning.date(text))]


def _extra(row: Row, columns: Match, addresses: Mapping[str, str], note: Note) -> dict[str, Any]:
    """The kind-specific facts of a row under their standard names."""
    facts: dict[str, Any] = {}
    for name in columns.fields:
        if name not in spellings().extra or not (text := columns.first(row, name)):
            continue
        if name in _COUNTS and (value := number(text)) is not None:
            facts[name] = int(value) if value.is_integer() else value
        elif kept := cleaning.without_mobile(cleaning.clean(text, note), note):
            facts[name] = cleaning.date(kept) or kept if name in _DAYS else kept
    if addresses["lot"]:
        facts["lot"] = addresses["lot"]
    else:
        facts.pop("lot", None)
    return facts


def digest_key(record: Record) -> str:
    """A key that is the same whenever the same place is imported: of kind, name, point, end, address and year."""
    parts = (record.kind, record.name, *map(_coordinate, (record.lat, record.lon, record.end_lat, record.end_lon)),
             record.address, str(record.extra.get("year", "")))  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _coordinate(value: float | None) -> str:
    return "" if value is None else f"{value:.7f}"
