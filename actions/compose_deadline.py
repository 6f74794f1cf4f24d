"""The calendar day that follows from a duty: how it was counted, and the provision quoted. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from actions.compose_citation import cite
from actions.compose_labels import day, label
from actions.duty_parts import answer, named, read_out, row_of, sentence, timed, who
from knowledge.library import decree
from knowledge.obligations.deadlines import holiday_name, is_weekend
from knowledge.obligations.deadlines import today as today_in_seoul
from knowledge.obligations.duties import BEFORE, CALENDAR_YEAR, MONTH, MONTH_END, YEAR, Duty, Period, duty
from knowledge.obligations.said import anchor, when
from nlu.answer import Answer
from nlu.duties import DeadlineRequest
from nlu.duty_follow import TO, WEEKEND
from nlu.texts import text, texts

SAID_FIRST = frozenset({"claim"})
"""Notes that say what the periods are not for: they stand before the days."""
PAPERS = ("file", "report")
"""Kinds of duty by which something is handed in or told to an office."""


def compose_deadline(request: DeadlineRequest, language: str, today: dt.date | None = None) -> Answer:
    """The calendar day asked for, how it was counted, and the provision quoted. ``today``: default Asia/Seoul."""
    now = today or today_in_seoul()
    if request.anchor is None:
        return _ask_back(request, language)
    rows = [duty(each) for each in request.duties]
    lines = _lead(rows, request.anchor, language)
    computed = []
    for row in rows:
        said, value = _counted(row, request.anchor, now, language)
        lines += said
        computed.append(value)
    also = [_open(duty(each), language) for each in request.also]
    lines += [text("duties.deadline.also", language), *also] if also else []
    note = text(f"duties.note.{request.note}", language) if request.note else ""
    first = [note, "\n".join(lines)] if request.note in SAID_FIRST else ["\n".join(lines), note]
    parts = [*first, "\n".join(_how(rows, request.anchor, language))]
    shelf = decree()
    citations = tuple(cite(shelf, each, language) for each in dict.fromkeys(row.provision for row in rows))
    for citation in citations:
        parts += read_out(shelf, citation.provision, language, citation)
    return answer(language, note if request.note in SAID_FIRST else lines[0], parts, citations, tuple(computed))


def _ask_back(request: DeadlineRequest, language: str) -> Answer:
    """The day is unclear or does not exist: asked back, with the periods it would be counted by."""
    if request.candidates:
        between = f" {text('duties.deadline.or', language)} "
        days = between.join(day(each, language) for each in request.candidates)
        lead = text("duties.deadline.unclear", language, days=days)
    else:
        lead = text("duties.deadline.impossible", language, surface=request.surface)
    rows = [duty(each) for each in request.duties]
    citations = tuple(cite(decree(), each, language) for each in dict.fromkeys(row.provision for row in rows))
    lines = [lead, *(_open(row, language) for row in rows)]
    computed = tuple(row_of(row, language) for row in rows)
    return answer(language, lead, ["\n".join(lines)], citations, computed, status="clarify")


def compose_matter(matter: str, request: DeadlineRequest, language: str) -> Answer:
    """What is asked of a deadline that was told: TO whom, or whether a day on a WEEKEND moves."""
    asked = (*request.duties, *request.also) if matter == TO else request.duties
    if matter == TO and request.note in SAID_FIRST:  # the periods are not what was meant; what is beside them is
        asked = request.also
    rows = [duty(each) for each in asked]
    citations = tuple(cite(decree(), each, language) for each in dict.fromkeys(row.provision for row in rows))
    moves = [text("duties.deadline.moves", language)]
    lines = moves if matter == WEEKEND else [_goes_to(row, language) for row in rows]
    parts = ["\n".join(lines)]
    for citation in citations if matter == TO else ():
        parts += read_out(decree(), citation.provision, language, citation)
    return answer(language, lines[0], parts, citations, ())


def _goes_to(row: Duty, language: str) -> str:
    values = {"label": label(row.provision, language)}
    if not row.addressees:
        return text("duties.deadline.goes_nowhere", language, **values)
    offices = named("addressees", row.addressees, language)
    key = "goes_to" if row.kind in PAPERS else "goes_with"
    return text(f"duties.deadline.{key}", language, what=sentence(row, language), to=offices, **values)


def _counted(row: Duty, start: dt.date, now: dt.date, language: str) -> tuple[list[str], dict[str, Any]]:
    """The lines about one duty's day, and the day as data."""
    value = {**row_of(row, language), "anchor": start.isoformat()}
    if not row.period.structured:
        return [_open(row, language), text("duties.deadline.no_day", language)], value
    due = row.period.due(start)
    values = {"sentence": _inside(sentence(row, language), language), "when": when(row.period, language)}
    key = "row_until" if row.period.during else "row"
    line = text(
        f"duties.deadline.{key}", language, day=_written(due, language), label=label(row.provision, language), **values
    )
    left = (due - now).days
    holiday = holiday_name(due, language)
    value |= {"due": due.isoformat(), "days_left": left, "weekend": is_weekend(due), "holiday": holiday}
    return [line, " ".join(_remarks(due, left, holiday, language))], value


