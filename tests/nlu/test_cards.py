"""Action cards: what they say, what backs it, and which questions find them."""

from __future__ import annotations

import difflib
import functools
import json
import re
from pathlib import Path

import pytest

from knowledge.catalogue.model import SHELTERS
from knowledge.guides.read import GuideItem, read_guide
from knowledge.guides.store import Reference
from nlu import emergency_lexicon
from nlu.cards import cards, find_card, load
from nlu.language import LANGUAGES, detect

ROOT = Path(__file__).parents[2]
GUIDES = ROOT.parent / "shared" / "data" / "guides" / "official_api_responses"
EVAL = ROOT.parent / "shared" / "eval"
NUMBERS_TO_CALL = {"119", "112", "123"}
LONGEST = {"en": 90, "ko": 45}
QUESTIONS = Path(__file__).parent / "card_questions.jsonl"
PHRASINGS = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
IDS = list(cards("ko"))


def numbers(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", text))


@functools.cache
def official(file: str) -> tuple[GuideItem, ...]:
    return read_guide((GUIDES / f"{file}.json").read_bytes())


def squash(text: str) -> str:
    return re.sub(r"\W+", "", text)


def test_there_are_many_cards_and_both_languages_hold_the_same():
    assert list(cards("en")) == IDS
    assert len(IDS) >= 30
    for language in LANGUAGES:
        assert set(load(language)["lexicon"]["cards"]) == set(IDS), language
    assert set(load("en")) == set(load("ko"))


@pytest.mark.parametrize("name", IDS)
def test_a_card_is_short_and_says_the_same_in_both_languages(name):
    english, korean = cards("en")[name], cards("ko")[name]
    assert 4 <= len(english.lines) == len(korean.lines) <= 6
    assert len(korean.checked_against) == len(korean.lines)
    assert set(korean.kinds_of_shelter) <= set(SHELTERS)
    assert set(korean.calls) <= NUMBERS_TO_CALL
    for card, language in ((english, "en"), (korean, "ko")):
        assert card.title
        assert all(0 < len(line) <= LONGEST[language] for line in card.lines)
        assert set(card.calls) <= set(load(language)["labels"])
        assert set(card.kinds_of_shelter) <= set(load(language)["shelters"])
    for one, other in zip(english.lines, korean.lines, strict=True):
        assert numbers(one) == numbers(other), (one, other)
        assert re.search("[가-힣]", other)
        assert not re.search("[가-힣]", one)


@pytest.mark.parametrize("name", IDS)
def test_every_line_names_what_backs_it(name):
    for line, places in zip(cards("ko")[name].lines, cards("ko")[name].checked_against, strict=True):
        assert places, line
        for place in places:
            assert Reference.parse(place).category, place


@pytest.mark.parametrize("name", IDS)
def test_a_number_to_call_in_a_line_can_be_tapped(name):
    card = cards("en")[name]
    said = {number for line in card.lines for number in numbers(line)} & NUMBERS_TO_CALL
    assert said <= set(card.calls)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.skipif(not GUIDES.exists(), reason="the official guidelines (../shared/data/guides) are not here")
def test_the_official_guideline_has_these_rows_and_these_numbers(name):
    card = cards("ko")[name]
    for line, places in zip(card.lines, card.checked_against, strict=True):
        said = ""
        for place in places:
            reference = Reference.parse(place)
            found = reference.of(official(reference.file))
            assert found, place
            said += " ".join(item.text for item in found) + " "
        assert set(numbers(line)) - NUMBERS_TO_CALL <= set(numbers(said)), line


@pytest.mark.parametrize("name", IDS)
@pytest.mark.skipif(not GUIDES.exists(), reason="the official guidelines (../shared/data/guides) are not here")
def test_no_line_is_a_sentence_of_the_official_guideline(name):
    card = cards("ko")[name]
    for line, places in zip(card.lines, card.checked_against, strict=True):
        own = squash(line)
        for place in places:
            reference = Reference.parse(place)
            for item in reference.of(official(reference.file)):
                theirs = squash(item.text)
                assert len(own) <= 8 or own not in theirs, line
                assert difflib.SequenceMatcher(None, own, theirs).ratio() < 0.8, (line, item.text)


def test_cards_do_not_contradict_the_emergency_replies():
    """The facts both state: the rate of CPR, no lift in a fire, go up from water, no switch near gas."""
    replies = emergency_lexicon.load("en")["kinds"]
    said = {name: " ".join(card.lines) for name, card in cards("en").items()}
    assert "twice a second" in replies["cardiac"]["text"]
    assert "120 a minute" in said["cpr"]
    assert "never the lift" in replies["fire"]["text"]
    assert "never the lift" in said["fire_building"]
    assert "high ground" in replies["flood"]["text"]
    assert "high ground" in said["heavy_rain"]
    assert "no switch" in replies["gas"]["text"]
    assert "no switch" in said["gas_leak"]
    assert "against the wind, uphill" in replies["chemical"]["text"]
    assert "against the wind" in said["chemical_accident"]
    assert "Go up" in said["chemical_accident"]
    assert "Do not force the doors" in replies["lift"]["text"]
    assert "Do not force the doors" in said["lift_trapped"]


@pytest.mark.parametrize("row", PHRASINGS, ids=lambda row: row["text"])
def test_a_question_finds_its_card(row):
    found = find_card(row["text"], row["language"])
    assert (found.card if found else None) == row["card"]


def test_the_table_of_questions_is_large_and_in_both_languages():
    for language in LANGUAGES:
        assert sum(row["language"] == language and row["card"] is not None for row in PHRASINGS) >= 75
        assert sum(row["language"] == language and row["card"] is None for row in PHRASINGS) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_typed_is_its_card_in_either_language(language):
    for card in cards(language).values():
        for asked_in in LANGUAGES:
            found = find_card(card.title, asked_in)
            assert (found.card if found else None) == card.id, card.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_suggested_is_no_card(language):
    for place in load(language)["shelters"].values():
        assert find_card(place["ask"], language) is None


HOSTILE = ["", " ", "???", "\u0000", "a" * 5000, "지진" * 4000, "🔥🔥", "(((", "\\", "{x}", "earthquake " * 500]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_makes_it_fail(text):
    for language in (*LANGUAGES, "xx"):
        find_card(text, language)


def test_a_long_story_is_no_question():
    story = "Last time we talked about many things and then somebody asked about it again and again. " * 2
    assert find_card(story + "What should I do in an earthquake?", "en") is None


def test_how_a_match_was_made():
    asked, named = find_card("what should I do in an earthquake", "en"), find_card("폭염", "ko")
    assert asked is not None
    assert (asked.how, asked.score) == ("asked", 1.0)
    assert named is not None
    assert (named.card, named.how) == ("heat_wave", "named")
    assert named.score < 1


def test_questions_that_our_notes_answer_stay_with_the_decree():
    asked = caught = 0
    for file in sorted((ROOT / "knowledge" / "laws").glob("*/notes/*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            note = json.loads(line)
            for language in LANGUAGES:
                for question in note[f"questions_{language}"]:
                    asked += 1
                    caught += find_card(question, language) is not None
    assert asked > 5000
    assert caught <= asked / 1000


@pytest.mark.parametrize("name", ["provisions", "unanswerable"])
@pytest.mark.skipif(not EVAL.exists(), reason="the question sets (../shared/eval) are not here")
def test_no_question_of_the_sets_is_taken_from_the_decree(name):
    for line in (EVAL / f"{name}.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)["question"]
        assert find_card(question, detect(question)) is None, question
