"""The check of a draft plan in words: parts found with the draft's own lines, parts not found, hints. Pure."""

from __future__ import annotations

from typing import Any

from actions.compose_citation import cite
from actions.compose_labels import day, label
from actions.compose_later import amended_later
from actions.document_parts import PROVISIONS, requirement, requirement_ko
from actions.draft_check import FOUND, HEADING_ONLY, DraftCheck, PartFound, Shown
from knowledge.library import Shelf, decree
from knowledge.obligations.festival import OPINIONS, PARTS
from nlu.answer import Answer
from nlu.language import KOREAN
from nlu.texts import text

COULD_NOT_LOOK = ("broken", "encrypted", "image_only", "slow")
"""Problems that keep us from looking into a plan; the others ask for another file."""


def compose_draft(check: DraftCheck, language: str, shelf: Shelf | None = None, pasted: bool = False) -> Answer:
    """The check as an Answer: ``computed`` has one row for each required part, with its provision. ``pasted``: the
    draft came as a message and is kept with the conversation.

    A file that cannot be read gives one sentence: "unavailable" where we could not look, else "clarify".
    """
    if check.problem is not None:
        said = _say(f"problem.{check.problem}", language)
        status = "unavailable" if check.problem in COULD_NOT_LOOK else "clarify"
        return Answer(status, language, said, said, computed=({"name": "draft_problem", "value": check.problem},))
    shelf = shelf or decree()
    lead = _lead(check, language)
    found = [_found(part, language) for part in check.parts if part.state == FOUND]
    missing = [_missing(shelf, part, language) for part in check.parts if part.state != FOUND]
    blocks = [lead]
    for head, lines in (("found", found), ("not_found", missing)):
        if lines:
            blocks.append("\n".join([f"{_say(head, language)}:", *lines]))
    hints = [_hint(name, shown, language) for name, shown in check.hints]
    blocks.append("\n".join([f"{_say('hint_lead', language)}:", *(f"• {hint}" for hint in hints)]))
    blocks.append(_foot(shelf, language, pasted))
    return Answer(
        "answered",
        language,
        lead,
        "\n\n".join(blocks),
        (cite(shelf, PARTS, language),),
        computed=tuple(_row(part) for part in check.parts) + tuple(_hint_row(*hint) for hint in check.hints),
        source_dates=(shelf.edition.promulgated.isoformat(),),
    )


def _lead(check: DraftCheck, language: str) -> str:
    found, headed = check.found, any(part.state == HEADING_ONLY for part in check.parts)
    if len(found) == len(check.parts):
        return _say("lead.all", language)
    if found == ("outline",) and not headed:
        return _say("lead.brochure", language)
    return _say("lead.some", language, count=len(found)) if found else _say("lead.none", language)


def _found(part: PartFound, language: str) -> str:
    head = f"• {_title(part, language)} – {_say(f'by_{part.how}', language)}"
    return "\n".join([head, *(f"  {_say('shown', language, **_quoted(shown, language))}" for shown in part.shown)])


def _missing(shelf: Shelf, part: PartFound, language: str) -> str:
    lines = [f"• {_title(part, language)}"]
    if part.state == HEADING_ONLY:
        lines.append(f"  {_say('heading_only', language, **_quoted(part.shown[0], language))}")
    words = requirement_ko(shelf, part.name) if language == KOREAN else requirement(shelf, part.name)
    lines.append(f"  {_say('required', language, words=words)}")
    return "\n".join(lines)


def _title(part: PartFound, language: str) -> str:
    title = text(f"documents.part.{part.name}.title", language)
    return _say("part", language, title=title, label=label(part.provision, language))


def _hint(name: str, shown: Shown | None, language: str) -> str:
    hint = _say(f"hint.{name}", language)
    if shown is None:
        return _say("hint_missing", language, hint=hint)
    return _say("hint_found", language, hint=hint, **_quoted(shown, language))


def _foot(shelf: Shelf, language: str, pasted: bool) -> str:
    date = day(shelf.edition.promulgated, language)
    lines = [_say("limits_pasted" if pasted else "limits", language, label=label(OPINIONS, language))]
    lines.append(_say("source", language, label=label(PARTS, language), date=date))
    changed: dict[str, list[str]] = {}
    for provision in PROVISIONS.values():
        change = amended_later(shelf, provision, language)
        if change:
            changed.setdefault(change, []).append(label(provision, language))
    lines += [
        _say("changed", language, label=", ".join(labels), change=change) for change, labels in changed.items()
    ]
    return "\n".join(lines)


def _quoted(shown: Shown, language: str) -> dict[str, Any]:
    words = f"… {shown.text} …" if shown.cut else shown.text
    return {"line": words, "where": where(shown, language)}


def where(shown: Shown, language: str) -> str:
    """Where in the draft: "page 2, line 5", "table 1, row 3", "paragraph 4", "line 7"."""
    line = shown.line
    kind = "row" if line.table else "page" if line.page else "paragraph" if line.paragraph else "line"
    return _say(f"where.{kind}", language, page=line.page, table=line.table, number=line.number)


def _row(part: PartFound) -> dict[str, Any]:
    return {
        "name": "draft_part",
        "part": part.name,
        "value": part.state == FOUND,
        "state": part.state,
        "how": part.how,
        "rule": part.provision,
        "lines": [_place(shown) for shown in part.shown],
    }


def _hint_row(name: str, shown: Shown | None) -> dict[str, Any]:
    return {"name": "draft_hint", "hint": name, "value": shown is not None, "lines": [_place(shown)] if shown else []}


def _place(shown: Shown) -> dict[str, Any]:
    line = shown.line
    return {"text": shown.text, "cut": shown.cut, "page": line.page, "table": line.table, "number": line.number}


def _say(key: str, language: str, **values: object) -> str:
    return text(f"draft.{key}", language, **values)
