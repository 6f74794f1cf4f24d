"""A short question that goes on from an answer about a deadline: its day or its subject was told before it.

"And by when the results?" asks of the drill that was told of; "the notice came on 2 May" gives the day for the
plan that was asked about. No words are kept for this: the thread holds the topic, a day, and whether safety grades
were asked for. A question that names another subject is no such question.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from knowledge.citation import find_citations
from nlu.duties import TOPICS, DeadlineRequest, day_of, find_deadline, topic_of
from nlu.duty_words import lexicon, shapes
from nlu.language import LANGUAGES

LONGEST = 90
"""Characters of a message that may go on from another."""
A_DAY = 40
"""Characters of a message that tells a day and no more."""
TO, WEEKEND = "to", "weekend"
FAMILIES = {"claim": "loss", "loss-appeal": "loss"}
"""Topics that count from the day of another one; else a family is the first word of a topic's name."""


@dataclass(frozen=True)
class DutyThread:
    """What was told of deadlines: ``topic`` of ``nlu.duties.TOPICS`` or "", the day counted from, and whether the
    inspections of safety grades were asked for."""

    topic: str = ""
    anchor: dt.date | None = None
    grades: bool = False

    def to_json(self) -> dict[str, Any] | None:
        """Plain values for a slot; None where there is nothing to go on from."""
        if self == DutyThread():
            return None
        return {"topic": self.topic, "anchor": self.anchor and self.anchor.isoformat(), "grades": self.grades}

    @classmethod
    def read(cls, value: object) -> DutyThread:
        """A thread from what ``to_json`` gave; an empty one for anything else."""
        if not isinstance(value, dict) or value.get("topic") not in (*TOPICS, ""):
            return cls()
        anchor = value.get("anchor")
        try:
            day = dt.date.fromisoformat(anchor) if anchor else None
        except (TypeError, ValueError):
            return cls()
        return cls(str(value["topic"]), day, value.get("grades") is True)

    @property
    def request(self) -> DeadlineRequest | None:
        """The deadline that was told of; None where none was."""
        topic = TOPICS.get(self.topic)
        if topic is None:
            return None
        return DeadlineRequest(topic.counted, self.anchor, topic.also, topic.note, topic=self.topic)


NO_DUTY = DutyThread()


def follow(text: str, thread: DutyThread, language: str, today: dt.date) -> DeadlineRequest | None:
    """The day asked for by a message that names no day or no subject itself; None for any other message.

    ``today``: the day in Asia/Seoul.
    """
    if not thread.topic or not _asks(text) or find_deadline(text, language, today) is not None:
        return None
    own = topic_of(text, language)
    if own is not None and _family(own) != _family(thread.topic):
        return None
    day = day_of(text, language, today, thread.topic)
    if day is not None:
        topic = own or thread.topic
        return DutyThread(topic, day).request
    if thread.anchor is None or (own is None and not _goes_on(text)):
        return None
    return DutyThread(own or _meant(text, thread.topic, language), thread.anchor).request


def another_day(text: str, thread: DutyThread, language: str, today: dt.date) -> DeadlineRequest | None:
    """The same deadline from the day that a short message tells ("no, it was 3 May"), as the answer invites."""
    if not thread.topic or len(text) > A_DAY or topic_of(text, language) is not None or find_citations(text):
        return None
    day = day_of(text, language, today, thread.topic)
    return None if day is None else DutyThread(thread.topic, day).request


def matter(text: str) -> str | None:
    """What else is asked of a deadline that was told: TO whom, or whether a day on a WEEKEND moves."""
    shape = shapes(text)
    if len(text) > LONGEST:
        return None
    for name in (WEEKEND, TO):
        if any(lexicon(each).matters[name].search(shape[each]) for each in LANGUAGES):
            return name
    return None


def _asks(text: str) -> bool:
    shape = shapes(text)
    asks = any(lexicon(each).deadline.search(shape[each]) for each in LANGUAGES)
    aside = any(lexicon(each).aside.search(shape[each]) for each in LANGUAGES)
    return asks and not aside and len(text) <= LONGEST and not find_citations(text)


def _meant(text: str, topic: str, language: str) -> str:
    """The topic of the same family that the words mean ("the results?" of a drill), else the one before."""
    seed = lexicon(language).seeds.get(_family(topic), "")
    found = topic_of(f"{text} {seed}", language) if seed else None
    return found if found is not None and _family(found) == _family(topic) else topic


def _family(topic: str) -> str:
    return FAMILIES.get(topic, topic.split("-")[0])


def _goes_on(text: str) -> bool:
    """Whether a message leaves out what it is about."""
    shape = shapes(text)
    return any(lexicon(each).matters["goes_on"].search(shape[each]) for each in LANGUAGES)
