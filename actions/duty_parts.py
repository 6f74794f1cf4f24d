"""What the answers about duties have in common: a duty as data and as a line, its provision quoted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.compose_citation import excerpt, signature, signature_ko
from actions.compose_labels import label
from actions.compose_official import official_korean
from knowledge.library import Shelf
from knowledge.obligations.duties import Duty, Said, names
from knowledge.obligations.said import when
from nlu.answer import Answer, Citation
from nlu.language import KOREAN
from nlu.texts import text


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


def sentence(found: Duty, language: str) -> str:
    """What is to be done, as a sentence begins."""
    words = found.what[language]
    return words[0].upper() + words[1:]


def named(group: str, keys: Sequence[str], language: str) -> str:
    """Several of the register's names, spelled out."""
    return "; ".join(names(group)[key][language] for key in keys)


def read_out(shelf: Shelf, provision: str, language: str, citation: Citation) -> list[str]:
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


def answer(
    language: str,
    lead: str,
    parts: Sequence[str],
    citations: tuple[Citation, ...],
    computed: tuple[dict[str, Any], ...],
    status: str = "answered",
) -> Answer:
    """An answer of parts, each said once, with the dates of what it cites."""
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
