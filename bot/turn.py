"""One turn on any channel: clean the message, run Rasa, and never leave a person without a reply."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.settings import salt, settings
from nlu import emergency, replies
from nlu.answer import Answer
from nlu.language import choose
from nlu.message import LOCATION_ONLY, Message, clean
from nlu.say import quick_replies

logger = logging.getLogger(__name__)
Handler = Callable[[UserMessage], Awaitable[Any]]
Reply = dict[str, Any]
"""``{text, quick_replies, answer}``."""
Tell = Callable[[Reply], None]


def hashed(sender: str, channel: str) -> str:
    """A sender id that cannot be led back to the person."""
    return hashlib.sha256(_salt() + f"{channel}:{sender}".encode()).hexdigest()[:32]


@functools.cache
def _salt() -> bytes:
    return salt()


async def run_turn(
    handler: Handler,
    sender: str,
    raw: object,
    channel: str,
    language: str | None = None,
    location: tuple[float, float] | None = None,
    tell: Tell | None = None,
) -> list[Reply]:
    """The replies to one message: ``[{text, quick_replies, answer}]``, never empty, never raising.

    ``tell`` hears each of them, in order, as soon as the dialogue has it: what is urgent need not wait for
    an action that comes after it.

    Rasa answers; when it fails, is silent or takes too long, the person is told so here, and an
    emergency is answered here without it. ``location``: WGS 84 (lat, lon) shared with this message; it
    travels as metadata, which the tracker store never writes, and a message without words becomes LOCATION_ONLY.
    """
    said = _Said(tell)
    message = clean(raw)
    metadata: dict[str, Any] = {"language": language} if language in ("en", "ko") else {}
    if location is not None:
        metadata["location"] = {"lat": location[0], "lon": location[1]}
        message = message if message.has_words else Message(LOCATION_ONLY)
    elif not message.has_words:
        said.add(as_reply(replies.static("empty", choose(message.text, language, None))))
        return said.replies
    try:
        await asyncio.wait_for(
            handler(
                UserMessage(message.text, said, hashed(sender, channel), input_channel=channel, metadata=metadata)
            ),
            settings().turn_seconds,
        )
    except (Exception, asyncio.CancelledError) as error:  # a turn must end in a reply, whatever broke
        logger.error("A turn on %s failed: %s", channel, type(error).__name__)
    said.finish()
    if not said.replies:
        said.add(as_reply(without_rasa(message, language)))
    return said.replies


class _Said(CollectingOutputChannel):
    """Gathers what Rasa sends into replies; one is whole when its Answer comes, after its paragraphs."""

    def __init__(self, tell: Tell | None) -> None:
        super().__init__()
        self.replies: list[Reply] = []
        self._tell, self._parts = tell, list[dict[str, Any]]()

    async def _persist_message(self, message: dict[str, Any]) -> None:
        self._parts.append(message)
        if (message.get("custom") or {}).get("answer") is not None:
            self.finish()

    def finish(self) -> None:
        """What has come so far is whole."""
        parts, self._parts = self._parts, []
        for reply in merge(parts):
            self.add(reply)

    def add(self, reply: Reply) -> None:
        self.replies.append(reply)
        if self._tell is not None:
            self._tell(reply)


def without_rasa(message: Message, language: str | None) -> Answer:
    """What is said when the dialogue is down: an emergency's reply, or that we could not look."""
    found = emergency.detect(message.text)
    if found is not None:
        return replies.emergency(found, found.language)
    return replies.static("unavailable", choose(message.text, language, None))


def at_once(raw: object, language: str | None) -> list[Reply]:
    """The reply to an emergency, without Rasa; none for any other message. Never raises."""
    message = clean(raw)
    found = emergency.detect(message.text, language)
    return [] if found is None else [as_reply(replies.emergency(found, choose(message.text, language, None)))]


def as_reply(answer: Answer) -> Reply:
    return {"text": answer.text, "quick_replies": quick_replies(answer), "answer": answer.to_json()}


def merge(messages: list[dict[str, Any]]) -> list[Reply]:
    """Join what Rasa sends in parts (paragraphs, buttons, custom data) into one reply for each Answer."""
    merged: list[Reply] = []
    texts: list[str] = []
    buttons: list[dict[str, str]] = []
    for message in messages:
        if message.get("text"):
            texts.append(message["text"])
        buttons += [{"title": b["title"], "text": b["payload"]} for b in message.get("buttons") or []]
        answer = (message.get("custom") or {}).get("answer")
        if answer is not None:
            merged.append({"text": answer["text"], "quick_replies": buttons, "answer": answer})
            texts, buttons = [], []
    if texts:
        merged.append({"text": "\n\n".join(texts), "quick_replies": buttons, "answer": None})
    return merged
