"""Places named in a message, in Korean and English, with particles glued on: ``find_places``.

"우리 동네", "near me" and "here" are no places; another module reads those. An ambiguous name comes back with
all its candidates and is never decided by a guess, except that a name which Ansan has is Ansan's unless the
message names another city (``assumed_home`` then lets the answer say so).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from knowledge.gazetteer import Place, gazetteer, outside
from nlu.place_index import Found, place_index
from nlu.place_landmarks import Lookup, facilities, landmark
from nlu.place_reading import REGIONS, Reading, joined, narrow
from nlu.place_signs import Setting, accepted, place_of, stands_after, stands_before
from nlu.place_tokens import words
from nlu.place_typos import slips

NOTES = ("", "stem", "spelling", "typo", "old_name", "road", "no_point", "not_listed")

_CLOSE = 8
"""Characters: no sign that ties two names together (", in ") is longer."""


@dataclass(frozen=True)
class Mention:
    """A place named in a message: ``surface`` is ``text[start:end]``.

    ``candidates``: one place when the name is clear, several when it is not (Ansan's first). ``assumed_home``:
    other cities have a place of this name and the message does not say Ansan. ``note``: "stem" (named without
    its ending), "spelling" (another romanisation), "typo" (one slip away), "old_name" (no dong has that name
    today), "road" (a road of that name), "no_point" (a place we know and hold no point for), "not_listed" (the
    region in front of the name stands for it: no such place is listed there).
    ``alternative``: for a station without a point, the dong whose name it bears.
    """

    surface: str
    start: int
    end: int
    candidates: tuple[Place, ...]
    assumed_home: bool = False
    note: str = ""
    alternative: Place | None = None

    @property
    def ambiguous(self) -> bool:
        return len(self.candidates) > 1


def find_places(
    text: str, language: str, *, said_ansan: bool = False, lookup: Lookup | None = None
) -> list[Mention]:
    """The places a message names, in order, longest name first, no two overlapping.

    ``language`` ("ko" or "en") is the message's main language; names of both are read in either.
    ``said_ansan``: the session has settled on Ansan. ``lookup``: ``Catalogue.named``, for landmarks; its
    CatalogueError passes through.
    """
    readings = _with_slips(text, _named(text, lookup))
    if lookup is not None:
        readings = _with_facilities(text, readings, lookup)
    readings = joined(text, narrow(text, readings, said_ansan))
    return [_mention(text, reading) for reading in readings]


def warm() -> None:
    """Load the gazetteer and build the matcher, so that the first message does not wait."""
    find_places("원곡동", "ko")


def _named(text: str, lookup: Lookup | None) -> list[Reading]:
    found = place_index().find(text)
    readings: list[Reading] = []
    for one in found:
        if readings and one.start < readings[-1].end:
            continue
        kept = _kept(text, one, found, readings)
        if kept:
            readings.append(_reading(one, kept, lookup))
    return readings


def _kept(text: str, one: Found, found: list[Found], before: list[Reading]) -> dict[str, str]:
    """Note by id of the places that this span may be where it stands."""
    last = before[-1] if before else None
    after = [other for other in found if one.end <= other.start <= one.end + _CLOSE]
    here = Setting(
        text,
        one.start,
        one.end,
        last is not None and last.is_region and stands_before(text, last.end, one.start),
        any(stands_after(text, one.end, other.start) and _all_regions(other) for other in after),
        any(stands_before(text, one.end, other.start) and _lies_in(other, one) for other in after),
    )
    glued_before = last is not None and last.end == one.start
    glued_after = any(other.start == one.end for other in after)
    return {
        entry.place_id: entry.note
        for entry in one.entries
        if accepted(here, place_of(entry.place_id), entry.note, glued_before, glued_after)
    }


def _all_regions(found: Found) -> bool:
    return all(_is_region(entry.place_id) for entry in found.entries)


def _lies_in(found: Found, outer: Found) -> bool:
    regions = {entry.place_id for entry in outer.entries}
    places = (place_of(entry.place_id) for entry in found.entries)
    return any(place is not None and regions & set(place.parents) for place in places)


def _reading(one: Found, kept: dict[str, str], lookup: Lookup | None) -> Reading:
    places: list[Place] = []
    for place_id in kept:
        known = place_of(place_id)
        places.extend((known,) if known else landmark(place_id.partition(":")[2], lookup))
    places.sort(key=outside)
    return Reading(one.start, one.end, tuple(places), tuple(kept.items()))


def _is_region(place_id: str) -> bool:
    place = place_of(place_id)
    return place is not None and place.level in REGIONS


def _with_slips(text: str, readings: list[Reading]) -> list[Reading]:
    added = [
        Reading(start, end, (place,), ((place.id, "typo"),))
        for start, end, place in slips(text)
        if _free(start, end, readings)
    ]
    return sorted([*readings, *added], key=lambda reading: reading.start)


def _with_facilities(text: str, readings: list[Reading], lookup: Lookup) -> list[Reading]:
    """A facility's whole name wins over a dong's name inside it (와동초등학교)."""
    for start, end, places in facilities(text, lookup):
        covered = [one for one in readings if one.start < end and start < one.end]
        if all(start <= one.start and one.end <= end for one in covered):
            readings = [one for one in readings if one not in covered]
            readings.append(Reading(start, end, places, tuple((place.id, "") for place in places)))
    return sorted(readings, key=lambda reading: reading.start)


def _free(start: int, end: int, readings: list[Reading]) -> bool:
    return all(end <= one.start or one.end <= start for one in readings)


def _mention(text: str, reading: Reading) -> Mention:
    start, end, candidates = reading.start, reading.end, reading.places
    centres = _welfare(text, reading)
    if centres:
        candidates, end = centres
    note = reading.note
    alternative = None
    if all(place.point is None and place.level in ("station", "landmark") for place in candidates):
        note = "no_point"
        alternative = gazetteer().get(candidates[0].namesake)
    return Mention(text[start:end], start, end, candidates, reading.assumed_home, note, alternative)


def _welfare(text: str, reading: Reading) -> tuple[tuple[Place, ...], int] | None:
    """원곡동 주민센터, Wongok-dong welfare center: the centre, or those of all dongs the name covers."""
    if any(outside(place) or not place.level.endswith("_dong") for place in reading.places):
        return None
    written = _welfare_words().match(text, reading.end)
    if not written:
        return None
    places = gazetteer()
    centres: dict[str, Place] = {}
    for place in reading.places:
        twin = place.also if place.level == "legal_dong" else ()
        admin = [places.places[other] for other in twin] or places.admin_dongs(place)
        centres |= {dong.code: places.places[f"welfare:{dong.code}"] for dong in admin}
    return tuple(centres.values()), written.end()


@functools.cache
def _welfare_words() -> re.Pattern[str]:
    listed = sorted((*words()["welfare_ko"], *words()["welfare_en"]), key=len, reverse=True)
    return re.compile(rf"\s?(?:{'|'.join(map(re.escape, listed))})(?![A-Za-z])", re.I)


__all__ = ["NOTES", "Lookup", "Mention", "find_places", "outside", "warm"]
