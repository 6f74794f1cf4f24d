"""The guided festival check, turn by turn: what a message adds, what is asked next. Pure.

The facts so far are plain values (numbers, words, ISO days), so that they can lie in a slot.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.obligations.festival import FestivalFacts
from nlu.answer import Answer
from nlu.answers import UNSURE
from nlu.dates import IMPOSSIBLE, WEEKDAY_CLASH, DateReading
from nlu.festival import FestivalReading, read
from nlu.festival_dates import PAST
from nlu.festival_slots import changed_plan, read_slot, stated, unclear_in
from nlu.festival_words import WHICH_MATERIAL, denied_materials, materials
from nlu.quantities import Quantity
from nlu.texts import load, text, texts

QUESTIONS = ("people", "venue", "materials", "host", "dates", "plan")
"""In the order in which they are asked."""
SHORT = 15
"""Characters up to which a question can be an answer all the same ("1,200?")."""
AN_ANSWER = 40
"""Characters up to which a message that answers nothing may be a slip at the open question, not a question."""
KINDS = ("fire", "firecrackers", "petroleum", "gas")
UNKNOWN = "unknown"
"""What a fact holds that the person does not know yet."""
BACK, STOP, RESTART, GO_ON = "back", "stop", "restart", "go_on"
ASKS, ASKS_WORD, COUNTS, CHANGES = "asks", "asks_word", "counts", "changes"
ASKED_AGAIN = (PAST, IMPOSSIBLE)
"""What is wrong with a day, whichever question it was told at."""
_BELOW_ZERO = re.compile(r"^\W*?[-−–](?=\d)|\bminus\s?\d|마이너스\s?\d", re.I)


@dataclass(frozen=True)
class Step:
    """``facts``: what the message adds or changes (None takes a fact away); ``note``: text key of what has to be
    said before the next question, with ``values``; ``ask``: the question to put next where it is not the first
    open one."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    ask: str = ""

    @property
    def nothing(self) -> bool:
        """The message is no answer: something else was said."""
        return not self.facts and not self.note and not self.ask


def said(word: str, message: str, language: str) -> bool:
    """Whether the message is one of the commands ("back", "stop" …), or "asks" something: the groups of ``words``."""
    return any(_pattern(word, spoken).search(message) for spoken in dict.fromkeys((language, "en", "ko")))


@functools.cache
def _pattern(word: str, language: str) -> re.Pattern[str]:
    return re.compile(load(language)["festival_form"]["words"][word], re.I)


def step(message: str, language: str, today: dt.date, requested: str | None, facts: Mapping[str, Any]) -> Step:
    """What one message does to the check. ``requested``: the question that was asked, None at the beginning."""
    if requested and said(BACK, message, language):
        return _back(requested)
    if requested and said(GO_ON, message, language):
        return Step({}, "", {}, requested)
    if requested and said(ASKS, message, language) and (len(message) > SHORT or asked_materials(message, language)):
        return Step()
    reading = read(message, language, today)
    found = _found(reading, message, language, today, requested, facts)
    if (wrong := _wrong(reading, found, message, requested)) is not None:
        return wrong
    why = unclear_in(requested, message, language, today) if requested and requested not in found else None
    if why is not None and requested:
        return _unclear(found, why, reading, message, language, requested)
    if found.get("dates") and reading.date is not None and reading.date.mark == WEEKDAY_CLASH:
        return Step(found, WEEKDAY_CLASH, _weekday(found["dates"]["start"], language))
    if requested and found.get(requested) == UNKNOWN:
        return Step(found, "unsure")
    return Step(found)


