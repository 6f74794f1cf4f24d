"""Reads what an organizer says of a festival in a free sentence.

A pure reading of the words. What the text does not say stays None; what it says unclearly is None too and is
named in ``unclear``, so that the dialogue can ask back. Short answers to one question: ``nlu.festival_slots``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from knowledge.obligations.festival import FestivalFacts
from nlu import festival_words as words
from nlu.dates import DateReading
from nlu.festival_dates import PAST, doubt, festival_day
from nlu.festival_people import people_in
from nlu.language import ENGLISH, KOREAN
from nlu.quantities import Quantity, plain

LONGEST = 1_000
"""Characters of a message that are read; what is longer is a document, not a message."""
_CORRECTION = {
    ENGLISH: re.compile(r"\b(?:actually|sorry|correction|i mean|wait|scratch that|make (?:it|that)|oops)\b,?", re.I),
    KOREAN: re.compile(
        r"(?<![가-힣])(?:아니(?=[\s,.]+(?!라|고|면))|아니다|아뇨|아\s?참|정정|다시\s?말|수정하면|사실은)[\s,.]*"
    ),
}
_HANGUL, _LATIN = re.compile(r"[가-힣]"), re.compile(r"[A-Za-z]{3}")
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class FestivalReading:
    """``facts``: what is said clearly. ``unclear``: fact -> reason, for what is said but has to be asked back:
    people "total"; venue "bank_or_surface" or "foot_or_mountain"; start "past", "candidates", "impossible", "vague"
    or "weekday_clash" (the only one where ``facts.start`` is filled all the same). ``quantity`` and ``date``: the
    readings behind people and dates, with "about", "at most" and candidates."""

    facts: FestivalFacts = field(default_factory=FestivalFacts)
    unclear: dict[str, str] = field(default_factory=dict)
    quantity: Quantity | None = None
    date: DateReading | None = None


def read_facts(text: str, language: str, today: dt.date) -> FestivalFacts:
    """The facts a free sentence states; everything else is None (place: "")."""
    return read(text, language, today).facts


def read(text: str, language: str, today: dt.date) -> FestivalReading:
    """The facts a free sentence states and what of it is unclear; what follows a correction ("actually …",
    "아니 …") replaces what stands before it."""
    text = plain(text)[:LONGEST]
    parts = [part for part in _CORRECTION[language].split(text) if part.strip()]
    reading = FestivalReading()
    for part in parts:
        reading = _merged(reading, _read(part, language, today))
    return reading


def _merged(old: FestivalReading, new: FestivalReading) -> FestivalReading:
    said = {f.name: value for f in fields(FestivalFacts) if (value := getattr(new.facts, f.name)) not in (None, "")}
    if "people" in said:
        said.setdefault("people_high", None)
    if "start" in said:
        said.setdefault("end", None)
    unclear = {name: why for name, why in old.unclear.items() if name not in said} | new.unclear
    return FestivalReading(replace(old.facts, **said), unclear, new.quantity or old.quantity, new.date or old.date)


def _read(text: str, language: str, today: dt.date) -> FestivalReading:
    unclear: dict[str, str] = {}
    people, high, quantity, why = people_in(text, language)
    if why:
        unclear["people"] = why
    place = _either(words.place, text, language) or ""
    venue, why = words.venue(text, language)
    if venue is None and why is None and (other := _other_language(text, language)):
        venue, why = words.venue(text, other)
    if why:
        unclear["venue"] = why
    date = festival_day(text, language, today)
    if date and (reason := doubt(date, today)):
        unclear["start"] = reason
    if date and unclear.get("start") == PAST:
        date = replace(date, start=None, end=None)
    facts = FestivalFacts(
        people=people,
        people_high=high,
        venue=venue,
        materials=_either(words.materials, text, language),
        host=_either(words.host, text, language),
        place=place,
        start=date.start if date else None,
        end=date.end if date else None,
        plan=_either(words.plan, text, language),
    )
    return FestivalReading(facts, unclear, quantity, date)


def _other_language(text: str, language: str) -> str | None:
    if language == KOREAN:
        return ENGLISH if _LATIN.search(text) else None
    return KOREAN if _HANGUL.search(text) else None


def _either(reader: Callable[[str, str], Fact | None], text: str, language: str) -> Fact | None:
    """What a reader finds in the message's language, else in the other one where words of it stand there."""
    found = reader(text, language)
    if not found and (other := _other_language(text, language)):
        found = reader(text, other) or found
    return found
