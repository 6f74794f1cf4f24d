"""The JSON that the web chat and the REST channel send, read strictly. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass

MAX_SENDER = 200


class BadRequestError(ValueError):
    """A request that cannot be read; the message is one sentence that says what to send."""


@dataclass(frozen=True)
class Asked:
    """``language`` is "en", "ko" or None (the message's own)."""

    sender: str
    text: str
    language: str | None


def read_request(body: bytes, text_key: str) -> Asked:
    """Read ``{"sender": …, text_key: …, "language": …}``; raises BadRequestError."""
    try:
        row = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequestError(f'The request is not JSON; send an object with "sender" and "{text_key}".') from None
    if not isinstance(row, dict):
        raise BadRequestError(f'The request must be an object with "sender" and "{text_key}".')
    sender, text = row.get("sender", "default"), row.get(text_key)
    if not isinstance(sender, str) or not 0 < len(sender) <= MAX_SENDER:
        raise BadRequestError(f'"sender" must be a text of 1 to {MAX_SENDER} characters.')
    if not isinstance(text, str):
        raise BadRequestError(f'"{text_key}" must be a text.')
    metadata = row.get("metadata")
    language = row.get("language") or (metadata.get("language") if isinstance(metadata, dict) else None)
    return Asked(sender, text, language if language in ("en", "ko") else None)
