"""The result of a festival check for the chat: the composed check, and the files to take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.compose_festival import compose_festival
from actions.festival_files import links
from knowledge.obligations.deadlines import today
from knowledge.obligations.festival import FestivalFacts, check
from nlu.answer import Answer
from nlu.festival_form import ASKS, QUESTIONS, facts_of, said, step
from nlu.texts import text


def festival_result(facts: FestivalFacts, language: str) -> Answer:
    """The check of these facts today, in Asia/Seoul."""
    checked = check(facts, today())
    files = links(facts, language, checked.plan_due is not None) if checked.applies is not False else ()
    named = text("festival_form.files", language) + " " + " · ".join(str(each["label"]) for each in files)
    closing = [*([named] if files else []), text("festival_form.again", language)]
    return replace(compose_festival(checked, facts, language, closing=closing), files=files)


def festival_change(message: str, language: str, slots: Mapping[str, Any]) -> tuple[Answer, dict[str, Any]] | None:
    """The result anew when a message after it changes a fact ("actually 1,200 people"), with the changed facts.

    None for a question, and for a message that tells nothing new.
    """
    kept = {name: slots.get(f"festival_{name}") for name in QUESTIONS}
    if not any(kept.values()) or said(ASKS, message, language):
        return None
    found = {name: value for name, value in step(message, language, today(), None, kept).facts.items() if value}
    if not found or all(kept[name] == value for name, value in found.items()):
        return None
    return festival_result(facts_of({**kept, **found}), language), found
