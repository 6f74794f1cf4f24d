"""Reads what a message asks about places: which kind, for which danger, near what, and follow-ups.

A pure reading of the words (``nlu/<language>/nearby.yml`` and the place names of ``nlu.places``); nothing
is looked up here. Kinds of shelter are never merged: a general "shelter" has a kind only when the message
names the danger.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.catalogue.model import HAZARDS, RESPONDERS

if TYPE_CHECKING:
    from nlu.place_landmarks import Lookup
    from nlu.places import Mention

FOLDER = Path(__file__).parent
KIND_FOR_DANGER = {
    "tsunami": "tsunami_site",
    "earthquake": "earthquake_site",
    "air_raid": "civil_defence_shelter",
    "heat": "heat_shelter",
    "cold": "cold_shelter",
    "flood_home": "temporary_housing",
    "chemical": "chemical_shelter",
}
SIGNS = ("shelter", "hazards", "here", "where", "along", "rule", "more_room", "more", "again", "one", "event")
SHORT = 40
"""Characters up to which a message can be a follow-up or a bare answer to a question of ours."""
_FILLER = re.compile(
    r"^(?:[\s\W]|\b(?:in|at|near|around|to|the|it'?s|i'?m|i am|from|please|ansan|dong|station|for)\b"
    r"|이?에요|입니다|이요|요|이야|야|근처|쪽|에서|이?에|으?로|은|는|안산시?|동네)*$",
    re.I,
)


@dataclass(frozen=True)
class Reading:
    """What stands in the message. ``kinds``: named or implied by the danger; ``signs``: groups of the lexicon.

    ``nth``: 1 for "the first one"; ``only_place``: nothing but a place name stands there.
    """

    text: str
    language: str
    kinds: tuple[str, ...]
    dangers: tuple[str, ...]
    signs: frozenset[str]
    mentions: tuple[Mention, ...]
    nth: int | None
    only_place: bool

    @property
    def hazard_kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.kinds if kind in HAZARDS)

    @property
    def seeks(self) -> bool:
        """Whether anything of ours is looked for: a kind, some shelter, or dangers of a place."""
        return bool(self.kinds) or "shelter" in self.signs or "hazards" in self.signs

    @property
    def located(self) -> bool:
        return bool(self.mentions) or "here" in self.signs


@functools.cache
def lexicon(language: str) -> dict[str, Any]:
    """The compiled patterns of a language."""
    import yaml

    written = yaml.safe_load((FOLDER / language / "nearby.yml").read_text("utf-8"))["lexicon"]
    return {name: _compiled(value) for name, value in written.items()}


def _compiled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _compiled(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_compiled(each) for each in value]
    return re.compile(value, re.I)


def read(text: str, language: str, lookup: Lookup | None = None) -> Reading:
    """Read one message. Place names are read in both languages, whichever the message is in.

    ``lookup``: finds records by name, for landmarks.
    """
    from nlu.places import find_places

    words = lexicon(language)
    mentions = tuple(find_places(text, language, lookup=lookup))
    bare = _without(text, mentions)
    named = _named(words["kinds"], bare)
    dangers = tuple(name for name, pattern in words["dangers"].items() if pattern.search(bare))
    if "tsunami" in dangers:
        dangers = tuple(name for name in dangers if name != "earthquake")
    signs = frozenset(name for name in SIGNS if words[name].search(bare if name != "along" else text))
    kinds = named or (_implied(dangers) if "shelter" in signs else ())
    nth = next((i for i, pattern in enumerate(words["nth"], 1) if pattern.search(bare)), None)
    return Reading(
        text,
        language,
        kinds,
        dangers,
        signs,
        mentions,
        nth if nth is None or ("one" in signs and len(text) <= SHORT) else None,
        bool(mentions) and _FILLER.match(bare) is not None,
    )


def _named(patterns: dict[str, re.Pattern[str]], text: str) -> tuple[str, ...]:
    """Kinds by name, each taking its words away from the next ("tsunami site" is no earthquake site)."""
    found = []
    for kind, pattern in patterns.items():
        text, count = pattern.subn(" ", text)
        if count:
            found.append(kind)
    return tuple(found)


def _implied(dangers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(KIND_FOR_DANGER[danger] for danger in dangers))


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
    if reading.kinds and all(kind in RESPONDERS for kind in reading.kinds):
        # an office is named in many questions about duties; where it is must be asked for
        return near or (WHERE_IS.search(reading.text) is not None and len(reading.text) <= SHORT)
    if reading.located:
        return True
    return "where" in reading.signs and bool(reading.kinds or "shelter" in reading.signs) and len(reading.text) <= 80


_NEAR = re.compile(r"\bnear(est|by)?\b|\bclos(e|est)\b|가까운|가까이|근처|주변", re.I)
WHERE_IS = re.compile(r"\bwhere('s| is| are)\b|\bfind\b|어디\s*(야|에요|예요|죠|있|인|에\s*있|\?|$)|위치|찾아", re.I)


def is_follow_up(reading: Reading) -> bool:
    """Whether a message can go on from an answer about places ("the second one", "and near Choji?")."""
    if len(reading.text) > SHORT or "rule" in reading.signs:
        return False
    return bool(
        reading.only_place
        or reading.nth
        or {"more_room", "more"} & reading.signs
        or ("again" in reading.signs and (reading.located or reading.kinds or reading.dangers))
        or (reading.dangers and len(reading.text) <= SHORT // 2)
    )
