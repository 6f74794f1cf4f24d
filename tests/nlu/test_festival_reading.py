"""Facts of a festival from sentences and short answers, in both languages, and which messages want the check."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from nlu.answers import UNSURE, read_yes_no
from nlu.dates import VAGUE, DateReading, read_date
from nlu.festival import FestivalReading, read, read_facts
from nlu.festival_request import is_festival_request, told_facts
from nlu.festival_slots import read_slot, unclear_in
from nlu.language import LANGUAGES
from nlu.quantities import Quantity, read_number

SAMPLES = Path(__file__).parent / "samples"
NOTES = Path(__file__).parents[2] / "knowledge" / "laws"
TODAY = dt.date(2026, 4, 1)
FACTS = ("people", "people_high", "venue", "materials", "host", "place", "start", "end", "plan")
LEAST_SLOTS = 0.95
"""Share of facts read right on sentences; 0.90 is asked for."""


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text("utf-8").splitlines()]


SENTENCES, BLIND = rows("festival_sentences.jsonl"), rows("festival_blind.jsonl")
ANSWERS = rows("festival_answers.jsonl")


def said(reading: FestivalReading) -> dict[str, Any]:
    found = {}
    for name in FACTS:
        value = getattr(reading.facts, name)
        if isinstance(value, dt.date):
            value = value.isoformat()
        if value is not None and value != "":
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def slots(row: dict[str, Any]) -> tuple[int, int]:
    """Facts and marks read right, and all that are expected or read."""
    reading = read(row["text"], row["language"], TODAY)
    found, expected = said(reading), row["facts"]
    names = set(found) | set(expected)
    marks = set(reading.unclear) | set(row["unclear"])
    right = sum(found.get(name) == expected.get(name) for name in names)
    return right + sum((mark in reading.unclear) == (mark in row["unclear"]) for mark in marks), len(names) + len(marks)


@pytest.mark.parametrize("row", SENTENCES, ids=[row["text"] for row in SENTENCES])
def test_a_sentence_is_read(row):
    reading = read(row["text"], row["language"], TODAY)
    assert said(reading) == row["facts"]
    assert sorted(reading.unclear) == row["unclear"]


@pytest.mark.parametrize("name", ["festival_blind.jsonl", "festival_blind_b.jsonl"])
def test_sentences_written_before_the_reading_are_read(name):
    counted = [slots(row) for row in rows(name)]
    right, all_of_them = sum(r for r, _ in counted), sum(n for _, n in counted)
    assert right / all_of_them >= LEAST_SLOTS, (right, all_of_them)


def test_both_languages_are_measured():
    for language in LANGUAGES:
        assert sum(row["language"] == language for row in SENTENCES) >= 40
        assert sum(row["language"] == language for row in BLIND) >= 15


@pytest.mark.parametrize("row", rows("reading_blind.jsonl"), ids=lambda row: row["text"])
def test_phrasings_written_before_the_reading_are_read(row):
    text, language = row["text"], row["language"]
    if row["reads"] == "number":
        found = read_number(text, language)
        told = (found.low, found.high, found.approximate) if found else None
        assert told == ((row["low"], row["high"], row["approximate"]) if row["low"] is not None else None)
    elif row["reads"] == "answer":
        assert read_yes_no(text, language) is (UNSURE if row["value"] == "unsure" else row["value"])
    else:
        assert dated(read_date(text, language, TODAY, past=row.get("past", False))) == expected_date(row)


def dated(reading: DateReading | None) -> tuple[Any, ...] | None:
    if reading is None:
        return None
    start, end = (day.isoformat() if day else None for day in (reading.start, reading.end))
    return start, end, [day.isoformat() for day in reading.candidates], reading.mark


def expected_date(row: dict[str, Any]) -> tuple[Any, ...] | None:
    if not (row["start"] or row["candidates"] or row.get("mark")):
        return None
    return row["start"], row["end"], row["candidates"], row.get("mark")


@pytest.mark.parametrize("row", ANSWERS, ids=[f"{row['slot']}: {row['text']}" for row in ANSWERS])
def test_an_answer_to_a_question_is_read(row):
    arguments = (row["slot"], row["text"], row["language"], TODAY)
    if row.get("unclear"):
        assert unclear_in(*arguments) == row["unclear"]
        assert read_slot(*arguments) is None
        return
    found: Any = read_slot(*arguments)
    if row.get("unsure"):
        assert found is UNSURE
        return
    if isinstance(found, Quantity):
        found = [found.low, found.high]
    if isinstance(found, DateReading):
        found = [found.start.isoformat() if found.start else None, found.end.isoformat() if found.end else None]
    assert (list(found) if isinstance(found, tuple) else found) == row["value"]


def test_the_number_of_the_decree_is_kept_apart_from_more_than_it():
    assert read_facts("exactly 1,000 people at one time", "en", TODAY).people == 1000
    assert read_facts("more than 1,000 people at one time", "en", TODAY).people == 1001
    assert read_facts("천 명 미만이에요", "ko", TODAY).people == 999
    assert read_facts("more than 400 people", "en", TODAY).people == 400


def test_what_is_unclear_says_why():
    assert read("강에서 축제", "ko", TODAY).unclear == {"venue": "bank_or_surface"}
    assert read("festival in May", "en", TODAY).unclear == {"start": VAGUE}
    assert read("사흘 동안 총 6000명 와요", "ko", TODAY).unclear == {"people": "total"}


@pytest.mark.parametrize("row", rows("festival_requests.jsonl"), ids=lambda row: row["text"])
def test_a_request_is_told_from_a_question(row):
    assert is_festival_request(row["text"], row["language"], TODAY) is row["request"]


def test_questions_of_the_notes_are_no_requests_unless_they_tell_of_an_event():
    asked = [
        (question, language)
        for path in sorted(NOTES.glob("*/notes/*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        for language in LANGUAGES
        for question in json.loads(line).get(f"questions_{language}", [])
    ]
    caught = [(q, language) for q, language in asked if is_festival_request(q, language, TODAY)]
    assert len(asked) > 5_000
    assert len(caught) / len(asked) <= 0.002
    assert all(len(told_facts(question, language, TODAY)) >= 2 for question, language in caught)


def test_questions_of_the_evaluation_are_no_requests_unless_they_tell_of_an_event(eval_folder):
    lines = (eval_folder / "provisions.jsonl").read_text("utf-8").splitlines()
    asked = [(row["question"], row["lang"]) for row in map(json.loads, lines)]
    caught = [(q, language) for q, language in asked if is_festival_request(q, language, TODAY)]
    assert len(caught) / len(asked) <= 0.02
    assert all(len(told_facts(question, language, TODAY)) >= 2 for question, language in caught)


def test_a_very_long_text_is_read_in_time():
    assert read("우리 축제 5월 " * 3_000, "ko", TODAY).unclear == {"start": VAGUE}
    assert not is_festival_request("no fire or " * 3_000, "en", TODAY)
