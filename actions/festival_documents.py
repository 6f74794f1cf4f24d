"""What a festival organizer takes away: a checklist, a calendar of the due days, a draft plan as DOCX and PDF."""

from __future__ import annotations

import datetime as dt
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


@dataclass(frozen=True)
class Document:
    """A file to take away: ``name`` without folder, ``media_type`` as in HTTP, ``data`` its bytes."""

    name: str
    media_type: str
    data: bytes


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
    shelf, made = shelf or decree(), made or dt.datetime.now(SEOUL)
    plan = draft_plan(check, facts, language, made.astimezone(SEOUL).date(), shelf)
    listed = to_markdown(checklist(check, facts, language, shelf)).encode()
    calendar = document_calendar.to_calendar(shelf, check, facts, language, made)
    found = [Document(f"festival-checklist-{language}.md", MARKDOWN, listed)]
    if calendar is not None:
        found.append(Document(f"festival-deadlines-{language}.ics", document_calendar.MEDIA_TYPE, calendar))
    found.append(
        Document(f"festival-plan-{language}.docx", document_docx.MEDIA_TYPE, document_docx.to_docx(plan))
    )
    found.append(Document(f"festival-plan-{language}.pdf", document_pdf.MEDIA_TYPE, document_pdf.to_pdf(plan)))
    return tuple(found)


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
