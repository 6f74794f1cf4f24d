"""A short question that goes on from an answer about a deadline: its day or its subject stands in a message before.

"And by when the results?" asks of the drill that was told of; "the notice came on 2 May" gives the day for the
plan that was asked about. A question that names another subject with a day of its own, or asks in whole words
about something else, is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from knowledge.citation import find_citations
from nlu.dates import read_dates
from nlu.duties import DeadlineRequest, find_deadline, topic_of
from nlu.duty_words import lexicon, plain, shapes
from nlu.language import LANGUAGES

LONGEST = 90
"""Characters of a message that may go on from another."""
BACK = 3
"""Messages before it that are looked at."""
TO, WEEKEND = "to", "weekend"
FAMILIES = {"claim": "loss", "loss-appeal": "loss"}
"""Topics that count from the day of another one; else a family is the first word of a topic's name."""


def follow(text: str, before: Sequence[str], language: str, today: dt.date) -> DeadlineRequest | None:
    """The day asked for by a message that names no day or no subject itself; None for any other message.

    ``before``: the messages before it, the latest first; ``today``: the day in Asia/Seoul.
    """
    if not _asks(text) or find_citations(text) or find_deadline(text, language, today) is not None:
        return None
    dated = any(reading.start for reading in read_dates(plain(text), language, today))
    for said in before[:BACK]:
        found = _dated(text, said, language, today) if dated else _undated(text, said, language, today)
        if found is not None:
            return found
    return None


def matter(text: str) -> str | None:
    """What else is asked of a deadline that was told: TO whom, or whether a day on a WEEKEND moves."""
    shape = shapes(text)
    if len(text) > LONGEST:
        return None
    for name in (WEEKEND, TO):
        if any(lexicon(each).matters[name].search(shape[each]) for each in LANGUAGES):
            return name
    return None


def told_before(before: Sequence[str], language: str, today: dt.date) -> DeadlineRequest | None:
    """The deadline that was asked for last."""
    found = (find_deadline(said, language, today) for said in before[:BACK])
    return next((each for each in found if each is not None), None)


def _asks(text: str) -> bool:
    shape = shapes(text)
    asks = any(lexicon(each).deadline.search(shape[each]) for each in LANGUAGES)
    return asks and len(text) <= LONGEST and not any(lexicon(each).aside.search(shape[each]) for each in LANGUAGES)


def _dated(text: str, said: str, language: str, today: dt.date) -> DeadlineRequest | None:
    """The message has the day, the one before it the subject."""
    return find_deadline(f"{text}. {said}", language, today) if topic_of(text, language) is None else None


def _undated(text: str, said: str, language: str, today: dt.date) -> DeadlineRequest | None:
    """The message before it has the day."""
    earlier, topic = find_deadline(said, language, today), topic_of(text, language)
    if earlier is None or earlier.anchor is None:
        return None
    if topic is not None and _family(topic) != _family(topic_of(said, language) or ""):
        return None
    if topic is None and not _goes_on(text):
        return None
    found = find_deadline(f"{text} {said}", language, today)
    return None if found is None else replace(found, anchor=earlier.anchor)


def _family(topic: str) -> str:
    return FAMILIES.get(topic, topic.split("-")[0])


def _goes_on(text: str) -> bool:
    """Whether a message leaves out what it is about."""
    shape = shapes(text)
    return any(lexicon(each).matters["goes_on"].search(shape[each]) for each in LANGUAGES)
