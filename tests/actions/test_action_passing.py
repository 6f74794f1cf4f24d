"""Yes and no to nothing that was asked, "continue", "start over": what is said and what the form finds."""

from __future__ import annotations

import pytest

from actions.action_festival import OVER
from actions.action_passing import ActionAcknowledge, ActionGoOn, ActionStartOver
from nlu.festival_form import QUESTIONS
from nlu.texts import text, texts
from tests.actions.test_form_actions import run, tracker

STOPPED = {"festival_people": {"low": 300, "high": None}, "last_skill": "festival"}
RULE = {"matches": ["73-9/4", "73-9/3"], "position": 0, "last_skill": "rule"}
IN = pytest.mark.parametrize("language", ["en", "ko"])
YES = {"en": "ok", "ko": "네"}
GO_ON = {"en": "continue", "ko": "계속"}
START_OVER = {"en": "start over", "ko": "처음부터"}


@IN
def test_after_a_rule_a_yes_is_told_how_to_go_on(language):
    _, (answer,), _ = run(ActionAcknowledge(), tracker(YES[language], slots={**RULE, "language": language}))
    assert answer["status"] == "answered"
    assert list(answer["suggestions"]) == [
        text(f"button.{name}", language) for name in ("next_match", "other_matches", "whole_article")
    ]
    assert answer["suggestions"][0] in answer["text"]


@IN
def test_after_the_last_match_only_the_article_is_left(language):
    slots = {**RULE, "position": 1, "language": language}
    _, (answer,), _ = run(ActionAcknowledge(), tracker(YES[language], slots=slots))
    assert list(answer["suggestions"]) == [text("button.whole_article", language)]


@IN
def test_a_yes_to_nothing_offers_one_of_each_thing(language):
    _, (answer,), _ = run(ActionAcknowledge(), tracker(YES[language], slots={"language": language}))
    assert answer["status"] == "answered"
    assert list(answer["suggestions"]) == texts("offer", language)


@IN
def test_a_no_that_tells_of_the_festival_changes_the_result(language):
    facts = {**STOPPED, "festival_materials": ["gas"], "festival_note": OVER, "language": language}
    words = {"en": "no gas", "ko": "가스는 안 써요"}[language]
    found, _, _ = run(ActionAcknowledge(), tracker(words, slots=facts))
    assert found["festival_materials"] == []


@IN
def test_a_stopped_check_goes_on_where_it_was(language):
    found, answers, others = run(ActionGoOn(), tracker(GO_ON[language], slots={**STOPPED, "language": language}))
    assert answers == []
    assert found["festival_people"] == STOPPED["festival_people"]
    assert "300" in found["festival_note"]["noted"]
    assert others == ["active_loop"]


@IN
def test_after_a_result_there_is_nothing_to_go_on_with(language):
    slots = {**STOPPED, "festival_note": OVER, "language": language}
    _, (answer,), others = run(ActionGoOn(), tracker(GO_ON[language], slots=slots))
    assert answer["text"] == text("festival_form.nothing", language)
    assert others == []


@IN
def test_to_go_on_from_nothing_is_said(language):
    _, (answer,), _ = run(ActionGoOn(), tracker(GO_ON[language], slots={"language": language}))
    assert answer["text"] == text("nothing_before", language)


@IN
def test_a_check_is_started_over_with_no_facts(language):
    found, _, others = run(ActionStartOver(), tracker(START_OVER[language], slots={**STOPPED, "language": language}))
    assert all(found[f"festival_{name}"] is None for name in QUESTIONS)
    assert found["festival_note"]["noted"] == text("festival_form.restarted", language)
    assert others == ["active_loop"]


@IN
def test_a_conversation_is_started_over_with_nothing_kept(language):
    found, (answer,), _ = run(ActionStartOver(), tracker(START_OVER[language], slots={**RULE, "language": language}))
    assert answer["text"] == text("started_over", language)
    assert found["matches"] is None
    assert found["thread"] is None
    assert found["last_skill"] is None
