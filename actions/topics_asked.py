"""Counts what was asked about, for the meeting briefs: a skill and a kind or an article, never words."""

from __future__ import annotations

import logging
import sqlite3

from actions.respond import Turn
from knowledge.errors import KnowledgeError
from knowledge.obligations.deadlines import today
from nlu.route import NEARBY, RULE

logger = logging.getLogger(__name__)


def topic_of(turn: Turn) -> str:
    """ "nearby/heat_shelter", "rule/73-9", or the skill alone where there is no closer topic."""
    if turn.skill == NEARBY and turn.thread.kinds:
        return f"{NEARBY}/{turn.thread.kinds[0]}"
    if turn.skill == RULE and turn.answer.status == "answered" and turn.answer.citations:
        return f"{RULE}/{turn.answer.citations[0].provision.split('/', 1)[0]}"
    return turn.skill


def count_topic(turn: Turn, sender: str) -> None:
    """Count one person for the topic of a turn today. Never raises: a count that fails must not cost an answer."""
    from knowledge.reports.topics import count

    try:
        count(topic_of(turn), today(), sender)
    except (KnowledgeError, OSError, sqlite3.Error) as error:
        logger.error("A topic could not be counted: %s", type(error).__name__)
