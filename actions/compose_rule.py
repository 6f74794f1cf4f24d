"""Answers about rules: a question's provisions, quoted with source and date. Pure: no I/O, no model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from actions.compose_citation import EXCERPT, cite, excerpt, rendering, signature, signature_ko, title
from actions.compose_labels import day, label
from actions.compose_later import amended_later
from actions.compose_official import official_korean
from knowledge.library import Shelf
from knowledge.provision import Provision
from nlu.answer import Answer, Citation
from nlu.language import KOREAN
from nlu.texts import text

SHOWN = 3
"""Citations in one answer: the best one, and up to two that may answer it too."""
BUTTONS = ("next_match", "other_matches", "whole_article")


def compose_found(
    shelf: Shelf,
    hits: Sequence[tuple[str, str]],
    language: str,
    *,
    sure: bool = True,
    as_of: dt.date | None = None,
) -> Answer:
    """An answer from ranked evidence.

    ``hits`` holds (paragraph id, id of the finest unit in it that matched), best first. Not ``sure``:
    the evidence is weak, and the provisions are offered as the nearest ones.
    """
    best, focus = hits[0]
    citations = tuple(cite(shelf, provision, language, as_of) for provision, _ in hits[:SHOWN])
    lead = _lead(shelf, best, language) if sure else text("no_evidence", language)
    parts = [lead, *read_out(shelf, best, focus, language, as_of)]
    more = tuple(label(provision, language) for provision, _ in hits[1:SHOWN])
    return Answer(
        "answered" if sure else "no_evidence",
        language,
        lead,
        "\n\n".join(parts),
        citations,
        next_steps=BUTTONS,
        suggestions=more,
        matches=tuple(provision for provision, _ in hits),
        source_dates=_dates(citations),
    )


def compose_provision(
    shelf: Shelf,
    provision_id: str,
    language: str,
    matches: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> Answer:
    """The answer that shows one provision of this law, living, deleted, moved or not there at all."""
    law = shelf.law
    number = provision_id.split("/", 1)[0]
    if number not in {article.number for article in law.articles}:
        last = law.articles[-1].number
        return _plain(
            "no_evidence", text("unknown_article", language, label=label(number, language), last=last), language
        )
    article = law.article(number)
    if article.status != "living":
        return _gone(shelf, number, language)
    if not law.has(provision_id):
        lead = text("unknown_part", language, article=label(number, language), label=label(provision_id, language))
        return _one(shelf, number, lead, language, matches, as_of)
    if _only_paragraph_zero(shelf, provision_id):
        provision_id = number
    lead = text(
        "found_article", language, label=label(provision_id, language), title=title(shelf, provision_id, language)
    )
    return _one(shelf, provision_id, lead, language, matches, as_of)


def compose_several(answers: Sequence[Answer], language: str) -> Answer:
    """The answers on several provisions that one message names, one below the other."""
    first = answers[0]
    if len(answers) == 1:
        return first
    citations = tuple(citation for answer in answers for citation in answer.citations)
    return replace(
        first,
        status=next((answer.status for answer in answers if answer.status == "answered"), first.status),
        text="\n\n".join(answer.text for answer in answers),
        citations=citations,
        source_dates=_dates(citations),
    )


def compose_other_law(number: str, other: str, language: str) -> Answer:
    """The number was said of another law, whose text is not held."""
    words = text("other_law", language, label=label(number, language), other=other)
    return _plain("not_in_text", words, language)


def compose_list(shelf: Shelf, matches: Sequence[str], language: str) -> Answer:
    """The further matches of the last question as a short list."""
    lead = text("other_matches", language)
    lines = [f"• {label(p, language)}: {_gist(shelf, p, language)}" for p in matches]
    citations = tuple(cite(shelf, p, language) for p in matches)
    return Answer(
        "answered",
        language,
        lead,
        "\n".join([lead, *lines]),
        citations,
        suggestions=tuple(label(p, language) for p in matches),
        matches=tuple(matches),
        source_dates=_dates(citations),
    )


def _lead(shelf: Shelf, provision_id: str, language: str) -> str:
    """Our plain sentence for the provision where we have one, else which provision it is."""
    found = shelf.notes.get(provision_id) or shelf.notes.get(provision_id.removesuffix("/0"))
    if found is not None:
        return found.plain_ko if language == KOREAN else found.plain_en
    return text("nearest", language, label=label(provision_id, language), title=title(shelf, provision_id, language))


def _gist(shelf: Shelf, provision_id: str, language: str) -> str:
    found = shelf.notes.get(provision_id) or shelf.notes.get(provision_id.removesuffix("/0"))
    if found is None:
        return title(shelf, provision_id, language)
    return found.plain_ko if language == KOREAN else found.plain_en


def read_out(shelf: Shelf, provision_id: str, focus: str, language: str, as_of: dt.date | None = None) -> list[str]:
    """What is read out: the quoted words with their citation line, and what changed since.

    A Korean reader gets the official Korean words where they are held, else our rendering and the English.
    """
    quoted = f"“{excerpt(shelf, provision_id, focus, language)}”\n{signature(shelf, provision_id, language)}"
    later = amended_later(shelf, provision_id, language)
    after = [f"※ {later}"] if later else []
    if language != KOREAN:
        return [quoted, *after]
    korean = official_korean(shelf, provision_id, as_of)
    if korean is not None:
        official = f"“{_shorten(korean.quote, text('continues', language))}”\n{signature_ko(shelf, korean, language)}"
        return [official]
    ours = rendering(shelf, provision_id, language)
    gap = text("continues", language)
    return ([f"[{text('unofficial', language)}] {_shorten(ours, gap)}"] if ours else []) + [quoted, *after]


def _shorten(words: str, gap: str, limit: int = EXCERPT) -> str:
    """The words up to a line or sentence end before the limit; what is left out is marked."""
    if len(words) <= limit:
        return words
    cut = max(words.rfind("\n", 0, limit), words.rfind(". ", 0, limit) + 1)
    if cut < limit // 3:
        cut = words.rfind(" ", 0, limit)
    return f"{words[:cut].rstrip()} {gap}"


def _one(
    shelf: Shelf, provision_id: str, lead: str, language: str, matches: Sequence[str], as_of: dt.date | None = None
) -> Answer:
    citation = cite(shelf, provision_id, language, as_of)
    parts = [lead, *read_out(shelf, provision_id, provision_id, language, as_of)]
    return Answer(
        "answered",
        language,
        lead,
        "\n\n".join(parts),
        (citation,),
        next_steps=BUTTONS[:2] if matches else (),
        matches=tuple(matches),
        source_dates=_dates((citation,)),
    )


def _gone(shelf: Shelf, number: str, language: str) -> Answer:
    """A deleted article, or the empty shell of one that moved: say so and where its text is now."""
    article = shelf.law.article(number)
    citation = cite(shelf, number, language)
    if article.status == "deleted":
        lead = text("deleted", language, label=label(number, language))
    else:
        move = next((new, note.dates[0]) for note in article.notes for old, new in note.moves if old == number and new)
        lead = text(
            "moved",
            language,
            label=label(number, language),
            target=label(move[0], language),
            date=day(move[1], language),
        )
    words = "\n\n".join([lead, f"“{citation.quote}”\n{signature(shelf, number, language)}"])
    return Answer("no_evidence", language, lead, words, (citation,), source_dates=_dates((citation,)))


def _only_paragraph_zero(shelf: Shelf, provision_id: str) -> bool:
    return Provision.parse(provision_id, "", "").subparagraph is None and provision_id.endswith("/0")


def _plain(status: str, words: str, language: str) -> Answer:
    return Answer(status, language, words, words)


def _dates(citations: Sequence[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.text_date for citation in citations))