def _found(
    reading: FestivalReading,
    message: str,
    language: str,
    today: dt.date,
    requested: str | None,
    facts: Mapping[str, Any],
) -> dict[str, Any]:
    """The facts of a message: what it tells by itself, else the answer to the question, else a short statement."""
    found = _plain_facts(reading.facts)
    if requested and (not found or (requested == "host" and "host" not in found)):
        found |= _answer(requested, message, language, today)  # "Choji elementary school" is a place too
    short = len(message) <= AN_ANSWER and not said(ASKS, message, language)
    if not found and short:
        found = dict(stated(message, language))
    if not found and short and facts.get("plan") == "submitted" and changed_plan(message, language):
        found = {"plan": "changing"}
    denied = denied_materials(message, language) if not found and short and requested != "materials" else ()
    if denied and isinstance(facts.get("materials"), list):
        found = {"materials": [each for each in facts["materials"] if each not in denied]}
    return _meant(found, requested, facts)


def _wrong(reading: FestivalReading, found: Mapping[str, Any], message: str, requested: str | None) -> Step | None:
    """What is to be asked anew, whichever question is open: no number of people, a day that has passed or is none."""
    people = found.get("people")
    if isinstance(people, dict) and (people["low"] <= 0 or _BELOW_ZERO.search(message)):
        return Step({name: value for name, value in found.items() if name != "people"}, "number", {}, "people")
    day = reading.unclear.get("start")
    if day in ASKED_AGAIN and "dates" not in found and requested != "dates":
        return Step(found, day, {}, "dates")
    return None


def _unclear(
    found: dict[str, Any], why: str, reading: FestivalReading, message: str, language: str, requested: str
) -> Step:
    """The open question again, with what is unclear in the answer."""
    denied = denied_materials(message, language) if why == WHICH_MATERIAL else ()
    if not denied:
        return Step(found, why, _values(why, reading.date, language), requested)
    names = {name: text(f"festival_form.word.{name}", language) for name in KINDS}
    left = ", ".join(word for name, word in names.items() if name not in denied)
    word = ", ".join(word for name, word in names.items() if name in denied)
    return Step(found, "not_these", {"word": word, "others": left}, requested)


def asked_materials(message: str, language: str) -> tuple[str, ...]:
    """The materials of a question about what counts ("is a barbecue fire?"); () for any other message."""
    if len(message) > AN_ANSWER or not said(ASKS, message, language) or said("other", message, language):
        return ()
    return (materials(message, language) or ()) if said(COUNTS, message, language) else ()


def counted(kinds: tuple[str, ...], language: str) -> str:
    """The sentence that says as what something is counted."""
    words = [text(f"festival_form.word.{'other_material' if each == 'other' else each}", language) for each in kinds]
    return text("festival_form.counts", language, word=", ".join(words))


