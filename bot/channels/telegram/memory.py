"""What the channel remembers of a person: the language they decided on. In memory only, bounded, for a day."""

from __future__ import annotations

import time
from collections import OrderedDict

from nlu.language import LANGUAGES, detect

MOST = 20_000
KEEP_SECONDS = 24 * 3600


class Languages:
    """The person's words or /language decide; until then Telegram's language_code is a first guess."""

    def __init__(self, most: int = MOST, seconds: float = KEEP_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def keep(self, person: str, language: str) -> None:
        self._kept.pop(person, None)
        self._kept[person] = (time.monotonic(), language)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def of(self, person: str, language_code: str) -> str | None:
        """The language of what is said to a person without words of theirs; None when nothing tells it."""
        found = self._kept.get(person)
        if found and found[0] > time.monotonic() - self._seconds:
            return found[1]
        return guess(language_code)

    def forget(self, person: str) -> None:
        self._kept.pop(person, None)


def guess(language_code: str) -> str | None:
    """Of Telegram's IETF tag: Korean for "ko", English for any other language, None without one."""
    tag = language_code.split("-", 1)[0].lower()
    if not tag:
        return None
    return tag if tag in LANGUAGES else "en"


def decides(words: str) -> bool:
    """Whether a message tells its language itself."""
    return detect(words, "en") == detect(words, "ko")
