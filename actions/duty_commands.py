"""The command ``duties``: list duties by holder, and count a deadline from a day."""

from __future__ import annotations

import datetime as dt
import json

from actions.compose_deadline import compose_deadline
from actions.duty_parts import row_of
from knowledge.obligations.duties import Duty, DutyError, duties, duties_of, duty, holders
from nlu.duties import DeadlineRequest
from nlu.language import ENGLISH


def run_duties(word: str | None, language: str | None, as_json: bool) -> int:
    """Print the duties of the holders whose id or name holds a word; without one, all by holder."""
    spoken = language or ENGLISH
    groups = {each: duties_of(each) for each in _matching(word)}
    if as_json:
        held = {row.id: row for rows in groups.values() for row in rows}
        print(json.dumps([row_of(row, spoken) for row in held.values()], ensure_ascii=False))
        return 0
    for holder, rows in groups.items():
        print(f"{holders()[holder].name[spoken]}  [{holder}]")
        for row in rows:
            print(_line(row, spoken))
        print()
    return 0


def run_deadline(duty_id: str, start: str, language: str | None, as_json: bool) -> int:
    """Print the day that follows from a duty, counted from a day (YYYY-MM-DD)."""
    found = duty(duty_id)
    if not found.period.structured:
        counted = ", ".join(each.id for each in duties().values() if each.period.structured)
        raise DutyError(f"{duty_id} has no period that is counted from a day; these have: {counted}.")
    try:
        day = dt.date.fromisoformat(start)
    except ValueError:
        raise ValueError(f"{start!r} is not a day; write it as 2026-05-03.") from None
    answer = compose_deadline(DeadlineRequest((duty_id,), day), language or ENGLISH)
    print(json.dumps(answer.to_json(), ensure_ascii=False) if as_json else answer.text)
    return 0


def _matching(word: str | None) -> list[str]:
    """Holders that a word means, by id or by name in either language; raises DutyError when there is none."""
    if not word:
        return list(holders())
    wanted = word.casefold()
    found = [
        each.id
        for each in holders().values()
        if any(wanted in said.casefold() for said in (each.id, each.name["en"], each.name["ko"]))
    ]
    if not found:
        raise DutyError(f"no holder is called {word!r}; there are: {', '.join(holders())}.")
    return found


def _line(row: Duty, language: str) -> str:
    told = row_of(row, language)
    condition = f"{told['condition']}: " if told["condition"] else ""
    when = "" if row.period.word == "none" else f" — {told['when']}"
    return f"  {row.id}: {condition}{told['what']}{when} ({told['label']})"
