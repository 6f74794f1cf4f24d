"""A message cut so that glued particles do not matter: each Hangul syllable, run of Latin letters or of digits."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "places"
_TOKEN = re.compile(r"[가-힣]|[A-Za-zÀ-ɏ]+|\d+")
_HANGUL = re.compile(r"[가-힣]+")
_APART = re.compile(r"^[\s\-‐-―.·'’(),]{1,3}$")


@dataclass(frozen=True)
class Token:
    """``text`` in lower case, without accents; ``start`` and ``end`` are offsets into the message."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    return [Token(_plain(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def key(text: str) -> tuple[str, ...]:
    """The token texts of a spelling."""
    return tuple(token.text for token in tokens(text))


def hangul_after(text: str, at: int) -> str:
    """The Hangul that follows without a gap."""
    found = _HANGUL.match(text, at)
    return found.group() if found else ""


def is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


def near(text: str, left: Token, right: Token, spaced: bool) -> bool:
    """Whether two tokens of one name may stand like this.

    Latin words and numbers may have a blank or hyphen between them; two Hangul syllables only where the
    spelling has one (``spaced``): "일, 동" is no name.
    """
    gap = text[left.end : right.start]
    if not gap:
        return True
    hangul = is_hangul(left.text) and is_hangul(right.text)
    if hangul:
        return spaced and gap.isspace() and len(gap) == 1
    return bool(_APART.match(gap)) and "\n" not in gap


def _plain(word: str) -> str:
    lowered = word.lower()
    if lowered.isascii() or is_hangul(lowered[0]):
        return lowered
    return "".join(letter for letter in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(letter))


@functools.cache
def words() -> dict[str, tuple[str, ...]]:
    """The lists of ``nlu/data/places/words.json``."""
    written = json.loads((FOLDER / "words.json").read_text("utf-8"))
    return {name: tuple(listed) for name, listed in written.items()}
