"""One message to one Answer: emergencies first, then the skill it is for. What every surface calls.

Places need the catalogue and rules need the index: each is opened only when a message needs it, so that
one that is down does not take the other with it.
"""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from actions.answering import Answerer, answerer
from actions.compose_both import compose_both
from actions.compose_card import compose_card
from actions.compose_deadline import compose_deadline, compose_matter
from actions.compose_duty import compose_duties, compose_grades
from actions.compose_sources import compose_no_such_data, compose_sources
from actions.draft_pasted import about_a_draft
from actions.festival_result import festival_result
from actions.nearby import Guide
from actions.nearby_thread import Context
from actions.report_asides import aftercare
from index.errors import SearchIndexError
from knowledge.catalogue.model import CatalogueError, Record
from knowledge.errors import KnowledgeError
from knowledge.obligations.deadlines import today
from knowledge.register.states import held_of
from knowledge.register.topics import ALL, topic_of, topics
from nlu import duties as duty_words
from nlu import emergency, replies
from nlu.answer import Answer
from nlu.duty_follow import NO_DUTY, DutyThread, another_day, follow, matter
from nlu.duty_grades import find_grades
from nlu.festival import read_facts
from nlu.language import choose
from nlu.message import LOCATION_ONLY, clean
from nlu.report import asks_after
from nlu.route import CARD, DEADLINE, DUTIES, FESTIVAL, NEARBY, REPORT, RULE, SOURCES, Route, route

logger = logging.getLogger(__name__)
Location = tuple[float, float]


@dataclass(frozen=True)
class Timed:
    """An Answer and the milliseconds its steps took."""

    answer: Answer
    timings_ms: dict[str, float]


@dataclass(frozen=True)
class Turn:
    """What a turn leaves: the Answer, the skill that gave it, and the threads about places and deadlines."""

    answer: Answer
    skill: str
    thread: Context
    duty: DutyThread = NO_DUTY


@functools.cache
def guide() -> Guide:
    """The process's guide to places, opened once; raises CatalogueError."""
    from knowledge.catalogue.opening import open_catalogue

    return Guide(open_catalogue(), no_data)


def no_data(kinds: Sequence[str], language: str) -> Answer:
    """We hold no data of this kind: who publishes it, and where to ask."""
    return compose_no_such_data(topic_of(kinds[0]).id, language)


def landmarks(name: str) -> list[Record]:
    """Records of a name, for reading places in a message; none when the store cannot be read."""
    from knowledge.catalogue.opening import open_catalogue

    try:
        return open_catalogue().named(name, k=60)
    except CatalogueError:
        return []


def respond(
    text: str,
    language: str,
    thread: Context = Context(),  # noqa: B008 (a frozen value)
    last: str = "",
    location: Location | None = None,
    rules: Callable[[], Answerer] = answerer,
    places: Callable[[], Guide] = guide,
    duty: DutyThread = NO_DUTY,
) -> Turn:
    """Answer a cleaned message that is no emergency. ``last``: the skill that answered before; ``duty``: what was
    told of deadlines.

    Raises KnowledgeError or SearchIndexError where rules cannot be looked up.
    """
    draft = about_a_draft(text, language)
    if draft is not None:
        return Turn(draft, RULE, thread)
    asked = route(
        text, language, thread=thread.alive, last=last, located=location is not None, lookup=landmarks
    )
    if asked.skill == NEARBY:
        return _nearby(asked, language, thread, location, rules, places)
    if asked.skill == REPORT and asks_after(text, language):
        return Turn(aftercare(language), REPORT, thread)
    if asked.skill == REPORT:
        return Turn(replies.static("reports.only_in_chat", language), REPORT, thread)
    if asked.skill == FESTIVAL:
        return Turn(festival_result(read_facts(text, language, today()), language), FESTIVAL, thread)
    if asked.deadline is not None:
        told = DutyThread(asked.deadline.topic, asked.deadline.anchor)
        return Turn(compose_deadline(asked.deadline, language), DEADLINE, thread, told)
    if asked.duties is not None:
        return Turn(compose_duties(asked.duties.holders, language, asked.duties.unnamed), DUTIES, thread)
    if asked.skill == CARD:
        return Turn(compose_card(asked.subject, language), CARD, thread)
    if asked.skill == SOURCES:
        return Turn(_sources(asked.subject, language), SOURCES, thread)
    if grades := find_grades(text, duty.grades):
        return Turn(compose_grades(grades, language), DUTIES, thread, DutyThread(grades=True))
    goes_on = _on_a_deadline(text, language, duty, last)
    if goes_on is not None:
        answer, told = goes_on
        return Turn(answer, DEADLINE, thread, told)
    return Turn(rules().about(text, language), RULE, thread, DutyThread(duty_words.topic_of(text, language) or ""))


