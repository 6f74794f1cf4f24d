"""Quoted provisions: what a citation holds, and how much of a long one is read out."""

from __future__ import annotations

import datetime as dt

from actions.compose_labels import day, label
from actions.compose_later import amended_later
from actions.compose_official import OfficialKorean, official_korean
from knowledge.library import Shelf
from nlu.answer import Citation
from nlu.language import KOREAN
from nlu.texts import text

EXCERPT = 700
"""Characters of a quote that stand in the reply's text; the citation always holds all of it."""


def title(shelf: Shelf, provision_id: str, language: str) -> str:
    """The article's title: official in English; the official Korean title from our notes."""
    article = shelf.law.article_of(provision_id)
    note = shelf.notes.get(article.number)
    return note.title_ko if language == KOREAN and note and note.title_ko else article.title


def path(shelf: Shelf, number: str, language: str) -> tuple[str, ...]:
    """The heading chain from chapter to article, in the reader's language."""
    article = shelf.law.article(number)
    if language != KOREAN:
        return article.path
    above = tuple(shelf.headings_ko.get(part, part) for part in article.path[:-1])
    return (*above, f"{label(number, language)}({title(shelf, number, language)})")


def cite(shelf: Shelf, provision_id: str, language: str, as_of: dt.date | None = None) -> Citation:
    """The citation of a provision: its verbatim words, where it stands, and its history.

    The English wording is there for every reader; a Korean reader also gets the official Korean words of
    the version in force ``as_of`` (default: today), else our rendering.
    """
    law, edition = shelf.law, shelf.edition
    article = law.article_of(provision_id)
    korean = official_korean(shelf, provision_id, as_of) if language == KOREAN else None
    return Citation(
        provision_id,
        label(korean.provision if korean else provision_id, language),
        edition.title[language],
        edition.version,
        article.heading,
        title(shelf, provision_id, language),
        path(shelf, article.number, language),
        law.quote(provision_id),
        edition.language,
        tuple(note.text for note in article.notes),
        edition.promulgated.isoformat(),
        edition.article_url(article.number),
        rendering(shelf, provision_id, language) if korean is None else None,
        amended_later(shelf, provision_id, language),
        korean.quote if korean else None,
        korean.number if korean else None,
        korean.in_force.isoformat() if korean else None,
    )


def rendering(shelf: Shelf, provision_id: str, language: str) -> str | None:
    """Our unofficial Korean rendering of the paragraph a provision lies in, for Korean readers."""
    if language != KOREAN:
        return None
    article, *rest = provision_id.split("/")
    if not rest:
        notes = [shelf.notes[p.id] for p in shelf.law.article(article).paragraphs if p.id in shelf.notes]
        return "\n".join(f"({n.provision.split('/')[1]}) {n.rendering_ko}" for n in notes) or (
            shelf.notes[article].rendering_ko or None if article in shelf.notes else None
        )
    note = shelf.notes.get(article if rest[0] == "0" else f"{article}/{rest[0]}")
    return note.rendering_ko or None if note else None


def excerpt(shelf: Shelf, provision_id: str, focus: str, language: str) -> str:
    """The words to read out: all of a short provision; of a long one its opening and the part in focus.

    Without a part in focus, the opening and as many parts as fit, one at least. What is left out is marked.
    """
    law = shelf.law
    whole = law.quote(provision_id)
    if len(whole) <= EXCERPT:
        return whole
    gap = text("continues", language)
    unit = law.unit(provision_id)
    children = list(unit.children)
    opening = law.source[unit.start : children[0].start].rstrip("\n") if children else whole
    if len(opening) > EXCERPT:
        return f"{opening[: opening.rfind(' ', 0, EXCERPT)]} {gap}"
    chosen = [child for child in children if child.provision.holds(law.unit(focus).provision)]
    if not chosen:
        room = EXCERPT - len(opening)
        for child in children:
            room -= child.end - child.start
            if room < 0 and chosen:
                break
            chosen.append(child)
    parts, last = [opening], -1
    for child in chosen:
        place = children.index(child)
        parts += [gap] * (place > last + 1)
        words = law.quote(child.id)
        parts.append(words if len(words) <= EXCERPT else f"{words[: words.rfind(' ', 0, EXCERPT)]} {gap}")
        last = place
    parts += [gap] * (last < len(children) - 1)
    return "\n".join(parts)


def signature(shelf: Shelf, provision_id: str, language: str) -> str:
    """The line below a quote: label, law, date of the text."""
    return text(
        "citation",
        language,
        label=label(provision_id, language),
        law=shelf.edition.short_title[language],
        date=day(shelf.edition.promulgated, language),
    )


def signature_ko(shelf: Shelf, korean: OfficialKorean, language: str) -> str:
    """The line below an official Korean quote: its own number, law, version and first day in force."""
    return text(
        "citation_official",
        language,
        label=label(korean.provision, language),
        law=shelf.edition.short_title[language],
        number=korean.number,
        date=day(korean.in_force, language),
    )
