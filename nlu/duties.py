"""Whether a message asks for a calendar day that follows from a duty of the decree, or for someone's duties as a
list: ``nlu/<language>/duties.yml``.

A deadline needs three things in one message: a question until when, a day, and something the decree sets a
period for. Without a day it stays a question about rules, which quotes the provision. A list is asked for in so
many words, or by someone who says who they are; "what must the manager of … do" stays a question about rules.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.dates import IMPOSSIBLE, VAGUE, DateReading, read_dates
from nlu.language import ENGLISH, LANGUAGES

FOLDER = Path(__file__).parent
LONGEST = {"deadline": 400, "list": 160}
"""Characters of a message that may ask for this; a longer one is a story or a letter."""
_BLANK = re.compile(r"\s+")
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
    "designation": Topic(("designation-report",)),
    "cooperation-officer": Topic(("cooperation-officer-notice",)),
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

    @property
    def duty(self) -> str:
        """Id of the duty asked for first."""
        return self.duties[0]


@dataclass(frozen=True)
class ListRequest:
    """A question for a list of duties; no holders: the message does not say who is asking."""

    holders: tuple[str, ...]


@dataclass(frozen=True)
class _Lexicon:
    deadline: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    length: re.Pattern[str]
    topics: dict[str, tuple[re.Pattern[str], ...]]
    list: re.Pattern[str]
    list_all: re.Pattern[str]
    holders: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]


@functools.cache
def load(language: str) -> dict[str, Any]:
    """The file of one language, as written."""
    import yaml

    return dict(yaml.safe_load((FOLDER / language / "duties.yml").read_text("utf-8")))


@functools.cache
def _lexicon(language: str) -> _Lexicon:
    written = load(language)["lexicon"]

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.I)

    return _Lexicon(
        compiled(written["deadline"]),
        compiled(written["future"]),
        compiled(written["past"]),
        compiled(written["length"]),
        {name: tuple(compiled(each) for each in row["all"]) for name, row in written["topics"].items()},
        compiled("|".join(f"(?:{each})" for each in written["list"])),
        compiled(written["list_all"]),
        tuple((tuple(row["ids"]), compiled(row["words"])) for row in written["holders"]),
    )


def find_deadline(text: str, language: str, today: dt.date) -> DeadlineRequest | None:
    """The day someone asks for, None for any other message. ``today``: the day in Asia/Seoul."""
    if len(text) > LONGEST["deadline"]:
        return None
    shapes = _shapes(text)
    if not any(_lexicon(each).deadline.search(shapes[each]) for each in LANGUAGES):
        return None
    name = next((found for each in _order(language) if (found := _topic(shapes[each], each))), None)
    if name is None:
        return None
    topic = TOPICS[name]
    day = _day(text, language, today, _gone_by(topic, shapes), topic.ahead)
    if day is None:
        return None
    if day.start is None:
        return DeadlineRequest(topic.counted, None, topic.also, topic.note, day.candidates, day.surface)
    return DeadlineRequest(topic.counted, day.start, topic.also, topic.note, surface=day.surface)


def find_list(text: str, language: str) -> ListRequest | None:
    """Whose duties someone wants as a list, None for any other message."""
    if len(text) > LONGEST["list"]:
        return None
    shapes = _shapes(text)
    whole = any(_lexicon(each).list_all.search(shapes[each]) for each in LANGUAGES)
    if not whole and not any(_lexicon(each).list.search(shapes[each]) for each in LANGUAGES):
        return None
    for each in _order(language):
        for ids, words in _lexicon(each).holders:
            if words.search(shapes[each]):
                return ListRequest(ids)
    return ListRequest(()) if whole else None


def _shapes(text: str) -> dict[str, str]:
    """English: words with single blanks; Korean: the same without blanks."""
    plain = _BLANK.sub(" ", unicodedata.normalize("NFKC", text).replace("’", "'")).strip()
    return {each: plain if each == ENGLISH else _BLANK.sub("", plain) for each in LANGUAGES}


def _order(language: str) -> list[str]:
    return sorted(LANGUAGES, key=lambda each: each != language)


def _topic(shape: str, language: str) -> str | None:
    patterns = _lexicon(language).topics
    return next((name for name in TOPICS if all(each.search(shape) for each in patterns[name])), None)


def _gone_by(topic: Topic, shapes: dict[str, str]) -> bool:
    """Whether a day without a year is the last such one: what the message says, else what is usual."""
    ahead = any(_lexicon(each).future.search(shapes[each]) for each in LANGUAGES)
    behind = any(_lexicon(each).past.search(shapes[each]) for each in LANGUAGES)
    return not topic.ahead if ahead == behind else behind


def _day(text: str, language: str, today: dt.date, past: bool, ahead: bool) -> DateReading | None:
    """The first day named, passing over lengths ("within 30 days") and mere months ("in July"). ``ahead``: the
    day lies before a coming one, so that "a week before" is a length and not a week ago."""
    for reading in read_dates(text, language, today, past):
        shapes = _shapes(reading.surface)
        if any(_lexicon(each).length.search(shapes[each]) for each in LANGUAGES) or reading.mark == VAGUE:
            continue
        if ahead and _BEFORE.search(reading.surface):
            continue
        if _BARE_DAYS.fullmatch(reading.surface) and not _THAT_DAY.search(text.partition(reading.surface)[2]):
            continue
        if reading.start is not None or reading.candidates or reading.mark == IMPOSSIBLE:
            return reading
    return None
