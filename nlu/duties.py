"""Whether a message asks for a calendar day that follows from a duty of the decree: ``nlu/<language>/duties.yml``.

A deadline needs three things in one message: a question until when, a day to count from, and something the decree
sets a period for. Without a day it stays a question about rules, which quotes the provision; so does a question
about the text itself ("as of 3 May 2022") and one that asks for more than a day (the fine, an extension).
Lists of duties are read in ``nlu.duty_lists``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nlu.dates import IMPOSSIBLE, VAGUE, DateReading, read_dates
from nlu.duty_lists import ListRequest, find_list
from nlu.duty_words import Days, lexicon, load, order, plain, shaped, shapes
from nlu.language import LANGUAGES

__all__ = ["TOPICS", "DeadlineRequest", "ListRequest", "Topic", "find_deadline", "find_list", "load"]

LONGEST = 400
"""Characters of a message that may ask for this; a longer one is a story or a letter."""
_BEFORE = re.compile(r"전$|\bbefore\b")
_BARE_DAYS = re.compile(r"\d{1,2}일")
"""Ten days or the tenth: the tenth when a particle of time or being follows."""
_THAT_DAY = re.compile(r"^(?:에|이(?!내)|날|자|부터|인데|이라|이면|임|예정|였)")


@dataclass(frozen=True)
class Topic:
    """What a kind of question means: ids of duties. ``counted``: those a day is counted for (one without an
    anchor is said as it is); ``also``: those named beside them; ``ahead``: the day usually lies in the future;
    ``note``: key of a text below ``duties.note``."""

    counted: tuple[str, ...]
    also: tuple[str, ...] = ()
    ahead: bool = False
    note: str = ""


LOSS = ("loss-consultation", "loss-decision")
TOPICS = {
    "festival-change": Topic(("festival-change",), ("festival-plan",), ahead=True),
    "festival-plan": Topic(("festival-plan", "festival-change"), ("festival-opinions",), ahead=True),
    "insurance-renewal": Topic(("insurance-renewal",), ahead=True),
    "insurance-improvement": Topic(("insurance-improvement",)),
    "insurance-assessment": Topic(("insurance-assessment-data",)),
    "insurer-accounts": Topic(("insurer-accounts",)),
    "insurance-permission": Topic(("insurance-permission",), ("insurance-use",), note="permission"),
    "insurance": Topic(("insurance-permission", "insurance-use"), note="group"),
    "continuity": Topic(("continuity-notice",)),
    "drill-evaluation": Topic(("drill-evaluation-result",)),
    "drill-findings": Topic(("drill-findings",)),
    "drill-notice": Topic(("drill-notice",), ahead=True),
    "cooperation-officer": Topic(("cooperation-officer-notice",)),
    "designation": Topic(("designation-report",)),
    "rescue-training": Topic(("rescue-training-first",), ("rescue-training-regular",)),
    "restoration-inspection": Topic(("restoration-inspection-notice",), ahead=True),
    "records": Topic(("disaster-records-kept",)),
    "cause-report": Topic(("cause-report",)),
    "improvement": Topic(("improvement-plan",)),
    "research-accounts": Topic(("research-accounts",)),
    "discipline": Topic(("discipline-answer",)),
    "warning": Topic(("warning-disclosure",)),
    "posting": Topic(("imposition-posting",)),
    "loss-appeal": Topic(("loss-decision",), ("loss-consultation",), note="appeal"),
    "helper": Topic(("compensation-procedure",), ("treatment-procedure",)),
    "loss": Topic(LOSS),
    "advance": Topic(("advance-payment-report",)),
    "claim": Topic(LOSS, ("advance-payment-report",), note="claim"),
}
"""In the order they are tried; a finer one stands before a wider one."""


@dataclass(frozen=True)
class DeadlineRequest:
    """A question for a day. ``anchor`` is None when the day is unclear: then ``candidates`` are the days it may
    mean, or there is none at all because the calendar has no such day (``surface``)."""

    duties: tuple[str, ...]
    anchor: dt.date | None
    also: tuple[str, ...] = ()
    note: str = ""
    candidates: tuple[dt.date, ...] = ()
    surface: str = ""
    topic: str = ""
    """Of TOPICS."""

    @property
    def duty(self) -> str:
        """Id of the duty asked for first."""
        return self.duties[0]


def find_deadline(text: str, language: str, today: dt.date, *, asked: bool = False) -> DeadlineRequest | None:
    """The day someone asks for, None for any other message. ``today``: the day in Asia/Seoul; ``asked``: that a day
    is asked for is known otherwise."""
    if len(text) > LONGEST:
        return None
    shape = shapes(text)
    if not asked and not any(lexicon(each).deadline.search(shape[each]) for each in LANGUAGES):
        return None
    if any(lexicon(each).aside.search(shape[each]) for each in LANGUAGES):
        return None
    name = topic_of(text, language)
    if name is None:
        return None
    topic = TOPICS[name]
    day = _day(plain(text), language, today, topic)
    if day is None:
        return None
    if day.start is None:
        return DeadlineRequest(topic.counted, None, topic.also, topic.note, day.candidates, day.surface, name)
    return DeadlineRequest(topic.counted, day.start, topic.also, topic.note, surface=day.surface, topic=name)


def day_of(text: str, language: str, today: dt.date, topic: str) -> dt.date | None:
    """The day to count from that a message names for a topic; None where it names none, or not clearly."""
    found = _day(plain(text), language, today, TOPICS[topic])
    return None if found is None else found.start


def topic_of(text: str, language: str) -> str | None:
    """Which of TOPICS a message is about, None for none."""
    shape = shapes(text)
    return next((found for each in order(language) if (found := _topic(shape[each], each))), None)


def _topic(shape: str, language: str) -> str | None:
    topics = lexicon(language).topics
    return next((name for name in TOPICS if topics[name].among(shape)), None)


def _day(text: str, language: str, today: dt.date, topic: Topic) -> DateReading | None:
    """The first day to count from. One without a year lies where the words beside it say; the words are known
    when the day is found, so it is read once as a coming day and once as one gone by."""
    coming, gone = (_candidates(text, language, today, past, topic) for past in (False, True))
    if coming and _gone_by(text, coming[0].surface, topic):
        return next((each for each in gone if each.surface == coming[0].surface), coming[0])
    return coming[0] if coming else None


def _candidates(text: str, language: str, today: dt.date, past: bool, topic: Topic) -> list[DateReading]:
    readings = read_dates(text, language, today, past)
    return [each for each in readings if each.mark != VAGUE and _is_day(each) and _counts(text, each.surface, topic)]


def _is_day(reading: DateReading) -> bool:
    return reading.start is not None or bool(reading.candidates) or reading.mark == IMPOSSIBLE


def _counts(text: str, surface: str, topic: Topic) -> bool:
    """Whether a day may be the one to count from: no length ("within 30 days"), no last day ("by 3 May"), no day
    of a version ("as of"). Where the day lies before a coming one, "a week before" is a length, not a week ago."""
    lead, _, rest = text.partition(surface)
    if topic.ahead and _BEFORE.search(surface):
        return False
    if _BARE_DAYS.fullmatch(surface) and not _THAT_DAY.search(rest):
        return False
    return not any(_passed_over(lexicon(each).days, each, lead, surface, rest) for each in LANGUAGES)


def _passed_over(days: Days, language: str, lead: str, surface: str, rest: str) -> bool:
    lead, surface, rest = (shaped(part, language) for part in (lead, surface, rest))
    return bool(days.length.search(surface) or days.before.search(lead) or days.after.match(rest))


def _gone_by(text: str, surface: str, topic: Topic) -> bool:
    """Whether a day without a year is the last such one: what its clause says, else what is usual for the topic; the
    rest of the message says it where the day may as well lie before as after today."""
    clause = _clause(text, surface)
    for part in (clause,) if topic.ahead else (clause, text):
        words = [(lexicon(each).days, shaped(part, each)) for each in LANGUAGES]
        ahead = any(days.future.search(shape) for days, shape in words)
        behind = any(days.past.search(shape) for days, shape in words)
        if ahead != behind:
            return behind
        if ahead and part is clause:
            return False  # "will be finished": a coming day that a past word is part of
    return not topic.ahead


def _clause(text: str, surface: str) -> str:
    """The clause a day stands in."""
    at = text.find(surface)
    start, end = 0, len(text)
    for each in LANGUAGES:
        for cut in lexicon(each).days.clause.finditer(text):
            if cut.end() <= at:
                start = max(start, cut.end())
            elif cut.start() >= at + len(surface):
                end = min(end, cut.end())
                break
    return text[start:end]
