"""The checklist of a festival as blocks: what to do until when, and the whole check line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from actions.compose_festival import lead_of, line_text, weekday
from actions.compose_labels import day, label
from actions.document_model import BOX, NOTICE, Block, Heading, Item, Paragraph
from actions.document_parts import NAMES, PROVISIONS
from knowledge.library import Shelf
from knowledge.obligations.festival import BASES, FILING, OPINIONS, PARTS, FestivalCheck, FestivalFacts
from nlu.texts import text

TOLD_ABOVE = (PARTS, *PROVISIONS.values())
"""The lines of these provisions are the boxes to tick."""


def checklist_blocks(
    shelf: Shelf, check: FestivalCheck, facts: FestivalFacts, language: str, level: int = 1
) -> Iterator[Block]:
    """``level``: that of the headings, 2 where the checklist is a section of a larger document."""
    yield Paragraph(lead_of(check, facts, language), NOTICE)
    if check.applies is not False:
        yield Heading(text("documents.checklist.steps", language), level)
        yield from _steps(check, language)
    yield Heading(text("documents.checklist.found", language), level)
    for basis in BASES:
        yield from _found(shelf, check, basis, language, level + 1)


def _steps(check: FestivalCheck, language: str) -> Iterator[Block]:
    where = "documents.checklist"
    yield Item(text(f"{where}.opinions", language, label=label(OPINIONS, language)), BOX)
    for name in NAMES:
        title = text(f"documents.part.{name}.title", language)
        yield Item(text(f"{where}.part", language, title=title, label=label(PROVISIONS[name], language)), BOX)
    for name, due in (("plan", check.plan_due), ("change", check.change_due)):
        if due is not None:
            values = {"day": weekday(due, language), "label": label(FILING, language)}
            yield Item(text(f"{where}.{name}", language, **values), BOX)
    for fact in check.missing:
        yield Item(text(f"{where}.missing", language, fact=text(f"festival.missing.{fact}", language)), BOX)


def _found(shelf: Shelf, check: FestivalCheck, basis: str, language: str, level: int) -> Iterator[Block]:
    lines = [line for line in check.lines if line.basis == basis and line.provision not in TOLD_ABOVE]
    if not lines:
        return
    date = day(shelf.edition.promulgated, language)
    yield Heading(text(f"festival.head.{basis}", language, date=date).rstrip(":"), level)
    for line in lines:
        words = line_text(line, language)
        if line.provision:
            words = text("festival.marked", language, line=words, label=label(line.provision, language))
        yield Item(words)
