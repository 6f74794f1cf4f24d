"""The Rasa form of the guided festival check: reads each message, asks what is open, gives the result."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.festival_result import festival_result
from actions.turns import Events, answered_by, ask, say, spoken
from knowledge.obligations.deadlines import today
from nlu import festival_form, nearby
from nlu.message import clean
from nlu.replies import static
from nlu.route import FESTIVAL

FORM, PREFIX, NOTE, STOPPED = "festival_form", "festival_", "festival_note", "festival_stopped"
OVER = {"over": True}
"""In NOTE after a result: the next check begins without the facts of this festival, which may be another one."""
QUESTION, PLACES, HAZARD = "ask_rule", "ask_nearby", "start_report"
NO_QUESTION = ("refused", "out_of_scope")


def facts_so_far(tracker: Tracker) -> dict[str, Any]:
    """What was said in this conversation, as plain values."""
    return {name: tracker.get_slot(PREFIX + name) for name in festival_form.QUESTIONS}


def fact_slots(facts: Mapping[str, Any]) -> Events:
    return [SlotSet(PREFIX + name, value) for name, value in facts.items()]


def _kept(tracker: Tracker) -> dict[str, Any]:
    """What a check begins with: what was said before it was stopped, nothing after a result."""
    if tracker.get_slot(NOTE) == OVER:
        return dict.fromkeys(festival_form.QUESTIONS)
    return facts_so_far(tracker)


def _words(tracker: Tracker) -> str:
    return clean((tracker.latest_message or {}).get("text")).text


class ActionFestivalRead(Action):
    """Takes what the opening message tells, before the form asks for the rest."""

    def name(self) -> str:
        return "action_festival_read"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language = spoken(tracker)
        words = _words(tracker)
        found = await asyncio.to_thread(festival_form.step, words, language, today(), None, {})
        known = {**_kept(tracker), **found.facts}
        if found.facts and festival_form.said(festival_form.ASKS, words, language):
            # asked, so answered with what is known; the questions then make it sure
            facts = festival_form.facts_of(known)
            say(dispatcher, replace(await asyncio.to_thread(festival_result, facts, language), suggestions=()))
        noted = festival_form.noted(known, language)
        return [
            SlotSet("language", language),
            *fact_slots(known),
            SlotSet(NOTE, {"begin": True, "noted": noted}),
            SlotSet(STOPPED, None),
        ]


class ValidateFestivalForm(Action):
    """One message in the form. Nothing set means: it was no answer, let it be answered as what it is."""

    def name(self) -> str:
        return "validate_festival_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        before = answered_by(tracker, FORM)
        if before is not None:
            return [] if before == "action_festival_read" else [SlotSet(NOTE, None)]
        language, words = spoken(tracker), _words(tracker)
        asked = (tracker.get_slot("requested_slot") or "").removeprefix(PREFIX) or None
        if festival_form.said(festival_form.STOP, words, language):
            return [SlotSet(STOPPED, True), SlotSet("language", language), SlotSet("requested_slot", None)]
        if _for_others(tracker, words, language):
            return []
        found = await asyncio.to_thread(festival_form.step, words, language, today(), asked, facts_so_far(tracker))
        if found.nothing and asked and await _slip(tracker, words, language):
            found = festival_form.Step({}, "again", {}, asked)
        if found.nothing:
            return []
        others = {name: value for name, value in found.facts.items() if name != asked}
        note = {"note": found.note, "values": dict(found.values), "noted": festival_form.noted(others, language)}
        next_asked = [SlotSet("requested_slot", PREFIX + found.ask)] if found.ask else []
        return [SlotSet("language", language), *fact_slots(found.facts), SlotSet(NOTE, note), *next_asked]


def _intent(tracker: Tracker) -> str:
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")


def _for_others(tracker: Tracker, words: str, language: str) -> bool:
    """Whether a message tells of a hazard or looks for a place, and so names a road or a park that is no venue."""
    intent = _intent(tracker)
    return intent == HAZARD or (intent == PLACES and nearby.read(words, language).seeks)


async def _slip(tracker: Tracker, words: str, language: str) -> bool:
    """Whether a message that answers nothing is no question either, so that the open one is put again."""
    if _intent(tracker) != QUESTION or not festival_form.may_be_slip(words, language):
        return False
    return (await ask(lambda rules: rules.about(words, language), language)).status in NO_QUESTION


class ActionFestivalResult(Action):
    """What follows from the facts, with the files to take away; or that the check was stopped."""

    def name(self) -> str:
        return "action_festival_result"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language = spoken(tracker)
        if tracker.get_slot(STOPPED):
            say(dispatcher, static("festival_form.stopped", language))
            return [SlotSet(STOPPED, None), SlotSet(NOTE, None), SlotSet("last_skill", FESTIVAL)]
        facts = festival_form.facts_of(facts_so_far(tracker))
        answer = await asyncio.to_thread(festival_result, facts, language)
        say(dispatcher, replace(answer, suggestions=()) if not answer.suggestions else answer)
        return [SlotSet(NOTE, OVER), SlotSet("last_skill", FESTIVAL), SlotSet("matches", None)]
