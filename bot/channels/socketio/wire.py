"""What socket.io clients send, read strictly, and a reply as Rasa's channel sends it. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.channels.wire import Asked, BadRequestError, read_request

MAX_TITLE = 80
"""Characters on a button; Rasa names no limit, and more than two lines of a phone is no button."""
_RANDOM = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}(?:\1)4[0-9a-f]{3}\1[89ab][0-9a-f]{3}\1[0-9a-f]{12}")


def read_session(data: object) -> str | None:
    """The ``session_id`` of an object, if it is a random UUID; None for anything else.

    An id that somebody could guess would let them go on with another person's conversation.
    """
    given = data.get("session_id") if isinstance(data, dict) else None
    return given if isinstance(given, str) and _RANDOM.fullmatch(given) else None


def read_uttered(data: object, metadata_key: str = "metadata") -> Asked:
    """Read ``{"message", metadata?: {"language", "location"}}``; raises BadRequestError.

    Language and location may also stand beside the message, and the metadata may be JSON in a text, as on
    Rasa's channel. ``sender`` of the result means nothing: see ``read_session``.
    """
    if not isinstance(data, dict):
        raise BadRequestError('The event must carry an object with "message" and "session_id".')
    if not isinstance(data.get("message"), str):
        raise BadRequestError('"message" must be a text.')
    row = {"message": data["message"], "metadata": _metadata(data.get(metadata_key))}
    row |= {key: data[key] for key in ("language", "location") if key in data}
    try:
        body = json.dumps(row).encode()
    except (TypeError, ValueError, RecursionError):
        raise BadRequestError("The event must carry plain JSON.") from None
    return read_request(body, text_key="message")


def spoken(data: object) -> str:
    """The words in a payload that may be unreadable otherwise: an emergency is heard whatever it came in."""
    said = data.get("message") if isinstance(data, dict) else data
    return said if isinstance(said, str) else ""


def messages(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """A reply (``{text, quick_replies, answer}``) as bot messages: its text with buttons, then its Answer.

    They are two because widgets tell a message's kind by its keys and know none with text and custom data.
    A title too long for a button is shortened; what is sent when it is pressed is not.
    """
    said: dict[str, Any] = {"text": reply["text"]}
    if reply["quick_replies"]:
        said["quick_replies"] = [
            {"content_type": "text", "title": _short(each["title"]), "payload": each["text"]}
            for each in reply["quick_replies"]
        ]
    custom = {key: reply[key] for key in ("answer", "error") if key in reply}
    return [said, {"custom": custom}]


def _metadata(given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            return {}
    return given if isinstance(given, dict) else {}


def _short(title: str) -> str:
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rstrip() + "…"
