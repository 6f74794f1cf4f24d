"""Reads what a message asks about places: which kind, for which danger, near what, and follow-ups.

A pure reading of the words (``nlu/<language>/nearby.yml`` and the place names of ``nlu.places``); nothing
is looked up here. Kinds of shelter are never merged: a general "shelter" has a kind only when the message
names the danger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.catalogue.model import HAZARDS, RESPONDERS
from nlu.nearby_words import has, languages_in, left_over, lexicon, named, respelled

if TYPE_CHECKING:
    from nlu.place_landmarks import Lookup
    from nlu.places import Mention

KIND_FOR_DANGER = {
    "tsunami": "tsunami_site",
    "earthquake": "earthquake_site",
    "air_raid": "civil_defence_shelter",
    "heat": "heat_shelter",
    "cold": "cold_shelter",
    "flood_home": "temporary_housing",
    "chemical": "chemical_shelter",
}
SIGNS = (
    "shelter", "refuge", "hazards", "here", "where", "contact", "along", "rule", "more_room", "more", "again", "one",
    "event", "urgent", "far", "hours", "access",
)  # fmt: skip
"""Groups of the lexicon. ``refuge``: words for a place to go or stay, which need a danger beside them."""
SHORT = 40
"""Characters up to which a message can be a follow-up or a bare answer to a question of ours."""
LONG = 80
"""Characters up to which a message without a place, or about an office, asks where something is."""
LAST = -1
"""What ``nth`` is for "the last one"."""
ABOUT_ONE = ("access", "hours", "far")
"""Signs of a question about one place that was shown; the first that stands in a message is answered."""
SOUGHT = frozenset({"shelter", "hazards"})
"""Signs that something of ours is looked for without its kind."""
_AND = re.compile(r"(와|과|이랑|랑|하고)\s|\s*(및|,|and\b|or\b)", re.I)


@dataclass(frozen=True)
class Reading:
    """What stands in the message. ``kinds``: named or implied by the danger; ``signs``: groups of the lexicon.

    ``nth``: 1 for "the first one", LAST for "the last one"; ``only_place``: nothing but a place name stands there.
    """

    text: str
    language: str
    kinds: tuple[str, ...]
    dangers: tuple[str, ...]
    signs: frozenset[str]
    mentions: tuple[Mention, ...]
    nth: int | None
    only_place: bool
    bare: bool = False
    """Nothing stands there but what is looked for, where, and filling words."""
    apart: tuple[str, ...] = ()
    """Dangers that are named otherwise than in the name of a kind ("bomb shelter" names none)."""

    @property
    def hazard_kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.kinds if kind in HAZARDS)

    @property
    def seeks(self) -> bool:
        """Whether anything of ours is looked for: a kind, some shelter, or dangers of a place."""
        return bool(self.kinds) or "shelter" in self.signs or "hazards" in self.signs

    @property
    def about_one(self) -> str:
        """What is asked of a place that was shown ("far", "hours", "access"), or "" when another is looked for."""
        elsewhere = self.seeks or self.mentions or self.dangers
        return "" if elsewhere else next((sign for sign in ABOUT_ONE if sign in self.signs), "")

    @property
    def located(self) -> bool:
        return bool(self.mentions) or "here" in self.signs


def read(text: str, language: str, lookup: Lookup | None = None) -> Reading:
    """Read one message. Place names are read in both languages, whichever the message is in.

    ``lookup``: finds records by name, for landmarks.
    """
    from nlu.places import find_places

    mentions = tuple(find_places(text, language, lookup=lookup))
    blank = _without(text, mentions)
    languages = languages_in(blank, language)
    blank = respelled(blank, languages)
    kinds, rest = named("kinds", blank, languages)
    dangers, _ = named("dangers", blank, languages)
    apart, rest = named("dangers", rest, languages)
    if "tsunami" in dangers:
        dangers = tuple(name for name in dangers if name != "earthquake")
    signs = frozenset(name for name in SIGNS if has(name, text if name == "along" else blank, languages))
    kinds = _with_office(kinds, blank, mentions, signs)
    if not kinds and ("shelter" in signs or _flees(dangers, signs, mentions)):
        kinds = tuple(dict.fromkeys(KIND_FOR_DANGER[danger] for danger in dangers))
    left = left_over(rest, languages)
    nth = next((i for i, pattern in enumerate(lexicon(language)["nth"], 1) if pattern.search(blank)), None)
    if nth is None and lexicon(language)["last"].search(blank):
        nth = LAST
    return Reading(
        text,
        language,
        kinds,
        dangers,
        signs,
        mentions,
        nth if nth is None or ("one" in signs and len(text) <= SHORT) else None,
        bool(mentions) and not left and not (kinds or dangers or signs & SOUGHT),
        not left,
        apart,
    )


def _flees(dangers: tuple[str, ...], signs: frozenset[str], mentions: tuple[Mention, ...]) -> bool:
    """Whether a danger is named beside a place to go to, or with a place's name and the question where."""
    if not dangers or "hazards" in signs or "rule" in signs:
        return False
    return "refuge" in signs or (bool(mentions) and "where" in signs)


