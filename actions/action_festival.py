"""The Rasa form of the guided festival check: reads each message, asks what is open, gives the result."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.draft_pasted import about_a_draft
from actions.festival_result import OVER, festival_first, festival_result
from actions.turns import Events, answered_by, ask, say, spoken
from knowledge.obligations.deadlines import today
from knowledge.obligations.festival import BY_MATERIAL
from nlu import festival_form, nearby
from nlu.answers import read_yes_no
from nlu.festival_about import festival_about
from nlu.message import clean
from nlu.replies import static
from nlu.report import is_report
from nlu.route import FESTIVAL
from nlu.texts import text

FORM, PREFIX, NOTE, STOPPED = "festival_form", "festival_", "festival_note", "festival_stopped"
QUESTION, PLACES, HAZARD, BEGINS = "ask_rule", "ask_nearby", "start_report", "start_festival"
SMALL_TALK = frozenset(
    {"greet", "goodbye", "thanks", "help", "about", "forget", "other_language", "complaint"}
    | {"next_match", "other_matches", "whole_article", "follow_up"}
)
ACKNOWLEDGE, GOES_ON, STARTS_OVER = "acknowledge", "go_on", "start_over"
PASSING = frozenset({ACKNOWLEDGE, GOES_ON, STARTS_OVER})
"""Intents for which nothing else has a rule in the middle of the check: the form must not refuse their messages."""
OPENING = frozenset({"action_festival_read", "action_go_on", "action_start_over"})
"""Actions that lead into the check and say in NOTE what comes before its question."""
SURE = 0.9
"""Likeness from which a message is small talk and no slip at the open question ("Cherry Lantern Night")."""
NO_QUESTION = ("refused", "out_of_scope")


def facts_so_far(tracker: Tracker) -> dict[str, Any]:
    """What was said in this conversation, as plain values."""
    return {name: tracker.get_slot(PREFIX + name) for name in festival_form.QUESTIONS}


def fact_slots(facts: Mapping[str, Any]) -> Events:
    return [SlotSet(PREFIX + name, value) for name, value in facts.items()]


def _kept(tracker: Tracker, words: str, language: str) -> dict[str, Any]:
    """What a check begins with: what was said before it was stopped, nothing after a result or "from the beginning"."""
    if tracker.get_slot(NOTE) == OVER or festival_form.said("anew", words, language):
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
        known = {**_kept(tracker, words, language), **found.facts}
        draft = about_a_draft(words, language)
        if draft is not None:
            say(dispatcher, draft)
        elif found.facts and festival_form.said(festival_form.ASKS, words, language):
            # asked, so answered with what is known; the questions then make it sure
            say(dispatcher, await asyncio.to_thread(festival_first, festival_form.facts_of(known), language))
        noted = festival_form.noted(known, language)
        return [
            SlotSet("language", language),
            *fact_slots(known),
            SlotSet(NOTE, {"begin": True, "noted": noted, **_told(found)}),
            SlotSet(STOPPED, None),
        ]


class ValidateFestivalForm(Action):
    """One message in the form. Nothing set means: it was no answer, let it be answered as what it is."""

    def name(self) -> str:
        return "validate_festival_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        before = answered_by(tracker, FORM)
        if before is not None:
            return _first_question(tracker) if before in OPENING else [SlotSet(NOTE, None)]
        language, words = spoken(tracker), _words(tracker)
        asked = (tracker.get_slot("requested_slot") or "").removeprefix(PREFIX) or None
        if festival_form.said(festival_form.STOP, words, language):
            return [SlotSet(STOPPED, True), SlotSet("language", language), SlotSet("requested_slot", None)]
        if festival_form.said(festival_form.RESTART, words, language):
            return _anew(language)
        draft = about_a_draft(words, language) if asked else None
        if draft is not None and asked:
            say(dispatcher, draft)
            return [SlotSet("language", language), SlotSet(NOTE, None), SlotSet("requested_slot", PREFIX + asked)]
        passing = _intent(tracker) if _intent(tracker) in PASSING else ""
        if not passing and _for_others(tracker, words, language):
            return []
        facts = facts_so_far(tracker)
        found = await asyncio.to_thread(festival_form.step, words, language, today(), asked, facts)
        if asked and _intent(tracker) == BEGINS:
            found = await _begun_again(dispatcher, words, language, asked, facts, found)
        elif asked and (kinds := festival_form.asked_materials(words, language)):
            found = festival_form.Step({}, "", {}, asked)
            await _say_counted(dispatcher, kinds, language)
        if found.nothing and passing == STARTS_OVER:
            return _anew(language)
        if found.nothing and asked and (passing or await _slip(tracker, words, language)):
            found = festival_form.Step({}, "" if passing == GOES_ON else "again", {}, asked)
        if found.nothing:
            return []
        others = {name: value for name, value in found.facts.items() if name != asked}
        noted = festival_form.noted(others, language)
        next_asked = [SlotSet("requested_slot", PREFIX + found.ask)] if found.ask else []
        note = SlotSet(NOTE, {"noted": noted, **_told(found)})
        return [SlotSet("language", language), *fact_slots(found.facts), note, *next_asked]


def _told(found: festival_form.Step) -> dict[str, Any]:
    return {"note": found.note, "values": dict(found.values), "ask": found.ask}


def _first_question(tracker: Tracker) -> Events:
    """The question that the opening message made the first one; none for the first that is open."""
    ask = (tracker.get_slot(NOTE) or {}).get("ask")
    return [SlotSet("requested_slot", PREFIX + ask)] if ask else []


def _anew(language: str) -> Events:
    """The check from its first question, with empty facts."""
    first = festival_form.QUESTIONS[0]
    return [
        SlotSet("language", language),
        *fact_slots(dict.fromkeys(festival_form.QUESTIONS)),
        SlotSet(NOTE, {"noted": text("festival_form.restarted", language)}),
        SlotSet("requested_slot", PREFIX + first),
    ]


async def _begun_again(
    dispatcher: CollectingDispatcher,
    words: str,
    language: str,
    asked: str,
    facts: Mapping[str, Any],
    found: festival_form.Step,
) -> festival_form.Step:
    """ "festival check" once more inside the check: what it tells is taken, and the form goes on in any case, since no
    rule could take the message from it. A question is answered with what is known."""
    if found.nothing:
        found = await asyncio.to_thread(festival_form.step, words, language, today(), None, facts)
        if found.facts and festival_form.said(festival_form.ASKS, words, language):
            known = festival_form.facts_of({**facts, **found.facts})
            say(dispatcher, replace(await asyncio.to_thread(festival_result, known, language), suggestions=()))
    return replace(found, ask=asked) if found.nothing else found


async def _say_counted(dispatcher: CollectingDispatcher, kinds: tuple[str, ...], language: str) -> None:
    """ "Is a barbecue fire?": as what it is counted, and the provision on what is used."""
    quoted = await ask(lambda rules: rules.provision(BY_MATERIAL, language), language)
    lead = festival_form.counted(kinds, language)
    say(dispatcher, replace(quoted, lead=lead, text=f"{lead}\n\n{quoted.text}", suggestions=()))


def _intent(tracker: Tracker) -> str:
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")


def _likeness(tracker: Tracker) -> float:
    return float(((tracker.latest_message or {}).get("intent") or {}).get("confidence") or 1.0)


def _for_others(tracker: Tracker, words: str, language: str) -> bool:
    """Whether a message tells of a hazard or looks for a place, and so names a road or a park that is no venue; or
    asks for something of the plan, and so tells nothing of it."""
    intent = _intent(tracker)
    if festival_about(words, language) and festival_form.said(festival_form.ASKS_WORD, words, language):
        return True
    if intent == HAZARD:
        return is_report(words, language)  # "on the street by the station" is where the festival is held
    return intent == PLACES and nearby.read(words, language).seeks


async def _slip(tracker: Tracker, words: str, language: str) -> bool:
    """Whether a message that answers nothing is no question either, so that the open one is put again."""
    if not festival_form.may_be_slip(words, language):
        return False
    if read_yes_no(words, language) is not None:
        return True
    if _intent(tracker) in SMALL_TALK:
        return _likeness(tracker) < SURE
    if _intent(tracker) != QUESTION:
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
