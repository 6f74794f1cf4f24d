"""The supplementary provisions (부칙) of a Korean statute: one block for each amending instrument.

A block is cut at its heading ``부칙(…) <제33578호,2023.6.27>`` and kept whole; of its words only
the sentence on entry into force is read.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from knowledge.decree import Addendum
from knowledge.statute import date_of

HEADER = re.compile(
    r"부\s?칙\s*(?:\(.*\)\s*)?<\s*(?:[^<>,]*?제)?(?P<number>\d+)호\s*,\s*(?P<day>\d{4}\.\s?\d{1,2}\.\s?\d{1,2}\.?)\s*>"
)
LIKE_HEADER = re.compile(r"부\s?칙\s*(?:\([^()]*\)\s*)?<")
_ENFORCEMENT = re.compile(r"\S.*시행(?:한다|하되|하며)")
_ON_DAY = re.compile(r"(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일부터")
_AFTER = re.compile(r"공포\s?후\s?(\d+)\s?(년|개월|월|일)이?\s?(?:경과|지)[난한]\s?날")


def first_day(sentence: str, promulgated: dt.date) -> dt.date:
    """First day in force that the sentence names, else the day of promulgation.

    "공포 후 3개월이 경과한 날" is the day after three months have passed (16 May 2023 -> 17 August 2023).
    """
    if (named := _ON_DAY.search(sentence)) is not None:
        return date_of(f"{named[1]}-{named[2]}-{named[3]}") or promulgated
    after = _AFTER.search(sentence)
    if after is None:
        return promulgated
    count = int(after[1])
    if after[2] == "일":
        return promulgated + dt.timedelta(days=count + 1)
    months = promulgated.month - 1 + count * (12 if after[2] == "년" else 1)
    year, month = promulgated.year + months // 12, months % 12 + 1
    day = min(promulgated.day, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day) + dt.timedelta(days=1)


class AddendaBuilder:
    """Collects addenda; a number that comes again gets ``-b``, ``-c`` as in the English text."""

    def __init__(self) -> None:
        self._found: list[Addendum] = []
        self._seen: dict[str, int] = {}

    def add(self, number: str, promulgated: dt.date, start: int, end: int, lines: Iterable[str]) -> None:
        number = str(int(number))
        self._seen[number] = count = self._seen.get(number, 0) + 1
        sentence = next((line.strip() for line in lines if _ENFORCEMENT.search(line)), "")
        label = number if count == 1 else f"{number}-{chr(96 + count)}"
        self._found.append(Addendum(label, promulgated, start, end, sentence, first_day(sentence, promulgated)))

    def finish(self) -> tuple[Addendum, ...]:
        return tuple(self._found)


def amending_of(addenda: tuple[Addendum, ...], number: str, promulgated: dt.date) -> tuple[tuple[str, dt.date], ...]:
    """(number, promulgation date) of every instrument that left addenda, this version's own last."""
    own = (number, promulgated)
    found = {(a.decree_number.partition("-")[0], a.promulgated) for a in addenda}
    rows = sorted(found, key=lambda row: (row[1], int(row[0])))
    return (*(row for row in rows if row != own), own)
