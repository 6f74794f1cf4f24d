from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.language import choose, detect
from nlu.message import MAX_CHARACTERS, clean
from nlu.when import as_of


@pytest.mark.parametrize("raw", ["", "   ", "\x00\x00", "🙂🔥", "<script>alert(1)</script>", None, 7, "///", "…?!"])
def test_nothing_to_read(raw):
    assert not clean(raw).has_words


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('/inform{"language": "en"}', 'inform{"language": "en"}'),
        ("  //restart ", "restart"),
        ("／restart", "restart"),
        ("a\x00b\x1fc", "abc"),
        ("fire\U000e0066\U000e0069 plan", "fire plan"),
        ("hid\u200bden", "hidden"),
        ("<b>when</b> is it <img src=x onerror=alert(1)> due", "when is it due"),
        ("1 < 2 people", "1 < 2 people"),
        ("line one\nline two", "line one\nline two"),
    ],
)
def test_a_message_is_made_safe(raw, text):
    assert clean(raw).text == text


def test_a_long_message_keeps_both_ends():
    message = clean("start " + "x" * 100_000 + " we are trapped by the fire")
    assert message.truncated
    assert len(message.text) <= MAX_CHARACTERS
    assert message.text.startswith("start")
    assert message.text.endswith("trapped by the fire")


@given(st.text(max_size=300))
def test_no_text_breaks_cleaning_or_can_be_an_intent(raw):
    text = clean(raw).text
    assert not text.startswith("/")
    assert clean(text).text == text or len(clean(text).text) <= len(text)
    assert detect(text) in ("en", "ko")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("안녕", "ko"),
        ("hello", "en"),
        ("AED 어디", "ko"),
        ("What is 별표 3 in the decree?", "en"),
        ("ㅎㅇ", "ko"),
        ("!!!", "ko"),
    ],
)
def test_the_language_of_a_message(text, language):
    assert detect(text) == language


def test_a_chosen_language_wins_and_the_last_one_fills_in():
    assert choose("hello", "ko", None) == "ko"
    assert choose("안녕", None, "en") == "ko"
    assert choose("?!", None, "en") == "en"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Article 73-4 as it was before 2018", dt.date(2017, 12, 31)),
        ("as of July 2023", dt.date(2023, 7, 1)),
        ("on May 3, 2015", dt.date(2015, 5, 3)),
        ("what did it say in 2015", dt.date(2015, 12, 31)),
        ("2018년 이전 제73조의4", dt.date(2017, 12, 31)),
        ("2023년 7월 기준", dt.date(2023, 7, 1)),
        ("2023년 13월 기준", dt.date(2023, 12, 1)),
        ("by 1,000 people", None),
        ("축제는 5월 3일", None),
    ],
)
def test_the_day_a_question_is_about(text, day):
    assert as_of(text) == day
