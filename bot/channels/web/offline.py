"""The page that is there without a connection: numbers to call and the action cards, in both languages.

The service worker keeps it on the device under a version that changes with its content.
"""

from __future__ import annotations

import functools
import hashlib
from html import escape
from pathlib import Path

from nlu.cards import Card, cards, load
from nlu.language import KOREAN, LANGUAGES
from nlu.page_words import law_text, offline_text

NUMBERS = ("119", "112", "109")
STATIC = Path(__file__).parent / "static"
KEPT = ("static/chat.css", "static/pages.css", "static/boot.js", "static/offline.js", "static/icon.svg")
"""What the page needs; kept with it."""


@functools.cache
def page() -> str:
    """The whole page. Both languages are in it; a script shows the one that was chosen."""
    told = "".join(_told(language) for language in sorted(LANGUAGES, key=lambda each: each != KOREAN))
    switches = "".join(
        f'<button type="button" class="quiet" data-language="{each}" lang="{each}" data-testid="switch-{each}" hidden>'
        f"{escape(offline_text('switch', each))}</button>"
        for each in (KOREAN, "en")
    )
    titles = " · ".join(offline_text("title", each) for each in (KOREAN, "en"))
    return (
        '<!doctype html>\n<html lang="ko" data-page="offline"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        '<meta name="color-scheme" content="light dark"><meta name="format-detection" content="telephone=no">'
        f"<title>{escape(titles)}</title>"
        '<link rel="icon" href="static/icon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="static/chat.css"><link rel="stylesheet" href="static/pages.css">'
        '<script src="static/boot.js"></script><script src="static/offline.js" type="module"></script></head>'
        '<body class="page"><header class="head"><div class="head-row"><a class="brand" href="./">'
        '<img src="static/icon.svg" alt="" width="32" height="32"><span class="brand-names">'
        f'<span lang="en">Ansim</span> <span lang="ko">안심</span></span></a>{switches}</div></header>'
        f'<main class="offline">{told}</main></body></html>\n'
    )


@functools.cache
def version() -> str:
    """A mark that changes when the page, what it needs or the worker does."""
    digest = hashlib.sha256(page().encode())
    for name in (*KEPT, "static/sw.js"):
        digest.update((STATIC.parent / name).read_bytes())
    return digest.hexdigest()[:16]


def worker() -> str:
    """The service worker with what it keeps, and under which version."""
    kept = ", ".join(f'"{name}"' for name in ("offline", *KEPT))
    script = (STATIC / "sw.js").read_text("utf-8")
    return f'const VERSION = "{version()}";\nconst KEPT = [{kept}];\n{script}'


def _told(language: str) -> str:
    words = load(language)
    heading, told = offline_text("title", language), offline_text("lead", language)
    calls = "".join(_call(number, language) for number in NUMBERS)
    listed = "".join(_card(card, words["labels"], language) for card in cards(language).values())
    return (
        f'<section lang="{language}" data-only="{language}" data-testid="offline-{language}">'
        f"<h1>{escape(heading)}</h1><p>{escape(told)}</p>"
        f'<h2>{escape(offline_text("calls", language))}</h2><div class="calls">{calls}</div>'
        f'<p><a class="quiet" href="./" data-testid="again">{escape(offline_text("again", language))}</a></p>'
        f"<h2>{escape(offline_text('cards', language))}</h2>{listed}"
        f'<p class="dates">{escape(str(words["mark"]))}</p>'
        f'<p class="dates">{escape(offline_text("online", language))}</p></section>'
    )


def _call(number: str, language: str) -> str:
    label = escape(law_text(f"call_{number}", language))
    return (
        f'<a class="call" href="tel:{number}" data-testid="call-{number}"><strong>{number}</strong>'
        f'<span class="call-label">{label}</span></a>'
    )


def _card(card: Card, labels: dict[str, str], language: str) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in card.lines)
    calls = " ".join(f'<a class="quiet" href="tel:{each}">{escape(str(labels[each]))}</a>' for each in card.calls)
    foot = f'<p class="actions">{calls}</p>' if calls else ""
    return (
        f'<details class="card" data-testid="card"><summary>{escape(card.title)}</summary>'
        f'<ul class="steps">{lines}</ul>{foot}</details>'
    )
