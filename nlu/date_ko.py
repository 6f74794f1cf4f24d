"""Days named in Korean: "다음 달 셋째 토요일", "5월 3일부터 사흘간", "추석 연휴", "2주 뒤"."""

# ruff: noqa: E501  (a grammar reads better as one pattern a line)
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from nlu import date_calendar as cal
from nlu.date_calendar import IMPOSSIBLE, VAGUE, WEEKDAY_CLASH, Named

_WEEKDAYS = "월화수목금토일"
_WEEKDAY = r"(?P<weekday>[월화수목금토일])요일|(?P<short>[월화수목금토일])욜|(?P<weekend>주말)"
_NATIVE_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "일주일": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15}
_COUNT = {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
          "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9, "십": 10}  # fmt: skip
_NTH = {"첫": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "마지막": -1, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_YEARS = {"올해": 0, "금년": 0, "올": 0, "내년": 1, "명년": 1, "내후년": 2, "작년": -1, "지난해": -1, "재작년": -2}
_MONTHS = {"이번": 0, "이": 0, "다음": 1, "담": 1, "내": 1, "다다음": 2, "지난": -1, "저번": -1, "지지난": -2, "저저번": -2}
_WEEKS = {"이번": 0, "금": 0, "다음": 1, "담": 1, "차": 1, "다다음": 2, "다담": 2, "지난": -1, "저번": -1, "지지난": -2, "저저번": -2}
_DAYS = {"오늘": 0, "금일": 0, "내일": 1, "낼": 1, "명일": 1, "모레": 2, "내일모레": 2, "글피": 3, "어제": -1, "어저께": -1, "그저께": -2, "그제": -2, "엊그제": -2,
         "그끄저께": -3}  # fmt: skip
_HOLIDAYS = {
    "신정": "new_year", "새해 첫날": "new_year", "새해첫날": "new_year", "밸런타인데이": "valentine", "삼일절": "march_first", "3.1절": "march_first", "3·1절": "march_first",
    "근로자의 날": "labour", "근로자의날": "labour", "노동절": "labour", "어린이날": "children", "어버이날": "parents", "스승의 날": "teachers", "스승의날": "teachers",
    "현충일": "memorial", "제헌절": "constitution", "광복절": "liberation", "국군의 날": "armed_forces", "국군의날": "armed_forces", "개천절": "foundation", "한글날": "hangul",
    "핼러윈": "halloween", "할로윈": "halloween", "크리스마스이브": "christmas_eve", "크리스마스 이브": "christmas_eve", "성탄 전야": "christmas_eve",
    "크리스마스": "christmas", "성탄절": "christmas", "제야": "new_year_eve", "섣달그믐": "new_year_eve",
    "설날": "seollal", "구정": "seollal", "설": "seollal", "추석": "chuseok", "한가위": "chuseok",
    "부처님오신날": "buddha", "부처님 오신 날": "buddha", "부처님 오신날": "buddha", "석가탄신일": "buddha", "석탄일": "buddha", "초파일": "buddha",
    "정월대보름": "full_moon", "정월 대보름": "full_moon", "대보름": "full_moon",
}  # fmt: skip
_SINO_MONTH = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "유": 6, "육": 6, "칠": 7, "팔": 8, "구": 9, "시": 10, "십": 10, "십일": 11, "십이": 12}
_YEAR = rf"(?:(?P<year>(?:19|20)\d\d|'?\d\d)\s?년\s?|(?P<rel_year>{'|'.join(_YEARS)})\s?)"
_NTH_WORD = r"(?P<nth>첫|둘|두|셋|세|넷|네|다섯|마지막|[1-5])\s?(?:째|번째)?"
_NUMBER = rf"(?P<n>\d{{1,3}}|{'|'.join(_COUNT)})"
_OFFSET_UNIT = r"(?P<unit>일|주일|주|달|개월|년)"
_BACK, _FORTH = r"전(?!까지|날|국|통|체|시|기|화)", r"뒤|후|있다가|이따|지나서"
_NO_TIME = r"(?!\s?(?:동안|간|이내|째|만에|내(?!\w)|씩|권|반|전|뒤|후|치|\s?연속|짜리|에\s?한\s?번))"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("compact", r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d|\s?명)"),
        ("short_year", r"(?<![\d.])'?(?P<year>\d\d)\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?!\d)\.?"),
        ("full", r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:[-./]|년)\s?(?P<month>\d{1,2})\s?(?:[-./]|월)\s?(?P<day>\d{1,2})(?!\d)\s?일?\.?"),
        ("nth", rf"{_YEAR}?(?:(?P<month>\d{{1,2}})월|(?P<rel>다다음|다음|이번|지난|저번|담|이|내)\s?달)\s?(?:의\s?)?{_NTH_WORD}\s?(?:주|주차)?\s?(?:의\s?)?(?:{_WEEKDAY})"),
        ("month_day", rf"{_YEAR}?(?<!\d)(?P<month>\d{{1,2}})\s?월\s?(?P<day>\d{{1,2}})\s?일"),
        ("month_days", rf"{_YEAR}?(?<!\d)(?P<month>\d{{1,2}})\s?월\s?(?P<day>\d{{1,2}})(?=\s?[~,\-–·]\s?(?:\d{{1,2}}\s?월\s?)?\d{{1,2}}\s?일)"),
        ("sino", rf"{_YEAR}?(?<![가-힣])(?P<smonth>십일|십이|일|이|삼|사|오|유|육|칠|팔|구|시|십)월\s?(?P<sday>(?:[이삼]?십)?[일이삼사오육칠팔구]?)일(?!\s?요일)"),
        ("rel_month_day", r"(?P<rel>다다음|다음|이번|지난|저번|담|이|내)\s?달\s?(?P<day>\d{1,2})\s?일"),
        ("week", rf"(?P<rel>다다음|다음|이번|지지난|저저번|지난|저번|다담|담|금|차)\s?주\s?(?:의\s?)?(?:{_WEEKDAY})"),
        ("weekend_rel", rf"(?P<rel>다다음|다음|이번|지지난|지난|저번|돌아오는|오는|담|요번)\s?(?:번\s?)?(?:{_WEEKDAY})"),
        ("native_offset", rf"(?<![가-힣])(?P<days>{'|'.join(sorted(_NATIVE_DAYS, key=len, reverse=True))})\s?(?P<way>{_BACK}|{_FORTH})"),
        ("offset", rf"(?<![가-힣\d]){_NUMBER}\s?{_OFFSET_UNIT}\s?(?P<way>{_BACK}|{_FORTH})"),
        ("today", rf"(?<![가-힣])(?P<word>{'|'.join(sorted(_DAYS, key=len, reverse=True))})(?![가-힣]*기)"),
        ("holiday", rf"{_YEAR}?(?<![가-힣])(?P<name>{'|'.join(re.escape(n) for n in sorted(_HOLIDAYS, key=len, reverse=True))})(?!치|문|계|비|명|정|득|\s?(?:전|다음|지난)\s?주)\s?(?P<period>연휴|명절)?\s?(?P<side>전날|다음\s?날|이브)?"),
        ("slash", r"(?<![\d.,/])(?P<month>\d{1,2})\s?[./]\s?(?P<day>\d{1,2})(?![\d,/]|\.\d|\s?[천만백%kKm]|\s?(?:미터|배|킬로|리터|평|시간))"),
        ("day", rf"(?<![\d.,/제])(?P<day>\d{{1,2}})\s?일{_NO_TIME}(?=에|부터|까지|이|날|입니다|은|로|,|\.|\)|\(|$|\s|~|-)"),
        ("range_day", r"(?<![\d.,/])(?P<day>\d{1,2})(?=\s?~\s?\d{1,2}\s?일)"),
        ("weekday", rf"(?<![가-힣])(?<!전 주 )(?<!전주 )(?:{_WEEKDAY})(?!,?\s?\d{{1,2}}\s?[월/])"),
        ("vague_month", rf"{_YEAR}?(?:(?<!\d)(?P<month>\d{{1,2}})월(?!\s?\d)|(?P<rel>다다음|다음|이번|담|이|내)\s?달(?!\s?\d))\s?(?:초|중순|말|하순|상순)?"),
        ("vague", r"(?P<when>(?:다음|이번|다다음|담|금)\s?주(?!말|민)(?:\s?중)?|내년|올\s?(?:봄|여름|가을|겨울)|(?<![가-힣])(?:봄|여름|가을|겨울)(?=에|쯤|\s?축제\s?때)|(?<![가-힣])(?:삼|사|오|유|칠|팔|구|시|십일|십이)월(?=에|쯤|\s?중|$))"),
    )
)  # fmt: skip
_WRITTEN_WEEKDAY = re.compile(r"\s?(?:\(\s?(?P<a>[월화수목금토일])(?:요일)?\s?\)|(?P<b>[월화수목금토일])요일)")
CONNECTOR = re.compile(r"\s?(?:\([월화수목금토일]\))?\s?(?:부터|에서|~|-|–|—|와|과|,|·|및|하고|이랑|랑|(?<=\s))\s?")
LENGTH = re.compile(rf"\s?(?:\([월화수목금토일]\))?\s?(?:부터|에서|에|,)?\s?(?:(?P<n>\d{{1,2}})\s?(?:일(?:간|\s?동안|\s?내내)|박\s?(?P<nights>\d{{1,2}})일)|(?P<days>{'|'.join(_NATIVE_DAYS)})\s?(?:간|동안|에\s?걸쳐|이[고에요]|입니다|$|\s|,|연속|내내))")


