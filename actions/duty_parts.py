"""What the answers about duties have in common: a duty as data and as a line, its provision quoted. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import Any

from actions.compose_citation import excerpt, signature, signature_ko
from actions.compose_labels import label
from actions.compose_official import official_korean
from knowledge.library import Shelf
from knowledge.obligations.duties import YEAR, Duty, Said, holders, names
from knowledge.obligations.said import when
from nlu.answer import Answer, Citation
from nlu.language import KOREAN
from nlu.texts import text, texts

_CASES = ("때", "경우")
"""How a Korean condition ends that a particle makes the beginning of a sentence."""
TOLD = ("in_advance", "first")
"""Words of a period that a duty may say in words of its own ("beforehand"), which are not said twice."""


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
    """What is to be done and in which case, as a whole sentence to read out, without its full stop."""
    what = f"{text('duties.subject', language)} {found.what[language]}".strip()
    case = _case(found.condition[language], language) if found.condition else ""
    return f"{case}{what}" if case else what[0].upper() + what[1:]


def _case(condition: str, language: str) -> str:
    """The case before what is to be done in it."""
    if language != KOREAN:
        return f"{condition}, "
    return f"{condition}에는 " if condition.endswith(_CASES) else f"{condition}: "


def timed(found: Duty, language: str, key: str) -> str:
    """The sentence with when it is to be done, where its own words do not say that already; ``key``: the text below
    ``duties`` that frames both, with its provision."""
    values = {"sentence": sentence(found, language), "label": label(found.provision, language)}
    period = when(found.period, language)
    if found.period.word == "none" or _said_already(found, period, language):
        return text(f"duties.{key}_none", language, **values)
    return text(f"duties.{key}", language, **values, when=period)


def _said_already(found: Duty, period: str, language: str) -> bool:
    words, told = found.what[language], [period]
    if found.period.word in TOLD:
        told += texts(f"duties.told.{found.period.word}", language)
    if found.period.unit == YEAR and found.period.amount == 1 and not found.period.structured:
        told += texts("duties.told.yearly", language)
    if found.period.date:
        told.append(text("duties.told.month", language, month=_month(found.period.date, language)))
    return any(each in words for each in told)


def _month(date: str, language: str) -> str:
    """The month of a day of each year ("12-31", "02-last")."""
    number = int(date[:2])
    return str(number) if language == KOREAN else calendar.month_name[number]


def named(group: str, keys: Sequence[str], language: str) -> str:
    """Several of the register's names, spelled out."""
    return "; ".join(names(group)[key][language] for key in keys)


def who(holder_ids: Sequence[str], language: str) -> str:
    """Who is meant, by the names of the holders."""
    said = [holders()[each].name[language] for each in holder_ids]
    return ", ".join(said) if language == KOREAN else "; ".join(each[0].lower() + each[1:] for each in said)


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
