"""Reads what an organizer says of a festival: a free sentence, or a short answer to one question.

A pure reading of the words. What the text does not say stays None; what it says unclearly is None too and is
named in ``unclear``, so that the dialogue can ask back.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, fields, replace
from typing import Any

from knowledge.obligations import deadlines
from knowledge.obligations.festival import FestivalFacts
from nlu import festival_words as words
from nlu.answers import UNSURE, Unsure, read_yes_no
from nlu.dates import IMPOSSIBLE, VAGUE, WEEKDAY_CLASH, DateReading, read_date, read_dates
from nlu.language import ENGLISH, KOREAN
from nlu.quantities import LESS_THAN, MORE_THAN, Count, Quantity, blanked, counts, plain, read_number, sum_of_parts

SLOTS = ("people", "venue", "materials", "host", "place", "dates", "plan")
TOTAL, CANDIDATES, PAST = "total", "candidates", "past"
"""Reasons in ``unclear``: a number over several days is no peak; a date with two meanings; a day that has passed."""
EXCEEDED = 1_000
"""The number of Article 73-9 (1) 1, where "more than" and "1,000" are two different answers."""
LONGEST = 1_000
"""Characters of a message that are read; what is longer is a document, not a message."""
_CORRECTION = {
    ENGLISH: re.compile(r"\b(?:actually|sorry|correction|i mean|wait|scratch that|make (?:it|that)|oops)\b,?", re.I),
    KOREAN: re.compile(
        r"(?<![가-힣])(?:아니(?=[\s,.]+(?!라|고|면))|아니다|아뇨|아\s?참|정정|다시\s?말|수정하면|사실은)[\s,.]*"
    ),
}
_HANGUL, _LATIN = re.compile(r"[가-힣]"), re.compile(r"[A-Za-z]{3}")
_TODAY = re.compile(r"오늘|금일|지금|today|tonight", re.I)


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
    people, high, quantity, why = _people(text, language)
    if why:
        unclear["people"] = why
    place = _either(words.place, text, language) or ""
    venue, why = words.venue(text, language)
    if venue is None and why is None and (other := _other_language(text, language)):
        venue, why = words.venue(text, other)
    if why:
        unclear["venue"] = why
    date = _date(text, language, today)
    if date and (reason := _doubt(date, today)):
        unclear["start"] = reason
    if date and unclear.get("start") == PAST:
        date = replace(date, start=None, end=None)
    facts = FestivalFacts(
        people=people,
        people_high=high,
        venue=venue,
        materials=_materials(text, language),
        host=_either(words.host, text, language),
        place=place,
        start=date.start if date else None,
        end=date.end if date else None,
        plan=_either(words.plan, text, language),
    )
    return FestivalReading(facts, unclear, quantity, date)


def _doubt(date: DateReading, today: dt.date) -> str | None:
    """Why a day that was read is not taken as it stands."""
    if date.start and (date.end or date.start) < today:
        return PAST
    return date.mark or (CANDIDATES if date.candidates else None)


def _other_language(text: str, language: str) -> str | None:
    if language == KOREAN:
        return ENGLISH if _LATIN.search(text) else None
    return KOREAN if _HANGUL.search(text) else None


def _either(reader: Any, text: str, language: str) -> str | None:
    """What a reader finds in the message's language, else in the other one where words of it stand there."""
    found: str | None = reader(text, language)
    if not found and (other := _other_language(text, language)):
        found = reader(text, other)
    return found


def _materials(text: str, language: str) -> tuple[str, ...] | None:
    found = words.materials(text, language)
    if not found and (other := _other_language(text, language)):
        found = words.materials(text, other) or found
    return found