def length(found: re.Match[str]) -> int:
    """How many days a duration has: "3일간", "사흘", "2박 3일"."""
    return _NATIVE_DAYS[found["days"]] if found["days"] else int(found["nights"] or found["n"])


def named(text: str, today: dt.date, past: bool) -> Iterator[Named]:
    """The days and periods named in a text, in order; the longest rule at a place holds."""
    at = 0
    while at < len(text):
        found = _first(text, at)
        if found is None:
            return
        name, match = found
        reading = _HANDLERS[name](match, today, past)
        at = match.end() if match.end() > at else at + 1
        if reading is not None:
            reading = _weekday_checked(reading, text) if reading.parts[2] else reading
            at = max(at, reading.to)
            yield reading


def _first(text: str, at: int) -> tuple[str, re.Match[str]] | None:
    best: tuple[str, re.Match[str]] | None = None
    for name, pattern in _RULES:
        match = pattern.search(text, at)
        if match and match[0] and (best is None or match.start() < best[1].start()):
            best = name, match
    return best


def _weekday_checked(reading: Named, text: str) -> Named:
    written = _WRITTEN_WEEKDAY.match(text, reading.to)
    if not written or reading.start is None:
        return reading
    said = _WEEKDAYS.index(written["a"] or written["b"])
    whole = reading.parts[1] is not None  # "10일 일요일" in a period has the month of its first day
    mark = WEEKDAY_CLASH if whole and said != reading.start.weekday() else reading.mark
    return Named(reading.at, written.end(), reading.start, reading.end, reading.candidates, mark, reading.parts)


