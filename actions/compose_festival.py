"""The festival check in words: a short result, then the lines by what they rest on, never mixed. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.compose_citation import cite
from actions.compose_labels import day, label
from knowledge.library import Shelf, decree
from knowledge.obligations.deadlines import holiday_name, is_weekend
from knowledge.obligations.festival import (
    BASES,
    DECREE,
    FILING,
    KINDS,
    FestivalCheck,
    FestivalFacts,
    Line,
)
from nlu.answer import Answer, Citation
from nlu.texts import text, texts

SINCE = ("_later", "_between")
"""Ends of the keys of lines on what a later decree changed."""


def compose_festival(
    check: FestivalCheck,
    facts: FestivalFacts,
    language: str,
    shelf: Shelf | None = None,
    closing: Sequence[str] = (),
) -> Answer:
    """The check as an Answer; ``clarify`` while a fact is open that decides whether the article applies.

    Each decree line names its provision, whose words (or those of what holds it) are among the citations. What is
    due and what is missing comes first, what later decrees changed last; ``closing`` stands before that.
    """
    shelf = shelf or decree()
    lead = lead_of(check, facts, language)
    missing = "; ".join(_missing(check, language))
    blocks = [lead, _say("missing_lead", language, missing=missing) if missing else ""]
    blocks += [*(_block(check, basis, language, shelf) for basis in BASES), _elsewhere(language)]
    blocks += [_say("calendar", language), *closing, _since(check, language)]
    return Answer(
        "clarify" if check.applies is None and check.missing else "answered",
        language,
        lead,
        "\n\n".join(block for block in blocks if block),
        citations=_citations(check, language, shelf),
        computed=computed(check),
        suggestions=tuple(texts(f"festival.chip.{check.missing[0]}", language)) if check.missing else (),
        source_dates=(shelf.edition.promulgated.isoformat(),),
    )


def compose_lines(check: FestivalCheck, lines: Sequence[Line], language: str, first: str = "") -> Answer:
    """Some lines of a check as an Answer of their own, with the provisions they rest on; ``first`` opens it."""
    shelf, part = decree(), replace(check, lines=tuple(lines))
    blocks = [first, *(_block(part, basis, language, shelf) for basis in BASES)]
    return Answer(
        "answered",
        language,
        first or line_text(lines[0], language),
        "\n\n".join(block for block in blocks if block),
        citations=_citations(part, language, shelf),
        computed=computed(check),
        source_dates=(shelf.edition.promulgated.isoformat(),),
    )


def lead_of(check: FestivalCheck, facts: FestivalFacts, language: str) -> str:
    """The short result: one or two sentences."""
    values = {"due": check.plan_due, "change": check.change_due}
    said = {name: weekday(date, language) for name, date in values.items() if date is not None}
    return _say(f"lead.{_lead_key(check, facts)}", language, **said)


def _lead_key(check: FestivalCheck, facts: FestivalFacts) -> str:
    keys = {line.key for line in check.lines}
    if check.applies is False:
        return "does_not_apply"
    if check.applies is None:
        return "exactly" if "people_exactly" in keys else "unclear"
    if "local_host" in keys:
        return "applies_local"
    if check.plan_due is None:
        return "applies"
    if "over" in keys:
        return "applies_over"
    if "submitted" in keys:
        return "applies_submitted"
    if facts.plan in ("submitted", "changing"):
        return "applies_change_late" if "change_late" in keys else "applies_changing"
    return "applies_late" if check.late else "applies_due"


def line_text(line: Line, language: str) -> str:
    """One line in words, without the mark of its provision."""
    values = {name: _value(name, value, language) for name, value in line.values.items()}
    if line.key == "closed":
        due = line.values["due"]
        values |= {"due": day(due, language), "why": closed_why(due, language)}
    return _say(f"line.{line.key}", language, **values)


def _value(name: str, value: Any, language: str) -> str:
    if isinstance(value, dt.date):
        # The days of decrees are read as dates only; days of the festival with their weekday.
        return day(value, language) if name in ("promulgated", "in_force") else weekday(value, language)
    if name == "materials":
        return _say("and", language).join(_say(f"material.{each}", language) for each in value)
    if name == "provisions":
        return _say("and", language).join(_labels(value, language))
    if name == "to":
        return label(value, language)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _labels(provisions: tuple[str, ...], language: str) -> list[str]:
    """Labels of parts of one article, which is named once: "Article 73-9 (4)", "(5)"."""
    article = label(provisions[0].partition("/")[0], language)
    first, *others = (label(each, language) for each in provisions)
    return [first, *(each.removeprefix(article).strip() for each in others)]


def weekday(date: dt.date, language: str) -> str:
    """ "12 April 2027 (Monday)"."""
    return _say("day", language, date=day(date, language), weekday=texts("festival.weekdays", language)[date.weekday()])


def closed_why(date: dt.date, language: str) -> str:
    """Why a day is no working day: its weekday at the weekend, its public holiday, or both."""
    name, weekend = holiday_name(date, language), is_weekend(date)
    said = texts("festival.weekdays", language)[date.weekday()]
    if name is None:
        return _say("weekend", language, weekday=said)
    return _say("holiday_and" if weekend else "holiday", language, weekday=said, holiday=name)


def computed(check: FestivalCheck) -> tuple[dict[str, Any], ...]:
    """The result for programs: each with the provision that rules it."""
    applies = "unclear" if check.applies is None else check.applies
    found: list[Mapping[str, Any]] = [{"name": "festival_applies", "value": applies, "rule": KINDS}]
    for name, date in (("plan_due", check.plan_due), ("change_due", check.change_due)):
        if date is not None:
            found.append({"name": name, "value": date.isoformat(), "rule": FILING})
    return tuple(dict(each) for each in found)


def _missing(check: FestivalCheck, language: str) -> list[str]:
    return [_say(f"missing.{fact}", language) for fact in check.missing]


def _block(check: FestivalCheck, basis: str, language: str, shelf: Shelf) -> str:
    """The lines of one basis below its heading, those with a day first; without what changed since."""
    lines = sorted((line for line in check.lines if line.basis == basis and not _is_since(line)), key=_rank)
    if not lines:
        return ""
    date = day(shelf.edition.promulgated, language)
    return "\n".join([_say(f"head.{basis}", language, date=date), *(_bullet(line, language) for line in lines)])


def _rank(line: Line) -> int:
    """The days first, then what else belongs to the filing."""
    if line.basis != DECREE or line.provision != FILING:
        return 2
    return 0 if {"due", "left"} & line.values.keys() or line.key == "over" else 1


def _is_since(line: Line) -> bool:
    return line.key.endswith(SINCE)


def _since(check: FestivalCheck, language: str) -> str:
    """What later decrees did to the article: notes on the text, no duties."""
    lines = [line for line in check.lines if _is_since(line)]
    noted = (f"※ {_marked(line, language)}" for line in lines)
    return "\n".join([_say("head.since", language), *noted]) if lines else ""


def _elsewhere(language: str) -> str:
    """What is not in the text, and where it can be read."""
    bullets = (f"• {each}" for each in texts("festival.elsewhere", language))
    return "\n".join([_say("head.elsewhere", language), *bullets, _say("elsewhere_at", language)])


def _bullet(line: Line, language: str) -> str:
    said = _marked(line, language)
    return f"  – {said}" if line.key.startswith("part_") else f"• {said}"


def _marked(line: Line, language: str) -> str:
    """A line in words with the mark of its provision."""
    said = line_text(line, language)
    return _say("marked", language, line=said, label=label(line.provision, language)) if line.provision else said


def _citations(check: FestivalCheck, language: str, shelf: Shelf) -> tuple[Citation, ...]:
    """The provisions of the decree lines, in their order; one held by an earlier one is quoted there."""
    cited: list[str] = []
    for line in check.lines:
        asked = line.provision
        if line.basis == DECREE and asked and not any(f"{asked}/".startswith(f"{held}/") for held in cited):
            cited.append(asked)
    return tuple(cite(shelf, provision, language) for provision in cited)


def _say(key: str, language: str, **values: object) -> str:
    return text(f"festival.{key}", language, **values)
