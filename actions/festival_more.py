"""What a check answers beside its result: whether it is late, why it applies, what is to be done, what follows
without a plan, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.compose_citation import cite
from actions.compose_festival import compose_lines, lead_of
from actions.festival_about import LINES
from actions.festival_files import links
from knowledge.library import decree
from knowledge.obligations.deadlines import today
from knowledge.obligations.festival import FestivalCheck, FestivalFacts, Line, check
from nlu.answer import Answer
from nlu.festival_form import QUESTIONS, facts_of
from nlu.festival_more import FILES, LATE, WHY, WITHOUT, festival_more
from nlu.texts import text

FINES = "89/0"
"""Article 89 leaves the amounts of fines to attached Table 5."""
GROUNDS = ("ground_", "not_", "people_", "venue_", "materials_")
"""How the keys of lines begin that say whether a ground is met."""
DO = (*LINES["opinions"], *LINES["due"], "parts", *LINES["parts"])


def more_about_this_festival(message: str, language: str, slots: Mapping[str, Any]) -> Answer | None:
    """The answer to a short question about the check that was made or is being made; None for any other message."""
    matter = festival_more(message, language)
    if matter is None:
        return None
    facts = facts_of({name: slots.get(f"festival_{name}") for name in QUESTIONS})
    if facts == FestivalFacts():
        return None
    checked = check(facts, today())
    if matter == WITHOUT:
        return _without_a_plan(language)
    if matter == FILES:
        return _files(checked, facts, language)
    lead = lead_of(checked, facts, language)
    if matter == LATE and facts.start is None:
        lead = text("festival_form.more.no_day", language)
    lines = _lines(checked, matter)
    return compose_lines(checked, lines, language, lead) if lines else None


def _lines(checked: FestivalCheck, matter: str) -> list[Line]:
    """The lines of a check on one matter; where no plan is asked for, why."""
    if matter == WHY or checked.applies is False:
        return [line for line in checked.lines if line.key.startswith(GROUNDS)]
    keys = LINES["due"] if matter == LATE else DO
    advice = [line for line in checked.lines if line.key in ("advice_late_now", "advice_late_change")]
    return [line for line in checked.lines if line.key in keys] + advice


def _without_a_plan(language: str) -> Answer:
    """That the consequences are not in this text, and where the fines stand."""
    citation = cite(decree(), FINES, language)
    words = text("festival_form.more.without", language)
    return Answer(
        "not_in_text", language, words, words, (citation,), matches=(FINES,), source_dates=(citation.text_date,)
    )


def _files(checked: FestivalCheck, facts: FestivalFacts, language: str) -> Answer | None:
    """The files to take away, once the rules may apply."""
    if checked.applies is False:
        return None
    found = links(facts, language, checked.plan_due is not None)
    words = text("festival_form.files", language) + " " + " · ".join(str(each["label"]) for each in found)
    if checked.plan_due is None:
        words += "\n" + text("festival_form.more.no_calendar", language)
    return replace(Answer("answered", language, words, words), files=found)
