"""Days of the calendar that a text can name: the next third of May, the third Saturday, Chuseok."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass, field

IMPOSSIBLE, VAGUE, WEEKDAY_CLASH = "impossible", "vague", "weekday_clash"
"""Marks of a reading: no such day exists; only a month or a season is named; the weekday is another one."""

FIXED = {
    "new_year": (1, 1), "valentine": (2, 14), "march_first": (3, 1), "labour": (5, 1), "children": (5, 5),
    "parents": (5, 8), "teachers": (5, 15), "memorial": (6, 6), "constitution": (7, 17), "liberation": (8, 15),
    "armed_forces": (10, 1), "foundation": (10, 3), "hangul": (10, 9),
    "halloween": (10, 31), "christmas_eve": (12, 24), "christmas": (12, 25), "new_year_eve": (12, 31),
}  # fmt: skip
LUNAR = {"seollal": "설날", "chuseok": "추석", "buddha": "부처님오신날"}
"""Days by the lunar calendar and their names in the ``holidays`` library."""
FULL_MOON = "full_moon"
"""정월대보름, the fifteenth of the first lunar month: fourteen days after Seollal."""


@dataclass(frozen=True)
class Named:
    """A day or period as named in a text, before it is put in a year. ``start`` None: see ``mark``."""

    at: int
    to: int
    start: dt.date | None = None
    end: dt.date | None = None
    candidates: tuple[dt.date, ...] = ()
    mark: str | None = None
    parts: tuple[int | None, int | None, int | None] = field(default=(None, None, None))
    """Year, month, day as said; for a range's second side, which leaves out what the first side says."""


def make(year: int, month: int, day: int) -> dt.date | None:
    """The day, None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def possible(month: int, day: int) -> bool:
    """Whether a month ever has that day."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]


def possible_in(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has that day, in that year where one is said."""
    return possible(month, day) and (year is None or make(year, month, day) is not None)


def such_day(month: int, day: int, today: dt.date, past: bool) -> dt.date | None:
    """The next such day from today on, or with ``past`` the last one up to today."""
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    for year in years:
        found = make(year, month, day)
        if found and (found <= today if past else found >= today):
            return found
    return None


def dated(match: re.Match[str], year: int | None, month: int, day: int, today: dt.date, past: bool) -> Named:
    """A month and day, with its year or put in the next (or last) year that fits."""
    parts = (year, month, day)
    if not possible_in(year, month, day):
        return Named(match.start(), match.end(), mark=IMPOSSIBLE, parts=parts)
    start = make(year, month, day) if year else such_day(month, day, today, past)
    return Named(match.start(), match.end(), start, parts=parts)


def such_day_of_month(day: int, today: dt.date, past: bool) -> dt.date | None:
    """The next (or last) 15th from today."""
    for step in range(13):
        found = make(*shifted(today, -step if past else step), day)
        if found and (found <= today if past else found >= today):
            return found
    return None


def shifted(today: dt.date, months: int) -> tuple[int, int]:
    """Year and month so many months away."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of another month, its last day where it is shorter."""
    year, month = shifted(day, months)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def week_day(today: dt.date, weekday: int, weeks: int) -> dt.date:
    """That weekday (Monday 0) of the week so many weeks away; weeks begin on Monday."""
    return today - dt.timedelta(days=today.weekday()) + dt.timedelta(days=weekday, weeks=weeks)


def coming(today: dt.date, weekday: int, past: bool) -> dt.date:
    """The next such weekday from today on (today counts), or the last one before today."""
    if past:
        return today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return today + dt.timedelta(days=(weekday - today.weekday()) % 7)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    """The nth such weekday of a month (-1: the last), None where there is no fifth."""
    days = [d for week in calendar.monthcalendar(year, month) if (d := week[weekday])]
    return dt.date(year, month, days[nth - 1 if nth > 0 else nth]) if nth <= len(days) else None


def year_for(month: int, today: dt.date, past: bool) -> int:
    """The year of the next (or last) such month; the current month counts."""
    if past:
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month else today.year + 1


def holiday(name: str, year: int) -> tuple[dt.date, dt.date] | None:
    """First and last day of the public holidays of that name in a year (one day for most, three for Chuseok)."""
    if name in FIXED:
        day = dt.date(year, *FIXED[name])
        return day, day
    if name == FULL_MOON:
        day = lunar(year)["seollal"][1] + dt.timedelta(days=14)
        return day, day
    found = lunar(year).get(name)
    return (found[0], found[2]) if found else None


def holiday_itself(name: str, year: int) -> dt.date | None:
    """The day of that name in a year."""
    if name in LUNAR:
        found = lunar(year).get(name)
        return found[1] if found else None
    found_fixed = holiday(name, year)
    return found_fixed[0] if found_fixed else None


def feast(name: str, year: int | None, today: dt.date, past: bool, *, whole: bool) -> tuple[dt.date, dt.date] | None:
    """A holiday in its year, or the next (or last) one; ``whole``: all its public holidays, not the day alone."""
    for each in [year] if year else range(today.year - past, today.year + 3 - 2 * past)[:: -1 if past else 1]:
        span = holiday(name, each) if whole else None
        itself = holiday_itself(name, each)
        if itself is None:
            continue
        if year or (itself <= today if past else (span[1] if span else itself) >= today):
            return span or (itself, itself)
    return None


@functools.lru_cache(maxsize=64)
def lunar(year: int) -> dict[str, tuple[dt.date, dt.date, dt.date]]:
    """First public holiday, the day itself and the last public holiday of each lunar feast, by the library."""
    import holidays

    days = holidays.country_holidays("KR", years=year, language="ko")
    found = {}
    for key, name in LUNAR.items():
        named = sorted(day for day, written in days.items() if name in written)
        itself = [day for day in named if name in days[day].split("; ")]
        if itself:
            found[key] = (named[0], itself[0], named[-1])
    return found