def _people(text: str, language: str) -> tuple[int | None, int | None, Quantity | None, str | None]:
    """People at one time: a number said to be the peak before another one; not staff, not last year's visitors,
    not a total over several days (then the reason, since the peak is not said)."""
    group = words.lexicon(language)["people"]
    text_plain = blanked(text)
    best: tuple[int, Count] | None = None
    total = False
    found = counts(text, language)
    if (whole := sum_of_parts(found, text_plain)) is not None:
        return _number(whole), None, whole, None
    for count in found:
        before, after = _around(text, text_plain, count, group)
        if group["staff"].search(text_plain[: count.start]) or group["staff_after"].match(_tail(text_plain, count)):
            continue
        if group["past"].search(before + after):
            continue
        peak = group["peak"].search(before) or group["peak"].search(after)
        if not peak and (group["total"].search(before) or group["total"].search(after)):
            total = True
            continue
        rank = (4 if peak else 0) + (2 if count.unit else 0)
        if best is None or rank > best[0]:
            best = rank, count
    if best is None:
        return None, None, None, TOTAL if total else None
    quantity = best[1].quantity
    return _number(quantity), quantity.high, quantity, None


def _tail(text: str, count: Count) -> str:
    """From the end of the number on; the noun stands inside what was read as the count."""
    at = text.find(count.quantity.surface, count.start)
    return text[at + len(count.quantity.surface) :] if at >= 0 else text[count.end :]


def _around(text: str, blank: str, count: Count, group: dict[str, re.Pattern[str]]) -> tuple[str, str]:
    """The text before and after a count within its clause (with what ``blanked`` struck out, but "3일 동안")."""
    before, after = text[: count.start], text[count.end :]
    return group["clause"].split(before)[-1], group["clause"].split(after)[0]


def _number(quantity: Quantity) -> int:
    """The number as said; "more than 1,000" is not 1,000, where the decree asks just that."""
    if quantity.low == EXCEEDED and quantity.high is None:
        return quantity.low + {MORE_THAN: 1, LESS_THAN: -1}.get(quantity.bound or "", 0)
    return quantity.low


def _date(text: str, language: str, today: dt.date) -> DateReading | None:
    """The festival's day: not a day on which something was handed in, nor last year's, nor a "today" beside another."""
    found = [each for each in read_dates(text, language, today) if not _elsewhere(text, each, language, today)]
    if len(found) > 1:
        found = [each for each in found if not _TODAY.fullmatch(each.surface)] or found
    clear = [each for each in found if each.mark != VAGUE] or found
    return clear[0] if clear else None


def _elsewhere(text: str, reading: DateReading, language: str, today: dt.date) -> bool:
    group = words.lexicon(language)
    at = max(text.find(reading.surface), 0)
    before = group["people"]["clause"].split(text[:at])[-1]
    after = group["people"]["clause"].split(text[at + len(reading.surface) :])[0]
    if reading.start and reading.start < today and group["people"]["past"].search(before + reading.surface + after):
        return True
    return bool(group["filed"].search(before + after)) and not group["event"].search(before + after)


def read_slot(slot: str, text: str, language: str, today: dt.date) -> Any:
    """The answer to one question, as the value of a fact: people (Quantity), venue, host, plan and place (str),
    materials (tuple), dates (DateReading).

    UNSURE for "I don't know"; None when the text does not answer (for what is unclear in it see ``unclear_in``).
    Raises KeyError for a slot that is none of SLOTS.
    """
    reader = _READERS[slot]
    text = plain(text)[:LONGEST].strip()
    answer = read_yes_no(text, language)
    found = reader(text, language, today, answer)
    if found is None and isinstance(answer, Unsure):
        return UNSURE
    return found


def unclear_in(slot: str, text: str, language: str, today: dt.date) -> str | None:
    """Why an answer to one question is unclear (the reasons of ``FestivalReading.unclear``), or None."""
    if slot == "materials":
        # "yes", or "no fireworks", which leaves gas and fire open
        told = read_yes_no(text, language) is True or words.names_material(plain(text), language)
        return words.WHICH_MATERIAL if told and read_slot(slot, text, language, today) is None else None
    if slot == "dates":
        date = read_date(text, language, today)
        return None if date is None else _doubt(date, today)
    return read(text, language, today).unclear.get(slot)


def _slot_people(text: str, language: str, today: dt.date, answer: bool | Unsure | None) -> Quantity | None:
    reading = read(text, language, today)
    return reading.quantity or read_number(text, language)


def _slot_venue(text: str, language: str, today: dt.date, answer: bool | Unsure | None) -> str | None:
    return read(text, language, today).facts.venue or _bare(text, language, "venue_slot")


