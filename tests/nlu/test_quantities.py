"""Numbers of people: a table of phrasings in both languages, and what is no number of people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.language import LANGUAGES
from nlu.quantities import counts, plain, read_number

SAMPLES = Path(__file__).parent / "samples"
TABLE = [json.loads(line) for line in (SAMPLES / "quantities.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_a_phrasing_is_read(row):
    found = read_number(row["text"], row["language"])
    if row["low"] is None:
        assert found is None
    else:
        assert found is not None
        told = {name: getattr(found, name) for name in ("low", "high", "approximate", "bound")}
        assert told == {name: row[name] for name in told}


def test_both_languages_are_in_the_table():
    assert all(sum(row["language"] == language for row in TABLE) >= 60 for language in LANGUAGES)


@pytest.mark.parametrize(("text", "other"), [("1200명", "en"), ("1,200 people", "ko"), ("BBQ 300명", "en")])
def test_a_message_in_the_other_language_is_read_too(text, other):
    found = read_number(text, other)
    assert found is not None
    assert found.low in (1200, 300)


def test_counts_say_where_they_stand():
    text = "무대 2개, 관객 ７００명, 2 guards"
    found = counts(text, "ko")
    assert next(plain(text)[each.start : each.end] for each in found) == "700명"


@pytest.mark.parametrize("number", [1, 10, 99, 100, 999, 1000, 1001, 12345])
@pytest.mark.parametrize("form", ["{}명", "{:,}명", "{} people", "{:,} people"])
def test_every_written_number_is_itself(number, form):
    found = read_number(form.format(number), "ko" if "명" in form else "en")
    assert found is not None
    assert (found.low, found.high) == (number, None)


def test_korean_numerals_up_to_ten_thousand_are_themselves():
    digits = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")

    def spelled(number: int) -> str:
        said = ""
        for power, scale in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
            digit = number // power % 10
            said += ("" if digit == 1 and scale else digits[digit]) + scale if digit else ""
        return said

    wrong = [n for n in range(10, 10_000, 7) if (q := read_number(f"{spelled(n)} 명", "ko")) is None or q.low != n]
    assert wrong == []
