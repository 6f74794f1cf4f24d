"""Questions that a number to call answers where no card fits: the numbers, texting them, first aid without a card.

The words stand in ``nlu/<language>/cards.yml`` under ``numbers``. Emergencies were answered before; a question
about rules ("who must report to 119") is none of these.
"""

from __future__ import annotations

import functools
import re

from nlu import emergency_text
from nlu.cards import LONGEST, load
from nlu.language import KOREAN, LANGUAGES

NUMBERS, TEXTING, WITHOUT = "call_numbers", "call_texting", "call_without_card"
ANSWERS = (TEXTING, NUMBERS, WITHOUT)
"""What can be found, in the order it is looked for. They never are names of cards."""


def find_call(text: str, language: str) -> str | None:
    """One of ``ANSWERS`` for a message that asks for it, else None. Both languages are tried."""
    cleaned = emergency_text.clean(text)
    for tried in sorted(LANGUAGES, key=lambda each: each != language):
        form = emergency_text.squash(cleaned) if tried == KOREAN else " ".join(re.findall(r"[^\W_]+", cleaned))
        if not form or len(form) > LONGEST[tried]:
            continue
        patterns = _patterns(tried)
        if patterns["not"].search(form):
            continue
        found = next((name for name in ANSWERS if patterns[name].search(form)), None)
        if found is not None:
            return found
    return None


@functools.cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(each)) for name, each in load(language)["numbers"]["words"].items()}