def _slot_materials(text: str, language: str, today: dt.date, answer: bool | Unsure | None) -> tuple[str, ...] | None:
    found = read(text, language, today).facts.materials
    if found:
        return found
    # nothing but a denial of some of it: asked for all, that leaves the rest open
    return () if found == () or answer is False else None


def _slot_host(text: str, language: str, today: dt.date, answer: bool | Unsure | None) -> str | None:
    return read(text, language, today).facts.host or _bare(text, language, "host_slot")


def _bare(text: str, language: str, group: str) -> str | None:
    """ "구청이요", "neither": what is an answer only when just that was asked."""
    return next((name for name, pattern in words.lexicon(language)[group].items() if pattern.search(text)), None)


def stated(text: str, language: str) -> dict[str, str]:
    """Facts that a short statement tells whole ("the city", "on the water"), whatever was asked; a yes, a no and a
    "neither" tell nothing by themselves."""
    text = plain(text)[:LONGEST].strip()
    if read_yes_no(text, language) is not None:
        return {}
    host, venue = _bare(text, language, "host_slot"), _bare(text, language, "venue_slot")
    return {"host": host} if host else {"venue": venue} if venue == "water" else {}


def changed_plan(text: str, language: str) -> bool:
    """ "but we changed it", said of a plan that was handed in."""
    return words.lexicon(language)["plan_slot"]["changing"].search(plain(text)) is not None


def _slot_place(text: str, language: str, today: dt.date, answer: bool | Unsure | None) -> str | None:
    if answer is not None or "?" in text:
        return None
    if named := words.place(text, language):
        return named
    group = words.lexicon(language)["place"]
    left = group["tail"].sub("", group["lead"].sub("", text, count=1), count=1).strip(" .,!")
    return left if 1 < len(left) <= 60 and re.search(r"[가-힣A-Za-z]", left) else None


def _slot_dates(text: str, language: str, today: dt.date, answer: bool | Unsure | None) -> DateReading | None:
    """Only a reading with a day: what is unclear is asked back."""
    found = read_date(text, language, today)
    return found if found and found.start and _doubt(found, today) in (None, WEEKDAY_CLASH) else None


def _slot_plan(text: str, language: str, today: dt.date, answer: bool | Unsure | None) -> str | None:
    # "don't know yet" is not "not yet"
    found = words.plan(text, language, asked=not isinstance(answer, Unsure))
    return found or ("none" if answer is False else None)


_READERS = {
    "people": _slot_people,
    "venue": _slot_venue,
    "materials": _slot_materials,
    "host": _slot_host,
    "place": _slot_place,
    "dates": _slot_dates,
    "plan": _slot_plan,
}


def is_festival_request(text: str, language: str, today: dt.date | None = None) -> bool:
    """Whether a message wants the guided check, not the rule: a command; whether one's own event has to be filed;
    or one's own event told with two facts or more. ``today``: default the day in Asia/Seoul."""
    text = plain(text)[:LONGEST]
    group = words.lexicon(language)
    if group["command"].search(text):
        return True
    if not group["event"].search(text) or group["other_rule"].search(text):
        return False
    told = len(told_facts(text, language, today or deadlines.today()))
    if told >= 2 and group["own"].search(text):
        return True
    if not group["own_strict"].search(text) or group["wh"].search(text):
        return False
    return group["file"].search(text) is not None or group["check_it"].search(text) is not None


def told_facts(text: str, language: str, today: dt.date) -> tuple[str, ...]:
    """Which of people, a venue with a risk, materials and dates a message tells."""
    reading = read(text, language, today)
    facts, unclear = reading.facts, reading.unclear
    said = {
        "people": facts.people is not None or "people" in unclear,
        # "village" or "market" is in many messages; only a mountain or water tells of a festival's risk
        "venue": facts.venue in ("mountain", "water") or "venue" in unclear,
        "materials": facts.materials is not None,
        "dates": facts.start is not None or unclear.get("start") in (CANDIDATES, IMPOSSIBLE, VAGUE),
    }
    return tuple(name for name, yes in said.items() if yes)
