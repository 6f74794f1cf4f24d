"""A message as it came in, made safe to read: no control or hidden characters, one length limit.

A message that starts with ``/`` would be taken by Rasa as an intent with slots; the slashes are
taken off, so that nobody can inject intents from a chat window.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 2000
LOCATION_ONLY = "📍"
"""The message of somebody who shared where they are and typed nothing."""
_KEPT = frozenset("\n\t")
_MARKUP = re.compile(r"<\s*/?\s*(?:script|style|iframe|img|svg|a|b|i|div|span|body|html|form|input)\b[^>]*>", re.I)
_SCRIPT = re.compile(r"<\s*(script|style)\b.*?<\s*/\s*\1\s*>", re.I | re.S)
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Message:
    """``text`` is safe to show to a classifier; ``truncated`` when only its ends were read."""

    text: str
    truncated: bool = False
    markup: bool = False

    @property
    def has_words(self) -> bool:
        """False for an empty message, or one of emoji and signs only."""
        return _LETTER.search(self.text) is not None


def clean(raw: object) -> Message:
    """Make any input a message; never raises. Newlines stay, other control characters go."""
    text = raw if isinstance(raw, str) else ""
    truncated = len(text) > MAX_CHARACTERS
    if truncated:
        # both ends: a cry for help may stand last
        text = text[: MAX_CHARACTERS - 500] + "\n" + text[-499:]
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    without = _MARKUP.sub(" ", _SCRIPT.sub(" ", text))
    text = re.sub(r"[ \t]+", " ", without).strip().lstrip("/\uff0f").strip()
    return Message(text, truncated, without != text and "<" in (raw if isinstance(raw, str) else ""))
