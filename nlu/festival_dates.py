"""The day of a festival among the days that a message names, and why one is not taken as it stands."""

from __future__ import annotations

import datetime as dt
import re

from nlu import festival_words as words
from nlu.dates import VAGUE, DateReading, read_dates

CANDIDATES, PAST = "candidates", "past"
"""A date with two meanings; a day that has passed."""
_TODAY = re.compile(r"오늘|금일|지금|today|tonight", re.I)


def festival_day(text: str, language: str, today: dt.date) -> DateReading | None:
    """The festival's day: not a day on which something was handed in, nor last year's, nor a "today" beside another.
    One without a year lies behind where the words beside it say that the festival was held."""
    readings = [_told(text, each, language, today) for each in read_dates(text, language, today)]
    found = [each for each in readings if not _elsewhere(text, each, language, today)]
    if len(found) > 1:
        found = [each for each in found if not _TODAY.fullmatch(each.surface)] or found
        # "Christmas market from 19 December": the name of a holiday may only name the market
        found = [each for each in found if any(map(str.isdigit, each.surface))] or found
    clear = [each for each in found if each.mark != VAGUE] or found
    return clear[0] if clear else None


def _told(text: str, reading: DateReading, language: str, today: dt.date) -> DateReading:
    """The reading, or the last such day where the festival is over."""
    if not words.lexicon(language)["gone"].search(_beside(text, reading, language)):
        return reading
    gone = read_dates(text, language, today, past=True)
    return next((each for each in gone if each.surface == reading.surface), reading)


def _beside(text: str, reading: DateReading, language: str) -> str:
    """The clause a day stands in, and the clause after it where the day's own is no sentence yet ("…했는데")."""
    clause: re.Pattern[str] = words.lexicon(language)["people"]["clause"]
    at = max(text.find(reading.surface), 0)
    end = at + len(reading.surface)
    cut = clause.search(text, end)
    return clause.split(text[:at])[-1] + reading.surface + text[end : cut.end() if cut else len(text)]


def _elsewhere(text: str, reading: DateReading, language: str, today: dt.date) -> bool:
    group = words.lexicon(language)
    at = max(text.find(reading.surface), 0)
    before = group["people"]["clause"].split(text[:at])[-1]
    after = group["people"]["clause"].split(text[at + len(reading.surface) :])[0]
    if reading.start and reading.start < today and group["people"]["past"].search(before + reading.surface + after):
        return True
    return bool(group["filed"].search(before + after)) and not group["event"].search(before + after)


def doubt(date: DateReading, today: dt.date) -> str | None:
    """Why a day that was read is not taken as it stands."""
    if date.start and (date.end or date.start) < today:
        return PAST
    return date.mark or (CANDIDATES if date.candidates else None)
