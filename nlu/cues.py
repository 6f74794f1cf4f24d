"""Hints in a question's words that it asks for what a law's text seldom holds: ``nlu/<language>/scope.yml``."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from nlu.language import ENGLISH, KOREAN

FOLDER = Path(__file__).parent
LONGEST = 90
"""Characters of a message that can ask for nothing but the text's date."""


@functools.cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    import yaml

    written = yaml.safe_load((FOLDER / language / "scope.yml").read_text("utf-8"))["cues"]
    flags = {name: 0 if name == "other_law" else re.IGNORECASE for name in written}
    return {name: re.compile(pattern, flags[name]) for name, pattern in written.items()}


@functools.cache
def _any_of(group: str, language: str) -> re.Pattern[str]:
    import yaml

    written = yaml.safe_load((FOLDER / language / "scope.yml").read_text("utf-8"))[group]
    return re.compile("|".join(f"(?:{each})" for each in written), re.I)


def asks_text_date(text: str) -> bool:
    """Whether a short message asks of which day the law's text is; Korean is read without blanks."""
    return len(text) <= LONGEST and _found("text_date", text)


def sounds_hostile(text: str) -> bool:
    """Whether a message holds a word of orders to the machine, secrets, fraud, violence or abuse."""
    return _found("hostile", text)


def _found(group: str, text: str) -> bool:
    shape = {ENGLISH: " ".join(text.split()), KOREAN: "".join(text.split())}
    return any(_any_of(group, language).search(shape[language]) for language in shape)


def cues(text: str, language: str) -> dict[str, float]:
    """1.0 for each hint that is there, else 0.0."""
    return {f"cue {name}": float(bool(pattern.search(text))) for name, pattern in _patterns(language).items()}
