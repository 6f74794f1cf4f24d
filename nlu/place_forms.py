"""Every way the reader knows to write a place: from the gazetteer's names, by rule, and from its spellings."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.gazetteer import Gazetteer, Place, outside
from knowledge.gazetteer.romanise import romanise
from nlu.place_tokens import FOLDER, words

_NUMBERED = re.compile(r"^([가-힣]+?)제?(\d)동$")
_LATIN_NUMBERED = re.compile(r"^([A-Za-z]+) (\d)-dong$")
_SINO = {"1": "일", "2": "이", "3": "삼", "4": "사"}
_OLDER: tuple[tuple[str, str], ...] = (
    *(("eo", "u"), ("eo", "o"), ("eu", "u"), ("u", "oo"), ("oe", "oi")),
    *(("^g", "k"), ("^b", "p"), ("^d", "t"), ("^j", "ch"), ("j", "z"), ("j", "ch")),
    *(("k$", "g"), ("g", "k"), ("ch", "j")),
)
"""Spellings that older or careless romanisation gives: eo as u, g as k, and so on."""


@dataclass(frozen=True)
class Form:
    """One spelling of one place.

    ``note``: "" its name; "stem" the name without its ending, which needs a sign of place beside it when in
    Korean; "outer" the same of a region, read only in front of a place in it; "context" a name that is only
    read beside a region; "spelling", "old_name", "road", "loose" as in the gazetteer.
    """

    text: str
    place_id: str
    note: str = ""


def forms(places: Gazetteer) -> Iterator[Form]:
    """All spellings; the same spelling of several places comes once for each."""
    for place in places:
        if place.level.endswith("_dong"):
            if places.usual(place) is place:
                yield from _home_dong(place, places) if not outside(place) else _other_dong(place)
        elif place.level == "station":
            yield from _station(place)
        elif place.level == "safety_district":
            yield from _safety_district(place, places)
        elif place.level in ("sido", "sigungu", "district"):
            yield from _region(place)
    yield from (Form(spelling.text, spelling.place_id, spelling.note) for spelling in places.spellings)
    yield from _landmarks()


def _home_dong(place: Place, places: Gazetteer) -> Iterator[Form]:
    yield Form(place.name_ko, place.id)
    for latin in _latin(place.name_en):
        yield Form(latin, place.id)
    numbered = _NUMBERED.match(place.name_ko)
    if numbered:
        yield from _numbered(place, numbered[1], numbered[2])
        return
    stem, latin = place.name_ko[:-1], place.name_en.rsplit("-", 1)[0]
    yield from (Form(syllables, place.id) for syllables in _syllables(stem, "dong"))
    for older in _older(latin):
        yield Form(f"{older}-dong", place.id, "spelling")
        yield Form(f"{older}dong", place.id, "spelling")
        if len(older) > 4:
            yield Form(older, place.id, "spelling")
    if stem not in words()["no_stem"]:
        yield Form(stem, place.id, "stem")
    if latin.lower() not in words()["no_stem_en"]:
        yield Form(latin, place.id, "stem")
    yield from _former(place, stem, latin, places)


def _numbered(place: Place, stem: str, number: str) -> Iterator[Form]:
    """본오1동 as 본오제1동, 본오일동, Bono 1(il)-dong, Bono-dong 1, Sunbu 1-dong."""
    sino = _SINO[number]
    yield Form(f"{stem}{sino}동", place.id)
    yield Form(f"{stem}제{number}동", place.id)
    latin, spoken = romanise(stem), romanise(sino)
    for middle in (f" {number} {spoken}", f" {spoken}", spoken):
        yield Form(f"{latin}{middle}-dong", place.id)
    yield Form(f"{latin}-dong {number}", place.id)
    yield from (Form(syllables, place.id) for syllables in _syllables(stem, f"{number} dong"))
    for older in _older(latin):
        yield Form(f"{older} {number} dong", place.id, "spelling")


def _former(place: Place, stem: str, latin: str, places: Gazetteer) -> Iterator[Form]:
    """원곡1동: a number that no dong of that name has today is read as the dong without it."""
    taken = {spelling.text for spelling in places.spellings}
    for number in "1234":
        name = f"{stem}{number}동"
        if len(stem) + (stem == "사") > 1 and name not in taken and not places.named(name):
            yield Form(name, place.id, "old_name")
            yield Form(f"{latin} {number} dong", place.id, "old_name")


def _other_dong(place: Place) -> Iterator[Form]:
    name = place.name_ko
    bare = re.sub(r"제?\d[\d.]*(?=동$)", "", name)
    note = "context" if name.endswith("면") or len(bare) < 3 else ""
    yield Form(name, place.id, note)
    if bare != name:
        yield Form(bare, place.id, note)
        yield from (Form(latin, place.id) for latin in _latin(f"{romanise(bare[:-1])}-dong") if len(bare) > 2)
    yield from (Form(latin, place.id, "context" if len(bare) < 3 else "") for latin in _latin(place.name_en))


def _station(place: Place) -> Iterator[Form]:
    stem, latin = place.name_ko[:-1], place.name_en.removesuffix(" Station")
    if len(stem) < 2:
        return
    yield Form(place.name_ko, place.id)
    yield Form(f"{stem} 역", place.id)
    endings = words()["station_en"] if not outside(place) else ("station",)
    yield from (Form(f"{latin} {ending}", place.id) for ending in endings)
    if not outside(place):
        yield from (Form(f"{latin}{ending}", place.id) for ending in ("yeok", "station"))
        yield Form(f"{stem} 전철역", place.id)
        yield from (Form(syllables, place.id) for syllables in _syllables(stem, "station"))
        yield from (Form(f"{older} station", place.id, "spelling") for older in _older(latin))


def _safety_district(place: Place, places: Gazetteer) -> Iterator[Form]:
    """"Singil District" is the safety district, but may be said of the dong: both come back for the loose form."""
    yield from (Form(f"{place.name_ko}{gap}{end}", place.id) for gap in ("", " ") for end in words()["district_ko"])
    latin = place.name_en.removesuffix(" District")
    for ending in words()["district_en"]:
        yield Form(f"{latin} {ending}", place.id)
    name = place.name_ko.removesuffix("동") + "동"
    for dong in places.named(name):
        if not outside(dong) and dong.level.endswith("_dong") and places.usual(dong) is dong:
            yield Form(f"{latin} district", dong.id)


def _region(place: Place) -> Iterator[Form]:
    name, stem = place.name_ko, place.name_ko[:-1]
    yield Form(name, place.id, "context" if name in words()["needs_region"] else "")
    for latin in _latin(place.name_en):
        yield Form(latin, place.id, "context" if len(stem) < 2 else "")
    latin = place.name_en.rsplit("-", 1)[0]
    if place.level == "sido" and place.name_en.endswith("-do"):
        yield Form(f"{latin} province", place.id)
        yield Form(latin, place.id)
    if place.name_en.endswith("-si"):
        yield Form(f"{latin} city", place.id)
    if stem in words()["region_stems"]:
        yield Form(stem, place.id, "stem")
        yield Form(latin, place.id, "stem")
    elif len(stem) > 1:
        yield Form(stem, place.id, "outer")


def _latin(name: str) -> tuple[str, ...]:
    """The name and the name in one word: Wongok-dong, Wongokdong."""
    return tuple(dict.fromkeys((name, name.replace("-", ""))))


def _syllables(stem: str, ending: str) -> Iterator[str]:
    """Won-gok dong, where the syllables apart read as they do together."""
    parts = [romanise(letter) for letter in stem]
    if len(parts) > 1:
        yield f"{'-'.join(parts)} {ending}"


def _older(latin: str) -> list[str]:
    """Up to two of the older habits at once; the spelling itself is left out."""
    found: dict[str, None] = {}
    for count in (1, 2):
        for rules in itertools.combinations(_OLDER, count):
            changed = latin.lower()
            for old, new in rules:
                changed = re.sub(old, new, changed)
            if changed != latin.lower() and len(changed) > 2:
                found[changed] = None
    return list(found)


def _landmarks() -> Iterator[Form]:
    with (FOLDER / "landmarks.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Form(row["spelling"], f"landmark:{row['name_ko']}")
