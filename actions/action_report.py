"""The Rasa form of hazard reports: one message at a time, until the report is kept, withdrawn or let go."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.report_asides import which_receipt
from actions.report_desk import SEOUL, turn
from actions.report_draft import CONFIRM, ReportDraft
from actions.report_questions import open_question
from actions.report_sense import agrees, is_only_a_number
from actions.report_telling import belongs, offer
from actions.respond import landmarks
from actions.turns import Events, answered_by, say, shared_location, spoken
from nlu.answer import Answer
from nlu.message import LOCATION_ONLY, clean
from nlu.report_words import has
from nlu.route import REPORT

FORM, DRAFT, DONE, BEGIN = "report_form", "report_draft", "report_done", "action_report_begin"
SMALL_TALK = frozenset(
    {"greet", "goodbye", "thanks", "help", "about", "forget", "other_language", "complaint"}
    | {"switch_to_english", "switch_to_korean"}
    | {"next_match", "other_matches", "whole_article", "start_festival"}
)
"""Intents whose words are no hazard, no place and no correction."""
ANSWERED = SMALL_TALK | {
    "ask_rule", "ask_nearby", "follow_up", "ask_card", "ask_sources", "ask_deadline", "ask_duties", "emergency"
}  # fmt: skip
"""Intents for which another action has a rule in the middle of a report (``bot/dialogue/report.yml``).

The form must not refuse a message of any other: Rasa would have nothing to predict, and never again."""


def _words(tracker: Tracker) -> str:
    raw = (tracker.latest_message or {}).get("text")
    return "" if raw == LOCATION_ONLY else clean(raw).text


def _language(tracker: Tracker) -> str:
    """The language to answer in; the letters of a receipt number are of none."""
    last = tracker.get_slot("language")
    return str(last) if last and is_only_a_number(_words(tracker)) else spoken(tracker)


async def _turn(tracker: Tracker, draft: ReportDraft, language: str) -> tuple[Answer, ReportDraft]:
    now, here = dt.datetime.now(dt.timezone.utc), shared_location(tracker)
    return await asyncio.to_thread(turn, draft, _words(tracker), language, tracker.sender_id, now, here, landmarks)


class ActionReportBegin(Action):
    """The message that tells of a hazard, or that names a receipt; the form takes what follows."""

    def name(self) -> str:
        return BEGIN

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language = _language(tracker)
        answer, draft = await _turn(tracker, ReportDraft(), language)
        say(dispatcher, answer)
        kept = draft.to_json() if draft.alive else None
        return [SlotSet("language", language), SlotSet(DRAFT, kept), SlotSet("last_skill", REPORT), *_done(draft)]


def _done(draft: ReportDraft) -> Events:
    return [SlotSet(DONE, None if draft.alive else True)]


class ValidateReportForm(Action):
    """One message in the form. Nothing set means: it asks something else, and a rule has an action for that."""

    def name(self) -> str:
        return "validate_report_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language, draft = _language(tracker), ReportDraft.read(tracker.get_slot(DRAFT))
        before = answered_by(tracker, FORM)
        if before is not None:
            return [] if before == BEGIN else _after_another(dispatcher, draft, language)
        located = shared_location(tracker) is not None
        mine = not _small_talk(tracker, language) and belongs(draft, _words(tracker), language, located)
        if not mine and _intent(tracker) in ANSWERED:
            return []
        if draft.alive and (not mine or (_unseen(tracker, draft) and agrees(_words(tracker), language))):
            return _again(dispatcher, draft, language)
        answer, after = await _turn(tracker, draft, language)
        say(dispatcher, answer)
        return [SlotSet("language", language), SlotSet(DRAFT, after.to_json() if after.alive else None), *_done(after)]


def _small_talk(tracker: Tracker, language: str) -> bool:
    """A greeting, "English" and the like; not a thank-you that says yes or no too, and nothing that a report has an
    answer of its own to."""
    words = _words(tracker)
    moves = ("cancel", "deny", "skip", "photo", "hostile")
    answers = agrees(words, language) or any(has(name, words, language) for name in moves)
    return _intent(tracker) in SMALL_TALK and not answers


def _intent(tracker: Tracker) -> str:
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name"))


def _unseen(tracker: Tracker, draft: ReportDraft) -> bool:
    """Whether a report waits for its yes and something else than its reading back was said last."""
    if draft.step != CONFIRM:
        return False
    ends = [number for number, event in enumerate(tracker.events) if event.get("event") == "user"]
    names = [
        event.get("name") for event in tracker.events[: ends[-1] if ends else 0]
        if event.get("event") == "action" and event.get("name") != "action_listen"
    ]  # fmt: skip
    return bool(names) and names[-1] not in (FORM, BEGIN)


def _again(dispatcher: CollectingDispatcher, draft: ReportDraft, language: str) -> Events:
    """The open question once more, the report as it was: said to a message that changes nothing."""
    waiting = draft.back()
    say(dispatcher, open_question(waiting, language) or which_receipt(False, language))
    return [SlotSet(DRAFT, (waiting if waiting.alive else draft).to_json())]


def _after_another(dispatcher: CollectingDispatcher, draft: ReportDraft, language: str) -> Events:
    """Another action has answered: a question about an earlier report is dropped, the report that waits goes on."""
    waiting = draft.back()
    if not waiting.alive:
        return [SlotSet(DRAFT, None), SlotSet(DONE, True)]
    asked = open_question(waiting, language)
    if asked is not None:
        say(dispatcher, asked)
    return [] if waiting == draft else [SlotSet(DRAFT, waiting.to_json())]


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
