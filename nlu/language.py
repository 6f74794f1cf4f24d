"""The two languages, and which of them a message is in."""

from __future__ import annotations

import re

ENGLISH, KOREAN = "en", "ko"
LANGUAGES = (ENGLISH, KOREAN)
DEFAULT = KOREAN
"""The first city is Korean: with nothing to go by, Korean is spoken."""

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_LATIN = re.compile(r"[A-Za-z]")


def detect(text: str, otherwise: str | None = None) -> str:
    """``ko`` when a fair share of the letters is Hangul, ``en`` for Latin letters.

    Korean mixes in Latin words ("AED 어디"), English rarely mixes in Hangul, so a fifth is enough.
    ``otherwise`` (or Korean) for a message without letters of either.
    """
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    if hangul + latin == 0:
        return otherwise if otherwise in LANGUAGES else DEFAULT
    return KOREAN if hangul * 4 >= latin else ENGLISH


def choose(text: str, chosen: str | None, last: str | None) -> str:
    """The language to answer in: the person's own choice, else the message's, else the last one."""
    if chosen in LANGUAGES:
        return str(chosen)
    return detect(text, last)
