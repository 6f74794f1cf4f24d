"""Yes, no and not sure: a table of short answers in both languages, and messages that are none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.answers import UNSURE, read_yes_no

SAMPLES = Path(__file__).parent / "samples"
TABLE = [json.loads(line) for line in (SAMPLES / "answers.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_an_answer_is_read(row):
    expected = UNSURE if row["value"] == "unsure" else row["value"]
    assert read_yes_no(row["text"], row["language"]) is expected


def test_not_sure_never_passes_for_yes():
    assert not UNSURE
    assert UNSURE is not False


@pytest.mark.parametrize(("text", "language"), [("네", "en"), ("yes", "ko"), ("아니요", "en"), ("nope", "ko")])
def test_the_other_languages_answer_counts_too(text, language):
    assert read_yes_no(text, language) is (text in ("네", "yes"))


def test_what_takes_an_answer_back_holds():
    assert read_yes_no("no, wait, yes", "en") is True
    assert read_yes_no("네, 없어요", "ko") is False
