"""The form of hazard reports with hand-made trackers: what it refuses, what it drops, and when a yes counts."""

from __future__ import annotations

import pytest
import yaml

from actions.action_festival import PASSING
from actions.action_report import ANSWERED, ValidateReportForm
from actions.report_draft import ReportDraft
from bot.settings import PROJECT
from knowledge.reports.opening import address
from nlu.texts import text
from tests.actions.test_form_actions import run, tracker

REPORT = "report_form"


@pytest.fixture(autouse=True)
def reports(tmp_path, monkeypatch):
    monkeypatch.setenv("ANSIM_REPORTS", str(tmp_path / "reports.sqlite"))
    address.cache_clear()
    yield
    address.cache_clear()


def draft(step, **more):
    return {"report_draft": ReportDraft(step, "railing", "the railing is broken", **more).to_json()}


def rules_in_the_middle():
    """Intents with a rule in the middle of a report, but for the report's own."""
    written = yaml.safe_load((PROJECT / "bot" / "dialogue" / "report.yml").read_text("utf-8"))["rules"]
    inside = [rule["steps"][0] for rule in written if {"active_loop": REPORT} in rule.get("condition", [])]
    return {step["intent"] for step in inside if "intent" in step} - {"start_report"}


def test_the_form_refuses_only_what_a_rule_answers():
    # a refusal of anything else leaves Rasa with nothing to predict, in this turn and in all that follow
    assert rules_in_the_middle() | {"emergency"} == ANSWERED
    domain = [yaml.safe_load(path.read_text("utf-8")) for path in (PROJECT / "bot" / "domain").glob("*.yml")]
    assert {intent for part in domain for intent in part.get("intents", [])} == ANSWERED | PASSING | {"start_report"}


STEPS = ["what", "place", "which", "confirm", "wrong", "offer", "withdraw", "receipt"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "words",
    [
        "what is the status of my report", "내 신고 어떻게 됐어", "withdraw my report", "what happens with my report?",
        "신고하면 어떻게 돼요", "nearest shelter to Gojan", "the drain is blocked", "who must report a landslide?", "?",
    ],
)  # fmt: skip
def test_a_message_that_is_the_reports_own_is_never_refused(words, step):
    slots, said, _ = run(ValidateReportForm(), tracker(words, intent="start_report", loop=REPORT, slots=draft(step)))
    assert slots
    assert said
    assert run(ValidateReportForm(), tracker(words, intent="start_report", loop=REPORT))[0]


def heard(words, *before, slots):
    """A conversation in a report in which the actions ``before`` came after the message before this one."""
    conversation = tracker(words, loop=REPORT, slots=slots)
    earlier = [{"event": "user", "text": "x"}, *({"event": "action", "name": name} for name in before)]
    conversation.events[:0] = earlier
    return conversation


@pytest.mark.parametrize(("yes", "language"), [("yes", "en"), ("네", "ko")])
def test_a_yes_counts_only_behind_the_reading_back(yes, language):
    for before in (["utter_emergency"], ["utter_emergency", "action_report_offer"], ["action_answer_rule"]):
        slots, (again,), _ = run(ValidateReportForm(), heard(yes, *before, slots=draft("confirm", place="고잔동")))
        assert slots["report_draft"]["step"] == "confirm"
        assert text("reports.read_back.title", language) in again["text"]
    read_back = (["report_form"], ["action_report_begin", "report_form"], ["action_answer_rule", "report_form"])
    for before, kind in zip(read_back, ("railing", "tree", "wire"), strict=True):
        told = {"report_draft": ReportDraft("confirm", kind, f"the {kind} is broken", f"{language} street").to_json()}
        slots, (kept,), _ = run(ValidateReportForm(), heard(yes, *before, slots=told))
        assert slots["report_done"] is True
        assert kept["computed"], kept["text"]


def test_after_a_question_the_report_is_read_back():
    conversation = tracker("hi", loop=REPORT, slots=draft("confirm", place="고잔동"), after=["utter_greet", REPORT])
    slots, (again,), _ = run(ValidateReportForm(), conversation)
    assert slots == {}
    assert again["text"].startswith(text("reports.read_back.title", "en"))


@pytest.mark.parametrize("words", ["nearest shelter to Gojan", "고잔동 대피소", "hello", "what does article 73-9 say?"])
@pytest.mark.parametrize("step", ["withdraw", "receipt"])
def test_a_question_about_a_receipt_is_dropped_for_another(words, step):
    intent = "greet" if words == "hello" else "ask_rule"
    asked = draft(step, receipt="AS-2222-222")
    assert run(ValidateReportForm(), tracker(words, intent=intent, loop=REPORT, slots=asked)) == ({}, [], [])
    after = tracker(words, intent=intent, loop=REPORT, slots=asked, after=["action_answer_rule", REPORT])
    assert run(ValidateReportForm(), after)[0] == {"report_draft": None, "report_done": True}
    waits = draft(step, receipt="AS-2222-222", before="confirm", place="고잔동")
    after = tracker(words, intent=intent, loop=REPORT, slots=waits, after=["action_answer_rule", REPORT])
    slots, (again,), _ = run(ValidateReportForm(), after)
    assert slots["report_draft"]["step"] == "confirm"
    assert "고잔동" in again["text"] or "Gojan" in again["text"]


def test_a_receipt_number_is_of_no_language():
    slots = {**draft("receipt", deletes=True), "language": "ko"}
    _, (answer,), _ = run(ValidateReportForm(), tracker("AS-222", loop=REPORT, slots=slots))
    assert answer["language"] == "ko"
