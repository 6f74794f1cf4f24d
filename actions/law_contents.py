"""The list of all articles of a law, and the page for an address that holds none. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from actions.compose_citation import title
from actions.compose_labels import day, label
from actions.law_frame import address, contents_address, framed, other
from actions.law_later import inserted_when
from actions.page_markup import Html, el, join
from knowledge.decree import DELETED, LIVING, Article
from knowledge.errors import UnknownProvisionError
from knowledge.library import Shelf
from knowledge.provision import Provision, sort_key
from nlu.language import KOREAN
from nlu.page_words import law_text

NEAR = 6
"""Articles offered for a number that is not there."""


def contents_page(shelf: Shelf, language: str) -> str:
    """The page at ``/law/<law>``: chapters and sections with their articles."""
    edition = shelf.edition
    lead = law_text("contents_lead", language, date=day(edition.promulgated, language), number=edition.version)
    chapters = [
        el("section", el("h2", _heading(shelf, chapter, language)), *_sections(shelf, list(articles), language))
        for chapter, articles in groupby(shelf.law.articles, key=lambda article: article.chapter)
    ]
    heading = law_text("contents_title", language, law=edition.title[language])
    about = el("p", lead, " ", law_text("legal", language), class_="dates")
    main = el("div", el("h1", heading), about, *chapters, class_="contents")
    return framed(heading, language, contents_address(shelf, other(language)), main, contents_address(shelf, language))


def _heading(shelf: Shelf, words: str, language: str) -> str:
    return shelf.headings_ko.get(words, words) if language == KOREAN else words


def _sections(shelf: Shelf, articles: list[Article], language: str) -> list[Html]:
    found: list[Html] = []
    for section, members in groupby(articles, key=lambda article: article.section):
        if section:
            found.append(el("h3", _heading(shelf, section, language)))
        found.append(_list(shelf, members, language))
    return found


def _list(shelf: Shelf, articles: Iterable[Article], language: str) -> Html:
    items = [
        el(
            "li",
            el(
                "a",
                label(a.number, language),
                " ",
                el("span", _said(shelf, a, language)),
                href=address(shelf, a.number, language),
            ),
        )
        for a in articles
    ]
    return el("ul", *items, class_="links")


def _said(shelf: Shelf, article: Article, language: str) -> str:
    """The title, or that the number is empty."""
    if article.status == LIVING:
        return title(shelf, article.number, language)
    return law_text("contents_deleted" if article.status == DELETED else "contents_moved", language)


def missing_page(shelf: Shelf, asked: str, language: str) -> str:
    """For an address without an article: what may be meant, and where to look. ``asked`` is as typed."""
    number = _number(asked)
    heading = law_text("missing_title", language)
    parts: list[Html | None] = [el("h1", heading, data_testid="missing")]
    if number is None:
        parts.append(el("p", law_text("missing_any", language)))
    else:
        parts += _why(shelf, number, language)
    help_words = law_text("missing_help", language)
    contents = el("a", law_text("contents", language), href=contents_address(shelf, language))
    chat = el("a", law_text("chat", language), href="/chat/")
    parts.append(el("p", help_words, " ", join(contents, chat, between=" · ")))
    elsewhere = address(shelf, number, other(language)) if number else contents_address(shelf, other(language))
    return framed(heading, language, elsewhere, el("div", *parts, class_="contents"))


def _why(shelf: Shelf, number: str, language: str) -> list[Html | None]:
    last = shelf.law.articles[-1].number
    named = label(number, language)
    when = inserted_when(number, language)
    if when:
        date = day(shelf.edition.promulgated, language)
        sentence = law_text("missing_inserted", language, label=named, when=when, date=date)
        official = el(
            "a", law_text("official", language), href=shelf.edition.article_url(number), rel="noopener noreferrer"
        )
        return [el("p", sentence, " ", official), *_near(shelf, number, language)]
    return [el("p", law_text("missing", language, label=named, last=last)), *_near(shelf, number, language)]


def _near(shelf: Shelf, number: str, language: str) -> list[Html]:
    ordered = [article.number for article in shelf.law.living]
    place = sum(sort_key(each) < sort_key(number) for each in ordered)
    start = max(0, min(place - NEAR // 2, len(ordered) - NEAR))
    near = [shelf.law.article(each) for each in ordered[start : start + NEAR]]
    return [el("h2", law_text("missing_near", language)), _list(shelf, near, language)]


def _number(asked: str) -> str | None:
    """The article's number in what was typed, None when it has not the form of one."""
    try:
        parsed = Provision.parse(asked, "", "")
    except UnknownProvisionError:
        return None
    return parsed.article if parsed.article[0].isdigit() and len(parsed.article) <= 8 else None