def _year(match: re.Match[str], today: dt.date) -> int | None:
    if match["year"]:
        digits = match["year"].lstrip("'")
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    return today.year + _YEARS[match["rel_year"]] if match["rel_year"] else None


def _full(match: re.Match[str], today: dt.date, past: bool) -> Named:
    year = int(match["year"])
    return cal.dated(match, year if year > 99 else 2000 + year, int(match["month"]), int(match["day"]), today, past)


def _month_day(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return cal.dated(match, _year(match, today), int(match["month"]), int(match["day"]), today, past)


def _sino(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    tens, _, ones = match["sday"].rpartition("십")
    if not match["sday"]:
        return None
    has_ten = "십" in match["sday"]
    day = ({"": 1, "이": 2, "삼": 3}[tens] * 10 if has_ten else 0) + (_COUNT[ones] if ones else 0)
    return cal.dated(match, _year(match, today), _SINO_MONTH[match["smonth"]], day, today, past)


def _slash(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return cal.dated(match, None, month, day, today, past)


def _rel_month_day(match: re.Match[str], today: dt.date, past: bool) -> Named:
    year, month = cal.shifted(today, _MONTHS[match["rel"]])
    return cal.dated(match, year, month, int(match["day"]), today, past)


def _day(match: re.Match[str], today: dt.date, past: bool) -> Named:
    day = int(match["day"])
    parts = (None, None, day)
    if not 1 <= day <= 31:
        return Named(match.start(), match.end(), mark=IMPOSSIBLE, parts=parts)
    return Named(match.start(), match.end(), cal.such_day_of_month(day, today, past), parts=parts)


def _nth(match: re.Match[str], today: dt.date, past: bool) -> Named:
    if match["rel"]:
        year, month = cal.shifted(today, _MONTHS[match["rel"]])
    else:
        month = int(match["month"])
        year = _year(match, today) or cal.year_for(month, today, past)
    if not 1 <= month <= 12:
        return Named(match.start(), match.end(), mark=IMPOSSIBLE)
    day = cal.nth_weekday(year, month, _weekday(match), _NTH[match["nth"]])
    if day and not past and not match["rel"] and not _year(match, today) and day < today:
        day = cal.nth_weekday(year + 1, month, _weekday(match), _NTH[match["nth"]])
    if day is None:
        return Named(match.start(), match.end(), mark=IMPOSSIBLE)
    return _weekend(match, day)


def _weekday(match: re.Match[str]) -> int:
    return 5 if match["weekend"] else _WEEKDAYS.index(match["weekday"] or match["short"])


def _weekend(match: re.Match[str], day: dt.date) -> Named:
    end = day + dt.timedelta(days=1) if match["weekend"] else None
    return Named(match.start(), match.end(), day, end)


def _week(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return _weekend(match, cal.week_day(today, _weekday(match), _WEEKS[match["rel"]]))


def _rel_weekday(match: re.Match[str], today: dt.date, past: bool) -> Named:
    rel, weekday = match["rel"], _weekday(match)
    if rel in ("돌아오는", "오는", "요번"):
        return _weekend(match, cal.coming(today, weekday, False))
    return _weekend(match, cal.week_day(today, weekday, _WEEKS[rel]))


def _bare_weekday(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return _weekend(match, cal.coming(today, _weekday(match), past))


def _native_offset(match: re.Match[str], today: dt.date, past: bool) -> Named:
    days = _NATIVE_DAYS[match["days"]] * (-1 if match["way"] == "전" else 1)
    return Named(match.start(), match.end(), today + dt.timedelta(days=days))


def _offset(match: re.Match[str], today: dt.date, past: bool) -> Named:
    count = int(match["n"]) if match["n"].isdigit() else _COUNT[match["n"]]
    count = -count if match["way"] == "전" else count
    unit = match["unit"]
    if unit in ("달", "개월", "년"):
        return Named(match.start(), match.end(), cal.months_after(today, count * (12 if unit == "년" else 1)))
    return Named(match.start(), match.end(), today + dt.timedelta(days=count * (7 if unit.startswith("주") else 1)))


def _today(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return Named(match.start(), match.end(), today + dt.timedelta(days=_DAYS[match["word"]]))


def _holiday(match: re.Match[str], today: dt.date, past: bool) -> Named | None:
    side = {None: 0, "전날": -1, "이브": -1}.get(match["side"], 1)
    span = cal.feast(_HOLIDAYS[match["name"]], _year(match, today), today, past, whole=bool(match["period"]) and not side)
    if span is None:
        return None
    start, end = span[0] + dt.timedelta(days=side), span[1] if span[1] != span[0] else None
    return Named(match.start(), match.end(), start, end)


def _vague(match: re.Match[str], today: dt.date, past: bool) -> Named:
    return Named(match.start(), match.end(), mark=VAGUE)


_HANDLERS = {
    "full": _full, "compact": _full, "short_year": _full, "nth": _nth, "month_day": _month_day, "month_days": _month_day, "sino": _sino, "rel_month_day": _rel_month_day, "week": _week,
    "weekend_rel": _rel_weekday, "native_offset": _native_offset, "offset": _offset, "today": _today, "holiday": _holiday,
    "slash": _slash, "day": _day, "range_day": _day, "weekday": _bare_weekday, "vague_month": _vague, "vague": _vague,
}  # fmt: skip