def _meant(found: dict[str, Any], requested: str | None, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Without a place that is named in passing: "the school" says who hosts, and moves nothing off the water."""
    passing = requested in found and requested != "venue" and found.get("venue") == "other"
    if passing and (requested == "host" or facts.get("venue")):
        return {name: value for name, value in found.items() if name != "venue"}
    return found


def may_be_slip(message: str, language: str) -> bool:
    """Whether a message that answers nothing is short and asks nothing: perhaps a slip at the open question."""
    return len(message) <= AN_ANSWER and not said(ASKS, message, language)


def _back(requested: str) -> Step:
    place = QUESTIONS.index(requested)
    if place == 0:
        return Step({}, "back_none", {}, requested)
    return Step({QUESTIONS[place - 1]: None}, "", {}, QUESTIONS[place - 1])


def _answer(requested: str, message: str, language: str, today: dt.date) -> dict[str, Any]:
    """The answer to the question that was asked, as a plain value."""
    value = read_slot(requested, message, language, today)
    if value is UNSURE:
        return {requested: UNKNOWN}
    if isinstance(value, Quantity):
        return {requested: {"low": value.low, "high": value.high}}
    if isinstance(value, DateReading):
        return {requested: _days(value.start, value.end)} if value.start else {}
    if value is None:
        return {}
    return {requested: list(value) if isinstance(value, tuple) else value}


def _plain_facts(facts: FestivalFacts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if facts.people is not None:
        found["people"] = {"low": facts.people, "high": facts.people_high}
    for name in ("venue", "host", "plan"):
        if getattr(facts, name) is not None:
            found[name] = getattr(facts, name)
    if facts.materials is not None:
        found["materials"] = list(facts.materials)
    if facts.start is not None:
        found["dates"] = _days(facts.start, facts.end)
    return found


def _days(start: dt.date, end: dt.date | None) -> dict[str, str | None]:
    return {"start": start.isoformat(), "end": end.isoformat() if end else None}


def facts_of(plain: Mapping[str, Any]) -> FestivalFacts:
    """The facts of the check from plain values; what is unknown or not there is None."""
    known = {name: value for name, value in plain.items() if value is not None and value != UNKNOWN}
    people, dates = known.get("people") or {}, known.get("dates") or {}
    return FestivalFacts(
        people=people.get("low"),
        people_high=people.get("high"),
        venue=known.get("venue"),
        materials=tuple(known["materials"]) if "materials" in known else None,
        host=known.get("host"),
        start=dt.date.fromisoformat(dates["start"]) if dates.get("start") else None,
        end=dt.date.fromisoformat(dates["end"]) if dates.get("end") else None,
        plan=known.get("plan"),
    )


def question(name: str, language: str, note: str = "", values: Mapping[str, str] | None = None) -> Answer:
    """The Answer that asks for a fact; ``note`` is said first, or in place of it where it asks itself."""
    asked = text(f"festival_form.ask.{name}", language)
    if note == "back_none":
        words = f"{text('festival_form.back_none', language)} {asked}"
    elif note:
        first = text(f"festival_form.note.{note}", language, **(values or {}))
        words = first if first.endswith("?") else f"{first} {asked}"
    else:
        words = asked
    chips = tuple(texts(f"festival_form.chip.{name}", language))
    # tells a page that a day is asked for, so that it can offer a date field
    asks = ({"name": "asks", "value": "dates"},) if name == "dates" else ()
    return Answer("clarify", language, words, words, suggestions=chips, computed=asks)


def opening(name: str, language: str, told: Mapping[str, Any]) -> Answer:
    """The question with what has to be said before it. ``told``: note, values, noted, begin."""
    asked = question(name, language, told.get("note") or "", told.get("values"))
    before = [text("festival_form.begin", language)] if told.get("begin") else []
    words = "\n\n".join([*before, *filter(None, [told.get("noted")]), asked.text])
    return replace(asked, lead=words.split("\n\n", 1)[0], text=words)


def noted(facts: Mapping[str, Any], language: str) -> str:
    """What was understood from a message, read back in a few words; empty for nothing."""
    lines = [line for name in QUESTIONS if (line := _noted(name, facts.get(name), language))]
    return text("festival_form.got", language, facts="; ".join(lines)) if lines else ""


def _noted(name: str, value: Any, language: str) -> str:
    if value is None or value == UNKNOWN:
        return ""
    say = functools.partial(text, language=language)
    if name == "people":
        low, high = value["low"], value["high"]
        key = "people_range" if high and high != low else "people"
        return say(f"festival_form.fact.{key}", low=f"{low:,}", high=f"{high or low:,}")
    if name == "dates":
        key = "dates_range" if value["end"] and value["end"] != value["start"] else "dates"
        return say(f"festival_form.fact.{key}", day=value["start"], end=value["end"] or "")
    if name == "materials":
        words = [say(f"festival_form.word.{'other_material' if each == 'other' else each}") for each in value]
        return say("festival_form.fact.materials", word=", ".join(words) or say("festival_form.word.none"))
    key = f"plan_{value}" if name == "plan" else value
    return say(f"festival_form.fact.{name}", word=say(f"festival_form.word.{key}"))


def _values(why: str, date: DateReading | None, language: str) -> dict[str, str]:
    if why != "candidates" or date is None:
        return {}
    return {"days": " / ".join(day.isoformat() for day in date.candidates)}


def _weekday(day: str, language: str) -> dict[str, str]:
    return {"weekday": texts("festival.weekdays", language)[dt.date.fromisoformat(day).weekday()]}
