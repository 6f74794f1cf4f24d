"""Where a report is: names of places in a message, put together from the widest to the closest.

The names are those of the gazetteer, of a disclosed record, or of a kind of place that bears a name of its own
("원곡초 앞", "Nojeokbong Park"); other words of the reporter are not taken for a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.catalogue.model import Record
from knowledge.gazetteer import Place, dong_at, outside
from knowledge.reports.districts import JOINT
from nlu.language import ENGLISH, KOREAN
from nlu.place_landmarks import Lookup
from nlu.places import Mention, find_places
from nlu.report_words import lexicon

WIDE = ("sido", "sigungu", "district", "legal_dong", "admin_dong", "safety_district")
"""Levels whose point says nothing about where in them a hazard is; in the order from wide to close."""
_SAID_LITTLE = ("sido", "sigungu", "district", "safety_district")
"""Levels too wide to be where a hazard is."""


@dataclass(frozen=True)
class ReportPlace:
    """``names``: Korean names, joined. ``lat``/``lon``: of the closest place named, or None. ``dongs``: codes of the
    administrative dongs it may lie in. ``choices``: names to choose from, when it is not clear. ``outside``: name of
    a place outside Ansan, when it is there."""

    names: str = ""
    lat: float | None = None
    lon: float | None = None
    dongs: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    outside: str = ""

    @property
    def known(self) -> bool:
        return bool(self.names)


def find_place(
    text: str, language: str, lookup: Lookup | None = None, location: tuple[float, float] | None = None
) -> ReportPlace:
    """The place a message names; a shared ``location`` (lat, lon) gives the point. Nothing named: all fields empty."""
    # facilities are looked up here, not there: a record of that name in another city must not become the place
    mentions = find_places(text, language, said_ansan=True)
    named = _from_mentions(mentions, language)
    if not named.outside:
        for closer in _own_names(text, mentions, lookup):
            named = _joined(named, closer)
    return _at(named, location) if location is not None else named


def _from_mentions(mentions: list[Mention], language: str) -> ReportPlace:
    result = ReportPlace()
    wide: list[Place] = []
    close: list[Place] = []
    for mention in mentions:
        inside = [place for place in mention.candidates if not outside(place)]
        if not inside:
            return ReportPlace(outside=_name(mention.candidates[0], language))
        levels = {place.level for place in inside}
        if len(inside) > 1 and not levels <= {"legal_dong", "admin_dong"}:
            close_enough = [place for place in inside if place.level not in _SAID_LITTLE]
            if len(close_enough) != 1:
                return ReportPlace(choices=tuple(dict.fromkeys(_name(place, language) for place in inside)))
            inside = close_enough
        place = inside[0]
        if place.level in _SAID_LITTLE:
            continue
        (wide if place.level in WIDE else close).append(place)
    for place in (*wide[:1], *close[:1]):
        result = _joined(result, _of_place(place))
    return result


def _of_place(place: Place) -> ReportPlace:
    if place.level in WIDE:
        return ReportPlace(place.name_ko, dongs=place.dongs)
    lat, lon = place.point or (None, None)
    return ReportPlace(place.name_ko, lat, lon, _dongs(lat, lon) or place.dongs)


def _joined(wide: ReportPlace, closer: ReportPlace) -> ReportPlace:
    """Both names, with the point and dongs of the closer one where it has them; a dong named beside a school of
    another one leaves the dong unknown."""
    if not wide.names or not closer.names:
        return closer if closer.names else wide
    names = list(dict.fromkeys([*wide.names.split(JOINT), *closer.names.split(JOINT)]))
    pointed = closer if closer.lat is not None else wide
    both = wide.dongs and closer.dongs
    dongs = () if both and not set(wide.dongs) & set(closer.dongs) else closer.dongs or wide.dongs
    return ReportPlace(JOINT.join(names), pointed.lat, pointed.lon, dongs)


def _own_names(text: str, mentions: list[Mention], lookup: Lookup | None) -> Iterator[ReportPlace]:
    """Schools by their short names, and names that end like a kind of place; at most one."""
    taken = [(m.start, m.end) for m in mentions if m.candidates[0].level not in WIDE]
    for language in (KOREAN, ENGLISH):
        words = lexicon(language)
        for kind in ("school", "landmark"):
            for found in words[kind].finditer(text):
                if any(start < found.end() and found.start() < end for start, end in taken):
                    continue
                place = _school(found, language, lookup) if kind == "school" else _landmark(found, language, lookup)
                if place is not None:
                    yield place
                    return


def _school(found: re.Match[str], language: str, lookup: Lookup | None) -> ReportPlace | None:
    stem, ending = found[1].strip(), found[2]
    name = f"{stem}{' ' if language == ENGLISH else ''}{lexicon(language)['expand'].get(ending, ending)}"
    record = _record(name, language, lookup)
    if record is not None:
        return _of_record(name, record)
    # "사고 앞" is no school: a short name without a record counts only for a primary school
    return ReportPlace(name) if len(ending) > 1 or ending == "초" else None


def _landmark(found: re.Match[str], language: str, lookup: Lookup | None) -> ReportPlace | None:
    name = " ".join(found[1].split())
    if lexicon(language)["landmark_plain"].match(name):
        return None
    record = _record(name, language, lookup)
    return _of_record(name, record) if record is not None else ReportPlace(name)


def _record(name: str, language: str, lookup: Lookup | None) -> Record | None:
    """The record in Ansan that bears the name, with nothing after it but what belongs to it (its car park)."""
    if lookup is None:
        return None
    words = lexicon(language)
    shape = re.compile(rf"({words['city'].pattern})?{re.escape(_bare(name))}({words['tails'].pattern})", re.I)
    for record in lookup(name):
        if record.lat is None or record.lon is None or dong_at(record.lat, record.lon) is None:
            continue
        if shape.fullmatch(_bare(record.name)):
            return record
    return None


def _of_record(name: str, record: Record) -> ReportPlace:
    return ReportPlace(name, record.lat, record.lon, _dongs(record.lat, record.lon))


def _at(named: ReportPlace, location: tuple[float, float]) -> ReportPlace:
    """The place with the point that was shared; without a name, that of the dong it falls in."""
    lat, lon = location
    dong = dong_at(lat, lon)
    if dong is None:
        return named
    if named.names and not named.outside:
        return replace(named, lat=lat, lon=lon, dongs=(dong.id.partition(":")[2],))
    return ReportPlace(dong.name_ko, lat, lon, (dong.id.partition(":")[2],))


def _dongs(lat: float | None, lon: float | None) -> tuple[str, ...]:
    dong = None if lat is None or lon is None else dong_at(lat, lon)
    return (dong.id.partition(":")[2],) if dong else ()


def _name(place: Place, language: str) -> str:
    return place.name_ko if language == KOREAN else place.name_en or place.name_ko


def _bare(name: str) -> str:
    return re.sub(r"\s", "", name)
