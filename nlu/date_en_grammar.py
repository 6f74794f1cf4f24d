"""How English names days: its words for months, weekdays, numbers and feasts, and a pattern for each way to say one."""

# ruff: noqa: E501  (a grammar reads better as one pattern a line)
from __future__ import annotations

import re

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SHORT_DAY = r"(?:mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?"
NUMBERS = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "another": 1}  # fmt: skip
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1}
ORDINALS = {w: i for i, w in enumerate(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"], 1)} | {"thirtieth": 30} | {f"twenty-{w}": 20 + i for i, w in enumerate(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], 1)} | {"thirty-first": 31}  # fmt: skip
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
HOLIDAYS = {
    "new year's eve": "new_year_eve", "new years eve": "new_year_eve", "new year's day": "new_year", "valentine's day": "valentine",
    "independence movement day": "march_first", "labour day": "labour", "labor day": "labour", "children's day": "children", "childrens day": "children",
    "parents' day": "parents", "teachers' day": "teachers", "memorial day": "memorial", "constitution day": "constitution", "liberation day": "liberation",
    "armed forces day": "armed_forces", "national foundation day": "foundation", "foundation day": "foundation", "hangul day": "hangul", "hangeul day": "hangul",
    "halloween": "halloween", "christmas eve": "christmas_eve", "christmas day": "christmas", "christmas": "christmas", "xmas": "christmas",
    "seollal": "seollal", "lunar new year": "seollal", "korean new year": "seollal", "chuseok": "chuseok", "korean thanksgiving": "chuseok",
    "buddha's birthday": "buddha", "buddhas birthday": "buddha", "vesak": "buddha", "daeboreum": "full_moon",
}  # fmt: skip
_HOLIDAY = "|".join(re.escape(n) for n in sorted(HOLIDAYS, key=len, reverse=True))
_YEAR = r"(?:,?\s(?:of\s|in\s)?(?:(?P<year>(?:19|20)\d\d)\b|(?P<rel_year>next|this|last)\syear))?"
_N = rf"(?P<n>\d{{1,3}}|a couple of|couple of|another|{'|'.join(sorted((w for w in NUMBERS if ' ' not in w), key=len, reverse=True))})"
_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|years?)(?:'s?|’s?)?"
_SUFFIX = r"(?:st|nd|rd|th)?"
_NOT_DAY = r"(?![\d:%]|,\d{3}|\.\d|\s?(?:k\b|people|persons|guests|visitors|folks|tents|booths|stages|percent|pm\b|am\b|thousand|hundred))"
_DAY = rf"(?:(?P<day>\d{{1,2}}){_SUFFIX}|(?P<word_day>{_ORDINAL}))"
_SEPARATOR = r"\s?(?:-|–|—|~|to|until|till|through|thru)\s?(?:the\s)?"
RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
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
LEAD_WEEKDAY = re.compile(rf"\b(?P<name>{_WEEKDAY}|{_SHORT_DAY}),?\s(?:the\s|on\s)?$", re.I)
TRAIL_WEEKDAY = re.compile(rf",?\s?\(?(?P<name>{_WEEKDAY}|{_SHORT_DAY})\b\)?", re.I)
CONNECTOR = re.compile(r"\s?(?:,?\s?(?:-|–|—|~|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b|\band\b|&))\s?(?:the\s|on\s|including\s)?", re.I)
LENGTH = re.compile(rf",?\s(?:for|over|lasting|\()\s?{_N}[\s-](?P<what>days?|nights?)|\s\((?P<n2>\d)\sdays\)", re.I)
WORD_DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1, "last night": -1, "day after tomorrow": 2, "day before yesterday": -2}
MONTHS_AWAY = {"next": 1, "this": 0, "last": -1, "the": 0}
