"""The page of one article, as HTML: its text, what it says in plain words, its history, what cites it. Pure.

Everything is there without JavaScript; a script adds only copying and printing.
"""

from __future__ import annotations

from collections.abc import Iterator

from actions.compose_citation import path, title
from actions.compose_labels import day, label
from actions.compose_later import amended_later
from actions.compose_official import official_korean
from actions.law_frame import address, contents_address, framed, other
from actions.law_later import later_list
from actions.law_text import paragraphs
from actions.page_markup import Html, el, join
from knowledge.decree import DELETED, LIVING, Article
from knowledge.history import moves
from knowledge.library import Shelf
from knowledge.references import Reference, citing, references
from nlu.language import ENGLISH, KOREAN
from nlu.page_words import law_text


def article_page(shelf: Shelf, number: str, language: str) -> str:
    """The page at ``/law/<law>/<number>``; raises UnknownProvisionError for a number that is not in the text."""
    article = shelf.law.article(number)
    living = article.status == LIVING
    parts = [
        _head(shelf, article, language),
        _later_box(shelf, article, language) if living else _gone(shelf, article, language),
        _plain(shelf, article, language) if living else None,
        paragraphs(shelf, article, language) if living else None,
        later_list(shelf, article, language) if living else None,
        _history(article, language),
        _refers(shelf, article, language) if living else None,
        _cited(shelf, article, language) if living else None,
        _foot(shelf, article, language),
    ]
    return framed(
        _name(shelf, article, language),
        language,
        address(shelf, number, other(language)),
        el("article", *parts, class_="provision", data_provision=number, data_testid="provision"),
        address(shelf, number, language),
    )


def _name(shelf: Shelf, article: Article, language: str) -> str:
    words = title(shelf, article.number, language)
    return label(article.number, language) + (f" ({words})" if words else "")


def _head(shelf: Shelf, article: Article, language: str) -> Html:
    edition, further = shelf.edition, other(language)
    spoken = title(shelf, article.number, language)
    steps = [
        el("li", el("a", edition.title[language], href=contents_address(shelf, language))),
        *(el("li", step) for step in path(shelf, article.number, language)[:-1]),
    ]
    return join(
        el("nav", el("ol", *steps, class_="crumbs"), aria_label=law_text("path", language)),
        el("h1", el("span", label(article.number, language), class_="number"), " ", spoken, data_testid="title"),
        el("p", _name(shelf, article, further), lang=further, class_="other-name") if article.title else None,
        el(
            "p",
            law_text("text_date", language, date=day(edition.promulgated, language), number=edition.version),
            " ",
            law_text("legal", language),
            class_="dates",
            data_testid="text-date",
        ),
    )


def _later_box(shelf: Shelf, article: Article, language: str) -> Html | None:
    sentence = amended_later(shelf, article.number, language)
    if sentence is None:
        return None
    held = official_korean(shelf, article.number)
    return el(
        "p",
        el("strong", law_text("later", language)),
        " – ",
        el("span", sentence, " ", law_text("later_words", language) if held is None else None),
        class_="amended",
        data_testid="amended",
    )


def _gone(shelf: Shelf, article: Article, language: str) -> Html:
    """What an empty number says: deleted, or where its former text went."""
    date = day(shelf.edition.promulgated, language)
    if article.status == DELETED:
        return el("p", law_text("deleted", language, date=date), class_="amended", data_testid="gone")
    move = next((m for m in reversed(moves(shelf.law)) if m.old == article.number and m.new), None)
    link = move and el(
        "a",
        law_text("now_at", language, label=label(move.new, language)),
        " ",
        title(shelf, move.new, language),
        href=address(shelf, move.new, language),
    )
    sentence = law_text("moved", language, date=date)
    return el("p", el("span", sentence, " ", link or None), class_="amended", data_testid="gone")


