"""Answers about the law's past: when a decree came into force, what stood where before. Pure."""

from __future__ import annotations

import datetime as dt

from actions.compose_citation import cite, signature
from actions.compose_labels import day, label
from actions.compose_rule import compose_provision
from knowledge.history import moves, now_at
from knowledge.library import Shelf
from nlu.answer import Answer, Citation
from nlu.texts import text


def compose_addendum(shelf: Shelf, number: str, language: str) -> Answer:
    """When an amending decree was promulgated and came into force, quoted from its addenda."""
    law, edition = shelf.law, shelf.edition
    promulgated = dict(law.amending).get(number)
    found = next((a for a in law.addenda if a.decree_number == number), None)
    if found is None:
        if promulgated is not None:
            words = text("promulgated_only", language, number=number, promulgated=day(promulgated, language))
            return Answer("no_evidence", language, words, words)
        ends = {"first": law.amending[0][0], "last": law.amending[-1][0]}
        words = text("unknown_decree", language, number=number, **ends)
        return Answer("no_evidence", language, words, words)
    lead = text(
        "addenda",
        language,
        label=label(found.id, language),
        promulgated=day(found.promulgated, language),
        in_force=day(found.in_force, language),
    )
    citation = Citation(
        found.id,
        label(found.id, language),
        edition.title[language],
        edition.version,
        law.quote(found.id).split("\n", 1)[0],
        label(found.id, language),
        ("ADDENDA",),
        law.quote(found.id),
        edition.language,
        (),
        edition.promulgated.isoformat(),
        edition.official_page,
    )
    words = f"{lead}\n\n“{found.enforcement}”\n{signature(shelf, found.id, language)}"
    return Answer("answered", language, lead, words, (citation,), source_dates=(citation.text_date,))


def compose_former(shelf: Shelf, provision_id: str, as_of: dt.date, language: str) -> Answer:
    """The provision as it was numbered on a day: where its text stands now, shown there."""
    number, _, rest = provision_id.partition("/")
    target = now_at(shelf.law, number, as_of)
    if target is None or target == number:
        return compose_provision(shelf, provision_id, language, as_of=as_of)
    moved = next((m.date for m in reversed(moves(shelf.law)) if m.new == target and m.date), None)
    shown = f"{target}/{rest}" if rest and shelf.law.has(f"{target}/{rest}") else target
    answer = compose_provision(shelf, shown, language)
    lead = text(
        "formerly",
        language,
        date=day(moved, language) if moved else str(as_of),
        former=label(number, language),
        label=label(target, language),
    )
    citation = cite(shelf, shown, language)
    words = f"{lead}\n\n{answer.text}"
    return Answer(
        answer.status, language, lead, words, answer.citations or (citation,), source_dates=answer.source_dates
    )
