"""The words of an article on its page: each paragraph verbatim, with our rendering and plain sentence. Pure."""

from __future__ import annotations

import re

from actions.compose_citation import rendering
from actions.compose_labels import day, label
from actions.compose_official import OfficialKorean, official_korean
from actions.law_frame import address
from actions.page_markup import Html, el, join
from knowledge.decree import Article, Unit
from knowledge.library import Shelf
from knowledge.references import Reference, references
from nlu.language import ENGLISH, KOREAN
from nlu.page_words import law_text

_SUBPARAGRAPH = re.compile(r"^\s*\d+(?:-\d+)?(?:의\d+)?\.\s")
_ITEM = re.compile(r"^\s*(?:\([a-z]\)|[가-하]\.)\s")
_NOTE = re.compile(r"(<[^<>]*\d{4}[^<>]*>)")


def paragraphs(shelf: Shelf, article: Article, language: str) -> Html:
    """Every paragraph in the order of the text, each with its mark (``#4``)."""
    cited = references(shelf.law, article)
    blocks = [_paragraph(shelf, unit, cited, language) for unit in article.paragraphs]
    korean = language == KOREAN
    missing = korean and all(official_korean(shelf, _id(unit)) is None for unit in article.paragraphs)
    notes = [
        el("p", law_text("text_official_missing", language), class_="dates") if missing else None,
        el("p", law_text("rendering_note", language), class_="dates") if missing else None,
    ]
    return el("div", *notes, *blocks, class_="paragraphs")


def _id(unit: Unit) -> str:
    return unit.id.removesuffix("/0")


def _paragraph(shelf: Shelf, unit: Unit, cited: tuple[Reference, ...], language: str) -> Html:
    korean = language == KOREAN
    numbered = unit.provision.paragraph != "0"
    official = official_korean(shelf, _id(unit))
    verbatim = el("div", _small("text_english", language), _quote(shelf, unit, cited, language))
    parts: list[Html | None]
    if korean:
        own = _official(official, language) if official else _rendering(shelf, unit)
        folded = _folded("text_english", language, _quote(shelf, unit, cited, language))
        parts = [own, _plain(shelf, unit, language), folded]
        if own is None:
            parts = [verbatim]
    else:
        parts = [verbatim, _plain(shelf, unit, language), _official(official, language) if official else None]
    head = (
        el(
            "h2",
            el("a", label(unit.id, language), href=f"#{unit.provision.paragraph}"),
            class_="mark",
        )
        if numbered
        else None
    )
    return el(
        "section",
        head,
        *parts,
        class_="paragraph",
        id=unit.provision.paragraph if numbered else None,
        data_testid="paragraph",
    )


def _small(key: str, language: str, **values: object) -> Html:
    return el("p", law_text(key, language, **values), class_="small-title")


def _official(found: OfficialKorean, language: str) -> Html:
    date = day(found.in_force, language)
    spans = (el("span", line, class_=f"line {_depth(line)}".strip()) for line in found.quote.split("\n"))
    lines = join(*spans, between="\n")
    return el(
        "div",
        _small("text_official", language, number=found.number, date=date),
        el("blockquote", lines, lang=KOREAN, data_testid="official-text"),
        class_="official",
    )


def _rendering(shelf: Shelf, unit: Unit) -> Html | None:
    words = rendering(shelf, _id(unit), KOREAN)
    if not words:
        return None
    return el(
        "div",
        _small("text_rendering", KOREAN),
        el("p", words, lang=KOREAN, class_="prose", data_testid="rendering"),
        class_="rendering",
    )


def _plain(shelf: Shelf, unit: Unit, language: str) -> Html | None:
    """Our sentence on a numbered paragraph; that of the article stands at the top of the page."""
    note = shelf.notes.get(unit.id)
    if note is None:
        return None
    words = note.plain_ko if language == KOREAN else note.plain_en
    return el("p", el("strong", law_text("plain", language)), " ", words, class_="in-plain-words")


def _folded(key: str, language: str, content: Html) -> Html:
    return el("details", el("summary", law_text(key, language)), content, class_="fold")


def _quote(shelf: Shelf, unit: Unit, cited: tuple[Reference, ...], language: str) -> Html:
    """The paragraph to the letter: its textContent is the quote; what it cites of this law is linked."""
    source = shelf.law.source
    marks = {below.start: _mark(below) for below in unit.walk() if below is not unit}
    lines, at = [], unit.start
    for line in source[unit.start : unit.end].split("\n"):
        words = _linked(shelf, line, at, cited, language)
        lines.append(el("span", words, class_=f"line {_depth(line)}".strip(), id=marks.get(at)))
        at += len(line) + 1
    return el("blockquote", join(*lines, between="\n"), lang=ENGLISH, data_testid="verbatim")


def _mark(unit: Unit) -> str:
    """``1/2/b`` of 73-9/1/2/b: what stands behind # in its address."""
    return unit.id.split("/", 1)[1]


def _linked(shelf: Shelf, line: str, begin: int, cited: tuple[Reference, ...], language: str) -> Html:
    pieces, at = [], 0
    for each in cited:
        start, end = each.start - begin, each.end - begin
        if at <= start and end <= len(line):
            pieces += [_notes(line[at:start]), el("a", line[start:end], href=address(shelf, each.target, language))]
            at = end
    return join(*pieces, _notes(line[at:]))


def _notes(words: str) -> Html:
    """Amendment notes are set paler, in their place."""
    parts = _NOTE.split(words)
    return join(*(el("span", part, class_="amendment-note") if at % 2 else part for at, part in enumerate(parts)))


def _depth(line: str) -> str:
    if _SUBPARAGRAPH.match(line):
        return "line-subparagraph"
    return "line-item" if _ITEM.match(line) else ""
