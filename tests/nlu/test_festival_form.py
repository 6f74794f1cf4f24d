"""The guided check, turn by turn, without a server."""

from __future__ import annotations

import datetime as dt

import pytest

from nlu import festival_form
from nlu.festival_form import QUESTIONS, UNKNOWN, facts_of, noted, opening, question, said, step
from nlu.texts import texts

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_button_answers_its_question(name, language):
    asked = question(name, language)
    assert asked.status == "clarify"
    for chip in texts(f"festival_form.chip.{name}", language):
        assert name in step(chip, language, TODAY, name, {}).facts, chip


def test_a_free_sentence_fills_what_it_tells():
    found = step("we're running a fireworks night on the river for 400 people on 3 May", "en", TODAY, None, {})
    assert found.facts == {
        "people": {"low": 400, "high": None},
        "venue": "water",
        "materials": ["firecrackers"],
        "dates": {"start": "2027-05-03", "end": None},
    }
    facts = facts_of(found.facts)
    assert (facts.people, facts.venue, facts.start) == (400, "water", dt.date(2027, 5, 3))


@pytest.mark.parametrize(
    ("message", "language", "requested", "facts", "note"),
    [
        ("아니 1200명이요", "ko", "plan", {"people": {"low": 1200, "high": None}}, ""),
        ("actually 1,200 people", "en", "host", {"people": {"low": 1200, "high": None}}, ""),
        ("모르겠어요", "ko", "people", {"people": UNKNOWN}, "unsure"),
        ("not sure", "en", "plan", {"plan": UNKNOWN}, "unsure"),
        ("아직 모르겠어요", "ko", "dates", {"dates": UNKNOWN}, "unsure"),
        ("아직 몰라요", "ko", "plan", {"plan": UNKNOWN}, "unsure"),
        ("아직이요", "ko", "plan", {"plan": "none"}, ""),
        ("not yet", "en", "plan", {"plan": "none"}, ""),
        ("3/5", "en", "dates", {}, "candidates"),
        ("2월 30일", "ko", "dates", {}, "impossible"),
        ("yes", "en", "materials", {}, "which_material"),
        ("5월 3일부터 5일까지", "ko", "dates", {"dates": {"start": "2027-05-03", "end": "2027-05-05"}}, ""),
        ("500~600명", "ko", "people", {"people": {"low": 500, "high": 600}}, ""),
        ("without any fire at all", "en", "materials", {"materials": []}, ""),
    ],
)
def test_answers_corrections_and_what_is_asked_back(message, language, requested, facts, note):
    found = step(message, language, TODAY, requested, {})
    assert dict(found.facts) == facts
    assert found.note == note
    if note in ("candidates", "impossible", "which_material"):
        assert found.ask == requested
        assert question(requested, language, note, found.values).text


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("who has to sign the plan?", "en"),
        ("asdf", "en"),
        ("누가 계획을 승인하나요?", "ko"),
        ("ㅁㄴㅇㄹ", "ko"),
        ("what happens if I do not file for 1,000 people or more?", "en"),
    ],
)
def test_what_is_no_answer_is_left_to_others(message, language):
    assert step(message, language, TODAY, "venue", {}).nothing


def test_back_takes_the_last_answer_away_and_stops_at_the_first_question():
    assert step("back", "en", TODAY, "host", {}) == festival_form.Step({"materials": None}, "", {}, "materials")
    first = step("이전", "ko", TODAY, "people", {})
    assert (first.ask, first.note) == ("people", "back_none")
    assert question("people", "ko", "back_none").text.startswith("첫 질문입니다.")


@pytest.mark.parametrize(
    ("word", "message", "language"),
    [("stop", "그만할래요", "ko"), ("stop", "cancel", "en"), ("stop", "stop it", "en"), ("back", "뒤로 가기", "ko")],
)
def test_words_that_steer(word, message, language):
    assert said(word, message, language)


@pytest.mark.parametrize("message", ["the road is stopped", "back to the river at 3", "취소된 행사예요"])
def test_words_that_do_not_steer(message):
    assert not said("stop", message, "en")
    assert not said("back", message, "en")


def test_the_opening_says_what_was_understood():
    facts = {"people": {"low": 1000, "high": 1200}, "materials": [], "host": UNKNOWN}
    told = noted(facts, "en")
    assert "1,000 to 1,200" in told
    assert "none of these" in told
    assert "host" not in told
    first = opening("venue", "en", {"begin": True, "noted": told})
    assert first.text.startswith("I check with you")
    assert told in first.text
    assert first.text.startswith(first.lead)
    assert first.text.endswith(question("venue", "en").text)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_button_and_no_word_that_steers_is_an_emergency(name, language):
    from nlu import emergency

    words = {
        "en": ["back", "stop", "cancel", "I don't know yet"],
        "ko": ["이전", "그만", "그만할래요", "취소", "아직 모르겠어요"],
    }
    for message in [*texts(f"festival_form.chip.{name}", language), *words[language]]:
        assert emergency.detect(message) is None, message


@pytest.mark.parametrize(
    ("message", "language", "name", "value"),
    [
        ("지방자치단체", "ko", "host", "local_government"),
        ("직접이요", "ko", "host", "private"),
        ("시작 전", "ko", "plan", "none"),
        ("제출함", "ko", "plan", "submitted"),
        ("배", "ko", "venue", "water"),
        ("the surface of water", "en", "venue", "water"),
        ("the local government", "en", "host", "local_government"),
        ("already handed in", "en", "plan", "submitted"),
        ("handed in and now changing", "en", "plan", "changing"),
    ],
)
def test_the_words_of_the_question_answer_it(message, language, name, value):
    assert step(message, language, TODAY, name, {}).facts[name] == value


def test_a_place_named_in_passing_moves_nothing():
    assert step("the school", "en", TODAY, "host", {"venue": "water"}).facts == {"host": "private"}
    assert step("actually in the park", "en", TODAY, "host", {"venue": "water"}).facts == {"venue": "other"}
    assert step("in the school hall", "en", TODAY, "venue", {}).facts["venue"] == "other"


@pytest.mark.parametrize(
    ("message", "language", "slip"),
    [
        ("asdf", "en", True),
        ("ㅁㄴㅇㄹ", "ko", True),
        ("is that so?", "en", False),
        ("누가 하나요", "ko", False),
        ("x" * 50, "en", False),
    ],
)
def test_what_may_be_a_slip(message, language, slip):
    assert festival_form.may_be_slip(message, language) is slip
