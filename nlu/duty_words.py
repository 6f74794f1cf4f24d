"""The words of duties and deadlines in both languages, ``nlu/<language>/duties.yml``, compiled.

A pattern of the file may name one of its ``parts`` in braces: "{duty}".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.language import ENGLISH, LANGUAGES

FOLDER = Path(__file__).parent
_BLANK = re.compile(r"\s+")
_PART = re.compile(r"\{([a-z_]+)\}")
_NEVER = "(?!)"


@dataclass(frozen=True)
class Days:
    """Which days of a message are no day to count from: after ``before`` ("by", "as of"), before ``after``
    ("까지"), with ``length`` in them ("within 30 days"); and where one clause ends and another begins."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    length: re.Pattern[str]
    clause: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]


@dataclass(frozen=True)
class Holder:
    """``ids`` of names.yml; ``alone``: a role ("owner") that says who only where nothing else is named; ``unnamed``:
    somebody whom the decree names no duty for (key of a text), ``ids`` being the nearest that it does bind."""

    ids: tuple[str, ...]
    words: re.Pattern[str]
    alone: bool
    unnamed: str


@dataclass(frozen=True)
class Lists:
    """``core``: asks what duties are there, or what must be done, and ``not_core``: asks another thing with such
    words. ``known``: what else may be said, ``place``: of which place, ``between``: what joins two holders.
    ``own``: asks for one's own duties, and ``not_own``: on one occasion. ``all``: asks for everything."""

    core: re.Pattern[str]
    not_core: re.Pattern[str]
    known: frozenset[str]
    place: re.Pattern[str]
    between: re.Pattern[str]
    own: re.Pattern[str]
    not_own: re.Pattern[str]
    all: re.Pattern[str]
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class Topical:
    """A topic's words: every one of ``all`` and none of ``never``."""

    all: tuple[re.Pattern[str], ...]
    never: re.Pattern[str]

    def among(self, shape: str) -> bool:
        """Whether a message is about it."""
        return all(each.search(shape) for each in self.all) and not self.never.search(shape)


@dataclass(frozen=True)
class Lexicon:
    """``deadline``: asks until when; ``aside``: asks for something else all the same; ``matters``: what a short
    question asks of a deadline that was told before it; ``grades``: safety grades and their inspections;
    ``seeds``: a word for a family of topics."""

    deadline: re.Pattern[str]
    aside: re.Pattern[str]
    days: Days
    topics: dict[str, Topical]
    lists: Lists
    matters: dict[str, re.Pattern[str]]
    grades: dict[str, re.Pattern[str]]
    seeds: dict[str, str]


@functools.cache
def load(language: str) -> dict[str, Any]:
    """The file of one language, as written."""
    import yaml

    return dict(yaml.safe_load((FOLDER / language / "duties.yml").read_text("utf-8")))


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The patterns of one language."""
    written = load(language)["lexicon"]
    parts: dict[str, str] = {}

    def pattern(raw: str | list[str]) -> re.Pattern[str]:
        joined = raw if isinstance(raw, str) else "|".join(f"(?:{each})" for each in raw)
        return re.compile(_filled(joined, parts), re.I)

    for name, raw in written["parts"].items():
        parts[name] = f"(?:{_filled(raw, parts)})"
    days, lists = written["days"], written["lists"]
    return Lexicon(
        pattern(written["deadline"]),
        pattern(written["aside"]),
        Days(**{name: pattern(days[name]) for name in Days.__dataclass_fields__}),
        {
            name: Topical(tuple(map(pattern, row["all"])), pattern(row.get("never", _NEVER)))
            for name, row in written["topics"].items()
        },
        Lists(
            pattern(lists["core"]),
            pattern(lists["not_core"]),
            frozenset(" ".join(lists["known"]).split()),
            pattern(lists["place"]),
            pattern(lists["between"]),
            pattern(lists["own"]),
            pattern(lists["not_own"]),
            pattern(lists["all"]),
            tuple(
                Holder(tuple(row["ids"]), pattern(row["words"]), bool(row.get("alone")), row.get("unnamed", ""))
                for row in written["holders"]
            ),
        ),
        {name: pattern(raw) for name, raw in written["matters"].items()},
        {name: pattern(raw) for name, raw in written["grades"].items()},
        dict(written["seeds"]),
    )


def _filled(raw: str, parts: dict[str, str]) -> str:
    """Raises KeyError for a part that does not stand above."""
    return _PART.sub(lambda found: parts[found[1]], raw)


def plain(text: str) -> str:
    """One blank between words, and one kind of apostrophe."""
    return _BLANK.sub(" ", unicodedata.normalize("NFKC", text).replace("’", "'")).strip()


def shaped(text: str, language: str) -> str:
    """What a language's patterns are searched in: Korean ones in the text without blanks."""
    return plain(text) if language == ENGLISH else _BLANK.sub("", plain(text))


def shapes(text: str) -> dict[str, str]:
    """The shape of each language."""
    return {each: shaped(text, each) for each in LANGUAGES}


def order(language: str) -> list[str]:
    """The languages, that of the message first."""
    return sorted(LANGUAGES, key=lambda each: each != language)
