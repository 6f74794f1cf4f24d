"""The Rasa actions of the skills beside rules: places nearby, action cards, what data there is."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turns import Events, answer_message


class ActionAnswerNearby(Action):
    """A question about places, or a message that goes on from an answer about places."""

    def name(self) -> str:
        return "action_answer_nearby"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return await answer_message(dispatcher, tracker)


class ActionAnswerCard(Action):
    """What to do in a danger."""

    def name(self) -> str:
        return "action_answer_card"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return await answer_message(dispatcher, tracker)


class ActionAnswerSources(Action):
    """What data is held, what can be imported, what is not public."""

    def name(self) -> str:
        return "action_answer_sources"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return await answer_message(dispatcher, tracker)
