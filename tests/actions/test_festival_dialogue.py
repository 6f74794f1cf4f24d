"""The form of the festival check, message by message: what it keeps, what it leaves, what is changed after it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.action_festival import OVER, PASSING, ActionFestivalRead, ValidateFestivalForm
from actions.festival_result import festival_change
from nlu.festival_form import QUESTIONS, counted
from nlu.texts import text
from tests.actions.test_form_actions import FESTIVAL, ask, run
from tests.actions.test_form_actions import tracker as conversation_of


def tracker(words, *, intent="ask_rule", sure=1.0, **more):
    """A conversation whose latest message was read as ``intent`` with the likeness ``sure``."""
    made = conversation_of(words, intent=intent, **more)
    made.latest_message["intent"]["confidence"] = sure
    return made


# ---- the check goes on, whatever is said in it


@pytest.mark.parametrize(
    ("words", "language"), [("festival check", "en"), ("축제 점검", "ko"), ("continue", "en"), ("계속", "ko")]
)
def test_the_check_asked_for_once_more_puts_the_open_question_again(words, language):
    conversation = tracker(words, intent="start_festival", loop=FESTIVAL, slots=ask("host"))
    slots, said, _ = run(ValidateFestivalForm(), conversation)
    assert slots["requested_slot"] == "festival_host"
    assert slots["language"] == language
    assert said == []


@pytest.mark.parametrize(
    "words",
    [
        "do we need a plan for our festival on the lake with 2000 people?",
        "호수 위에서 2000명 축제를 하는데 계획을 내야 하나요?",
        "does my event need to be registered?",
    ],
)
def test_no_wish_for_the_check_leaves_the_form(words):
    conversation = tracker(words, intent="start_festival", loop=FESTIVAL, slots=ask("host"))
    slots, said, _ = run(ValidateFestivalForm(), conversation)
    assert slots
    if slots.get("festival_venue"):
        assert slots["festival_venue"] == "water"
        assert said[0]["computed"][0] == {"name": "festival_applies", "value": True, "rule": "73-9/1"}


def test_every_intent_that_the_form_leaves_has_its_rule():
    """Rasa predicts nothing where a form refuses a message and no rule takes it; "start_festival" and what is said in
    passing the form takes."""
    folder = Path(__file__).parents[2] / "bot"
    intents = {each for file in (folder / "domain").glob("*.yml") for each in _yaml(file).get("intents", [])}
    steps = [
        rule["steps"]
        for rule in _yaml(folder / "dialogue" / "festival.yml")["rules"]
        if {"active_loop": FESTIVAL} in rule.get("condition", []) and "intent" in rule["steps"][0]
    ]
    left = {each[0]["intent"] for each in steps if each[1] != {"action": FESTIVAL}}
    assert intents - left == {"emergency", "start_festival"} | PASSING


def _yaml(path):
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "intent", "sure", "name"),
    [
        ("Cherry Lantern Night", "goodbye", 0.87, "people"),
        ("no", "ask_rule", 0.75, "host"),
        ("no", "goodbye", 1.0, "people"),
        ("아니요", "next_match", 0.56, "host"),
        ("물은 없어요", "goodbye", 0.47, "people"),
        ("네", "greet", 0.6, "dates"),
    ],
)
def test_what_may_be_an_answer_is_no_small_talk(words, intent, sure, name):
    conversation = tracker(words, intent=intent, sure=sure, loop=FESTIVAL, slots=ask(name))
    slots, _, _ = run(ValidateFestivalForm(), conversation)
    assert slots["festival_note"]["note"] == "again"
    assert slots["requested_slot"] == f"festival_{name}"


@pytest.mark.parametrize(
    ("words", "intent"), [("bye", "goodbye"), ("고마워요", "thanks"), ("help", "help"), ("next", "next_match")]
)
def test_sure_small_talk_is_answered_as_such(words, intent):
    said = tracker(words, intent=intent, loop=FESTIVAL, slots=ask("people"))
    assert run(ValidateFestivalForm(), said) == ({}, [], [])


@pytest.mark.parametrize(("words", "language"), [("start over", "en"), ("처음부터 다시 할래요", "ko")])
def test_from_the_beginning_with_empty_facts(words, language):
    kept = ask("dates", people={"low": 300, "high": None}, venue="water", host="private")
    slots, _, _ = run(ValidateFestivalForm(), tracker(words, intent="greet", sure=0.75, loop=FESTIVAL, slots=kept))
    assert slots["requested_slot"] == "festival_people"
    assert {slots[f"festival_{name}"] for name in QUESTIONS} == {None}
    assert slots["festival_note"]["noted"] == text("festival_form.restarted", language)


@pytest.mark.parametrize(
    ("words", "empty"),
    [("점검 계속하자", False), ("continue the check", False), ("축제 점검 처음부터 하자", True)],
)
def test_after_a_stop_it_goes_on_or_begins_anew(words, empty):
    kept = ask("venue", people={"low": 300, "high": None}, note=None)
    slots, _, _ = run(ActionFestivalRead(), tracker(words, intent="start_festival", slots=kept))
    assert (slots["festival_people"] is None) is empty


@pytest.mark.parametrize(
    ("words", "language"), [("is a barbecue fire?", "en"), ("바비큐도 불이에요?", "ko")]
)
def test_what_counts_is_answered_with_the_provision_and_the_question_put_again(words, language):
    slots, (answer,), _ = run(ValidateFestivalForm(), tracker(words, loop=FESTIVAL, slots=ask("materials")))
    assert slots["requested_slot"] == "festival_materials"
    assert "festival_materials" not in slots
    assert answer["lead"] == counted(("fire",), language)
    assert [each["provision"] for each in answer["citations"]] == ["73-9/1/2/b"]


def test_a_day_that_has_passed_is_said_at_the_opening():
    words = "festival check for our festival on 1 January 2020 with 500 people"
    slots, _, _ = run(ActionFestivalRead(), tracker(words, intent="start_festival"))
    assert slots["festival_note"]["note"] == "past"
    conversation = tracker(words, loop=FESTIVAL, slots=slots, after=["action_festival_read", FESTIVAL])
    assert run(ValidateFestivalForm(), conversation)[0] == {"requested_slot": "festival_dates"}


# ---- corrections after the result

FINISHED = ask(
    "plan",
    people={"low": 300, "high": None},
    venue="other",
    materials=[],
    host="local_government",
    dates={"start": "2099-05-04", "end": None},
    plan="submitted",
    note=OVER,
)


@pytest.mark.parametrize("last", ["festival", "rule", "nearby"])
@pytest.mark.parametrize(
    ("words", "language", "facts"),
    [
        ("in the mountains", "en", {"venue": "mountain"}),
        ("no, on a lake", "en", {"venue": "water"}),
        ("아니 1000명이요", "ko", {"people": {"low": 1000, "high": None}}),
        ("make it 1000", "en", {"people": {"low": 1000, "high": None}}),
        ("but we changed it", "en", {"plan": "changing"}),
        ("We host it ourselves", "en", {"host": "private"}),
        ("우리가 직접 열어요", "ko", {"host": "private"}),
        ("물 위에서 해요", "ko", {"venue": "water"}),
        ("With fireworks", "en", {"materials": ["firecrackers"]}),
    ],
)
def test_a_correction_is_reckoned_anew_also_after_another_question(last, words, language, facts):
    changed = festival_change(words, language, {**FINISHED, "last_skill": last})
    assert changed is not None
    assert changed[1] == facts
    assert changed[0].computed[0]["name"] == "festival_applies"


@pytest.mark.parametrize(
    "words",
    [
        "who must host a fireworks festival",
        "gas safety",
        "fireworks permit",
        "nearest heat shelter in Hwarang Park",
        "화랑유원지에서 가까운 무더위쉼터",
        "불꽃놀이 허가",
        "is gas dangerous?",
        "thanks",
    ],
)
def test_another_message_is_no_correction(words):
    language = "en" if words.isascii() else "ko"
    assert festival_change(words, language, {**FINISHED, "last_skill": "rule"}) is None


def test_a_day_that_cannot_be_changes_nothing_and_is_asked_for():
    answer, facts = festival_change("make it 30 February", "en", {**FINISHED, "last_skill": "rule"})
    assert facts == {}
    assert answer.status == "clarify"
    assert answer.text == text("festival_form.note.impossible", "en")


def test_without_a_finished_check_there_is_nothing_to_correct():
    assert festival_change("make it 1000", "en", {"last_skill": "rule"}) is None
    assert festival_change("make it 1000", "en", {**FINISHED, "festival_note": None, "last_skill": "rule"}) is None
