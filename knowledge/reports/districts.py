"""The ten districts of the Ilsacheonri safety meetings, which of them a dong lies in, and names of places.

The announcement of 9 July names all ten, and the dongs of one of them only (Singil: Singil-dong, Wongok-dong,
Baegun-dong). For every other dong the district is not known, and none is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.gazetteer import Place, gazetteer
from knowledge.reports.model import ReportError

UNKNOWN = ""
"""Stands for "the district is not known" where a district is asked for."""
_ENDING = re.compile(r"(?:\s*(?:safety )?district|\s*권역|\s*지역|\s*구역|\s*지구)$", re.I)


def districts() -> tuple[Place, ...]:
    """All ten, in the order of the announcement."""
    return tuple(place for place in gazetteer() if place.level == "safety_district")


def district_of(dongs: Sequence[str]) -> str | None:
    """Id of the district that all these administrative dongs (ten-digit codes) are known to lie in, or None."""
    if not dongs:
        return None
    return next((place.id for place in districts() if place.dongs and set(dongs) <= set(place.dongs)), None)


def find_district(words: str) -> str:
    """Id of the district meant ("safety:singil", "singil", "Singil District", "신길 권역"); "unknown": UNKNOWN.

    Raises ReportError with the names there are.
    """
    asked = _ENDING.sub("", words.strip()).casefold()
    if asked in ("unknown", "not known", "모름", "미상"):
        return UNKNOWN
    for place in districts():
        if asked.replace(" ", "") in {_bare(name) for name in (place.id, place.id[7:], place.name_en, place.name_ko)}:
            return place.id
    known = ", ".join(place.id.partition(":")[2] for place in districts())
    raise ReportError(f"There is no district {words!r}; the districts are {known}, or unknown.")


def district_name(district: str | None, language: str) -> str:
    """The district's name; "" where it is not known."""
    place = gazetteer().get(district) if district else None
    if place is None:
        return ""
    return place.name_ko if language == "ko" else place.name_en


def place_name(names: str, language: str) -> str:
    """A report's place ("원곡동 · 원곡초등학교") in the reader's language, as far as the gazetteer knows it."""
    if language == "ko":
        return names
    parts = names.split(JOINT) if names else []
    return JOINT.join(next((p.name_en for p in gazetteer().named(part) if p.name_en), part) for part in parts)


def is_wide(names: str) -> bool:
    """Whether a report's place names nothing smaller than a dong, or nothing at all."""
    parts = names.split(JOINT) if names else []
    wide = {"sido", "sigungu", "district", "admin_dong", "legal_dong", "safety_district"}
    return all(any(place.level in wide for place in gazetteer().named(part)) for part in parts)


JOINT = " · "
"""Between the names of a report's place."""


def _bare(name: str) -> str:
    return _ENDING.sub("", name).casefold().replace(" ", "")
