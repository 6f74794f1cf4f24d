"""Reads a short answer to one question of the festival check, as the value of a fact."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from nlu import festival_words as words
from nlu.answers import UNSURE, Unsure, read_yes_no
from nlu.dates import WEEKDAY_CLASH, DateReading, read_date
from nlu.festival import LONGEST, read
from nlu.festival_dates import doubt
from nlu.quantities import Quantity, plain, read_number

SLOTS = ("people", "venue", "materials", "host", "place", "dates", "plan")


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
        return None if date is None else doubt(date, today)
    return read(text, language, today).unclear.get(slot)


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
    return found if found and found.start and doubt(found, today) in (None, WEEKDAY_CLASH) else None


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
