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
from actions.turns import Events, answered_by, say, spoken
from knowledge.obligations.deadlines import today
from nlu import festival_form
from nlu.message import clean
from nlu.replies import static
from nlu.route import FESTIVAL

FORM, PREFIX, NOTE, STOPPED = "festival_form", "festival_", "festival_note", "festival_stopped"


def facts_so_far(tracker: Tracker) -> dict[str, Any]:
    """What was said in this conversation, as plain values."""
    return {name: tracker.get_slot(PREFIX + name) for name in festival_form.QUESTIONS}


def fact_slots(facts: Mapping[str, Any]) -> Events:
    return [SlotSet(PREFIX + name, value) for name, value in facts.items()]


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
        if found.facts and festival_form.said(festival_form.ASKS, words, language):
            # asked, so answered with what is known; the questions then make it sure
            facts = festival_form.facts_of(found.facts)
            say(dispatcher, replace(await asyncio.to_thread(festival_result, facts, language), suggestions=()))
        noted = festival_form.noted(found.facts, language)
        return [
            SlotSet("language", language),
            *fact_slots(found.facts),
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
        found = await asyncio.to_thread(festival_form.step, words, language, today(), asked, facts_so_far(tracker))
        if found.nothing:
            return []
        others = {name: value for name, value in found.facts.items() if name != asked}
        note = {"note": found.note, "values": dict(found.values), "noted": festival_form.noted(others, language)}
        next_asked = [SlotSet("requested_slot", PREFIX + found.ask)] if found.ask else []
        return [SlotSet("language", language), *fact_slots(found.facts), SlotSet(NOTE, note), *next_asked]


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
        return [SlotSet(NOTE, None), SlotSet("last_skill", FESTIVAL), SlotSet("matches", None)]