def _lead(rows: Sequence[Duty], start: dt.date, language: str) -> list[str]:
    """The day itself; with several days what they are counted from; nothing where no day follows."""
    dues = [row.period.due(start) for row in rows if row.period.structured]
    given = day(start, language)
    if len(rows) > 1:
        return [text("duties.deadline.lead", language, date=given)] if dues else []
    return [text("duties.deadline.lead_one", language, day=_written(due, language), date=given) for due in dues]


def _written(date: dt.date, language: str) -> str:
    """A date with its weekday."""
    weekday = texts("duties.weekdays", language)[date.weekday()]
    return text("duties.deadline.day", language, date=day(date, language), weekday=weekday)


def _remarks(due: dt.date, left: int, holiday: str | None, language: str) -> list[str]:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(left)
    if near:
        said = [text(f"duties.deadline.{near}", language)]
    elif left < 0:
        said = [text("duties.deadline.past", language, ago=-left)]
    else:
        said = [text("duties.deadline.left", language, left=left)]
    if holiday:
        return [*said, text("duties.deadline.holiday", language, name=holiday)]
    return [*said, text("duties.deadline.weekend", language)] if is_weekend(due) else said


def _how(rows: Sequence[Duty], start: dt.date, language: str) -> list[str]:
    """How it was counted, what was assumed, and what is not in this text."""
    counted = [row.period for row in rows if row.period.structured]
    given = day(start, language)
    lines = _parties(rows, language)
    lines += [text("duties.deadline.assumed", language, date=given, anchor=each) for each in _anchors(rows, language)]
    ways = dict.fromkeys(_way(each) for each in counted)
    lines += [text(f"duties.deadline.{way}", language, date=given) for way in ways]
    if any(each.unit in (MONTH, YEAR) for each in counted):
        lines.append(text("duties.deadline.counted_months", language))
    pointers = list(dict.fromkeys(name for row in rows for name in row.elsewhere))
    if pointers:
        lines.append(text("duties.deadline.elsewhere", language, elsewhere=named("pointers", pointers, language)))
    return lines


def _parties(rows: Sequence[Duty], language: str) -> list[str]:
    """Who is bound, and where a paper goes."""
    holders = list(dict.fromkeys(each for row in rows for each in row.holders))
    offices = list(dict.fromkeys(each for row in rows if row.kind in PAPERS for each in row.addressees))
    told = [text("duties.deadline.who", language, holders=who(holders, language))]
    if offices:
        told.append(text("duties.deadline.to", language, to=named("addressees", offices, language)))
    return told


def _open(found: Duty, language: str) -> str:
    return timed(found, language, "deadline.row_open")


def _inside(words: str, language: str) -> str:
    """A sentence that goes on behind a day."""
    return words[0].lower() + words[1:]


def _anchors(rows: Sequence[Duty], language: str) -> list[str]:
    return list(dict.fromkeys(anchor(row.period, language) for row in rows if row.period.structured))


def _way(period: Period) -> str:
    if period.unit in (MONTH_END, CALENDAR_YEAR):
        return "counted_end"
    if period.amount == 0:
        return "counted_same"
    return "counted_before" if period.side == BEFORE else "counted_after"
