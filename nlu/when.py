"""The day a question is about: "before 2018", "as of July 2023", "2018년 이전", "2023년 7월 기준"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_EN = re.compile(
    r"\b(?P<how>before|until|prior to|as of|as at|in|on|back in|during|at)\s+"
    rf"(?:{_MONTH}\s+(?:(?P<day>\d{{1,2}}),?\s+)?)?"
    r"(?P<year>(?:19|20)\d{2})\b",
    re.I,
)
_KO = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?년(?:\s?(?P<month>\d{1,2})\s?월)?(?:\s?(?P<day>\d{1,2})\s?일)?"
    r"\s?(?P<how>이전|전에|전|까지|기준|당시|현재|시점|에는|에|때)"
)
_BEFORE = frozenset({"before", "until", "prior to", "이전", "전에", "전", "까지"})


def as_of(text: str) -> dt.date | None:
    """The day whose law is asked for, or None when the message names none.

    "Before 2018" is the last day of 2017; "in 2015" the last day of 2015; "2023년 7월 기준" the first
    of that month.
    """
    found = _EN.search(text) or _KO.search(text)
    if found is None:
        return None
    year = int(found["year"])
    month = _month(found["month"])
    day = int(found["day"]) if found["day"] else None
    if found["how"].lower() in _BEFORE:
        return _date(year, month or 1, day or 1) - dt.timedelta(days=1)
    if month is None:
        return dt.date(year, 12, 31)
    return _date(year, month, day or 1)


def _month(raw: str | None) -> int | None:
    if raw is None:
        return None
    return int(raw) if raw.isdigit() else _MONTHS.index(raw[:3].lower()) + 1


def _date(year: int, month: int, day: int) -> dt.date:
    month = min(max(month, 1), 12)
    return dt.date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))
