"""Reads the day or days a message names, in Korean and English, as calendar days in Asia/Seoul.

A day without a year is the next one from today, with ``past`` the last one up to today. "3/5" is the third of
May or the fifth of March in English and is not guessed; Korean writes the month first. Public holidays by the
lunar calendar come from the ``holidays`` library. dateparser 1.2.0 is not used: of the 144 phrasings of the
test's table its parse reads 54 right, and its search 48 and a wrong day in 52 ("we may …" is a day in May).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from types import ModuleType

from nlu import date_calendar as cal
from nlu import date_en, date_ko
from nlu.date_calendar import IMPOSSIBLE, VAGUE, WEEKDAY_CLASH, Named
from nlu.language import KOREAN
from nlu.quantities import plain

__all__ = ["IMPOSSIBLE", "VAGUE", "WEEKDAY_CLASH", "DateReading", "read_date", "read_dates"]

_CORRECTED = re.compile(r"\b(?:actually|sorry|correction|i meant?|make (?:it|that)|no,|wait|scratch that|instead"
                        r"|(?:moved|postponed|changed) to)\b"
                        r"|아니[,. ]|아뇨|아니다|아니라|정정|말고|변경|연기|바뀌", re.I)  # fmt: skip
_NOT_BEFORE = re.compile(r"\b(?:not|instead of|rather than|isn't|wasn't)\s(?:on\s)?(?:the\s)?$", re.I)
_NOT_AFTER = re.compile(r"\s?(?:은|는|이|가|에)?\s?(?:말고|아니라|아니고|빼고)")
LONGEST = 1_000
"""Characters of a message that are read."""
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True)
class DateReading:
    """What a message says of a day.

    ``end``: last day, where more than one is named. ``candidates``: the days it can mean when that is unclear
    ("3/5"), ``start`` is None then. ``mark``: IMPOSSIBLE ("2월 30일"; no start), VAGUE ("next month"; no start),
    WEEKDAY_CLASH (the weekday beside it is another one), else None.
    """

    start: dt.date | None
    end: dt.date | None
    candidates: tuple[dt.date, ...]
    surface: str
    mark: str | None = None

    @property
    def impossible(self) -> bool:
        """Whether the calendar has no such day."""
        return self.mark == IMPOSSIBLE


def read_date(text: str, language: str, today: dt.date, past: bool = False) -> DateReading | None:
    """The day or days named in a text, None when it names none.

    The first one named holds; after a correction ("actually May 4", "5일 말고 6일") the last one.
    """
    readings = read_dates(text, language, today, past)
    if not readings:
        return None
    readings = [each for each in readings if not _denied(text, each)] or readings
    clear = [each for each in readings if each.mark != VAGUE] or readings
    return clear[-1 if _CORRECTED.search(text) else 0]


def _denied(text: str, reading: DateReading) -> bool:
    """ "not May 3 but May 10", "5일 말고 6일"."""
    text = plain(text)
    at = text.find(reading.surface)
    return at >= 0 and bool(_NOT_BEFORE.search(text[:at]) or _NOT_AFTER.match(text[at + len(reading.surface) :]))


def read_dates(text: str, language: str, today: dt.date, past: bool = False) -> list[DateReading]:
    """Every day or period named in a text, in order; two days joined ("from … to …") are one period."""
    text = plain(text)[:LONGEST]
    korean = language == KOREAN or _HANGUL.search(text) is not None
    grammars = [date_ko if korean else date_en]
    if korean and re.search(r"[A-Za-z]{3}", text):
        grammars.append(date_en)
    for grammar in grammars:
        if found := _joined(text, list(grammar.named(text, today, past)), grammar, past):
            return found
    return []


def _joined(text: str, found: list[Named], grammar: ModuleType, past: bool) -> list[DateReading]:
    readings: list[DateReading] = []
    index = 0
    while index < len(found):
        first = found[index]
        index += 1
        second = found[index] if index < len(found) else None
        if second and first.end is None and grammar.CONNECTOR.fullmatch(text, first.to, second.at):
            spaced = not text[first.to : second.at].strip() and second.parts[1] is not None
            if not spaced and (period := _period(first, second, text)) is not None:
                readings.append(period)
                index += 1
                continue
        end = first.end
        lasting = grammar.LENGTH.match(text, first.to)
        if lasting and first.start and end is None and grammar.length(lasting) > 1:
            end = first.start + dt.timedelta(days=grammar.length(lasting) - 1)
        readings.append(DateReading(first.start, end, first.candidates, text[first.at : first.to].strip(), first.mark))
    return readings


def _period(first: Named, second: Named, text: str) -> DateReading | None:
    surface = text[first.at : second.to].strip()
    if IMPOSSIBLE in (first.mark, second.mark):
        return DateReading(None, None, (), surface, IMPOSSIBLE)
    if first.candidates:
        return DateReading(None, None, first.candidates, surface)
    if first.start is None:
        return None
    end = _second_day(first.start, second)
    if end is None:
        return DateReading(None, None, (), surface, IMPOSSIBLE) if second.parts[2] else None
    if end <= first.start:
        return None
    return DateReading(first.start, end, (), surface, first.mark or second.mark)


def _second_day(start: dt.date, second: Named) -> dt.date | None:
    """The last day of a period: what it leaves out, the first day says."""
    year, month, day = second.parts
    if day is None or year is not None:
        return second.end or second.start
    if month is not None:
        return cal.such_day(month, day, start, False)
    same = cal.make(start.year, start.month, day)
    if same is None or same > start:
        return same
    return cal.make(*cal.shifted(start, 1), day)


