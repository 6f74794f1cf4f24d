"""A skill request of Kakao i Open Builder 2.0, read as far as it can be. Pure (``schema/request.json``)."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from nlu.language import ENGLISH, KOREAN, detect
from nlu.message import clean

MAX_BODY = 64_000
"""Bytes; real requests have a few thousand."""
MAX_USER = 200
_LANGUAGES = {"kr": KOREAN, "ko": KOREAN, "en": ENGLISH}


class UnreadableError(ValueError):
    """A body that is no skill request; it is answered with a sentence, and nothing is looked up."""


@dataclass(frozen=True)
class Skill:
    """``bot`` and ``callback`` are "" when absent; ``language`` is the words', else the app's, else Korean.

    ``chosen``: a language for the dialogue, only where the words have none and the app is not Korean.
    """

    bot: str
    sender: str
    utterance: str
    language: str
    callback: str = ""
    chosen: str | None = None


def read_skill(body: bytes) -> Skill:
    """Read a request; raises UnreadableError. What may be missing is missing: no words, no user, no block.

    A user without a readable id gets one for this message only, so that nobody shares a conversation.
    """
    if len(body) > MAX_BODY:
        raise UnreadableError
    try:
        row = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableError from None
    if not isinstance(row, dict):
        raise UnreadableError
    asked = _mapping(row, "userRequest")
    utterance, app = _words(asked, "utterance"), _LANGUAGES.get(_words(asked, "lang").lower())
    spoken = clean(utterance).text
    return Skill(
        _words(_mapping(row, "bot"), "id"),
        _sender(_words(_mapping(asked, "user"), "id")),
        utterance,
        detect(spoken, app),
        _words(asked, "callbackUrl"),
        ENGLISH if app == ENGLISH and detect(spoken, ENGLISH) != detect(spoken, KOREAN) else None,
    )


def _sender(user: str) -> str:
    if 0 < len(user) <= MAX_USER and user.isprintable():
        return user
    return f"once-{uuid.uuid4().hex}"


def _mapping(row: dict[str, Any], key: str) -> dict[str, Any]:
    found = row.get(key)
    return found if isinstance(found, dict) else {}


def _words(row: dict[str, Any], key: str) -> str:
    found = row.get(key)
    return found if isinstance(found, str) else ""
