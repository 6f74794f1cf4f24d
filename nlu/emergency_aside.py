"""What is answered behind the number to call, where a message may be no emergency after all.

A doubt is an emergency, and its question would be lost: "my mother cannot stand the heat, where is a shelter?". So
where the lexicon knows no danger in a message, and it asks for a place, a card, data, a day or duties, that answer
follows the number.
"""

from __future__ import annotations

from nlu import emergency_lexicon, emergency_text
from nlu.language import detect
from nlu.route import CARD, DEADLINE, DUTIES, NEARBY, SOURCES, route

ANSWERED = frozenset({NEARBY, CARD, SOURCES, DEADLINE, DUTIES})
"""Skills whose answer may follow; a form does not begin, and the index finds something for any words."""


def answered_too(text: str) -> str | None:
    """The skill of ANSWERED that a message heard as an emergency is for besides, None where its danger is plain."""
    cleaned = emergency_text.clean(text)
    if emergency_lexicon.signs(cleaned).danger or emergency_lexicon.cry(text, cleaned):
        return None
    skill = route(text, detect(text)).skill
    return skill if skill in ANSWERED else None
