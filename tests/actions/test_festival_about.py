"""A short question beside a festival check is answered from that check."""

from __future__ import annotations

import pytest

from actions.action_rule import ActionAnswerRule
from nlu.festival_about import festival_about
from nlu.texts import text
from tests.actions.test_form_actions import FESTIVAL, ask, run, tracker

KNOWN = {"people": {"low": 2000, "high": None}, "dates": {"start": "2099-05-04", "end": None}, "host": "private"}


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("When is the plan due?", "due"),
        ("what's the deadline", "due"),
        ("by what date?", "due"),
        ("how many weeks before?", "due"),
        ("who do I send it to?", "to"),
        ("Where do we hand it in?", "to"),
        ("what must it contain?", "parts"),
        ("which parts are needed?", "parts"),
        ("whose opinion do I need?", "opinions"),
        ("until when can I change it?", "change"),
        ("what does the plan need", "parts"),
        ("what goes into the plan", "parts"),
        ("who gets it", "to"),
        ("계획에 뭐가 들어가야 돼", "parts"),
        ("누구한테 내요", "to"),
        ("어디에 내면 돼", "to"),
        ("기한이 언제예요?", "due"),
        ("며칠까지 내야 돼요?", "due"),
        ("마감일 알려줘요", "due"),
        ("어디에 내요?", "to"),
        ("누구한테 제출해요?", "to"),
        ("뭘 적어야 해요?", "parts"),
        ("들어갈 내용이 뭐예요?", "parts"),
        ("누구 의견을 들어야 해요?", "opinions"),
        ("나중에 바꿀 수 있어요?", "change"),
    ],
)
def test_what_is_asked(words, matter):
    assert festival_about(words, "en" if words.isascii() else "ko") == matter


@pytest.mark.parametrize(
    "words",
    [
        "do I need insurance for it?",
        "when is the next safety drill?",
        "When must the city's implementation plan be ready and who approves it in the end?",
        "where is the nearest shelter?",
        "thanks",
        "보험도 들어야 하나요?",
        "대피 훈련은 언제 해요?",
        "국가안전관리기본계획은 누가 세워요?",
        "지진 대피소 어디예요?",
        "고마워요",
    ],
)
def test_another_subject_is_left_alone(words):
    assert festival_about(words, "en" if words.isascii() else "ko") is None


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [("en", "When is the plan due?", "13 April 2099"), ("ko", "기한이 언제예요?", "2099년 4월 13일")],
)
@pytest.mark.parametrize("place", ["in the form", "after the result"])
def test_the_day_of_this_festival_is_told(language, words, day, place):
    in_form = {"loop": FESTIVAL, "slots": ask("plan", **KNOWN)}
    after = {"slots": {**ask("plan", **KNOWN), "last_skill": "festival"}}
    _, (answer,), _ = run(ActionAnswerRule(), tracker(words, **(in_form if place == "in the form" else after)))
    assert day in answer["text"]
    assert [each["provision"] for each in answer["citations"]] == ["73-9/4"]


def test_what_is_open_is_said():
    _, (answer,), _ = run(ActionAnswerRule(), tracker("When is the plan due?", loop=FESTIVAL, slots=ask("people")))
    assert answer["lead"].startswith("Whether the rules apply")
    assert "three weeks before" in answer["text"]


def test_a_local_government_is_told_that_no_day_is_written_for_it():
    slots = ask("plan", **{**KNOWN, "host": "local_government"})
    _, (answer,), _ = run(ActionAnswerRule(), tracker("When is the plan due?", loop=FESTIVAL, slots=slots))
    assert "names no day" in answer["text"]


def test_beside_no_check_the_same_words_are_searched_for():
    _, (answer,), _ = run(ActionAnswerRule(), tracker("When is the plan due?"))
    assert "three weeks before" not in answer["text"].split("\n")[0]
    assert not any(each["name"] == "festival_applies" for each in answer["computed"])


@pytest.mark.parametrize(("words", "language"), [("what does the plan need", "en"), ("계획에 뭐가 들어가야 돼", "ko")])
def test_where_no_plan_is_asked_for_that_is_said(words, language):
    no_ground = {**KNOWN, "people": {"low": 300, "high": None}, "venue": "other", "materials": []}
    slots = {**ask("plan", **no_ground), "last_skill": "festival"}
    _, (answer,), _ = run(ActionAnswerRule(), tracker(words, slots=slots))
    assert answer["lead"] == text("festival.line.not_covered", language)