def _with_office(
    kinds: tuple[str, ...], text: str, mentions: tuple[Mention, ...], signs: frozenset[str]
) -> tuple[str, ...]:
    """A welfare centre that is named as a place ("본오1동 주민센터 위치") is itself what is looked for, when
    nothing else is, or when the next kind is joined to it ("… and 119 centre")."""
    offices = [m for m in mentions if m.candidates and m.candidates[0].level == "welfare_centre"]
    if not offices or "welfare_centre" in kinds:
        return kinds
    joined = any(_AND.match(text[office.end :]) for office in offices)
    sought = kinds or signs & SOUGHT
    return ("welfare_centre", *kinds) if joined or (not sought and signs & {"where", "contact"}) else kinds


def plainly_a_place(text: str, language: str) -> bool:
    """Whether a message holds nothing but what is looked for and where ("bomb shelter near me"), and nothing urgent:
    its words of danger are the name of the place."""
    reading = read(text, language)
    sought = bool(reading.kinds) or "shelter" in reading.signs
    return reading.bare and sought and reading.located and not reading.apart and "urgent" not in reading.signs


def as_office(reading: Reading) -> Reading:
    """A welfare centre's name that stands alone, where no place was asked for, looks for that centre."""
    offices = reading.only_place and all(m.candidates[0].level == "welfare_centre" for m in reading.mentions)
    return replace(reading, kinds=("welfare_centre",), only_place=False) if offices else reading


def _without(text: str, mentions: tuple[Mention, ...]) -> str:
    """The text with place names blanked, so that "Haean-ro police" does not read as what is looked for."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def is_nearby(reading: Reading) -> bool:
    """Whether a message that stands alone asks for places, not for rules about them."""
    if not reading.seeks:
        return reading.only_place
    near = _NEAR.search(reading.text) is not None
    if "rule" in reading.signs:
        return bool(reading.kinds) and reading.located and near
    if reading.bare:
        return True
    if reading.kinds and all(kind in RESPONDERS for kind in reading.kinds):
        # an office is named in many questions about duties; where it is must be asked for
        asked = near or "contact" in reading.signs or WHERE_IS.search(reading.text) is not None
        return asked and len(reading.text) <= (LONG if reading.located else SHORT)
    if reading.located:
        return True
    return "where" in reading.signs and bool(reading.kinds or "shelter" in reading.signs) and len(reading.text) <= LONG


_NEAR = re.compile(r"\bnear(est|by)?\b|\bclos(e|est)\b|가까운|가까이|근처|주변", re.I)
WHERE_IS = re.compile(
    r"\bwhere('s| is| are)\b|\bfind\b|어디\s*(야|에요|예요|죠|있|인|에\s*있|\?|$)|위치|찾아"
    r"|(있는|비치된|설치된)\s*(곳|데|장소)|어딨",
    re.I,
)


def is_follow_up(reading: Reading) -> bool:
    """Whether a message can go on from an answer about places ("the second one", "and near Choji?")."""
    if len(reading.text) > SHORT or "rule" in reading.signs:
        return False
    return bool(
        reading.only_place
        or (reading.bare and (reading.seeks or "here" in reading.signs))
        or reading.nth
        or {"more_room", "more"} & reading.signs
        or reading.about_one
        or ("again" in reading.signs and (reading.located or reading.kinds or reading.dangers))
        or (reading.dangers and len(reading.text) <= SHORT // 2)
    )
