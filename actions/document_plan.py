"""The draft of a festival safety plan as blocks: the days to keep and the five required parts. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from actions.compose_festival import closed_why, weekday
from actions.compose_labels import day, label
from actions.compose_later import amended_later
from actions.document_model import NOTE, NOTICE, QUOTE, Block, Heading, Paragraph, Table, Words, said
from actions.document_parts import NAMES, PROVISIONS, requirement, requirement_ko
from knowledge.library import Shelf
from knowledge.obligations.deadlines import is_closed, last_open
from knowledge.obligations.festival import ARTICLE, FILING, KINDS, OPINIONS, FestivalCheck, FestivalFacts
from nlu.texts import load, text


def closed(date: dt.date, language: str) -> str:
    """That offices are closed on a day, why, and the working day before it; "" on a working day."""
    if not is_closed(date):
        return ""
    values = {"day": day(date, language), "why": closed_why(date, language)}
    return text("documents.calendar.closed", language, **values, open=weekday(last_open(date), language))


def plan_blocks(
    shelf: Shelf, check: FestivalCheck, facts: FestivalFacts, language: str, today: dt.date
) -> Iterator[Block]:
    """Notice, days to keep, and each required part with its quoted words and what the organizer said."""
    yield Paragraph(text("documents.plan.notice", language), NOTICE)
    yield Paragraph(text("documents.plan.made", language, date=day(today, language)), NOTE)
    yield from _days(check, facts, language)
    values = said_facts(facts, language)
    for name in NAMES:
        yield from _part(shelf, name, facts, values, language)


def source_blocks(shelf: Shelf, language: str) -> Iterator[Block]:
    """Where the words come from, which text they are of, and what changed since."""
    edition = shelf.edition
    date = day(edition.promulgated, language)
    yield Heading(text("documents.sources.title", language))
    url = edition.article_url(ARTICLE)
    values = {"law": edition.title[language], "version": edition.version, "date": date, "url": url}
    yield Paragraph(text("source_line", language, **values))
    yield Paragraph(f"{text('documents.sources.quotes', language, date=date)} {text('law_note', language)}")
    changed: dict[str, list[str]] = {}
    for provision in (KINDS, *PROVISIONS.values(), OPINIONS, FILING):
        change = amended_later(shelf, provision, language)
        if change:
            changed.setdefault(change, []).append(label(provision, language))
    for change, labels in changed.items():
        yield Paragraph(f"{', '.join(labels)} — {change}", NOTE)
    yield Paragraph(text("documents.sources.contact", language))


def no_days(check: FestivalCheck, facts: FestivalFacts) -> str:
    """Why there is no due day: a key of ``documents.deadlines.none``; "" when there is one."""
    if check.plan_due is not None:
        return ""
    if check.applies is False:
        return "not_covered"
    return "local_government" if facts.host == "local_government" else "undated"


def _days(check: FestivalCheck, facts: FestivalFacts, language: str) -> Iterator[Block]:
    where = "documents.deadlines"
    yield Heading(text(f"{where}.title", language))
    why = no_days(check, facts)
    if check.applies is not False:
        rows: list[tuple[Words, ...]] = [
            (text(f"{where}.opinions", language), text(f"{where}.opinions_when", language), label(OPINIONS, language))
        ]
        for name, due in (("plan", check.plan_due), ("change", check.change_due)):
            if due is not None:
                rule = text(f"{where}.rule_{name}", language, label=label(FILING, language))
                rows.append((text(f"{where}.{name}", language), f"**{weekday(due, language)}**", rule))
        yield Table(tuple(load(language)["documents"]["deadlines"]["head"]), tuple(rows), (4, 3, 3))
    if why:
        provision = KINDS if why == "not_covered" else FILING
        yield Paragraph(text(f"{where}.none.{why}", language, label=label(provision, language)))
    else:
        notes = [closed(due, language) for due in (check.plan_due, check.change_due) if due is not None]
        yield Paragraph(" ".join([text(f"{where}.unmoved", language), *filter(None, notes)]), NOTE)
    if check.late:
        yield Paragraph(text(f"{where}.late", language), NOTICE)


def _part(
    shelf: Shelf, name: str, facts: FestivalFacts, values: dict[str, Words], language: str
) -> Iterator[Block]:
    yield Heading(text(f"documents.part.{name}.title", language))
    yield Paragraph(f"“{requirement(shelf, name)}”", QUOTE, keep=True)
    yield Paragraph(below_quote(shelf, name, language), NOTE, keep=True)
    words = load(language)["documents"]
    for written in words["part"][name]["tables"]:
        rows = [_row(key, cells, values if name == "outline" else {}) for key, cells in written["rows"].items()]
        if name == "prevention":
            rows += [tuple(words["hazard"][hazard]) for hazard in hazards(facts)]
        yield Table(tuple(written["head"]), tuple(rows), tuple(written["widths"]))


def below_quote(shelf: Shelf, name: str, language: str) -> str:
    """The line below a part's quote: which provision of which text, and our Korean rendering."""
    return text(
        "documents.plan.quoted",
        language,
        label=label(PROVISIONS[name], language),
        date=day(shelf.edition.promulgated, language),
        rendering=requirement_ko(shelf, name),
    )


def _row(key: str, cells: list[Any], values: dict[str, Words]) -> tuple[Words, ...]:
    return (str(cells[0]), values[key]) if key in values else tuple(str(cell) for cell in cells)


def hazards(facts: FestivalFacts) -> tuple[str, ...]:
    """What the organizer said that asks for a row of its own under prevention."""
    venue = (facts.venue,) if facts.venue in ("mountain", "water") else ()
    return (*(facts.materials or ()), *venue)


def said_facts(facts: FestivalFacts, language: str) -> dict[str, Words]:
    """What the organizer said, in words, by the key of its row in the outline; nothing for what was not said."""
    words = load(language)["documents"]["fact"]
    told: dict[str, Words] = {}
    if facts.place.strip():
        told["place"] = said(facts.place)
    if facts.start is not None:
        told["dates"] = _span(facts.start, facts.end, language)
    if facts.people is not None:
        told["people"] = people(facts, language)
    if facts.venue is not None:
        told["venue"] = str(words["venue"][facts.venue])
    if facts.materials is not None:
        named = [str(words["material"][each]) for each in facts.materials]
        told["materials"] = ", ".join(named) or str(words["no_material"])
    if facts.host is not None:
        told["host"] = str(words["host"][facts.host])
    return told


def people(facts: FestivalFacts, language: str) -> str:
    """The expected peak in words: "1,200 people", "500–600 people"."""
    if facts.people_high is not None and facts.people_high != facts.people:
        return text(
            "documents.people_range", language, low=f"{facts.people:,}", high=f"{facts.people_high:,}"
        )
    return text("documents.people", language, number=f"{facts.people:,}")


def _span(start: dt.date, end: dt.date | None, language: str) -> str:
    if end is None or end <= start:
        return weekday(start, language)
    return text("documents.span", language, start=weekday(start, language), end=weekday(end, language))
