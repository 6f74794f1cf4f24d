"""A draft plan pasted into the chat, and what to do with one that somebody wants checked."""

from __future__ import annotations

from actions.compose_draft import compose_draft
from actions.draft_check import FOUND, HEADING_ONLY, check_draft
from nlu.answer import Answer
from nlu.draft_request import CUT, asks_for_draft_check, may_be_draft
from nlu.texts import text

LEAST_PARTS = 2
"""Required parts that must show in a message of several lines before it is taken for a plan."""


def about_a_draft(message: str, language: str) -> Answer | None:
    """The check of a plan that a message holds, or how to have one checked; None for any other message.

    A message so long that its middle was left out is not checked: what is missing could not be told.
    """
    if asks_for_draft_check(message):
        return _said("draft.how", language)
    if not may_be_draft(message):
        return None
    check = check_draft(message)
    shown = [part for part in check.parts if part.state in (FOUND, HEADING_ONLY)]
    if len(shown) < LEAST_PARTS:
        return None
    if len(message) >= CUT:
        return _said("draft.too_long", language)
    return compose_draft(check, language, pasted=True)


def _said(key: str, language: str) -> Answer:
    words = text(key, language)
    return Answer("clarify", language, words, words)
