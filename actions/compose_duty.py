"""Duties as answers: one duty, and a list by who someone is. Pure.

The sentences of a duty are ours; the provision is quoted beside them, with what changed since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.compose_citation import cite
from actions.compose_labels import day, label
from actions.duty_parts import answer, named, read_out, row_of, sentence, timed, who
from knowledge.library import Shelf, decree
from knowledge.obligations.duties import MUST, Duty, duties_of, duty, holders, names
from knowledge.obligations.said import when
from nlu.answer import Answer
from nlu.duty_grades import GRADES
from nlu.texts import text

LISTED = 20
"""Rows of one list: what must be done comes first, then who has to insure and who counts."""
INSPECTIONS = "34-2/3"
SHARE = ("minister",)
"""Who has no duty of their own but shares those of the holders that are listed."""
GREETED = ("festival-host", "multi-use", "insured-occupant", "interested-person", "loss-claimant", "victim", "insurer")
"""Holders named when someone asks for "all duties"."""


def compose_duty(duty_id: str, language: str) -> Answer:
    """One duty with its provision quoted; raises DutyError for an id that is not there."""
    found, shelf = duty(duty_id), decree()
    lead = sentence(found, language)
    lines = [lead, *_fields(found, language)]
    citations = (cite(shelf, found.provision, language),)
    parts = ["\n".join(lines), *read_out(shelf, found.provision, language, citations[0])]
    return answer(language, lead, parts, citations, (row_of(found, language),))


def compose_duties(holder_ids: Sequence[str], language: str, unnamed: str = "") -> Answer:
    """The duties of any of these holders; without one, which there are to choose from. ``unnamed``: who asked is
    somebody whom the decree names no duty for (key of a text), and the holders are the nearest."""
    if not holder_ids:
        return _choose(language)
    if unnamed and unnamed not in SHARE:
        return _nearest(holder_ids, language, unnamed)
    rows = sorted(duties_of(*holder_ids), key=_rank)
    shown, shelf = rows[:LISTED], decree()
    lead = text("duties.list.lead", language, holder=who(holder_ids, language))
    lead = text(f"duties.list.unnamed.{unnamed}", language) if unnamed else lead
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
    return answer(language, lead, ["\n".join(lines), "\n".join(later)], citations, computed)


def compose_grades(grades: Sequence[str], language: str) -> Answer:
    """How often areas of these safety grades ("d") are inspected, with Article 34-2 (3) quoted."""
    shelf, rows = decree(), [duty(GRADES[each]) for each in grades]
    citation = cite(shelf, INSPECTIONS, language)
    lines = [
        text(
            "duties.grades.row",
            language,
            grade=grade.upper(),
            when=when(row.period, language),
            label=label(row.provision, language),
        )
        for grade, row in zip(grades, rows, strict=True)
    ]
    notes = [text(f"duties.grades.{each}", language) for each in ("who", "other")]
    lead = lines[0]
    parts = ["\n".join([*lines, *notes]), *read_out(shelf, INSPECTIONS, language, citation)]
    computed = tuple(row_of(each, language) for each in {row.id: row for row in rows}.values())
    return answer(language, lead, parts, (citation,), computed)


def _nearest(holder_ids: Sequence[str], language: str, unnamed: str) -> Answer:
    """That the decree names no duty, and the nearest that it does bind."""
    lead = text(f"duties.list.unnamed.{unnamed}", language)
    nearest = [text("duties.list.nearest", language), *_offers(holder_ids, language)]
    words = "\n".join([lead, *nearest, _source(decree(), language)])
    first = re.split(r"(?<=[.])\s", lead)[0]  # what a channel with little room shows
    return Answer("no_evidence", language, first, words, suggestions=_chips(holder_ids, language))


def _choose(language: str) -> Answer:
    lead = text("duties.list.choose", language)
    words = "\n".join([lead, *_offers(GREETED, language)])
    return Answer("clarify", language, lead, words, suggestions=_chips(GREETED, language))


def _offers(holder_ids: Sequence[str], language: str) -> list[str]:
    return [text("duties.list.choose_row", language, holder=holders()[each].name[language]) for each in holder_ids]


def _chips(holder_ids: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(text("duties.list.chip", language, holder=who([each], language)) for each in holder_ids)


def _fields(found: Duty, language: str) -> list[str]:
    kind = names("kinds")[found.kind][language]
    rows = [
        text("duties.one.kind", language, kind=kind, label=label(found.provision, language)),
        text("duties.one.who", language, holders=who(found.holders, language)),
    ]
    if found.condition:
        condition = found.condition[language]
        rows.append(text("duties.one.condition", language, condition=condition[0].lower() + condition[1:]))
    if found.addressees:
        rows.append(text("duties.one.to", language, to=named("addressees", found.addressees, language)))
    rows.append(text("duties.one.when", language, when=when(found.period, language)))
    if found.exceptions:
        rows.append(text("duties.one.except", language, **{"except": found.exceptions[language]}))
    if found.elsewhere:
        rows.append(text("duties.one.elsewhere", language, elsewhere=named("pointers", found.elsewhere, language)))
    return rows


def _row(found: Duty, language: str) -> str:
    to = ""
    if found.kind == "file" and found.addressees:
        to = text("duties.list.to", language, to=named("addressees", found.addressees, language))
    return timed(found, language, "list.row") + to


def _rank(found: Duty) -> int:
    return 0 if found.force == MUST else 1 if found.kind in ("insure", "scope") else 2


def _source(shelf: Shelf, language: str) -> str:
    """Which text the rows are from, and whose sentences they are."""
    law, date = shelf.edition.short_title[language], day(shelf.edition.promulgated, language)
    return text("duties.list.source", language, law=law, date=date)
