"""Action cards: what to do in a danger, and which card a question means. ``nlu/<language>/cards.yml``.

A card is our own short text; every line is backed by rows of the official guideline, which the Korean
file names (``checked_against``). The emergency detector runs before: what comes here asks to know. A
question about rules, money, offices or places is never a card, whatever danger it names.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu import emergency_text
from nlu.language import ENGLISH, KOREAN, LANGUAGES

FOLDER = Path(__file__).parent
LONGEST = {ENGLISH: 120, KOREAN: 50}
"""Characters of a message (Korean without blanks) that may still be one what-to-do question, not a story."""
ASKED_LONGER = 2
"""So many times as long may a message be that is known to ask what to do."""
ASKED, NAMED = 1.0, 0.8
"""Score of a danger with a what-to-do question, and of a message that is nothing but the name of a danger."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Card:
    """``calls``: numbers to call, first one first; ``kinds_of_shelter``: kinds of place that fit, or ();
    ``checked_against``: for each line, the places in the official guideline ("file/category/main.sub")."""

    id: str
    title: str
    lines: tuple[str, ...]
    calls: tuple[str, ...]
    kinds_of_shelter: tuple[str, ...]
    checked_against: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class CardMatch:
    """``how``: "asked" (danger and question) or "named" (only the danger); ``word``: what was recognised."""

    card: str
    score: float
    how: str
    word: str


@dataclass(frozen=True)
class _Lexicon:
    asks: re.Pattern[str]
    refused: re.Pattern[str]
    words: tuple[tuple[str, re.Pattern[str]], ...]
    titles: dict[str, str]


@functools.cache
def load(language: str) -> dict[str, Any]:
    """The card file of one language, as written; raises KeyError for another language."""
    import yaml

    if language not in LANGUAGES:
        raise KeyError(f"no cards in the language {language!r}")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((FOLDER / language / "cards.yml").read_text("utf-8"), Loader=loader))


@functools.cache
def cards(language: str) -> dict[str, Card]:
    """All cards by id, in the order of the file. What is the same in every language stands in the Korean file."""
    common, spoken = load(KOREAN)["cards"], load(language)["cards"]
    return {
        name: Card(
            name,
            str(written["title"]),
            tuple(str(line) for line in written["lines"]),
            tuple(str(number) for number in common[name]["calls"]),
            tuple(common[name]["kinds_of_shelter"]),
            tuple(tuple(places) for places in common[name]["checked_against"]),
        )
        for name, written in spoken.items()
    }


def find_card(text: str, language: str, *, asked: bool = False, surely: bool = False) -> CardMatch | None:
    """The card a message asks for, or None. Both languages are tried, ``language`` first. Never raises on any text.

    ``asked``: that what to do is asked for is known otherwise; then a danger's name is enough. ``surely``: so surely
    that words of rules and offices beside it do not count.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    cleaned = emergency_text.clean(text)
    first = language if language in LANGUAGES else KOREAN
    for tried in (first, *(other for other in LANGUAGES if other != first)):
        found = _find(_form(cleaned, tried), tried, asked, surely)
        if found is not None:
            return found
    return None


def _find(form: str, language: str, asked: bool, surely: bool) -> CardMatch | None:
    if not form or len(form) > LONGEST[language] * (ASKED_LONGER if asked else 1):
        return None
    lexicon = _lexicon(language)
    if form in lexicon.titles:
        return CardMatch(lexicon.titles[form], NAMED, "named", form)
    best = _longest(form, lexicon)
    if best is None or (lexicon.refused.search(form) and not surely):
        return None
    card, word = best
    if asked or lexicon.asks.search(form):
        return CardMatch(card, ASKED, "asked", word)
    return CardMatch(card, NAMED, "named", word) if word == form else None


def _longest(form: str, lexicon: _Lexicon) -> tuple[str, str] | None:
    """The card whose word covers most of the message; of equals the one written first."""
    best: tuple[str, str] | None = None
    for card, pattern in lexicon.words:
        for found in pattern.finditer(form):
            word = found.group()
            if word and (best is None or len(word) > len(best[1])):
                best = card, word
    return best


def _form(cleaned: str, language: str) -> str:
    """English: words with one blank between them; Korean: nothing but letters and digits."""
    return " ".join(_WORD.findall(cleaned)) if language == ENGLISH else emergency_text.squash(cleaned)


@functools.cache
def _lexicon(language: str) -> _Lexicon:
    written = load(language)["lexicon"]
    titles = {_form(emergency_text.clean(card.title), language): card.id for card in cards(language).values()}
    return _Lexicon(
        _any(written["asks"], language),
        _any(written["not"], language),
        tuple((card, _any(words, language, whole=True)) for card, words in written["cards"].items()),
        titles,
    )


def _any(alternatives: list[str], language: str, whole: bool = False) -> re.Pattern[str]:
    """One expression of all alternatives; in English it begins, and with ``whole`` also ends, where a word does."""
    joined = "|".join(f"(?:{each})" for each in alternatives)
    if language != ENGLISH:
        return re.compile(joined)
    return re.compile(rf"\b(?:{joined})\b" if whole else rf"\b(?:{joined})")
