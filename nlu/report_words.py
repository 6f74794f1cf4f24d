"""The words of hazard reports: the patterns of ``nlu/<language>/reports.yml``, and names taken out of a report."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from knowledge.reports.redaction import Redacted, redact
from nlu.language import ENGLISH, KOREAN

FOLDER = Path(__file__).parent
_AS_WRITTEN = ("names", "school", "landmark", "landmark_plain")
"""Groups in which a capital letter tells a name."""
_HANGUL, _LATIN = re.compile(r"[가-힣]{2}"), re.compile(r"[A-Za-z]{3}")


@functools.cache
def lexicon(language: str) -> dict[str, Any]:
    """The compiled patterns of a language; ``expand`` stays a mapping of words."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load((FOLDER / language / "reports.yml").read_text("utf-8"), Loader=loader)["lexicon"]
    return {
        name: value if name == "expand" else _compiled(value, 0 if name in _AS_WRITTEN else re.I)
        for name, value in written.items()
    }


def _compiled(value: Any, flags: int) -> Any:
    if isinstance(value, dict):
        return {name: _compiled(each, flags) for name, each in value.items()}
    if isinstance(value, list):
        return [re.compile(each, flags) for each in value]
    return re.compile(value, flags)


def languages_in(text: str, language: str) -> tuple[str, ...]:
    """The message's language, and the other one where letters of it stand in the text."""
    other, letters = (ENGLISH, _LATIN) if language == KOREAN else (KOREAN, _HANGUL)
    return (language, other) if letters.search(text) else (language,)


def has(name: str, text: str, language: str) -> bool:
    """Whether a group of the message's languages is in the text."""
    return any(lexicon(each)[name].search(text) for each in languages_in(text, language))


def without_names(text: str) -> Redacted:
    """The text without names, numbers, plates and addresses of the net, whichever language they stand in."""
    return redact(text, [("name", pattern) for each in (KOREAN, ENGLISH) for pattern in lexicon(each)["names"]])
