"""Duties as answers: one duty, a list by who someone is, and the calendar day that follows from one. Pure.

The sentences of a duty are ours; the provision is quoted beside them, with what changed since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from actions.compose_citation import cite, excerpt, signature, signature_ko
from actions.compose_labels import day, label
from actions.compose_official import official_korean
from knowledge.library import Shelf, decree
from knowledge.obligations.deadlines import holiday_name, is_weekend
from knowledge.obligations.deadlines import today as today_in_seoul
from knowledge.obligations.duties import (
    BEFORE,
    CALENDAR_YEAR,
    MONTH,
    MONTH_END,
    MUST,
    YEAR,
    Duty,
    Period,
    Said,
    duties_of,
    duty,
    holders,
    names,
)
from knowledge.obligations.said import anchor, when
from nlu.answer import Answer, Citation
from nlu.duties import DeadlineRequest
from nlu.language import KOREAN
from nlu.texts import text, texts

LISTED = 20
"""Rows of one list: what must be done comes first, then who has to insure and who counts."""
SAID_FIRST = frozenset({"claim"})
"""Notes that say what the periods are not for: they stand before the days."""
GREETED = ("festival-host", "multi-use", "insured-occupant", "interested-person", "loss-claimant", "victim", "insurer")
"""Holders named when someone asks for "all duties"."""


def compose_duty(duty_id: str, language: str) -> Answer:
    """One duty with its provision quoted; raises DutyError for an id that is not there."""
    found, shelf = duty(duty_id), decree()
    lead = _sentence(found, language)
    lines = [lead, *_fields(found, language)]
    citations = (cite(shelf, found.provision, language),)
    parts = ["\n".join(lines), *_read_out(shelf, found.provision, language, citations[0])]
    return _answer(language, lead, parts, citations, (row_of(found, language),))


def compose_duties(holder_ids: Sequence[str], language: str) -> Answer:
    """The duties of any of these holders; without one, which there are to choose from."""
    if not holder_ids:
        return _choose(language)
    rows = sorted(duties_of(*holder_ids), key=_rank)
    shown, shelf = rows[:LISTED], decree()
    lead = text("duties.list.lead", language, holder=_who(holder_ids, language))
    lines = [lead, *(_row(each, language) for each in shown)]
    if len(rows) > len(shown):
        lines.append(text("duties.list.more", language, count=len(rows) - len(shown)))
    if any(each.startswith(("multi-use", "insured")) for each in holder_ids):
        lines.append(text("duties.list.unsure", language))
    lines += [text("duties.list.fines", language), _source(shelf, language)]
    provisions = list(dict.fromkeys(each.provision for each in shown))
    citations = tuple(cite(shelf, each, language) for each in provisions)
    later = list(dict.fromkeys(f"※ {c.label}: {c.amended_later}" for c in citations if c.amended_later))
    computed = tuple(row_of(each, language) for each in rows)
    return _answer(language, lead, ["\n".join(lines), "\n".join(later)], citations, computed)


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
        parts += _read_out(shelf, citation.provision, language, citation)
    return _answer(language, note if request.note in SAID_FIRST else lines[0], parts, citations, tuple(computed))


def row_of(found: Duty, language: str) -> dict[str, Any]:
    """A duty as plain data, its texts in one language."""
    period = found.period

    def said(words: Said | None) -> str | None:
        return words[language] if words else None

    return {
        "duty": found.id,
        "kind": found.kind,
        "force": found.force,
        "holders": list(found.holders),
        "addressees": list(found.addressees),
        "provision": found.provision,
        "label": label(found.provision, language),
        "condition": said(found.condition),
        "what": found.what[language],
        "exceptions": said(found.exceptions),
        "when": when(period, language),
        "period": {name: value for name, value in vars(period).items() if value},
        "elsewhere": list(found.elsewhere),
    }


def _counted(row: Duty, start: dt.date, now: dt.date, language: str) -> tuple[list[str], dict[str, Any]]:
    """The lines about one duty's day, and the day as data."""
    value = {**row_of(row, language), "anchor": start.isoformat()}
    if not row.period.structured:
        return [_open(row, language), text("duties.deadline.no_day", language)], value
    due = row.period.due(start)
    values = {"what": row.what[language], "when": when(row.period, language), "label": label(row.provision, language)}
    key = "row_until" if row.period.during else "row"
    line = text(f"duties.deadline.{key}", language, day=_written(due, language), **values)
    if row.condition:
        condition = row.condition[language]
        line += text("duties.deadline.case", language, condition=condition[0].lower() + condition[1:])
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
    lines = [text("duties.deadline.assumed", language, date=given, anchor=each) for each in _anchors(rows, language)]
    ways = dict.fromkeys(_way(each) for each in counted)
    lines += [text(f"duties.deadline.{way}", language, date=given) for way in ways]
    if any(each.unit in (MONTH, YEAR) for each in counted):
        lines.append(text("duties.deadline.counted_months", language))
    pointers = list(dict.fromkeys(name for row in rows for name in row.elsewhere))
    if pointers:
        lines.append(text("duties.deadline.elsewhere", language, elsewhere=_named("pointers", pointers, language)))
    return lines


