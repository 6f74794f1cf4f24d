"""The Rasa actions of what is said in passing: yes and no to nothing that was asked, "continue", "start over"."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.action_festival import FORM, NOTE, fact_slots, facts_so_far
from actions.action_rule import ActionNextMatch
from actions.festival_result import OVER, festival_change
from actions.nearby_thread import Context
from actions.turns import Events, answer_message, say, spoken
from nlu import festival_form, replies
from nlu.answer import Answer
from nlu.message import clean
from nlu.route import FESTIVAL, NEARBY, RULE
from nlu.texts import text

DANGER = "utter_emergency"
MORE = ("next_match", "other_matches", "whole_article")
"""What can be said after an answer about a rule: keys of the buttons."""


class ActionAcknowledge(Action):
    """What can be said next, to a message that says no more than yes, no or "I see"."""

    def name(self) -> str:
        return "action_acknowledge"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language, words = spoken(tracker), clean((tracker.latest_message or {}).get("text")).text
        if await asyncio.to_thread(festival_change, words, language, tracker.slots) is not None:
            return await answer_message(dispatcher, tracker)  # "no gas" after the result of a check
        say(dispatcher, _acknowledged(tracker, language))
        return [SlotSet("language", language)]


def _acknowledged(tracker: Tracker, language: str) -> Answer:
    if _said_before(tracker, DANGER):
        return replies.static("acknowledged_danger", language)
    steps = _further(tracker, language)
    if not steps:
        return replies.static("acknowledged_new", language)
    quoted = ", ".join(f'"{step}"' for step in steps)
    words = text("acknowledged", language, steps=quoted)
    return Answer("answered", language, words, words, suggestions=steps)


def _further(tracker: Tracker, language: str) -> tuple[str, ...]:
    """What can be said to go on from the last answer; () where there is nothing."""
    last, matches = tracker.get_slot("last_skill"), tracker.get_slot("matches") or []
    if last == NEARBY and Context.read(tracker.get_slot("thread")).alive:
        return (text("nearby.chip.more", language),)
    if last != RULE or not matches:
        return ()
    left = len(matches) - 1 - int(tracker.get_slot("position") or 0)
    return tuple(text(f"button.{name}", language) for name in (MORE if left > 0 else MORE[2:]))


def _said_before(tracker: Tracker, action: str) -> bool:
    """Whether this action answered the message before the latest one."""
    ends = [number for number, event in enumerate(tracker.events) if event.get("event") == "user"]
    turn = tracker.events[ends[-2] : ends[-1]] if len(ends) > 1 else ()
    return any(event.get("event") == "action" and event.get("name") == action for event in turn)


class ActionGoOn(Action):
    """Goes on with a festival check that was left, else with the last answer."""

    def name(self) -> str:
        return "action_go_on"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language = spoken(tracker)
        if _left(tracker):
            return _into_check(tracker, language, facts_so_far(tracker))
        if _further(tracker, language):
            return await ActionNextMatch().run(dispatcher, tracker, domain)
        if tracker.get_slot("last_skill") == FESTIVAL:
            chip = text("festival_form.stopped_chip", language)
            words = text("festival_form.nothing", language)
            say(dispatcher, Answer("clarify", language, words, words, suggestions=(chip,)))
        else:
            say(dispatcher, replies.static("nothing_before", language))
        return [SlotSet("language", language)]


def _left(tracker: Tracker) -> bool:
    """Whether a festival check was begun and has no result yet."""
    told = any(value is not None for value in facts_so_far(tracker).values())
    begun = told or tracker.get_slot("last_skill") == FESTIVAL
    return begun and bool(tracker.get_slot(NOTE) != OVER)


def _into_check(tracker: Tracker, language: str, facts: dict[str, Any]) -> Events:
    """Back into the check with these facts: with its loop active, the form puts its first open question next."""
    anew = not any(value is not None for value in facts.values())
    told = text("festival_form.restarted", language) if anew else festival_form.noted(facts, language)
    return [
        SlotSet("language", language),
        *fact_slots(facts),
        SlotSet(NOTE, {"noted": told}),
        ActiveLoop(FORM),
    ]


class ActionStartOver(Action):
    """The festival check from its first question when one was spoken of last; else a fresh conversation."""

    def name(self) -> str:
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language = spoken(tracker)
        nothing = dict.fromkeys(festival_form.QUESTIONS)
        if tracker.get_slot("last_skill") == FESTIVAL:
            return _into_check(tracker, language, nothing)
        say(dispatcher, replies.static("started_over", language))
        forgotten = ("thread", "matches", "position", "last_skill", NOTE)
        return [SlotSet("language", language), *fact_slots(nothing), *(SlotSet(name, None) for name in forgotten)]
