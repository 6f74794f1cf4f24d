"""Whether a message asks that a draft of a festival's safety plan be looked at, or is such a draft itself."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from nlu.language import LANGUAGES
from nlu.message import MAX_CHARACTERS

FOLDER = Path(__file__).parent
LEAST_LINES = 4
"""Lines with words from which a message may be a plan that was pasted."""
LONGEST_REQUEST = 120
CUT = MAX_CHARACTERS - 50
"""Characters from which a message may have lost its middle (``nlu.message.clean``)."""


def asks_for_draft_check(text: str) -> bool:
    """Whether a short message asks that a draft plan be checked, without holding it."""
    if len(text) > LONGEST_REQUEST or text.count("\n") >= LEAST_LINES:
        return False
    return any(_ask(language).search(text) for language in LANGUAGES)


def may_be_draft(text: str) -> bool:
    """Whether a message has the lines of a document."""
    return sum(1 for line in text.splitlines() if re.search(r"\w{2}", line)) >= LEAST_LINES


@functools.cache
def _ask(language: str) -> re.Pattern[str]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load((FOLDER / language / "draft.yml").read_text("utf-8"), Loader=loader)
    return re.compile(written["lexicon"]["ask"], re.I)