def _anchors(rows: Sequence[Duty], language: str) -> list[str]:
    return list(dict.fromkeys(anchor(row.period, language) for row in rows if row.period.structured))


def _way(period: Period) -> str:
    if period.unit in (MONTH_END, CALENDAR_YEAR):
        return "counted_end"
    if period.amount == 0:
        return "counted_same"
    return "counted_before" if period.side == BEFORE else "counted_after"


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
    return _answer(language, lead, ["\n".join(lines)], citations, computed, status="clarify")


def _source(shelf: Shelf, language: str) -> str:
    """Which text the rows are from, and whose sentences they are."""
    law, date = shelf.edition.short_title[language], day(shelf.edition.promulgated, language)
    return text("duties.list.source", language, law=law, date=date)


def _choose(language: str) -> Answer:
    lead = text("duties.list.choose", language)
    named = [holders()[each].name[language] for each in GREETED]
    lines = [lead, *(text("duties.list.choose_row", language, holder=each) for each in named)]
    return Answer("clarify", language, lead, "\n".join(lines), suggestions=tuple(named))


def _fields(found: Duty, language: str) -> list[str]:
    kind = names("kinds")[found.kind][language]
    rows = [
        text("duties.one.kind", language, kind=kind, label=label(found.provision, language)),
        text("duties.one.who", language, holders=_who(found.holders, language)),
    ]
    if found.condition:
        rows.append(text("duties.one.condition", language, condition=found.condition[language]))
    if found.addressees:
        rows.append(text("duties.one.to", language, to=_named("addressees", found.addressees, language)))
    rows.append(text("duties.one.when", language, when=when(found.period, language)))
    if found.exceptions:
        rows.append(text("duties.one.except", language, **{"except": found.exceptions[language]}))
    if found.elsewhere:
        rows.append(text("duties.one.elsewhere", language, elsewhere=_named("pointers", found.elsewhere, language)))
    return rows


def _row(found: Duty, language: str) -> str:
    key = "row_if" if found.condition else "row"
    if found.period.word == "none":
        key += "_none"
    condition = found.condition[language] if found.condition else ""
    values = {"condition": condition, "what": _sentence(found, language), "when": when(found.period, language)}
    return text(f"duties.list.{key}", language, **values, label=label(found.provision, language))


def _rank(found: Duty) -> int:
    return 0 if found.force == MUST else 1 if found.kind in ("insure", "scope") else 2


def _who(holder_ids: Sequence[str], language: str) -> str:
    said = [holders()[each].name[language] for each in holder_ids]
    return ", ".join(said) if language == KOREAN else "; ".join(each[0].lower() + each[1:] for each in said)


def _open(found: Duty, language: str) -> str:
    values = {"what": _sentence(found, language), "when": when(found.period, language)}
    return text("duties.deadline.row_open", language, **values, label=label(found.provision, language))


def _sentence(found: Duty, language: str) -> str:
    words = found.what[language]
    return words[0].upper() + words[1:]


def _named(group: str, keys: Sequence[str], language: str) -> str:
    return "; ".join(names(group)[key][language] for key in keys)


def _read_out(shelf: Shelf, provision: str, language: str, citation: Citation) -> list[str]:
    """The quoted words with their line, and what changed since; Korean readers get Korean words beside them."""
    quoted = f"“{excerpt(shelf, provision, provision, language)}”\n{signature(shelf, provision, language)}"
    after = [f"※ {citation.amended_later}"] if citation.amended_later else []
    if language != KOREAN:
        return [quoted, *after]
    official = official_korean(shelf, provision, None)
    if official is not None:
        return [f"“{official.quote}”\n{signature_ko(shelf, official, language)}"]
    ours = [f"[{text('unofficial', language)}] {citation.rendering}"] if citation.rendering else []
    return [*ours, quoted, *after]


def _answer(
    language: str,
    lead: str,
    parts: Sequence[str],
    citations: tuple[Citation, ...],
    computed: tuple[dict[str, Any], ...],
    status: str = "answered",
) -> Answer:
    return Answer(
        status,
        language,
        lead,
        "\n\n".join(part for part in dict.fromkeys(parts) if part),
        citations,
        computed=computed,
        matches=tuple(citation.provision for citation in citations),
        source_dates=tuple(dict.fromkeys(citation.text_date for citation in citations)),
    )
