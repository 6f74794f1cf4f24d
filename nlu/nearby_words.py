"""The words of a message about places: the patterns of ``nlu/<language>/nearby.yml``, searched in a message.

People mix languages ("무더위쉼터 near Jungang station"), so a message with letters of the other language is
read with the patterns of both. Long words of the lexicon are known with one slip ("sheltr", "쉽터").
"""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path
from typing import Any

from nlu.language import ENGLISH, KOREAN
from nlu.place_typos import one_slip

FOLDER = Path(__file__).parent
_HANGUL, _LATIN = re.compile(r"[가-힣]{2}"), re.compile(r"[A-Za-z]{3}")
_TOKEN = {ENGLISH: re.compile(r"[A-Za-z]{6,}"), KOREAN: re.compile(r"[가-힣]+")}
_PIECE = re.compile(r"[^\s,.?!:;()/~·]+")


@functools.cache
def lexicon(language: str) -> dict[str, Any]:
    """The compiled patterns of a language; ``spelled`` is its list of words that are known with a slip."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load((FOLDER / language / "nearby.yml").read_text("utf-8"), Loader=loader)["lexicon"]
    return {name: value if name in ("spelled", "not_slips") else _compiled(value) for name, value in written.items()}


def _compiled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _compiled(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_compiled(each) for each in value]
    return re.compile(value, re.I)


def languages_in(text: str, language: str) -> tuple[str, ...]:
    """The message's language, and the other one where letters of it stand in the text."""
    other, letters = (ENGLISH, _LATIN) if language == KOREAN else (KOREAN, _HANGUL)
    return (language, other) if letters.search(text) else (language,)


def has(name: str, text: str, languages: tuple[str, ...]) -> bool:
    """Whether a group of one of the languages is in the text."""
    return any(lexicon(language)[name].search(text) for language in languages)


def named(group: str, text: str, languages: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Members of a group that stand in the text, each taking its words away from the next ("tsunami site" is no
    earthquake site), and the text that is left."""
    found = []
    for language in languages:
        for name, pattern in lexicon(language)[group].items():
            text, count = pattern.subn(" ", text)
            if count and name not in found:
                found.append(name)
    return tuple(found), text


def left_over(text: str, languages: tuple[str, ...]) -> list[str]:
    """Words of the text that say something else than where: neither fillers nor spelled like a place."""
    for language in languages:
        for name in ("shelter", "refuge", "here", "contact"):
            text = lexicon(language)[name].sub(" ", text)
    patterns = [lexicon(language)[name] for language in languages for name in ("filler", "placelike")]
    return [word for word in _PIECE.findall(text) if not any(pattern.fullmatch(word) for pattern in patterns)]


def respelled(text: str, languages: tuple[str, ...]) -> str:
    """The text with words of the lexicon that have one slip put right."""
    for language in languages:
        text = _TOKEN[language].sub(functools.partial(_right, language), text)
    return text


def _right(language: str, token: re.Match[str]) -> str:
    return _known(token.group(), language)


@functools.lru_cache(maxsize=4096)
def _known(word: str, language: str) -> str:
    words = lexicon(language)
    if language == ENGLISH:
        low = word.lower()
        if low in words["spelled"] or low in words["not_slips"]:
            return word
        return next((str(known) for known in words["spelled"] if low[0] == known[0] and one_slip(known, low)), word)
    for known in words["spelled"]:
        if known in word:
            return word
        size = len(known)
        for at in range(len(word) - size + 1):
            piece = word[at : at + size]
            if piece not in words["not_slips"] and _one_letter_off(known, piece):
                return f"{word[:at]}{known}{word[at + size :]}"
    return word


def _one_letter_off(known: str, written: str) -> bool:
    """One letter of one syllable changed, added or left out: 쉽터."""
    off = [(a, b) for a, b in zip(known, written, strict=True) if a != b]
    return len(off) == 1 and one_slip(*(unicodedata.normalize("NFD", syllable) for syllable in off[0]))
