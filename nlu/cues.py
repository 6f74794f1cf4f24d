"""Hints in a question's words that it asks for what a law's text seldom holds: ``nlu/<language>/scope.yml``."""

from __future__ import annotations

import functools
import re
from pathlib import Path

FOLDER = Path(__file__).parent


@functools.cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    import yaml

    written = yaml.safe_load((FOLDER / language / "scope.yml").read_text("utf-8"))["cues"]
    flags = {name: 0 if name == "other_law" else re.IGNORECASE for name in written}
    return {name: re.compile(pattern, flags[name]) for name, pattern in written.items()}


def cues(text: str, language: str) -> dict[str, float]:
    """1.0 for each hint that is there, else 0.0."""
    return {f"cue {name}": float(bool(pattern.search(text))) for name, pattern in _patterns(language).items()}
