"""Days named in English: "3rd of May", "the last weekend of October", "in three weeks", "two days before Christmas"."""

# ruff: noqa: E501  (a grammar reads better as one pattern a line)
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from nlu import date_calendar as cal
from nlu import date_en_grammar
from nlu.date_calendar import IMPOSSIBLE, VAGUE, WEEKDAY_CLASH, Named
from nlu.date_en_grammar import (
    HOLIDAYS,
    LEAD_WEEKDAY,
    MONTH_NAMES,
    MONTHS_AWAY,
    NTH,
    NUMBERS,
    ORDINALS,
    RULES,
    TRAIL_WEEKDAY,
    WEEKDAYS,
    WORD_DAYS,
)

CONNECTOR, LENGTH = date_en_grammar.CONNECTOR, date_en_grammar.LENGTH
"""With ``named`` and ``length``, what ``nlu.dates`` asks of a language."""


def length(found: re.Match[str]) -> int:
    """How many days a duration has: "for three days"."""
    return _count(found["n"] or found["n2"])


def named(text: str, today: dt.date, past: bool) -> Iterator[Named]:
    """The days and periods named in a text, in order."""
    at = 0
    while at < len(text):
        best: tuple[str, re.Match[str]] | None = None
        for name, pattern in RULES:
            match = pattern.search(text, at)
            if match and match[0] and (best is None or match.start() < best[1].start()):
                best = name, match
        if best is None:
            return
        reading = _HANDLERS[best[0]](best[1], today, past)
        at = best[1].end()
        if reading is not None:
            reading = _weekday_checked(reading, text) if reading.parts[2] else reading
            at = max(at, reading.to)
            yield reading


def _weekday_checked(reading: Named, text: str) -> Named:
    lead, trail = LEAD_WEEKDAY.search(text[: reading.at]), TRAIL_WEEKDAY.match(text, reading.to)
    written = lead or trail
    if not written or reading.start is None:
        return reading
    mark = reading.mark if _day_index(written["name"]) == reading.start.weekday() else WEEKDAY_CLASH
    if reading.candidates:
        return reading
    start = lead.start() if lead else reading.at
    return Named(start, trail.end() if trail and not lead else reading.to, reading.start, reading.end, (), mark, reading.parts)


def _day_index(name: str) -> int:
    return WEEKDAYS.index(name[:3].lower())


def _month_index(name: str) -> int:
    return MONTH_NAMES.index(name[:3].lower()) + 1


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _year(match: re.Match[str], today: dt.date) -> int | None:
    if match["year"]:
        return int(match["year"])
    return today.year + MONTHS_AWAY[match["rel_year"].lower()] if match["rel_year"] else None


def _day_of(match: re.Match[str]) -> int:
    return int(match["day"]) if match["day"] else ORDINALS[match["word_day"].lower()]


