"""Days named in messages: a table of phrasings in both languages, unclear and impossible days, words that are none."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.dates import IMPOSSIBLE, DateReading, read_date

SAMPLES = Path(__file__).parent / "samples"
TODAY = dt.date(2026, 4, 1)
TABLE = [json.loads(line) for line in (SAMPLES / "dates.jsonl").read_text("utf-8").splitlines()]
DAYS = st.dates(dt.date(2026, 4, 1), dt.date(2027, 3, 31))


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_a_phrasing_is_read(row):
    found = read_date(row["text"], row["language"], TODAY, past=row.get("past", False))
    if row.get("none"):
        assert found is None
        return
    assert found is not None
    candidates = tuple(dt.date.fromisoformat(each) for each in row["candidates"])
    told = DateReading(found.start, found.end, found.candidates, "", found.mark)
    assert told == DateReading(day(row["start"]), day(row["end"]), candidates, "", row["mark"])


def test_an_impossible_day_is_marked_and_has_no_start():
    found = read_date("2월 30일", "ko", TODAY)
    assert found is not None
    assert (found.start, found.mark, found.impossible) == (None, IMPOSSIBLE, True)


@given(DAYS)
def test_a_written_day_is_itself_in_every_spelling(date):
    month = date.strftime("%B")
    spellings = {
        "ko": (
            f"{date.month}월 {date.day}일",
            date.isoformat(),
            f"{date.year}년 {date.month}월 {date.day}일",
            f"{date.month}/{date.day}",
        ),
        "en": (f"{month} {date.day}", f"{date.day} {month}", f"{month} {date.day}, {date.year}", date.isoformat()),
    }
    for language, texts in spellings.items():
        for text in texts:
            found = read_date(text, language, TODAY)
            assert found is not None, text
            assert (found.start, found.end, found.candidates) == (date, None, ()), text


@given(DAYS)
def test_past_days_lie_before_and_future_days_from_today(date):
    for language, text in (("ko", f"{date.month}월 {date.day}일"), ("en", date.strftime("%B ") + str(date.day))):
        ahead, behind = read_date(text, language, TODAY), read_date(text, language, TODAY, past=True)
        assert ahead is not None
        assert behind is not None
        assert ahead.start is not None
        assert behind.start is not None
        assert behind.start <= TODAY <= ahead.start


@given(st.integers(1, 12), st.integers(1, 12))
def test_day_and_month_by_a_stroke_are_never_guessed_in_english(a, b):
    found = read_date(f"{a}/{b}", "en", TODAY)
    assert found is not None
    assert (found.start is None) == (a != b)
    assert len(found.candidates) == (0 if a == b else 2)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    for language in ("ko", "en"):
        read_date(text, language, TODAY)
