"""The guided check, turn by turn, without a server."""

from __future__ import annotations

import datetime as dt

import pytest

from nlu import festival_form
from nlu.festival_form import (
    QUESTIONS,
    UNKNOWN,
    asked_materials,
    counted,
    facts_of,
    noted,
    opening,
    question,
    said,
    step,
)
from nlu.texts import load, texts

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


# ---- buttons, wherever they are pressed


def chips() -> list[tuple[str, str, str]]:
    """(language, question, button) of the questions and of the result."""
    return [
        (language, name, chip)
        for language in ("en", "ko")
        for group in ("festival_form", "festival")
        for name, buttons in load(language)[group]["chip"].items()
        for chip in buttons
    ]


@pytest.mark.parametrize(("language", "name", "chip"), chips())
@pytest.mark.parametrize("requested", [None, *QUESTIONS])
def test_a_button_is_read_as_what_it_says_at_every_question(language, name, chip, requested):
    alone = step(chip, language, TODAY, name, {}).facts
    assert list(alone) == [name]
    assert step(chip, language, TODAY, requested, {}).facts.get(name) == alone[name]


@pytest.mark.parametrize(
    ("chip", "language", "value"),
    [
        ("시에서 열어요", "ko", "local_government"),
        ("우리가 직접 열어요", "ko", "private"),
        ("저희가 직접 주최해요", "ko", "private"),
        ("We host it ourselves", "en", "private"),
        ("The city hosts it", "en", "local_government"),
        ("Ansan Culture Foundation", "en", "private"),
        ("our residents' club hosts it", "en", "private"),
        ("the Choji merchants' association", "en", "private"),
        ("안산문화재단", "ko", "private"),
        ("학교장", "ko", "private"),
        ("교장 선생님이요", "ko", "private"),
        ("the city", "en", "local_government"),
        ("안산시청이요", "ko", "local_government"),
        ("Choji elementary school", "en", "private"),
    ],
)
def test_who_hosts(chip, language, value):
    assert step(chip, language, TODAY, "host", {}).facts == {"host": value}


# ---- days and numbers that cannot be


@pytest.mark.parametrize(
    ("message", "language", "requested", "facts", "note"),
    [
        ("the festival is on 1 January 2020 with 500 people", "en", "venue", ["people"], "past"),
        ("2020년 1월 1일에 500명 와요", "ko", "venue", ["people"], "past"),
        ("the festival is on 1 January 2020 with 500 people", "en", None, ["people"], "past"),
        ("2020년 1월 1일", "ko", "dates", [], "past"),
        ("1 January 2020", "en", "dates", [], "past"),
        ("yesterday", "en", "dates", [], "past"),
        ("30 February", "en", "venue", [], "impossible"),
        ("2월 30일이요", "ko", "host", [], "impossible"),
    ],
)
def test_a_day_that_cannot_be_is_asked_again(message, language, requested, facts, note):
    found = step(message, language, TODAY, requested, {})
    assert (list(found.facts), found.note, found.ask) == (facts, note, "dates")


def test_a_day_of_last_year_beside_this_one_is_no_day_of_the_festival():
    found = step("last year on 3 May 2025 we had 300 people, now 500 people on 4 May", "en", TODAY, "venue", {})
    assert found.facts["dates"]["start"] == "2027-05-04"
    assert found.note == ""


def test_a_festival_that_goes_on_today_has_not_passed():
    assert step("2026-11-20 to 2026-11-30", "en", TODAY, "dates", {}).facts["dates"]["end"] == "2026-11-30"


def test_a_corrected_day_is_the_next_one_of_its_name():
    kept = {"dates": {"start": "2027-05-03", "end": None}}
    assert step("make it 4 october", "en", TODAY, "plan", kept).facts["dates"]["start"] == "2027-10-04"
    assert step("10월 4일로 바꿔요", "ko", TODAY, "plan", kept).facts["dates"]["start"] == "2027-10-04"


@pytest.mark.parametrize("message", ["-5", "-5명", "0", "minus 5 people", "마이너스 5명"])
def test_no_number_of_people(message):
    found = step(message, "ko" if "명" in message else "en", TODAY, "people", {})
    assert (found.facts, found.note, found.ask) == ({}, "number", "people")


def test_a_range_has_no_minus():
    assert step("300-500 people", "en", TODAY, "people", {}).facts == {"people": {"low": 300, "high": 500}}


