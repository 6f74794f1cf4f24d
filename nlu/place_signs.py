"""Whether a span that is spelled like a place is one here: what stands before and after it decides.

일동 and 이동 are dongs of Ansan and everyday words ("all of us", "moving"); 초지 is a dong's short name and
"grassland"; 동 and 역 end many words that are no place.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from knowledge.gazetteer import Place, gazetteer, outside
from nlu.place_tokens import hangul_after, is_hangul, words

_BEFORE_GAP = re.compile(r"^\s{0,2}$")
_AFTER_GAP = re.compile(r"^(?:,\s?|\s?\(|,?\s(?:in|of)\s)$|^\s$", re.I)
_PREPOSITION = re.compile(r"\b(?:in|near|at|from|to|around|by|of)\s+$", re.I)
_WORD_BEFORE = re.compile(r"([가-힣]+)\s+$")
_HANGUL_WORD = re.compile(r"\s?([가-힣]+)")


@dataclass(frozen=True)
class Setting:
    """A span in its message. ``region_before`` and ``region_after``: a region stands right there.
    ``holds_next``: the next word is a place that lies in this one (수원 영통동).
    """

    text: str
    start: int
    end: int
    region_before: bool
    region_after: bool
    holds_next: bool = False

    @property
    def name(self) -> str:
        return self.text[self.start : self.end]

    @property
    def rest(self) -> str:
        """Hangul glued to the end: particles, or the rest of another word."""
        return hangul_after(self.text, self.end)

    @property
    def following(self) -> str:
        """The next Hangul word after a blank."""
        found = _HANGUL_WORD.match(self.text, self.end)
        return found[1] if found and not self.rest else ""

    @property
    def alone(self) -> bool:
        """Nothing else in the message but signs and what is glued on: the answer to "which dong?"."""
        return not re.search(r"\w", self.text[: self.start] + self.text[self.end + len(self.rest) :])


def stands_before(text: str, region_end: int, start: int) -> bool:
    """Whether only a blank lies between a region and what follows; in Latin letters a comma may (Ansan, Sa-dong)."""
    if region_end > start:
        return False
    gap = text[region_end:start]
    return bool(_BEFORE_GAP.match(gap)) or (gap == ", " and not is_hangul(text[region_end - 1]))


def stands_after(text: str, end: int, region_start: int) -> bool:
    """Whether a region follows as in "Singil-dong, Seoul", "원곡동(안산)"."""
    return end <= region_start and bool(_AFTER_GAP.match(text[end:region_start]))


def accepted(here: Setting, place: Place | None, note: str, glued_before: bool, glued_after: bool) -> bool:
    """Whether this reading of the span holds. ``glued_*``: another place's name touches it on that side."""
    if note == "context" and not (here.region_before or here.region_after or _spelled_out(here)):
        return False
    if note == "outer" and not here.holds_next:
        return False
    if not is_hangul(here.name[-1]):
        return True
    if is_hangul(here.name[0]) and here.start and is_hangul(here.text[here.start - 1]) and not glued_before:
        return False
    if glued_after:
        return True
    if here.name in words()["everyday"]:
        return _everyday(here)
    if note == "stem":
        return _short_name(here)
    home = place is not None and not outside(place) and len(here.name) > 2
    return home or follows_a_name(here.rest)


def _spelled_out(here: Setting) -> bool:
    """ "in Jung-gu": a hyphened name after a preposition can be nothing else, though many cities have it."""
    return "-" in here.name and not is_hangul(here.name[-1]) and bool(_PREPOSITION.search(here.text[: here.start]))


def follows_a_name(rest: str) -> bool:
    """Whether glued Hangul can be particles, or a word said of places (쪽, 근처, 대피소)."""
    return not rest or bool(_particles().fullmatch(rest)) or rest.startswith(words()["beside"])


def _short_name(here: Setting) -> bool:
    if here.region_before or here.alone or here.holds_next or _PREPOSITION.search(here.text[: here.start]):
        return follows_a_name(here.rest)
    if here.rest:
        return here.rest.startswith(words()["place_particles"]) or here.rest == "에"
    return here.following.startswith(words()["beside"]) if here.following else False


def _everyday(here: Setting) -> bool:
    if here.region_before or here.alone:
        return follows_a_name(here.rest)
    before = _WORD_BEFORE.search(here.text[: here.start])
    if before and before[1].endswith(words()["no_place_before"]):
        return False
    if here.rest:
        return here.rest.startswith(words()["sure_particles"])
    return here.following.startswith(words()["sure_beside"]) if here.following else False


@functools.cache
def _particles() -> re.Pattern[str]:
    listed = sorted(words()["particles"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, listed))}){{1,2}}")


def place_of(place_id: str) -> Place | None:
    """The gazetteer's place; None for a landmark, whose point is looked up."""
    return gazetteer().get(place_id)