def _on_a_deadline(text: str, language: str, duty: DutyThread, last: str) -> tuple[Answer, DutyThread] | None:
    """The answer to a message that goes on from one about a deadline; None for any other one."""
    asked = matter(text) if last == DEADLINE else None
    if asked and duty.request:
        return compose_matter(asked, duty.request, language), duty
    request = follow(text, duty, language, today())
    if request is None and last == DEADLINE:
        request = another_day(text, duty, language, today())
    if request is None:
        return None
    return compose_deadline(request, language), DutyThread(request.topic, request.anchor)


def _nearby(
    asked: Route,
    language: str,
    thread: Context,
    location: Location | None,
    rules: Callable[[], Answerer],
    places: Callable[[], Guide],
) -> Turn:
    assert asked.reading is not None
    try:
        answer, thread = places().answer(asked.reading, language, thread, location)
    except CatalogueError as error:
        logger.error("%s", error)
        answer = replies.static("nearby.unavailable", language)
    if asked.rest:
        try:
            answer = compose_both(answer, _beside(asked.rest, language, rules), language)
        except (KnowledgeError, SearchIndexError) as error:
            logger.error("%s", error)
            answer = compose_both(answer, replies.static("unavailable", language), language)
    return Turn(answer, NEARBY, thread)


def _beside(question: str, language: str, rules: Callable[[], Answerer]) -> Answer:
    """The second question of a message that looks for a place too: what to do in a danger, else a rule."""
    asked = route(question, language)
    return compose_card(asked.subject, language) if asked.skill == CARD else rules().about(question, language)


def _sources(topic: str, language: str) -> Answer:
    """What data there is, or who else has it; "could not look" when the store cannot be read."""
    from knowledge.catalogue.opening import open_catalogue

    try:
        catalogue = open_catalogue()
        counts = catalogue.counts()
        if topic == ALL:
            return compose_sources(catalogue.sources(), counts, language)
        if held_of(topics()[topic], catalogue.sources(), counts):
            return compose_sources(catalogue.sources(), counts, language, topic)
        return compose_no_such_data(topic, language)
    except CatalogueError as error:
        logger.error("%s", error)
        return replies.static("nearby.unavailable", language)


def reply(
    raw: str,
    language: str | None = None,
    rules: Callable[[], Answerer] = answerer,
    location: Location | None = None,
) -> Timed:
    """Answer any message that stands alone. ``language`` None: the message's own.

    Raises KnowledgeError or SearchIndexError where rules cannot be looked up.
    """
    begin = time.perf_counter()
    message = clean(raw)
    spoken = choose(message.text, language, None)
    danger = emergency.detect(message.text, spoken)
    if danger is not None:
        return Timed(replies.emergency(danger, spoken), {"total": _since(begin)})
    if not message.has_words:
        if location is None:
            return Timed(replies.static("empty", spoken), {"total": _since(begin)})
        message = replace(message, text=LOCATION_ONLY)
    found = time.perf_counter()
    answer = respond(message.text, spoken, location=location, rules=rules).answer
    steps = {"read": round((found - begin) * 1000, 2), "answer": _since(found), "total": _since(begin)}
    return Timed(answer, steps)


def _since(begin: float) -> float:
    return round((time.perf_counter() - begin) * 1000, 2)