def _iso(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return cal.dated(match, int(match["year"]), int(match["month"]), int(match["day"]), today, past)


def _day_month(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    if match["month"].lower() == "mar" and match["day"] is None:
        return None
    year = int(match["dash_year"]) if match.groupdict().get("dash_year") else _year(match, today)
    return cal.dated(match, year, _month_index(match["month"]), _day_of(match), today, past)


def _days_month(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    year, month = _year(match, today), _month_index(match["month"])
    first, last = int(match["day"]), int(match["day2"])
    joined = re.search(r"and|&|,", match["sep"], re.I)
    if joined and last <= first:
        return cal.dated(match, year, month, last if "day2" in match.groupdict() else first, today, past)
    if not (cal.possible_in(year, month, first) and cal.possible_in(year, month, last)) or last < first:
        return Named(match.start(), match.end(), mark=IMPOSSIBLE, parts=(year, month, first))
    start = cal.dated(match, year, month, first, today, past).start
    return Named(match.start(), match.end(), start, cal.make(start.year, month, last) if start else None, parts=(year, month, first))


def _month_days(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    if re.search(r"and|&", match["sep"], re.I) and not match["suffix2"] and int(match["day2"]) != int(match["day"]) + 1:
        return cal.dated(match, _year(match, today), _month_index(match["month"]), int(match["day"]), today, past)
    return _days_month(match, today, past)


def _slash(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    """Day and month by a stroke or dot: clear only when one of them is above 12 or both are the same."""
    a, b = int(match["a"]), int(match["b"])
    if match["sep"] == "." and not match["year"] and not re.match(r"\s?[~–-]\s?\d{1,2}\.\d", match.string[match.end() :]) and not re.search(
        r"\d\.\d{1,2}\s?[~–-]\s?$", match.string[: match.start()]
    ):  # fmt: skip
        return None
    year = None if not match["year"] else int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    readings = [(month, day) for month, day in dict.fromkeys(((b, a), (a, b))) if cal.possible_in(year, month, day)]
    if not readings:
        fits = 1 <= min(a, b) <= 12 and max(a, b) <= 31
        return Named(match.start(), match.end(), mark=IMPOSSIBLE) if fits else None
    days = sorted(day for m, d in readings if (day := cal.dated(match, year, m, d, today, past).start))
    if len(days) == 1:
        return Named(match.start(), match.end(), days[0], parts=(year, *readings[0]))
    return Named(match.start(), match.end(), candidates=tuple(days), parts=(year, None, a))


def _day_rel_month(match: re.Match[str], today: dt.date, past: bool) -> Named:
    year, month = cal.shifted(today, MONTHS_AWAY[match["rel"].lower()])
    return cal.dated(match, year, month, _day_of(match), today, past)


def _the_day(match: re.Match[str], today: dt.date, past: bool) -> Named:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return Named(match.start(), match.end(), mark=IMPOSSIBLE)
    return Named(match.start(), match.end(), cal.such_day_of_month(day, today, past), parts=(None, None, day))


def _nth(match: re.Match[str], today: dt.date, past: bool) -> Named:
    weekday = 5 if match["weekend"] else _day_index(match["weekday"])
    nth, said = NTH[match["nth"].lower()], _year(match, today)
    if match["rel"]:
        year, month = cal.shifted(today, MONTHS_AWAY[match["rel"].lower()])
    else:
        month = _month_index(match["month"])
        year = said or cal.year_for(month, today, past)
    day = cal.nth_weekday(year, month, weekday, nth)
    if day and not said and not match["rel"] and (day > today if past else day < today):
        day = cal.nth_weekday(year + (-1 if past else 1), month, weekday, nth)
    return _weekend(match, day) if day else Named(match.start(), match.end(), mark=IMPOSSIBLE)


def _weekend(match: re.Match[str], day: dt.date) -> Named:
    weekend = "weekend" in match.groupdict() and match["weekend"]
    return Named(match.start(), match.end(), day, day + dt.timedelta(days=1) if weekend else None)


def _moved(day: dt.date, count: int, unit: str) -> dt.date:
    unit = unit.lower().rstrip("s")
    if unit in ("month", "year"):
        return cal.months_after(day, count * (12 if unit == "year" else 1))
    return day + dt.timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _offset(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return Named(match.start(), match.end(), _moved(today, _count(match["n"]), match["unit"]))


def _from_now(match: re.Match[str], today: dt.date, past: bool) -> Named:
    base = today + dt.timedelta(days=1) if (match["base"] or "").lower() == "tomorrow" else today
    return Named(match.start(), match.end(), _moved(base, _count(match["n"]), match["unit"]))


def _ago(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return Named(match.start(), match.end(), _moved(today, -_count(match["n"]), match["unit"]))


def _offset_of(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    base = next((each.start for each in named(match["base"], today, past)), None)
    if base is None:
        return None
    sign = -1 if match["way"].lower() == "before" else 1
    count, unit = (_count(match["n"]), match["unit"]) if match["n"] else (1, "day")
    return Named(match.start(), match.end(), _moved(base, sign * count, unit))


def _week_on(match: re.Match[str], today: dt.date, past: bool) -> Named:
    days = (7 if match["rel"].lower() == "week" else 14) + (1 if match[0].lower().endswith("tomorrow") else 0)
    return Named(match.start(), match.end(), today + dt.timedelta(days=days))


def _on_weekday_after(match: re.Match[str], today: dt.date, past: bool) -> Named:
    weeks = _count(match["n"]) if match["n"] else 1
    day = cal.coming(today, _day_index(match["weekday"] or match["weekday2"]), False)
    return Named(match.start(), match.end(), day + dt.timedelta(weeks=weeks))


def _weekday_week(match: re.Match[str], today: dt.date, past: bool) -> Named:
    name = match["weekday"] or match["weekday2"]
    weeks = MONTHS_AWAY[(match["rel"] or match["rel2"]).lower()]
    return _weekend(match, cal.week_day(today, _day_index(name) if name else 5, weeks))


def _weekday(match: re.Match[str], today: dt.date, past: bool) -> Named:
    """ "next Saturday" is that of next week, "this" and "coming" the next one from today."""
    weekday = 5 if match["weekend"] else _day_index(match["weekday"])
    rel = (match["rel"] or "").lower()
    if rel == "next":
        return _weekend(match, cal.week_day(today, weekday, 1))
    if rel in ("last", "past", "this past"):
        return _weekend(match, cal.coming(today, weekday, True))
    if match["weekend"] and today.weekday() == 6 and not past:
        return _weekend(match, today - dt.timedelta(days=1) if rel == "this" else cal.coming(today, 5, False))
    return _weekend(match, cal.coming(today, weekday, past and not rel))


def _today(match: re.Match[str], today: dt.date, past: bool) -> Named:
    word = re.sub(r"^the ", "", match["word"].lower())
    return Named(match.start(), match.end(), today + dt.timedelta(days=WORD_DAYS[word]))


def _holiday(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    period = (match["period"] or "").lower().startswith(("holi", "break"))
    span = cal.feast(HOLIDAYS[match["name"].lower()], _year(match, today), today, past, whole=period)
    if span is None:
        return None
    return Named(match.start(), match.end(), span[0], span[1] if span[1] != span[0] else None)


def _vague(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return Named(match.start(), match.end(), mark=VAGUE)


_HANDLERS = {
    "iso": _iso, "offset_of": _offset_of, "nth": _nth, "days_month": _days_month, "month_days": _month_days, "day_month": _day_month, "month_day": _day_month,
    "slash": _slash, "day_rel_month": _day_rel_month, "rel_month_day": _day_rel_month, "on_weekday_after": _on_weekday_after, "offset": _offset,
    "from_now": _from_now, "ago": _ago, "week_on": _week_on, "weekday_week": _weekday_week, "weekday": _weekday, "today": _today, "holiday": _holiday,
    "the_day": _the_day, "vague_month": _vague, "vague_name": _vague, "vague": _vague,
}  # fmt: skip