# ---- materials


@pytest.mark.parametrize(
    ("message", "language", "word", "left"),
    [
        ("no fireworks", "en", "no firecrackers", "fire, petroleum, inflammable gas"),
        ("폭죽은 안 써요", "ko", "폭죽 안 씀", "불, 석유류, 가연성 가스"),
    ],
)
def test_what_is_not_used_is_noted_and_the_rest_asked(message, language, word, left):
    found = step(message, language, TODAY, "materials", {})
    asked = question("materials", language, found.note, found.values).text
    assert found.facts == {}
    assert found.ask == "materials"
    assert word in asked
    assert left in asked


@pytest.mark.parametrize(
    ("message", "language", "kinds"),
    [
        ("바비큐도 불이에요?", "ko", ("fire",)),
        ("is a barbecue fire?", "en", ("fire",)),
        ("do we need a plan?", "en", ()),
        ("does a gas burner count?", "en", ("gas",)),
        ("with fireworks", "en", ()),
        ("불을 써요", "ko", ()),
    ],
)
def test_a_question_about_what_counts_is_no_answer(message, language, kinds):
    assert asked_materials(message, language) == kinds
    if kinds:
        assert step(message, language, TODAY, "materials", {}).nothing
        assert counted(kinds, language)


# ---- words that steer


@pytest.mark.parametrize(
    "message",
    [
        *("끝내줘", "아 그만", "그만하고 싶어요", "취소해 주세요", "점검 그만할래요", "여기까지만 할게요", "끝"),
        *("finish", "I want to stop", "ok stop", "can we stop here", "stop asking", "I'm done", "please end the check"),
    ],
)
def test_it_stops(message):
    assert said("stop", message, "en")


@pytest.mark.parametrize(
    "message",
    [
        *("끝나는 날은 5월 5일이에요", "취소된 행사예요", "그만한 크기의 광장", "마지막 날은 끝까지 해요"),
        *("it ends on 5 May", "the finish is at the lake", "we stopped using gas", "a festival at the bus stop"),
    ],
)
def test_it_does_not_stop(message):
    assert not said("stop", message, "en")


@pytest.mark.parametrize("message", ["처음부터", "처음부터 다시 할래요", "다시 시작해 주세요", "start over", "restart"])
def test_it_begins_anew(message):
    assert said("restart", message, "en")
    assert not said("stop", message, "en")
    assert not said("restart", "5월 3일에 시작해요", "ko")


@pytest.mark.parametrize("message", ["계속", "점검 계속하자", "계속해 주세요", "continue", "go on please"])
def test_it_goes_on(message):
    assert step(message, "en", TODAY, "host", {}) == festival_form.Step({}, "", {}, "host")


# ---- corrections


@pytest.mark.parametrize(
    ("message", "language", "facts"),
    [
        ("in the mountains", "en", {"venue": "mountain"}),
        ("no, on a lake", "en", {"venue": "water"}),
        ("아니 1000명이요", "ko", {"people": {"low": 1000, "high": None}}),
        ("make it 1000", "en", {"people": {"low": 1000, "high": None}}),
        ("but we changed it", "en", {"plan": "changing"}),
        ("그런데 바꿨어요", "ko", {"plan": "changing"}),
    ],
)
def test_a_short_statement_tells_a_fact_at_no_question(message, language, facts):
    assert step(message, language, TODAY, None, {"plan": "submitted"}).facts == facts
    if "plan" in facts:
        assert step(message, language, TODAY, None, {"plan": "draft"}).nothing


@pytest.mark.parametrize(
    ("message", "language"),
    [("none", "en"), ("none of the others", "en"), ("모두 안 써요", "ko"), ("나머지도 안 써요", "ko"), ("아뇨", "ko")],
)
def test_none_of_the_rest_is_an_answer(message, language):
    assert step(message, language, TODAY, "materials", {}).facts == {"materials": []}


def test_a_denial_at_another_question_takes_a_material_away():
    kept = {"materials": ["fire", "firecrackers"]}
    assert step("no fireworks", "en", TODAY, "host", kept).facts == {"materials": ["fire"]}
    assert step("폭죽은 안 써요", "ko", TODAY, None, kept).facts == {"materials": ["fire"]}
    assert step("no fireworks", "en", TODAY, "host", {}).nothing
