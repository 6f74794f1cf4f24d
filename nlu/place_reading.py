"""Which of the places of one name are meant: by the regions the message names, else by the home city."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.gazetteer import Place, gazetteer, outside
from nlu.place_signs import stands_after, stands_before

REGIONS = ("sido", "sigungu", "district")
COMMON_ELSEWHERE = 10
"""From this many other cities with a dong of the name (중앙동: 34) the home city is no longer assumed: one asks."""


@dataclass(frozen=True)
class Reading:
    """A span with all the places it may be, before and after narrowing. ``notes`` by place id."""

    start: int
    end: int
    places: tuple[Place, ...]
    notes: tuple[tuple[str, str], ...]
    narrowed: bool = False
    assumed_home: bool = False
    unlisted: bool = False
    """A region is named in front, and no place of the name is listed in it: the region stands for it."""

    @property
    def is_region(self) -> bool:
        return all(place.level in REGIONS for place in self.places)

    @property
    def note(self) -> str:
        """The note that all remaining places share; "" when they differ."""
        if self.unlisted:
            return "not_listed"
        left = {note for place_id, note in self.notes if any(place.id == place_id for place in self.places)}
        note = left.pop() if len(left) == 1 else ""
        return "" if note in ("context", "loose", "outer") else note


def narrow(text: str, readings: Sequence[Reading], said_ansan: bool) -> list[Reading]:
    """Each reading cut to the places that fit; the spans stay."""
    cut = list(readings)
    for at in range(1, len(cut)):
        if cut[at - 1].is_region and stands_before(text, cut[at - 1].end, cut[at].start):
            cut[at] = _in_region(cut[at], cut[at - 1], "," in text[cut[at - 1].end : cut[at].start])
    for at in range(len(cut) - 2, -1, -1):
        if cut[at + 1].is_region and stands_after(text, cut[at].end, cut[at + 1].start) and not cut[at].narrowed:
            inside = _within(cut[at].places, cut[at + 1].places)
            cut[at] = dataclasses.replace(cut[at], places=inside, narrowed=True) if inside else cut[at]
    named = [place for reading in cut if reading.is_region for place in reading.places]
    said = said_ansan or any(not outside(place) and place.level != "sido" for place in named)
    return [_at_home(reading, said, [place for place in named if outside(place)]) for reading in cut]


def _in_region(reading: Reading, region: Reading, apart: bool) -> Reading:
    """``apart``: a comma stands between, so what the region lacks may be the next place of a list."""
    inside = _within(reading.places, region.places)
    if inside:
        return dataclasses.replace(reading, places=inside, narrowed=True)
    dong = all(place.level.endswith("_dong") for place in reading.places)
    if dong and not apart and all(outside(place) for place in region.places):
        return dataclasses.replace(reading, places=region.places, narrowed=True, unlisted=True)
    if not apart and all(place.level == "landmark" for place in reading.places):
        # 안산 중앙초등학교: those of other cities are not meant, and none of this one is held
        name = reading.places[0].name_ko
        place = Place(f"landmark:{name}", "landmark", name, name, None, None, quality="none")
        place = dataclasses.replace(place, parents=(region.places[0].id, *region.places[0].parents))
        return dataclasses.replace(reading, places=(place,), narrowed=True)
    return reading


def _within(places: Iterable[Place], regions: Iterable[Place]) -> tuple[Place, ...]:
    ids = {region.id for region in regions}
    return tuple(place for place in places if ids & set(place.parents))


def _at_home(reading: Reading, said: bool, others: list[Place]) -> Reading:
    """Ansan before other cities, unless the message names another city that has the place too."""
    home = tuple(place for place in reading.places if not outside(place))
    if not home or reading.unlisted:
        return reading
    away = tuple(place for place in reading.places if outside(place))
    known = max(gazetteer().elsewhere.get(place.name_ko, 0) for place in home)
    if said:
        notes = dict(reading.notes)
        sure = tuple(place for place in home if notes.get(place.id) != "loose") or home
        return dataclasses.replace(reading, places=sure)
    there = _within(away, others)
    if there:  # 서울 사는데 신길동 대피소: either may be meant
        return dataclasses.replace(reading, places=(*there, *home))
    if known >= COMMON_ELSEWHERE:
        return dataclasses.replace(reading, places=(*home, *away))
    alike = bool(away or known) and not reading.is_region
    return dataclasses.replace(reading, places=home, assumed_home=alike)


def joined(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """A region and the place in it as one: 안산시 상록구 일동; Singil-dong, Danwon-gu, Ansan."""
    chain: list[Reading] = []
    for reading in readings:
        last = chain[-1] if chain else None
        if last and last.is_region and stands_before(text, last.end, reading.start) and _holds(last, reading):
            chain[-1] = dataclasses.replace(reading, start=last.start)
        elif last and reading.is_region and stands_after(text, last.end, reading.start) and _holds(reading, last):
            chain[-1] = dataclasses.replace(last, end=reading.end)
        else:
            chain.append(reading)
    return chain


def _holds(region: Reading, inner: Reading) -> bool:
    return inner.unlisted or len(_within(inner.places, region.places)) == len(inner.places)
