"""Calendar days from a rule: weeks, days or months before or after a day, as dates in Asia/Seoul.

The decree counts such periods by the calendar. It does not say that a due day on a weekend or a public
holiday moves to another day, so nothing is moved here: such a day is pointed out.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from dataclasses import dataclass
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
_LOCALES = {"ko": "ko", "en": "en_US"}


@dataclass(frozen=True)
class Deadline:
    """One due day: ``rule`` is a provision id, ``counted`` the key of a text that says how it was counted."""

    day: dt.date
    rule: str
    counted: str = ""

    @property
    def weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return is_weekend(self.day)

    def holiday(self, language: str) -> str | None:
        """Name of the public holiday on that day, None on any other day."""
        return holiday_name(self.day, language)


def today() -> dt.date:
    """The calendar day in Asia/Seoul."""
    return dt.datetime.now(SEOUL).date()


def before(day: dt.date, *, weeks: int = 0, days: int = 0, months: int = 0) -> dt.date:
    """The day so many weeks, days or months before; a month without that day gives its last day.

    Raises ValueError where the calendar ends.
    """
    return _moved(day, -1, weeks, days, months)


def after(day: dt.date, *, weeks: int = 0, days: int = 0, months: int = 0) -> dt.date:
    """The day so many weeks, days or months after; a month without that day gives its last day.

    Raises ValueError where the calendar ends.
    """
    return _moved(day, 1, weeks, days, months)


def _moved(day: dt.date, sign: int, weeks: int, days: int, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + sign * months
    year, month = divmod(count, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise ValueError("that is beyond the calendar.")
    last = calendar.monthrange(year, month + 1)[1]
    try:
        return dt.date(year, month + 1, min(day.day, last)) + dt.timedelta(weeks=sign * weeks, days=sign * days)
    except OverflowError as error:
        raise ValueError("that is beyond the calendar.") from error


def is_weekend(day: dt.date) -> bool:
    """Whether a day is a Saturday or a Sunday."""
    return day.weekday() >= 5


def is_closed(day: dt.date) -> bool:
    """Whether a day is a Saturday, a Sunday or a public holiday."""
    return is_weekend(day) or holiday_name(day, "en") is not None


def last_open(day: dt.date) -> dt.date:
    """The last working day on or before a day."""
    while is_closed(day):
        day -= dt.timedelta(days=1)
    return day


def holiday_name(day: dt.date, language: str) -> str | None:
    """The public holiday of Korea on a day, in "ko" or "en"; None on any other day.

    Source: the ``holidays`` library (Seollal, Chuseok and substitute holidays included). A temporary
    holiday or an election day declared after its release is not in it.
    """
    return _holidays(day.year, _LOCALES[language]).get(day)


@functools.cache
def _holidays(year: int, locale: str) -> dict[dt.date, str]:
    import holidays

    return dict(holidays.country_holidays("KR", years=year, language=locale))
