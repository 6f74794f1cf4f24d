"""The actions of the two forms with hand-made trackers, without a server."""

from __future__ import annotations

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_festival import OVER, ActionFestivalRead, ActionFestivalResult, ValidateFestivalForm
from actions.action_report import ActionReportBegin, ActionReportOffer, ValidateReportForm
from actions.report_draft import ReportDraft
from nlu.festival_form import QUESTIONS
from nlu.texts import text

FESTIVAL, REPORT = "festival_form", "report_form"


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    monkeypatch.setenv("ANSIM_REPORTS", str(tmp_path / "reports.sqlite"))


def tracker(words, *, intent="ask_rule", loop=None, slots=None, after=(), location=None):
    """A conversation whose latest message is ``words``, answered already by the actions in ``after``."""
    metadata = {"location": location} if location else {}
    message = {"text": words, "intent": {"name": intent}, "metadata": metadata}
    events = [{"event": "action", "name": "action_listen"}, {"event": "user", **message}]
    events += [{"event": "action", "name": name} for name in after]
    active = {"name": loop} if loop else {}
    return Tracker("a-hash", dict(slots or {}), message, events, False, None, active, loop or "action_listen")


def run(action, conversation):
    """(slots that it sets, Answers that it says, names of other events)."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, conversation, {}))
    slots = {each["name"]: each["value"] for each in events if each["event"] == "slot"}
    others = [each["event"] for each in events if each["event"] != "slot"]
    return slots, [each["custom"]["answer"] for each in dispatcher.messages], others


def ask(name, **facts):
    return {"requested_slot": f"festival_{name}", **{f"festival_{each}": value for each, value in facts.items()}}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a fireworks festival on the river for 400 people on 3 May"),
        ("ko", "5월 3일 강 위에서 400명 불꽃축제를 해요"),
    ],
)
def test_the_opening_message_is_read(language, words):
    slots, said, _ = run(ActionFestivalRead(), tracker(words, intent="start_festival"))
    assert slots["festival_people"] == {"low": 400, "high": None}
    assert slots["festival_venue"] == "water"
    assert slots["festival_dates"]["start"].endswith("-05-03")
    assert slots["festival_host"] is None
    assert slots["language"] == language
    assert slots["festival_note"]["begin"] is True
    assert said == []


def test_a_question_that_opens_the_check_is_answered_at_once():
    words = "do we need a plan for our bonfire festival on the lake with 200 people?"
    _, (answer,), _ = run(ActionFestivalRead(), tracker(words, intent="start_festival"))
    assert answer["computed"][0] == {"name": "festival_applies", "value": True, "rule": "73-9/1"}


def test_a_check_goes_on_with_what_was_kept_and_not_with_the_last_festival():
    kept = ask("venue", people={"low": 300, "high": None}, note=None)
    slots, _, _ = run(ActionFestivalRead(), tracker("festival check", intent="start_festival", slots=kept))
    assert slots["festival_people"] == {"low": 300, "high": None}
    assert "300" in slots["festival_note"]["noted"]
    over = {**kept, "festival_note": OVER}
    slots, _, _ = run(ActionFestivalRead(), tracker("festival check", intent="start_festival", slots=over))
    assert {slots[f"festival_{name}"] for name in QUESTIONS} == {None}
    assert slots["festival_note"]["noted"] == ""


def test_an_answer_sets_its_slot_and_a_second_fact_is_read_back():
    conversation = tracker("in the mountains, 2,000 people", loop=FESTIVAL, slots=ask("venue"))
    slots, _, _ = run(ValidateFestivalForm(), conversation)
    assert slots["festival_venue"] == "mountain"
    assert slots["festival_people"] == {"low": 2000, "high": None}
    assert "2,000" in slots["festival_note"]["noted"]


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("who has to approve the plan?", "ask_rule"),
        ("누가 계획을 승인하나요?", "ask_rule"),
        ("there is a pothole in front of Choji Station", "start_report"),
        ("초지역 앞 도로가 움푹 파였어요", "start_report"),
        ("nearest heat shelter in Hwarang Park", "ask_nearby"),
        ("화랑유원지에서 가까운 무더위쉼터", "ask_nearby"),
        ("hello", "greet"),
    ],
)
def test_what_is_for_others_sets_nothing(words, intent):
    assert run(ValidateFestivalForm(), tracker(words, intent=intent, loop=FESTIVAL, slots=ask("venue"))) == ({}, [], [])


@pytest.mark.parametrize(
    ("words", "name"),
    [("300", "people"), ("on the water", "venue"), ("3/5", "dates"), ("back", "host"), ("stop", "plan")],
)
def test_nothing_is_read_twice_after_another_action_answered(words, name):
    """The form runs once more behind the answer to a question, with the same latest message."""
    conversation = tracker(words, loop=FESTIVAL, slots=ask(name), after=["action_answer_rule", FESTIVAL])
    assert run(ValidateFestivalForm(), conversation) == ({"festival_note": None}, [], [])
    begun = tracker(words, loop=FESTIVAL, slots=ask(name), after=["action_festival_read", FESTIVAL])
    assert run(ValidateFestivalForm(), begun) == ({}, [], [])
    first = tracker(words, loop=FESTIVAL, slots=ask(name), after=[FESTIVAL])
    assert run(ValidateFestivalForm(), first)[0]


@pytest.mark.parametrize(("words", "stopped"), [("stop", "en"), ("그만", "ko"), ("그만할래요", "ko"), ("cancel", "en")])
def test_stop_ends_the_form_and_is_said(words, stopped):
    slots, _, _ = run(ValidateFestivalForm(), tracker(words, loop=FESTIVAL, slots=ask("host")))
    assert slots["festival_stopped"] is True
    assert slots["requested_slot"] is None
    slots, (answer,), _ = run(ActionFestivalResult(), tracker(words, slots={"festival_stopped": True}))
    assert answer["text"] == text("festival_form.stopped", stopped)
    assert slots["festival_note"] is None


def test_a_result_marks_that_the_check_is_over():
    facts = ask("plan", people={"low": 300, "high": None}, venue="water", materials=[], host="private")
    slots, (answer,), _ = run(ActionFestivalResult(), tracker("not begun", slots=facts))
    assert slots["festival_note"] == OVER
    assert answer["computed"][0]["value"] is True


# ---- hazard reports


def draft(step, **more):
    return {"report_draft": ReportDraft(step, "railing", "the railing is broken", **more).to_json()}


@pytest.mark.parametrize(
    ("words", "language"), [("the railing is broken", "en"), ("난간이 부러졌어요", "ko")]
)
def test_a_report_begins(words, language):
    slots, (answer,), _ = run(ActionReportBegin(), tracker(words, intent="start_report"))
    assert answer["text"] == text("reports.ask.place", language)
    assert slots["report_draft"]["step"] == "place"
    assert slots["report_done"] is None


def test_a_report_is_read_back_kept_and_emptied():
    slots, (answer,), _ = run(ValidateReportForm(), tracker("Gojan-dong", loop=REPORT, slots=draft("place")))
    assert text("reports.read_back.title", "en") in answer["text"]
    slots, (answer,), _ = run(ValidateReportForm(), tracker("yes", loop=REPORT, slots=slots))
    assert answer["computed"][0]["receipt"].startswith("AS-")
    assert slots["report_draft"] is None
    assert slots["report_done"] is True


@pytest.mark.parametrize("words", ["yes", "Gojan-dong", "cancel"])
def test_a_report_reads_nothing_twice_and_puts_its_question_again(words):
    conversation = tracker(words, loop=REPORT, slots=draft("place"), after=["action_answer_rule", REPORT])
    slots, (again,), _ = run(ValidateReportForm(), conversation)
    assert slots == {}
    assert again["text"] == text("reports.ask.place", "en")
    begun = tracker(words, loop=REPORT, slots=draft("place"), after=["action_report_begin", REPORT])
    assert run(ValidateReportForm(), begun) == ({}, [], [])
    receipts = tracker(words, loop=REPORT, slots=draft("withdraw", receipt="AS-2222-222"), after=["utter_help"])
    assert run(ValidateReportForm(), receipts) == ({"report_draft": None, "report_done": True}, [], [])


@pytest.mark.parametrize(
    ("words", "intent", "mine"),
    [
        ("hello", "greet", False),
        ("한국어로", "switch_to_korean", False),
        ("English", "switch_to_english", False),
        ("thank you", "thanks", False),
        ("yes, thank you", "thanks", True),
        ("no thanks", "thanks", True),
        ("네 감사합니다", "thanks", True),
        ("Gojan-dong", "ask_nearby", True),
        ("who must inspect steep slopes?", "ask_rule", False),
    ],
)
def test_small_talk_is_no_part_of_a_report(words, intent, mine):
    slots, said, _ = run(ValidateReportForm(), tracker(words, intent=intent, loop=REPORT, slots=draft("place")))
    assert bool(slots) is mine
    assert bool(said) is mine


def test_a_shared_location_is_rounded():
    here = {"lat": 37.3206061, "lon": 126.8059061}
    conversation = tracker("", intent="ask_nearby", loop=REPORT, slots=draft("place"), location=here)
    slots, _, _ = run(ValidateReportForm(), conversation)
    assert (slots["report_draft"]["lat"], slots["report_draft"]["lon"]) == (37.321, 126.806)


@pytest.mark.parametrize(
    "words", ["a sinkhole opened and a car fell in at Choji station", "길에 싱크홀 생겼어요, 원곡초 앞"]
)
def test_after_an_emergency_a_report_is_offered_or_goes_on_but_no_festival_is_disturbed(words):
    slots, (offered,), events = run(ActionReportOffer(), tracker(words, intent="emergency"))
    assert slots["report_draft"]["step"] == "offer"
    assert events == ["active_loop"]
    begun = {"report_draft": {"step": "what", "since": "2026-11-01"}}
    told = tracker(words, intent="emergency", loop=REPORT, slots=begun)
    slots, (again,), _ = run(ActionReportOffer(), told)
    assert again["text"] == offered["text"]
    assert slots["report_draft"]["kind"] == "sinkhole"
    assert slots["report_draft"]["since"] == "2026-11-01"
    assert run(ActionReportOffer(), tracker(words, intent="emergency", loop=FESTIVAL)) == ({}, [], [])
