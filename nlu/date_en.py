"""Days named in English: "3rd of May", "the last weekend of October", "in three weeks", "two days before Christmas"."""

# ruff: noqa: E501  (a grammar reads better as one pattern a line)
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from nlu import date_calendar as cal
from nlu.date_calendar import IMPOSSIBLE, VAGUE, WEEKDAY_CLASH, Named
from nlu.date_ko import dated, feast, possible_in

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SHORT_DAY = r"(?:mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?"
_NUMBERS = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "another": 1}  # fmt: skip
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1}
_ORDINALS = {w: i for i, w in enumerate(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], 1)} | {"thirtieth": 30} | {f"twenty-{w}": 20 + i for i, w in enumerate(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], 1)} | {"thirty-first": 31}  # fmt: skip
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_HOLIDAYS = {
    "new year's eve": "new_year_eve", "new years eve": "new_year_eve", "new year's day": "new_year", "valentine's day": "valentine",
    "independence movement day": "march_first", "labour day": "labour", "labor day": "labour", "children's day": "children", "childrens day": "children",
    "parents' day": "parents", "teachers' day": "teachers", "memorial day": "memorial", "constitution day": "constitution", "liberation day": "liberation",
    "armed forces day": "armed_forces", "national foundation day": "foundation", "foundation day": "foundation", "hangul day": "hangul", "hangeul day": "hangul",
    "halloween": "halloween", "christmas eve": "christmas_eve", "christmas day": "christmas", "christmas": "christmas", "xmas": "christmas",
    "seollal": "seollal", "lunar new year": "seollal", "korean new year": "seollal", "chuseok": "chuseok", "korean thanksgiving": "chuseok",
    "buddha's birthday": "buddha", "buddhas birthday": "buddha", "vesak": "buddha", "daeboreum": "full_moon",
}  # fmt: skip
_HOLIDAY = "|".join(re.escape(n) for n in sorted(_HOLIDAYS, key=len, reverse=True))
_YEAR = r"(?:,?\s(?:of\s|in\s)?(?:(?P<year>(?:19|20)\d\d)\b|(?P<rel_year>next|this|last)\syear))?"
_N = rf"(?P<n>\d{{1,3}}|a couple of|couple of|another|{'|'.join(sorted((w for w in _NUMBERS if ' ' not in w), key=len, reverse=True))})"
_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|years?)(?:'s?|’s?)?"
_SUFFIX = r"(?:st|nd|rd|th)?"
_NOT_DAY = r"(?![\d:%]|,\d{3}|\.\d|\s?(?:k\b|people|persons|guests|visitors|folks|tents|booths|stages|percent|pm\b|am\b|thousand|hundred))"
_DAY = rf"(?:(?P<day>\d{{1,2}}){_SUFFIX}|(?P<word_day>{_ORDINAL}))"
_SEPARATOR = r"\s?(?:-|–|—|~|to|until|till|through|thru)\s?(?:the\s)?"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.I))
    for name, pattern in (
        ("iso", r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-./]\s?(?P<month>\d{1,2})\s?[-./]\s?(?P<day>\d{1,2})(?!\d)"),
        ("offset_of", rf"\b(?:{_N}\s{_UNIT}|(?:the\s)?day)\s(?P<way>before|after)\s(?P<base>(?:{_HOLIDAY})\b|(?:the\s)?\d{{1,2}}{_SUFFIX}\s(?:of\s)?{_MONTH}|{_MONTH}\s\d{{1,2}}{_SUFFIX}\b)"),
        ("nth", rf"\b(?P<nth>first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\s(?:(?P<weekday>{_WEEKDAY})|(?P<weekend>weekend))s?\s(?:of|in|from)?\s?(?:(?P<month>{_MONTH})|(?:(?P<rel>next|this|last|the)\s(?:coming\s)?month)){_YEAR}"),
        ("days_month", rf"\b(?:the\s)?(?P<day>\d{{1,2}}){_SUFFIX}(?P<sep>{_SEPARATOR}|\s?(?:and|&|,)\s?(?:the\s)?)(?P<day2>\d{{1,2}}){_SUFFIX}\s(?:of\s)?(?P<month>{_MONTH}){_YEAR}"),
        ("month_days", rf"\b(?P<month>{_MONTH})\s(?:the\s)?(?P<day>\d{{1,2}}){_SUFFIX}(?P<sep>{_SEPARATOR}|\s?(?:and|&)\s?(?:the\s)?)(?P<day2>\d{{1,2}})(?P<suffix2>{_SUFFIX})(?!\d)(?!\s(?:of\s)?{_MONTH}){_NOT_DAY}{_YEAR}"),
        ("day_month", rf"\b(?:the\s)?{_DAY}\s?(?:of\s)?[-\s]?(?P<month>{_MONTH})(?:-(?P<dash_year>20\d\d)|{_YEAR})"),
        ("month_day", rf"\b(?P<month>{_MONTH})\s?(?:the\s)?{_DAY}(?!\d){_NOT_DAY}{_YEAR}"),
        ("slash", r"(?<![\d.,/$])(?P<a>\d{1,2})\s?(?P<sep>[/.])\s?(?P<b>\d{1,2})(?:(?P=sep)(?P<year>(?:20)?\d\d))?(?![\d/%]|[.,]\d|\s?(?:k|km|m|litres|liters|hours|percent|million|thousand|am|pm)\b)"),
        ("day_rel_month", rf"\b(?:the\s)?{_DAY}\sof\s(?P<rel>next|this|last)\smonth\b"),
        ("rel_month_day", rf"\b(?P<rel>next|this|last)\smonth,?\s(?:on\s)?the\s{_DAY}"),
        ("on_weekday_after", rf"\b(?:a\sweek\s(?:on|from|after)\s(?:next\s)?(?P<weekday>{_WEEKDAY})|(?P<weekday2>{_WEEKDAY})\s(?:week|in\s{_N}\sweeks))\b"),
        ("offset", rf"\b(?:in|within)\s{_N}\s{_UNIT}(?:\stime)?\b(?!\s(?:advance|a row))"),
        ("from_now", rf"\b{_N}\s{_UNIT}\s(?:from\s(?P<base>now|today|tomorrow)|hence|later)\b"),
        ("ago", rf"\b{_N}\s{_UNIT}\s(?:ago|back)\b"),
        ("week_on", r"\b(?:a\s)?(?P<rel>week|fortnight)\s(?:today|tomorrow)\b"),
        ("weekday_week", rf"\b(?:(?:the\s)?(?P<weekday>{_WEEKDAY})|(?P<weekend>weekend))\s(?:of\s)?(?P<rel>next|this|last)\sweek\b|\b(?P<rel2>next|this|last)\sweek(?:'s)?\s(?:on\s)?(?P<weekday2>{_WEEKDAY})"),
        ("weekday", rf"\b(?:(?P<rel>next|this|coming|this\scoming|last|past|this\spast|upcoming)\s)?(?:(?P<weekday>{_WEEKDAY})|(?:(?<=next )|(?<=this )|(?<=coming )|(?<=last )|(?<=past )|(?<=on the )|(?<=at the ))(?P<weekend>weekend))\b(?!s)(?!\safter\snext)(?!,?\s(?:on\s)?(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}\s(?:of\s)?{_MONTH}|{_MONTH}\s(?:the\s)?\d))"),
        ("today", r"\b(?P<word>the\sday\safter\stomorrow|day\safter\stomorrow|the\sday\sbefore\syesterday|day\sbefore\syesterday|today|tonight|tomorrow|tmrw|yesterday|last\snight)\b"),
        ("holiday", rf"\b(?P<name>{_HOLIDAY})(?:\s(?P<period>holidays?|weekend|break))?{_YEAR}(?!\s(?:lights?|trees?|cards?|cake|market(?!\son))\b)"),
        ("the_day", rf"\b(?:(?:on|until|till|by|from|to|for)\s)?the\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b(?!\s?(?:and|to|-|–|until|till|&|,)\s?(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH})(?!\s(?:floor|time|edition|festival|annual|anniversary|district|gate|year|grade|street|century|place|of|one|article))"),
        ("vague_month", rf"\b(?:(?:in|of|by|during|until|early|late|mid|around|this|next|end of|beginning of|start of|middle of)[\s-])+(?P<month>{_MONTH})(?!\s?\d{{1,2}}\b){_YEAR}"),
        ("vague_name", r"\b(?:january|february|april|june|july|august|september|october|november|december)\b(?!\s?\d)|^\W*(?:may|march)\W*$"),
        ("vague", r"\b(?:(?:next|this|later\sthis)\s(?:month|week|spring|summer|autumn|fall|winter)|next\syear|(?:in|this)\s(?:spring|summer|autumn|winter))\b(?!\s(?:on\sthe|meeting))"),
    )
)  # fmt: skip
_LEAD_WEEKDAY = re.compile(rf"\b(?P<name>{_WEEKDAY}|{_SHORT_DAY}),?\s(?:the\s|on\s)?$", re.I)
_TRAIL_WEEKDAY = re.compile(rf",?\s?\(?(?P<name>{_WEEKDAY}|{_SHORT_DAY})\b\)?", re.I)
CONNECTOR = re.compile(r"\s?(?:,?\s?(?:-|–|—|~|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\band\b|&))\s?(?:the\s|on\s|including\s)?", re.I)
LENGTH = re.compile(rf",?\s(?:for|over|lasting|\()\s?{_N}[\s-](?P<what>days?|nights?)|\s\((?P<n2>\d)\sdays\)", re.I)
_WORD_DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1, "last night": -1, "day after tomorrow": 2, "day before yesterday": -2}
_MONTHS_AWAY = {"next": 1, "this": 0, "last": -1, "the": 0}


