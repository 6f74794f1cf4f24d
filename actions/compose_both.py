"""One Answer to a message that asks about a place and about a rule. Pure."""

from __future__ import annotations

from dataclasses import replace

from nlu.answer import Answer
from nlu.texts import text


def compose_both(places: Answer, rule: Answer, language: str) -> Answer:
    """The places first, then the rule with its quotes; the status is "answered" when one of them is.

    The lead is that of the places, with which the text begins; the rule's own opens its part: each is said once.
    """
    # an action card has a title of its own
    also = [text("nearby.also", language)] if rule.citations else []
    status = "answered" if "answered" in (places.status, rule.status) else rule.status
    return replace(
        places,
        status=status,
        text=f"{places.text}\n\n" + "\n".join([*also, rule.text]),
        citations=rule.citations,
        next_steps=rule.next_steps,
        suggestions=(*places.suggestions, *rule.suggestions),
        matches=rule.matches,
        calls=(*places.calls, *rule.calls),
        source_dates=tuple(dict.fromkeys([*places.source_dates, *rule.source_dates])),
    )
