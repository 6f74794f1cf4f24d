"""What a festival organizer takes away: a checklist, a calendar of the due days, a draft plan as DOCX and PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from actions import document_calendar, document_docx, document_pdf
from actions.document_checklist import checklist_blocks
from actions.document_markdown import to_markdown
from actions.document_model import Heading, Layout
from actions.document_plan import plan_blocks, source_blocks
from knowledge.library import Shelf, decree
from knowledge.obligations.deadlines import SEOUL
from knowledge.obligations.festival import FestivalCheck, FestivalFacts
from nlu.texts import text

MARKDOWN = "text/markdown"
KINDS = ("checklist", "calendar", "docx", "pdf")


@dataclass(frozen=True)
class Document:
    """A file to take away: ``name`` without folder, ``media_type`` as in HTTP, ``data`` its bytes."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class _Form:
    """How a draft plan is written as one kind of file."""

    media_type: str
    write: Callable[[Layout], bytes]


_FORMS = {
    "docx": _Form(document_docx.MEDIA_TYPE, document_docx.to_docx),
    "pdf": _Form(document_pdf.MEDIA_TYPE, document_pdf.to_pdf),
}


def documents(
    check: FestivalCheck,
    facts: FestivalFacts,
    language: str,
    made: dt.datetime | None = None,
    shelf: Shelf | None = None,
) -> tuple[Document, ...]:
    """Checklist, calendar (only where there are due days), draft plan as DOCX and PDF, in one language.

    ``made``: when, with time zone; now by default. Raises DocumentError when the Korean fonts are missing.
    """
    found = (document(kind, check, facts, language, made, shelf) for kind in KINDS)
    return tuple(each for each in found if each is not None)


def document(
    kind: str,
    check: FestivalCheck,
    facts: FestivalFacts,
    language: str,
    made: dt.datetime | None = None,
    shelf: Shelf | None = None,
) -> Document | None:
    """One of KINDS, and only that one is made; None for a calendar without due days. Raises as ``documents``, and
    ValueError for another kind."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not one of {', '.join(KINDS)}.")
    shelf, made = shelf or decree(), made or dt.datetime.now(SEOUL)
    if kind == "checklist":
        listed = to_markdown(checklist(check, facts, language, shelf)).encode()
        return Document(f"festival-checklist-{language}.md", MARKDOWN, listed)
    if kind == "calendar":
        calendar = document_calendar.to_calendar(shelf, check, facts, language, made)
        name = f"festival-deadlines-{language}.ics"
        return None if calendar is None else Document(name, document_calendar.MEDIA_TYPE, calendar)
    plan, form = draft_plan(check, facts, language, made.astimezone(SEOUL).date(), shelf), _FORMS[kind]
    return Document(f"festival-plan-{language}.{kind}", form.media_type, form.write(plan))


def checklist(check: FestivalCheck, facts: FestivalFacts, language: str, shelf: Shelf) -> Layout:
    """The checklist alone."""
    blocks = (*checklist_blocks(shelf, check, facts, language), *source_blocks(shelf, language))
    return Layout(
        text("documents.checklist.title", language), language, blocks, text("documents.footer", language)
    )


def draft_plan(check: FestivalCheck, facts: FestivalFacts, language: str, today: dt.date, shelf: Shelf) -> Layout:
    """The draft plan, with the sources and the checklist behind it."""
    blocks = (
        *plan_blocks(shelf, check, facts, language, today),
        *source_blocks(shelf, language),
        Heading(text("documents.checklist.annex", language), new_page=True),
        *checklist_blocks(shelf, check, facts, language, level=2),
    )
    return Layout(text("documents.plan.title", language), language, blocks, text("documents.footer", language))


def write_documents(folder: Path, found: tuple[Document, ...]) -> tuple[Path, ...]:
    """Write the files into a folder, which is made; files of the same name are replaced. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for document in found:
        (folder / document.name).write_bytes(document.data)
    return tuple(folder / document.name for document in found)
