"""What a check says about one matter of the plan (its day, its addressee, its parts), asked beside the check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.compose_festival import compose_lines
from knowledge.obligations.deadlines import today
from knowledge.obligations.festival import FestivalCheck, check
from nlu.answer import Answer
from nlu.festival_about import festival_about
from nlu.festival_form import QUESTIONS, facts_of
from nlu.texts import text

LINES: Mapping[str, tuple[str, ...]] = {
    "due": (
        "local_host",
        "submit",
        "submit_undated",
        "first_day",
        "closed",
        "over",
        "submitted",
        "plan_left",
        "plan_today",
        "plan_late",
    ),
    "change": (
        "local_host",
        "change",
        "change_undated",
        "closed",
        "over",
        "change_left",
        "change_today",
        "change_late",
    ),
    "to": ("local_host", "submit", "submit_undated"),
    "parts": ("parts", "part_1", "part_2", "part_3", "part_4", "part_5"),
    "opinions": ("opinions", "advice_opinions_written"),
}
"""Matter -> keys of the lines of a check that tell of it."""


def about_this_festival(message: str, language: str, slots: Mapping[str, Any]) -> Answer | None:
    """The lines of the check that answer a short question about its plan; None for any other message. Where the
    rules do not apply, that no plan is asked for."""
    matter = festival_about(message, language)
    if matter is None:
        return None
    checked = check(facts_of({name: slots.get(f"festival_{name}") for name in QUESTIONS}), today())
    told = (line for line in checked.lines if line.key in LINES[matter])
    lines = [line for line in told if _of(line.values.get("due"), matter, checked)]
    if not lines and checked.applies is False:
        lines = [line for line in checked.lines if line.key == "not_covered"]
    if not lines:
        return None
    open_yet = text("festival_form.about_open", language) if checked.applies is None else ""
    return compose_lines(checked, lines, language, open_yet)


def _of(due: Any, matter: str, checked: FestivalCheck) -> bool:
    """Whether a line that names a day names the one that was asked for."""
    other = {"due": checked.change_due, "change": checked.plan_due}.get(matter)
    return due is None or due != other