def _plain(shelf: Shelf, article: Article, language: str) -> Html | None:
    note = shelf.notes.get(article.number)
    if note is None:
        return None
    return el(
        "section",
        el("h2", law_text("plain", language), id="plain"),
        el("p", note.plain_ko if language == KOREAN else note.plain_en, class_="does", data_testid="plain"),
        el("p", law_text("plain_note", language), class_="dates"),
        aria_labelledby="plain",
    )


def _history(article: Article, language: str) -> Html:
    notes = [el("li", note, lang=ENGLISH) for note in _amendment_notes(article)]
    return el(
        "section",
        el("h2", law_text("history", language), id="history"),
        el("p", law_text("history_note" if notes else "history_none", language), class_="dates"),
        el("ul", *notes, class_="notes", data_testid="history") if notes else None,
        aria_labelledby="history",
    )


def _amendment_notes(article: Article) -> Iterator[str]:
    """Verbatim notes: of the article, then of each paragraph with its number."""
    yield from dict.fromkeys(note.text for note in (*article.unit.notes, *article.notes))
    for paragraph in article.paragraphs:
        number = paragraph.provision.paragraph
        lead = "" if number == "0" else f"({number}) "
        yield from dict.fromkeys(lead + note.text for note in paragraph.notes)


def _refers(shelf: Shelf, article: Article, language: str) -> Html | None:
    targets = dict.fromkeys(each.target for each in references(shelf.law, article))
    if not targets:
        return None
    return el(
        "section",
        el("h2", law_text("refers", language), id="refers"),
        _links(shelf, list(targets), language, "refers"),
        aria_labelledby="refers",
    )


def _cited(shelf: Shelf, article: Article, language: str) -> Html:
    found: tuple[Reference, ...] = citing(shelf.law).get(article.number, ())
    sources = list(dict.fromkeys(each.source for each in found))
    return el(
        "section",
        el("h2", law_text("cited", language), id="cited"),
        _links(shelf, sources, language, "cited") if sources else el("p", law_text("cited_none", language)),
        el("p", law_text("cited_note", language), class_="dates"),
        aria_labelledby="cited",
    )


def _links(shelf: Shelf, provisions: list[str], language: str, testid: str) -> Html:
    items = [
        el("li", el("a", label(each, language), href=address(shelf, each, language)), " ", title(shelf, each, language))
        for each in provisions
    ]
    return el("ul", *items, class_="links", data_testid=testid)


def _foot(shelf: Shelf, article: Article, language: str) -> Html:
    edition = shelf.edition
    source = law_text(
        "source",
        language,
        law=edition.title[language],
        number=edition.version,
        date=day(edition.promulgated, language),
    )
    tools = el(
        "p",
        el("button", law_text("print", language), type="button", class_="quiet", data_print=True, hidden=True),
        el(
            "button",
            law_text("copy", language),
            type="button",
            class_="quiet",
            data_copy=address(shelf, article.number, language),
            data_copied=law_text("copied", language),
            data_failed=law_text("copy_failed", language),
            hidden=True,
        ),
        el(
            "a",
            law_text("official", language),
            class_="quiet",
            href=edition.article_url(article.number),
            rel="noopener noreferrer",
            data_testid="official-page",
        ),
        class_="actions",
    )
    return join(tools, el("p", source, class_="dates"), neighbours(shelf, article.number, language))


def neighbours(shelf: Shelf, number: str, language: str) -> Html:
    """Links to the articles before and after, empty numbers included, and to the list of all."""
    numbers = [article.number for article in shelf.law.articles]
    at = numbers.index(number)
    sides = (("previous", at - 1, "prev"), ("next", at + 1, "next"))
    links = [
        el(
            "a",
            el("span", law_text(key, language), class_="small-title"),
            el("span", _name(shelf, shelf.law.article(numbers[place]), language)),
            href=address(shelf, numbers[place], language),
            rel=rel,
            data_testid=key,
        )
        for key, place, rel in sides
        if 0 <= place < len(numbers)
    ]
    contents = el("a", law_text("contents", language), href=contents_address(shelf, language), data_testid="contents")
    return el("nav", *links, contents, class_="neighbours", aria_label=law_text("neighbours", language))
