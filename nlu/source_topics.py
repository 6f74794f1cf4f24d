"""Whether a message asks about disclosed data, and of which kind: ``nlu/<language>/sources.yml``.

A topic's name alone is not enough: the message must ask for data, a place, an inspection result or whether
there is any, and must hold no word of a question about rules. People mix languages ("AED 어디 있어?"), so both
lexicons look at every message.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.register.topics import ALL
from nlu.josa import particles
from nlu.language import ENGLISH, KOREAN, LANGUAGES

FOLDER = Path(__file__).parent
LONGEST = 200
"""Characters; a longer message is no question about data."""
BARE_LEFT = {ENGLISH: 12, KOREAN: 6}
"""Letters that may stand beside a topic's name in a message that says little else ("안산 놀이터 안전검사")."""
ASKS = {
    "data": {"data"},
    "near": {"data", "where", "have", "show"},
    "result": {"data", "show", "result"},
    "weak": {"data", "result"},
    "said": set(),
}
"""What has to be asked of a topic: about data as such; or where it is; or what was found. ``weak`` names are
things that people speak of for other reasons ("lift"), so data or a result must be asked for; what is ``said``
is a whole question by itself."""
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Lexicon:
    """One language's expressions, compiled."""

    ask: dict[str, re.Pattern[str]]
    rule: re.Pattern[str]
    named_data: re.Pattern[str]
    own: re.Pattern[str]
    strict: re.Pattern[str]
    named_map: re.Pattern[str]
    all: re.Pattern[str]
    names: tuple[tuple[str, str, re.Pattern[str]], ...]
    """Topic, a key of ASKS, its names."""


@functools.cache
def load(language: str) -> dict[str, Any]:
    """The file of one language, as written."""
    import yaml

    return dict(yaml.safe_load((FOLDER / language / "sources.yml").read_text("utf-8")))


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The compiled expressions of one language."""
    written = load(language)
    end = r"\b" if language == ENGLISH else ""

    def compiled(names: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{name}){end}" for name in names))

    names = [(topic, str(row["asks"]), compiled(row["names"])) for topic, row in written["topics"].items()]
    for more in ("weak", "said"):
        names += [(topic, more, compiled(row[more])) for topic, row in written["topics"].items() if more in row]
    return Lexicon(
        {name: re.compile(pattern) for name, pattern in written["ask"].items()},
        re.compile(written["rule"]),
        re.compile(written["named_data"]),
        re.compile("|".join(f"(?:{each})" for each in written["own"])),
        re.compile(written["strict"]),
        re.compile(written["named_map"]),
        re.compile("|".join(f"(?:{each})" for each in written["all"])),
        tuple(names),
    )


def asks_for_data(text: str) -> bool:
    """Whether a message speaks of data as such ("do you have radiation data"), not only of the thing."""
    return any(lexicon(each).named_data.search(_shape(text, each)) for each in LANGUAGES)


def asks_for_map(text: str) -> bool:
    """Whether a message speaks of a map of dangers: then a danger in it is what the map shows, not what to flee."""
    return any(lexicon(each).named_map.search(_shape(text, each)) for each in LANGUAGES)


def speaks_of_rules(text: str) -> bool:
    """Whether a word of a duty, a permission or an order stands in a message."""
    return any(lexicon(each).rule.search(_shape(text, each)) for each in LANGUAGES)


def find_topic(text: str, language: str) -> str | None:
    """The topic that a message asks data about, ``all`` for what data there is, or None.

    ``language`` is the message's: when both lexicons know a name, its own one decides.
    """
    if len(text) > LONGEST:
        return None
    shapes = {each: _shape(text, each) for each in LANGUAGES}
    asked = {name for each in LANGUAGES for name, pattern in lexicon(each).ask.items() if pattern.search(shapes[each])}
    about_rules = speaks_of_rules(text)
    order = sorted(LANGUAGES, key=lambda each: each != language)
    named = next((found for each in order if (found := _named(shapes[each], each)) is not None), None)
    if _of_our_own(shapes):
        return named.topic if named is not None else ALL
    if about_rules:
        return None
    if named is not None:
        enough = named.bare or named.asks == "said" or asked & ASKS[named.asks]
        return named.topic if enough else None
    return ALL if any(lexicon(each).all.search(shapes[each]) for each in LANGUAGES) else None


def named_topic(text: str, language: str) -> str | None:
    """The topic whose name stands in a message, whatever it asks; None for none."""
    if len(text) > LONGEST:
        return None
    for each in sorted(LANGUAGES, key=lambda other: other != language):
        if (found := _named(_shape(text, each), each)) is not None:
            return found.topic
    return None


def _of_our_own(shapes: dict[str, str]) -> bool:
    """Whether a message asks whence, how old or which our own data is; a word of duties makes it another question."""
    if any(lexicon(each).strict.search(shapes[each]) for each in LANGUAGES):
        return False
    return any(lexicon(each).own.search(shapes[each]) for each in LANGUAGES)


@dataclass(frozen=True)
class Named:
    """A topic's name in a message. ``bare``: the message says little else."""

    topic: str
    asks: str
    bare: bool


def _named(shape: str, language: str) -> Named | None:
    """The topic with the longest name in the message."""
    found = [
        (len(match.group()), topic, asks)
        for topic, asks, pattern in lexicon(language).names
        if (match := pattern.search(shape))
    ]
    if not found:
        return None
    length, topic, asks = max(found, key=lambda each: each[0])
    bare = asks in ("near", "result") and len(shape.strip()) - length <= BARE_LEFT[language]
    return Named(topic, asks, bare)


def _shape(text: str, language: str) -> str:
    """English: `` words with single spaces ``; Korean: letters and digits only, whatever the spacing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return f" {' '.join(_NOT_WORD.sub(' ', plain).split())} " if language == ENGLISH else _NOT_WORD.sub("", plain)


def source_text(key: str, language: str, **values: object) -> str:
    """The text at ``a.b`` below ``texts``, with its placeholders filled; raises KeyError."""
    found: Any = load(language)["texts"]
    for part in key.split("."):
        found = found[part]
    filled = str(found).format(**values)
    return particles(filled) if language == KOREAN else filled
