"""The frame of the provision pages: head, emergency numbers, header, and where pages are. Pure."""

from __future__ import annotations

from actions.page_markup import Html, document, el, join
from knowledge.library import Shelf
from nlu.language import ENGLISH, KOREAN
from nlu.page_words import law_text

NUMBERS = ("119", "112", "109")
NAMES = ((ENGLISH, "Ansim"), (KOREAN, "안심"))


def other(language: str) -> str:
    return ENGLISH if language == KOREAN else KOREAN


def address(shelf: Shelf, provision_id: str, language: str) -> str:
    """``/law/<law>/73-9?lang=en#4`` for "73-9/4": the page is the article's, the mark the part's."""
    article, _, part = provision_id.partition("/")
    return f"/law/{shelf.edition.law}/{article}?lang={language}" + (f"#{part}" if part and part != "0" else "")


def contents_address(shelf: Shelf, language: str) -> str:
    return f"/law/{shelf.edition.law}?lang={language}"


def framed(title: str, language: str, elsewhere: str, main: Html, canonical: str = "") -> str:
    """A whole page. ``elsewhere``: the same page in the other language; ``canonical``: its lasting address."""
    head = join(
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="format-detection", content="telephone=no"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", f"{title} – {law_text('site', language)}"),
        el("link", rel="canonical", href=canonical) if canonical else None,
        el("link", rel="alternate", hreflang=other(language), href=elsewhere),
        el("link", rel="icon", href="/chat/static/icon.svg", type="image/svg+xml"),
        el("link", rel="stylesheet", href="/chat/static/chat.css"),
        el("link", rel="stylesheet", href="/chat/static/pages.css"),
        el("script", src="/chat/static/boot.js"),
        el("script", src="/chat/static/pages.js", type="module"),
    )
    body = el(
        "body",
        el("a", law_text("skip", language), class_="skip", href="#text"),
        strip(language),
        _header(language, elsewhere),
        el("main", main, id="text", tabindex="-1"),
        class_="page",
    )
    return document({"lang": language, "data-page": "law"}, head, body)


def strip(language: str) -> Html:
    """The emergency numbers, as on the chat."""
    calls = [
        el(
            "a",
            el("strong", number),
            " ",
            el("span", law_text(f"call_{number}", language)),
            href=f"tel:{number}",
            data_testid=f"strip-{number}",
        )
        for number in NUMBERS
    ]
    return el(
        "nav", *calls, class_="strip", aria_label=law_text("strip", language), data_testid="emergency-strip"
    )


def _header(language: str, elsewhere: str) -> Html:
    names = join(*(el("span", name, lang=spoken) for spoken, name in NAMES), between=" ")
    brand = el(
        "a",
        el("img", src="/chat/static/icon.svg", alt="", width="32", height="32"),
        el("span", names, class_="brand-names"),
        class_="brand",
        href="/chat/",
    )
    chat = el("a", law_text("chat", language), class_="quiet", href="/chat/", data_testid="to-chat")
    turn = el(
        "a",
        law_text("other_language", language),
        class_="quiet",
        href=elsewhere,
        lang=other(language),
        hreflang=other(language),
        data_testid="other-language",
    )
    return el("header", el("div", brand, turn, chat, class_="head-row"), class_="head")
