"""How a period is said in either language, from the templates of ``rows/names.yml``. Pure."""

from __future__ import annotations

import datetime as dt

from knowledge.obligations.duties import (
    BEFORE,
    CALENDAR_YEAR,
    HALF_YEAR,
    MONTH,
    MONTH_END,
    ON,
    Period,
    names,
)

_OFTEN_EN = {1: "once", 2: "twice"}


def when(period: Period, language: str) -> str:
    """ "within 60 days from the date the measures were taken", "매년 1회 이상"."""
    if period.word:
        return names("words")[period.word][language]
    if period.date:
        return _yearly(period, language)
    if period.structured:
        return _anchored(period, language)
    if period.times:
        unit = {MONTH: "times_month", HALF_YEAR: "times_half_year"}.get(period.unit, "times_year")
        times = _OFTEN_EN[period.times] if language == "en" else period.times
        return _template(unit, language).format(times=times)
    if period.amount == 1:
        return _template("monthly" if period.unit == MONTH else "yearly", language)
    return _template("every", language).format(amount=period.amount, unit=_unit(period, language))


def anchor(period: Period, language: str) -> str:
    """The name of the day a period is counted from."""
    return names("anchors")[period.anchor][language]


def _anchored(period: Period, language: str) -> str:
    kind = BEFORE if period.side == BEFORE else "after"
    if period.unit in (MONTH_END, CALENDAR_YEAR):
        kind = period.unit
    elif period.during:
        kind = "during"
    elif period.amount == 0:
        kind = "by"
    unit = "" if kind in (MONTH_END, CALENDAR_YEAR) else _unit(period, language)
    return _template(kind, language).format(amount=period.amount, unit=unit, anchor=anchor(period, language))


def _yearly(period: Period, language: str) -> str:
    month, day = period.date.split("-")
    if (month, day) == ("02", "last"):
        return _template("february", language)
    number = 31 if day == "last" else int(day)
    date = f"{int(month)}월 {number}일" if language == "ko" else f"{number} {dt.date(2000, int(month), 1):%B}"
    return _template("on" if period.side == ON else "date", language).format(date=date)


def _template(name: str, language: str) -> str:
    return names("periods")[name][language]


def _unit(period: Period, language: str) -> str:
    unit = names("units")[period.unit][language]
    return f"{unit}s" if language == "en" and period.amount != 1 else unit
