"""Named facilities as places: the name is looked up among the disclosed records, nothing is kept here.

Without a record the landmark is a place without a point; which is not the same as an unknown word.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence

from knowledge.catalogue.model import Record
from knowledge.gazetteer import CITY, Place, dong_at
from nlu.place_tokens import words

Lookup = Callable[[str], Sequence[Record]]
"""Records whose name holds these letters, as ``Catalogue.named`` gives them."""
_WORD = re.compile(r"[가-힣A-Za-z0-9~]+")
_SAME_SPOT = 0.004
"""Degrees (some 400 m): records of one name this close are one landmark."""


def landmark(name: str, lookup: Lookup | None) -> tuple[Place, ...]:
    """The records of this name as places, or one place without a point."""
    found = tuple(_places(name, lookup(name))) if lookup else ()
    return found or (
        Place(f"landmark:{name}", "landmark", name, name, None, None, parents=(CITY,), quality="none"),
    )


def facilities(text: str, lookup: Lookup) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
    """(start, end, places) of words that end like a facility and are the name of a record: 화랑초등학교에서."""
    for found in _WORD.finditer(text):
        for name in _names(found.group()):
            places = tuple(_places(name, lookup(name)))
            if places:
                yield found.start(), found.start() + len(name), places
                break


def _names(word: str) -> list[str]:
    """What of a word can be a facility's name, the longest first: 푸른마을4단지경로당, then 푸른마을4단지."""
    ends = sorted((found.end() for found in _ending().finditer(word)), reverse=True)
    bare = (re.split(_ending(), word[:end])[0] for end in ends)
    return [word[:end] for end, stem in zip(ends, bare, strict=True) if _is_name(stem)]


def _is_name(stem: str) -> bool:
    return len(stem) > 1 and stem not in words()["facility_plain"]


def _places(name: str, records: Sequence[Record]) -> Iterator[Place]:
    seen: list[Place] = []
    for record in records:
        if not _bare(record.name).startswith(_bare(name)) or record.lat is None or record.lon is None:
            continue
        if any(_same(place, record) for place in seen):
            continue
        place = _place(record, record.lat, record.lon)
        seen.append(place)
        yield place


def _place(record: Record, lat: float, lon: float) -> Place:
    dong = dong_at(lat, lon)
    return Place(
        f"landmark:{record.source}/{record.key}",
        "landmark",
        record.name,
        record.name,
        lat,
        lon,
        parents=(dong.id, *dong.parents) if dong else (),
        dongs=dong.dongs if dong else (),
        source=record.source,
        as_of=record.as_of,
        quality={"official": "official", "coarse": "official"}.get(record.coordinate_quality, "unofficial"),
    )


def _same(place: Place, record: Record) -> bool:
    if place.lat is None or place.lon is None or record.lat is None or record.lon is None:
        return False
    return abs(place.lat - record.lat) < _SAME_SPOT and abs(place.lon - record.lon) < _SAME_SPOT


def _bare(name: str) -> str:
    return re.sub(r"[\s~]", "", name).casefold()


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile("|".join(words()["facility_ends"]))
