"""The Rasa form of hazard reports: one message at a time, until the report is kept, withdrawn or let go."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.report_desk import SEOUL, turn
from actions.report_draft import ReportDraft, agrees, belongs, offer, open_question
from actions.respond import landmarks
from actions.turns import Events, answered_by, say, shared_location, spoken
from nlu.answer import Answer
from nlu.message import LOCATION_ONLY, clean
from nlu.report_words import has
from nlu.route import REPORT

FORM, DRAFT, DONE, BEGIN = "report_form", "report_draft", "report_done", "action_report_begin"
SMALL_TALK = frozenset(
    {"greet", "goodbye", "thanks", "help", "about", "switch_to_english", "switch_to_korean"}
)
"""Intents whose words are no hazard, no place and no correction."""


def _words(tracker: Tracker) -> str:
    raw = (tracker.latest_message or {}).get("text")
    return "" if raw == LOCATION_ONLY else clean(raw).text


async def _turn(tracker: Tracker, draft: ReportDraft, language: str) -> tuple[Answer, ReportDraft]:
    now, here = dt.datetime.now(dt.timezone.utc), shared_location(tracker)
    return await asyncio.to_thread(turn, draft, _words(tracker), language, tracker.sender_id, now, here, landmarks)


class ActionReportBegin(Action):
    """The message that tells of a hazard, or that names a receipt; the form takes what follows."""

    def name(self) -> str:
        return BEGIN

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language = spoken(tracker)
        answer, draft = await _turn(tracker, ReportDraft(), language)
        say(dispatcher, answer)
        kept = draft.to_json() if draft.alive else None
        return [SlotSet("language", language), SlotSet(DRAFT, kept), SlotSet("last_skill", REPORT), *_done(draft)]


def _done(draft: ReportDraft) -> Events:
    return [SlotSet(DONE, None if draft.alive else True)]


class ValidateReportForm(Action):
    """One message in the form. Nothing set means: it asks something else, let it be answered as what it is."""

    def name(self) -> str:
        return "validate_report_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language, draft = spoken(tracker), ReportDraft.read(tracker.get_slot(DRAFT))
        before = answered_by(tracker, FORM)
        if before is not None:
            again = open_question(draft, language) if before != BEGIN else None
            if again is not None:
                say(dispatcher, again)
            return []
        located = shared_location(tracker) is not None
        if _small_talk(tracker, language) or not belongs(draft, _words(tracker), language, located):
            return []
        answer, after = await _turn(tracker, draft, language)
        say(dispatcher, answer)
        return [SlotSet("language", language), SlotSet(DRAFT, after.to_json() if after.alive else None), *_done(after)]


def _small_talk(tracker: Tracker, language: str) -> bool:
    """A greeting, "English" and the like; not a thank-you that says yes or no too."""
    intent, words = ((tracker.latest_message or {}).get("intent") or {}).get("name"), _words(tracker)
    answers = agrees(words, language) or any(has(name, words, language) for name in ("cancel", "deny", "skip"))
    return intent in SMALL_TALK and not answers


class ActionReportEnd(Action):
    """Clears what the form held."""

    def name(self) -> str:
        return "action_report_end"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return [SlotSet(DRAFT, None), SlotSet(DONE, None), SlotSet("last_skill", REPORT)]


class ActionReportOffer(Action):
    """After an emergency's reply: offers to record the hazard too, when the message tells of one that will stand."""

    def name(self) -> str:
        return "action_report_offer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language, today = spoken(tracker), dt.datetime.now(SEOUL).date()
        active = (tracker.active_loop or {}).get("name")
        if active not in (None, FORM):
            return []
        told = ReportDraft.read(tracker.get_slot(DRAFT)) if active else None
        made = await asyncio.to_thread(offer, _words(tracker), language, today, landmarks, told)
        if made is None:
            return []
        sentence, draft = made
        say(dispatcher, Answer("clarify", language, sentence, sentence))
        return [
            ActiveLoop(FORM),
            SlotSet("requested_slot", DONE),
            SlotSet(DRAFT, draft.to_json()),
            SlotSet(DONE, None),
        ]
