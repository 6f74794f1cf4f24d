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


def doubt(date: DateReading, today: dt.date) -> str | None:
    """Why a day that was read is not taken as it stands."""
    if date.start and (date.end or date.start) < today:
        return PAST
    return date.mark or (CANDIDATES if date.candidates else None)
