"""The Rasa actions of the rule skill: each reads the tracker, asks the Answerer, says the Answer."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import Events, answer_message, ask, part_of_shown, say, spoken
from nlu import replies
from nlu.message import clean
from nlu.route import NEARBY
from nlu.texts import text


class ActionAnswerRule(Action):
    """A question in the person's own words, or a provision by number."""

    def name(self) -> str:
        return "action_answer_rule"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return await answer_message(dispatcher, tracker)


class ActionNextMatch(Action):
    """The next provision that was found for the last question."""

    def name(self) -> str:
        return "action_next_match"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot("last_skill") == NEARBY:
            return await answer_message(dispatcher, tracker, text("nearby.chip.more", spoken(tracker)))
        language, matches = spoken(tracker), tracker.get_slot("matches") or []
        position = int(tracker.get_slot("position") or 0) + 1
        if position >= len(matches):
            say(dispatcher, replies.static("no_more" if matches else "nothing_before", language))
            return []
        answer = await ask(lambda a: a.provision(matches[position], language, matches), language)
        say(dispatcher, answer)
        return [SlotSet("position", position)]


class ActionOtherMatches(Action):
    """All further provisions that were found for the last question, as a list."""

    def name(self) -> str:
        return "action_other_matches"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        if tracker.get_slot("last_skill") == NEARBY:
            return await answer_message(dispatcher, tracker, text("nearby.chip.more", spoken(tracker)))
        language, matches = spoken(tracker), tracker.get_slot("matches") or []
        if len(matches) < 2:
            say(dispatcher, replies.static("no_more" if matches else "nothing_before", language))
            return []
        say(dispatcher, await ask(lambda a: a.others(matches[1:], language), language))
        return []


class ActionWholeArticle(Action):
    """The whole article of the provision that was shown last."""

    def name(self) -> str:
        return "action_whole_article"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language, matches = spoken(tracker), tracker.get_slot("matches") or []
        if not matches:
            say(dispatcher, replies.static("nothing_before", language))
            return []
        words = clean((tracker.latest_message or {}).get("text")).text
        part = await part_of_shown(tracker, words, language)
        if part is not None:  # "read me paragraph 4 word for word"
            say(dispatcher, part)
            return [SlotSet("matches", list(part.matches)), SlotSet("position", 0)]
        shown = matches[min(int(tracker.get_slot("position") or 0), len(matches) - 1)]
        article = shown.split("/", 1)[0]
        say(dispatcher, await ask(lambda a: a.provision(article, language, matches), language))
        return []


class ActionSwitchLanguage(Action):
    """Answers in the language that was asked for from now on."""

    def name(self) -> str:
        return "action_switch_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        language = "en" if tracker.get_intent_of_latest_message() == "switch_to_english" else "ko"
        say(dispatcher, replies.static("language_switched", language))
        return [SlotSet("language_choice", language), SlotSet("language", language)]


class ActionAnswerDeadline(Action):
    """The calendar day by which something is due, counted from a day that the message names."""

    def name(self) -> str:
        return "action_answer_deadline"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return await answer_message(dispatcher, tracker)


class ActionAnswerDuties(Action):
    """The duties and rights of somebody."""

    def name(self) -> str:
        return "action_answer_duties"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return await answer_message(dispatcher, tracker)