def length(found: re.Match[str]) -> int:
    """How many days a duration has: "for three days"."""
    return _count(found["n"] or found["n2"])


def named(text: str, today: dt.date, past: bool) -> Iterator[Named]:
    """The days and periods named in a text, in order."""
    at = 0
    while at < len(text):
        best: tuple[str, re.Match[str]] | None = None
        for name, pattern in _RULES:
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
    lead, trail = _LEAD_WEEKDAY.search(text[: reading.at]), _TRAIL_WEEKDAY.match(text, reading.to)
    written = lead or trail
    if not written or reading.start is None:
        return reading
    mark = reading.mark if _day_index(written["name"]) == reading.start.weekday() else WEEKDAY_CLASH
    if reading.candidates:
        return reading
    start = lead.start() if lead else reading.at
    return Named(start, trail.end() if trail and not lead else reading.to, reading.start, reading.end, (), mark, reading.parts)


def _day_index(name: str) -> int:
    return _WEEKDAYS.index(name[:3].lower())


def _month_index(name: str) -> int:
    return _MONTH_NAMES.index(name[:3].lower()) + 1


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _year(match: re.Match[str], today: dt.date) -> int | None:
    if match["year"]:
        return int(match["year"])
    return today.year + _MONTHS_AWAY[match["rel_year"].lower()] if match["rel_year"] else None


