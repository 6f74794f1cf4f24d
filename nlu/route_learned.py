"""The skill of a message that no pattern of ``nlu.route`` knows, as the learned reader of ``nlu.skill_reader`` sees it.

The reader only says what is wanted. What it is wanted of (a holder, a day, a danger, a place) has to stand in the
message, as for the patterns: without it the message stays a question about rules.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from knowledge.register.topics import ALL
from nlu import festival_words, nearby, skill_reader
from nlu.cards import find_card
from nlu.duties import DeadlineRequest, find_deadline
from nlu.duty_lists import ListRequest, holders_in
from nlu.nearby import Reading
from nlu.source_topics import named_topic, speaks_of_rules

ENOUGH = {"festival": 0.6, "duties": 0.6, "deadline": 0.45, "report": 0.65, "card": 0.4, "data": 0.5, "nearby": 0.55}
"""Probability from which each is believed. A form that starts by mistake is the worst of them; for a deadline, a card
and a list, words of the message have to bear it out besides."""
FEW_WORDS, FEW_LETTERS = 3, 12
"""A message of fewer of both says too little: "300 people" may answer a question of ours."""
LIST_FOR_ALL = 0.75
"""Enough for a list of duties where the message names nobody the decree binds: the answer asks who is asking."""
SURE_OF_CARD = 0.6
"""Probability from which words of rules and offices beside a danger do not speak against its card."""
ASKING = 0.7
"""Enough for the festival check where the message asks who, what or when: mostly a question about the rule."""
WHETHER = 0.9
"""Enough for it where the message asks whether the rule applies."""


@dataclass(frozen=True)
class Learned:
    """``want``: a label of the reader; with what it is wanted of."""

    want: str
    subject: str = ""
    deadline: DeadlineRequest | None = None
    duties: ListRequest | None = None


def learned(text: str, language: str, reading: Reading, topic: str | None, today: dt.date) -> Learned | None:
    """What a message wants besides a rule, None for a rule or where the reader is not sure enough.

    ``topic``: the kind of data the message names, if any.
    """
    if len(text.split()) < FEW_WORDS and len("".join(text.split())) < FEW_LETTERS:
        return None
    found = skill_reader.shares(text)
    want = max(found, key=lambda name: found[name]) if found else ""
    if found.get(want, 0.0) < ENOUGH.get(want, 1.0):
        return None
    if want == "deadline":
        due = find_deadline(text, language, today, asked=True)
        return Learned(want, deadline=due) if due is not None else None
    if want == "duties":
        listed = holders_in(text, language)
        if listed is None and found[want] >= LIST_FOR_ALL:
            listed = ListRequest(())
        return Learned(want, duties=listed) if listed is not None else None
    if want == "card":
        card = find_card(text, language, asked=True, surely=found[want] >= SURE_OF_CARD)
        return Learned(want, card.card) if card is not None else None
    if want == "data":
        if speaks_of_rules(text):
            return None
        return Learned(want, topic or named_topic(text, language) or ALL)
    if want == "festival" and found[want] < _enough_beside(text, language):
        return None
    if want == "nearby":
        return _place(text, language, reading)
    return Learned(want)


def _enough_beside(text: str, language: str) -> float:
    """The probability from which the festival check is meant, though the message asks about the rule."""
    words = festival_words.lexicon(language)
    if words["whether"].search(text):
        return WHETHER
    return ASKING if words["wh"].search(text) else ENOUGH["festival"]


def _place(text: str, language: str, reading: Reading) -> Learned | None:
    """A place to look for, or the kind of data that would tell it ("a pharmacy in Choji-dong")."""
    if nearby.is_nearby(reading):
        return Learned("nearby")
    topic = None if reading.kinds else named_topic(text, language)
    if topic is not None:
        return Learned("data", topic)
    return Learned("nearby") if reading.located or reading.kinds else None


def about_data(text: str) -> bool:
    """Whether a message that names places, and none in particular, asks about our list of them ("how old is it")."""
    found = skill_reader.shares(text)
    return bool(found) and found["data"] >= ENOUGH["data"] and not speaks_of_rules(text)
