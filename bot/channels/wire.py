"""The JSON that the web chat and the REST channel send, read strictly. Pure."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

MAX_SENDER = 200
MAX_BODY = 1_000_000
"""Bytes of a request: many times the longest message."""
Location = tuple[float, float]


class BadRequestError(ValueError):
    """A request that cannot be read; the message is one sentence that says what to send."""

    status = 400


class TooLargeError(BadRequestError):
    """A request that is larger than any message."""

    status = 413


@dataclass(frozen=True)
class Asked:
    """``language`` is "en", "ko" or None (the message's own); ``location`` WGS 84 degrees (lat, lon)."""

    sender: str
    text: str
    language: str | None
    location: Location | None = None


def read_request(body: bytes, text_key: str) -> Asked:
    """Read ``{"sender", text_key, "language", "location"}``; raises BadRequestError.

    A body of more than MAX_BODY raises TooLargeError.
    Language and location may also stand in "metadata", as on Rasa's REST channel.
    """
    if len(body) > MAX_BODY:
        raise TooLargeError(f"The request may hold {MAX_BODY} bytes.")
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
    given = row.get("metadata")
    metadata: dict[str, Any] = given if isinstance(given, dict) else {}
    language = row.get("language") or metadata.get("language")
    location = row.get("location", metadata.get("location"))
    return Asked(sender, text, language if language in ("en", "ko") else None, _location(location))


def _location(given: Any) -> Location | None:
    """A shared place; None when none was sent. ``accuracy_m`` is read to be checked and then let go."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise BadRequestError('"location" must be an object with "lat" and "lon".')
    lat: Any = given.get("lat")
    lon: Any = given.get("lon")
    if not (_within(lat, -90, 90) and _within(lon, -180, 180)):
        raise BadRequestError('"location" needs "lat" from -90 to 90 and "lon" from -180 to 180, in degrees.')
    accuracy = given.get("accuracy_m")
    if accuracy is not None and not _within(accuracy, 0, math.inf):
        raise BadRequestError('"accuracy_m" must be a number of metres.')
    return float(lat), float(lon)


def _within(value: Any, low: float, high: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and low <= value <= high and value not in (math.inf, -math.inf)
