"""The result of a festival check for the chat: the composed check, and the files to take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.compose_festival import compose_festival, compose_lines, lead_of
from actions.festival_files import links
from knowledge.obligations.deadlines import today
from knowledge.obligations.festival import FestivalFacts, check
from nlu import nearby
from nlu.answer import Answer
from nlu.festival_form import AN_ANSWER, ASKS, ASKS_WORD, CHANGES, QUESTIONS, facts_of, question, said, step
from nlu.route import FESTIVAL, RULE, route
from nlu.texts import text

OVER = {"over": True}
"""In the slot ``festival_note`` after a result: the next check begins without the facts of this festival, which may
be another one; until then a message may change them."""


def festival_result(facts: FestivalFacts, language: str) -> Answer:
    """The check of these facts today, in Asia/Seoul."""
    checked = check(facts, today())
    files = links(facts, language, checked.plan_due is not None) if checked.applies is not False else ()
    named = text("festival_form.files", language) + " " + " · ".join(str(each["label"]) for each in files)
    closing = [*([named] if files else []), text("festival_form.again", language)]
    return replace(compose_festival(checked, facts, language, closing=closing), files=files)


def festival_first(facts: FestivalFacts, language: str) -> Answer:
    """What the first message settles already, in a few lines, before the questions that make it sure."""
    checked = check(facts, today())
    grounds = [line for line in checked.lines if line.provision in checked.grounds and line.key.startswith("ground_")]
    lead = lead_of(checked, facts, language)
    if not grounds:
        return Answer("clarify", language, lead, lead)
    return compose_lines(checked, grounds, language, lead)


def festival_change(message: str, language: str, slots: Mapping[str, Any]) -> tuple[Answer, dict[str, Any]] | None:
    """The result anew when a message after it changes a fact ("actually 1,200 people"), with the changed facts.

    None for a question, and for a message that tells nothing new.
    """
    kept = {name: slots.get(f"festival_{name}") for name in QUESTIONS}
    if not any(kept.values()) or _is_for_others(message, language, slots):
        return None
    told = step(message, language, today(), None, kept)
    found = {name: value for name, value in told.facts.items() if value is not None}
    if told.ask:  # a day or a number that cannot be: asked for, and nothing is changed
        return question(told.ask, language, told.note, told.values), {}
    if not found or all(kept[name] == value for name, value in found.items()):
        return None
    return festival_result(facts_of({**kept, **found}), language), found


def _is_for_others(message: str, language: str, slots: Mapping[str, Any]) -> bool:
    """Whether a message asks or looks for something; or, when something else was answered since the result, is no
    short statement about the festival ("make it 1000", "아니, 호수 위에서요")."""
    if said(ASKS, message, language) or nearby.read(message, language).seeks:
        return True
    if slots.get("last_skill") == FESTIVAL:
        return False
    if slots.get("festival_note") != OVER or len(message) > AN_ANSWER or said(ASKS_WORD, message, language):
        return True
    return not said(CHANGES, message, language) or route(message, language).skill != RULE