def _day_of(match: re.Match[str]) -> int:
    return int(match["day"]) if match["day"] else _ORDINALS[match["word_day"].lower()]


def _iso(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return dated(match, int(match["year"]), int(match["month"]), int(match["day"]), today, past)


def _day_month(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    if match["month"].lower() == "mar" and match["day"] is None:
        return None
    year = int(match["dash_year"]) if match.groupdict().get("dash_year") else _year(match, today)
    return dated(match, year, _month_index(match["month"]), _day_of(match), today, past)


def _days_month(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    year, month = _year(match, today), _month_index(match["month"])
    first, last = int(match["day"]), int(match["day2"])
    joined = re.search(r"and|&|,", match["sep"], re.I)
    if joined and last <= first:
        return dated(match, year, month, last if "day2" in match.groupdict() else first, today, past)
    if not (possible_in(year, month, first) and possible_in(year, month, last)) or last < first:
        return Named(match.start(), match.end(), mark=IMPOSSIBLE, parts=(year, month, first))
    start = dated(match, year, month, first, today, past).start
    return Named(match.start(), match.end(), start, cal.make(start.year, month, last) if start else None, parts=(year, month, first))


def _month_days(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    if re.search(r"and|&", match["sep"], re.I) and not match["suffix2"] and int(match["day2"]) != int(match["day"]) + 1:
        return dated(match, _year(match, today), _month_index(match["month"]), int(match["day"]), today, past)
    return _days_month(match, today, past)


def _slash(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    """Day and month by a stroke or dot: clear only when one of them is above 12 or both are the same."""
    a, b = int(match["a"]), int(match["b"])
    if match["sep"] == "." and not match["year"] and not re.match(r"\s?[~–-]\s?\d{1,2}\.\d", match.string[match.end() :]) and not re.search(
        r"\d\.\d{1,2}\s?[~–-]\s?$", match.string[: match.start()]
    ):  # fmt: skip
        return None
    year = None if not match["year"] else int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    readings = [(month, day) for month, day in dict.fromkeys(((b, a), (a, b))) if possible_in(year, month, day)]
    if not readings:
        fits = 1 <= min(a, b) <= 12 and max(a, b) <= 31
        return Named(match.start(), match.end(), mark=IMPOSSIBLE) if fits else None
    days = sorted(day for m, d in readings if (day := dated(match, year, m, d, today, past).start))
    if len(days) == 1:
        return Named(match.start(), match.end(), days[0], parts=(year, *readings[0]))
    return Named(match.start(), match.end(), candidates=tuple(days), parts=(year, None, a))


def _day_rel_month(match: re.Match[str], today: dt.date, past: bool) -> Named:
    year, month = cal.shifted(today, _MONTHS_AWAY[match["rel"].lower()])
    return dated(match, year, month, _day_of(match), today, past)


def _the_day(match: re.Match[str], today: dt.date, past: bool) -> Named:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return Named(match.start(), match.end(), mark=IMPOSSIBLE)
    return Named(match.start(), match.end(), cal.such_day_of_month(day, today, past), parts=(None, None, day))


def _nth(match: re.Match[str], today: dt.date, past: bool) -> Named:
    weekday = 5 if match["weekend"] else _day_index(match["weekday"])
    nth, said = _NTH[match["nth"].lower()], _year(match, today)
    if match["rel"]:
        year, month = cal.shifted(today, _MONTHS_AWAY[match["rel"].lower()])
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
    weeks = _MONTHS_AWAY[(match["rel"] or match["rel2"]).lower()]
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
    return Named(match.start(), match.end(), today + dt.timedelta(days=_WORD_DAYS[word]))


def _holiday(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    period = (match["period"] or "").lower().startswith(("holi", "break"))
    span = feast(_HOLIDAYS[match["name"].lower()], _year(match, today), today, past, whole=period)
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
