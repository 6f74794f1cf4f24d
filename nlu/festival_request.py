"""Whether a message wants the guided festival check, rather than the rule."""

from __future__ import annotations

import datetime as dt
import re

from knowledge.obligations import deadlines
from nlu import festival_words as words
from nlu.dates import IMPOSSIBLE, VAGUE
from nlu.festival import LONGEST, read
from nlu.festival_dates import CANDIDATES
from nlu.quantities import plain


def is_festival_request(text: str, language: str, today: dt.date | None = None) -> bool:
    """Whether a message wants the guided check, not the rule: a command; whether one's own event has to be filed;
    or one's own event told with two facts or more. ``today``: default the day in Asia/Seoul."""
    text = plain(text)[:LONGEST]
    group = words.lexicon(language)
    if group["command"].search(text):
        return True
    if not group["event"].search(text) or group["other_rule"].search(text):
        return False
    told = told_facts(text, language, today or deadlines.today())
    if len(told) >= 2 and (group["own"].search(text) or read(text, language, today or deadlines.today()).facts.host):
        return True
    if told and _wants_to_know(text, group):
        return True
    if not group["own_strict"].search(text) or group["wh"].search(text):
        return False
    return group["file"].search(text) is not None or group["check_it"].search(text) is not None


def _wants_to_know(text: str, group: dict[str, re.Pattern[str]]) -> bool:
    """Whether someone tells of an event and asks what has to be done for it, not when or by whom."""
    return group["need"].search(text) is not None and not group["not_need"].search(text)


def told_facts(text: str, language: str, today: dt.date) -> tuple[str, ...]:
    """Which of people, a venue with a risk, materials and dates a message tells."""
    reading = read(text, language, today)
    facts, unclear = reading.facts, reading.unclear
    said = {
        "people": facts.people is not None or "people" in unclear,
        # "village" or "market" is in many messages; only a mountain or water tells of a festival's risk
        "venue": facts.venue in ("mountain", "water") or "venue" in unclear,
        "materials": facts.materials is not None,
        "dates": facts.start is not None or unclear.get("start") in (CANDIDATES, IMPOSSIBLE, VAGUE),
    }
    return tuple(name for name, yes in said.items() if yes)
