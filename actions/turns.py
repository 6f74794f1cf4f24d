"""What the Rasa actions share: reads the tracker, asks for the Answer off the event loop, says it, sets the slots."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import Answerer, answerer
from actions.festival_about import about_this_festival
from actions.festival_more import more_about_this_festival
from actions.festival_result import festival_change
from actions.nearby_thread import Context
from actions.report_asides import how_to_withdraw
from actions.respond import Location, Turn, respond
from actions.topics_asked import count_topic
from index.errors import SearchIndexError
from knowledge.citation import asks_which, find_part
from knowledge.errors import KnowledgeError
from nlu import replies
from nlu.answer import Answer
from nlu.duty_follow import DutyThread
from nlu.language import choose
from nlu.message import LOCATION_ONLY, clean
from nlu.report import wants_it_back
from nlu.route import FESTIVAL, REPORT, RULE
from nlu.say import payload

logger = logging.getLogger(__name__)
Events = list[dict[str, Any]]
FESTIVAL_FORM = "festival_form"


def spoken(tracker: Tracker) -> str:
    """The language to answer in: chosen by the person, else the message's, else the last one."""
    latest = tracker.latest_message or {}
    chosen = (latest.get("metadata") or {}).get("language") or tracker.get_slot("language_choice")
    return choose(latest.get("text") or "", chosen, tracker.get_slot("language"))


def shared_location(tracker: Tracker) -> Location | None:
    """(latitude, longitude) sent with the message; used for this turn and put in no slot."""
    row = ((tracker.latest_message or {}).get("metadata") or {}).get("location")
    if not isinstance(row, dict) or not all(isinstance(row.get(name), int | float) for name in ("lat", "lon")):
        return None
    return float(row["lat"]), float(row["lon"])


def answered_by(tracker: Tracker, form: str) -> str | None:
    """The action that has answered the latest message already, None while a form is the first to read it.

    Rasa names the form itself as the latest action of a validation, so the events tell.
    """
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return None
        if event.get("event") == "action" and event.get("name") not in (form, "action_listen"):
            return str(event.get("name"))
    return None


async def ask(question: Callable[[Answerer], Answer], language: str) -> Answer:
    """Put a question to the Answerer off the event loop; "could not look" when the index is not there."""
    try:
        return await asyncio.to_thread(lambda: question(answerer()))
    except (KnowledgeError, SearchIndexError) as error:
        logger.error("%s", error)
        return replies.static("unavailable", language)


def say(dispatcher: CollectingDispatcher, answer: Answer) -> None:
    dispatcher.utter_message(**payload(answer))


def _on_this_festival(words: str, language: str, slots: dict[str, Any]) -> Answer | None:
    """The answer to a short question about the festival that was checked or is being checked."""
    return about_this_festival(words, language, slots) or more_about_this_festival(words, language, slots)


async def part_of_shown(tracker: Tracker, words: str, language: str) -> Answer | None:
    """The part that a message names ("paragraph 4") of the article that was shown last, or what was shown itself to
    "which article is that?"; None for any other message."""
    matches = tracker.get_slot("matches") or []
    if not matches:
        return None
    shown = str(matches[min(int(tracker.get_slot("position") or 0), len(matches) - 1)])
    part = shown if asks_which(words) else find_part(words, shown.split("/", 1)[0])
    if part is None:
        return None
    return replace(await ask(lambda rules: rules.provision(part, language), language), matches=(part,))


def _respond(
    words: str, language: str, thread: Context, last: str, location: Location | None, duty: DutyThread
) -> Turn:
    return respond(words, language, thread, last, location, duty=duty)


async def answer_message(dispatcher: CollectingDispatcher, tracker: Tracker, text: str | None = None) -> Events:
    """Answer the latest message (or ``text`` in its place) and keep the thread."""
    language, location = spoken(tracker), shared_location(tracker)
    raw = (tracker.latest_message or {}).get("text") if text is None else text
    message = clean(raw)
    words = LOCATION_ONLY if raw == LOCATION_ONLY and location is not None else message.text
    if not message.has_words and words != LOCATION_ONLY:
        say(dispatcher, replies.static("empty", language))
        return []
    duty = DutyThread.read(tracker.get_slot("duty_thread"))
    thread, last = Context.read(tracker.get_slot("thread")), str(tracker.get_slot("last_skill") or "")
    form = (tracker.active_loop or {}).get("name")
    changed = None if form else await asyncio.to_thread(festival_change, words, language, tracker.slots)
    if changed is not None:
        answer, facts = changed
        say(dispatcher, answer)
        kept = [SlotSet(f"festival_{name}", value) for name, value in facts.items()]
        return [SlotSet("language", language), SlotSet("last_skill", FESTIVAL), *kept]
    checking = last == FESTIVAL or form == FESTIVAL_FORM
    known = await asyncio.to_thread(_on_this_festival, words, language, tracker.slots) if checking else None
    if last == REPORT and known is None and wants_it_back(words, language):
        known = how_to_withdraw(language)
    if known is not None:
        say(dispatcher, known)
        return [SlotSet("language", language), SlotSet("matches", [c.provision for c in known.citations])]
    part = None if form else await part_of_shown(tracker, words, language)
    if part is not None:
        say(dispatcher, part)
        return [SlotSet("language", language), SlotSet("matches", list(part.matches)), SlotSet("position", 0)]
    try:
        turn = await asyncio.to_thread(_respond, words, language, thread, last, location, duty)
    except (KnowledgeError, SearchIndexError) as error:
        logger.error("%s", error)
        turn = Turn(replies.static("unavailable", language), RULE, thread)
    say(dispatcher, turn.answer)
    # after the answer and not waited for
    asyncio.get_running_loop().run_in_executor(None, count_topic, turn, tracker.sender_id)
    return [
        SlotSet("language", language),
        SlotSet("matches", list(turn.answer.matches) or [c.provision for c in turn.answer.citations]),
        SlotSet("position", 0),
        SlotSet("thread", turn.thread.to_json() if turn.thread.alive else None),
        SlotSet("duty_thread", turn.duty.to_json()),
        SlotSet("last_skill", turn.skill),
    ]
