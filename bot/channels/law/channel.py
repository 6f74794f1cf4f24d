"""The law's pages for people, under ``/law/``: made by the action server, passed on here.

Only the chat's port is public, and this room does not read the law.
"""

from __future__ import annotations

import urllib.parse
from html import escape

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.data.channel import SECONDS, actions_address
from bot.channels.web.packing import served
from bot.turn import Handler
from nlu.language import ENGLISH, KOREAN, LANGUAGES
from nlu.page_words import law_text

MAX_PATH = 200
LAW = "disaster-safety-decree"
HTML = "text/html; charset=utf-8"
PASSED_ON = (200, 302, 404)
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Language",
}
NUMBERS = ("119", "112", "109")


class LawChannel(InputChannel):
    """``GET /law/disaster-safety-decree/73-9?lang=ko``. It carries no conversation."""

    @classmethod
    def name(cls) -> str:
        return "law"

    def url_prefix(self) -> str:
        return "/law"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        law = Blueprint("ansim_law_pages", "ansim_law_pages")

        # both, each strict: loosely written, "/law/" fell to the route below, which finds no path in it
        @law.route("", methods=["GET"], strict_slashes=True, name="first")
        @law.route("/", methods=["GET"], strict_slashes=True, name="first_slash")
        async def first(request: Request) -> HTTPResponse:
            return response.redirect(f"/law/{LAW}?lang={language_of(request)}")

        @law.route("/<path:path>", methods=["GET"])
        async def page(request: Request, path: str) -> HTTPResponse:
            return await forward(path, language_of(request), request.headers.get("Accept-Encoding") or "")

        return law


def language_of(request: Request) -> str:
    """``?lang=``, else the first of ours that the browser asks for, else Korean."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    wanted = (part.split(";")[0].strip().lower()[:2] for part in request.headers.get("accept-language", "").split(","))
    return next((each for each in wanted if each in LANGUAGES), KOREAN)


async def forward(path: str, language: str, accepts: str = "") -> HTTPResponse:
    """The action server's page; a page that says "could not look" when it does not answer within SECONDS."""
    import httpx

    quoted = urllib.parse.quote(urllib.parse.unquote(path).strip("/")[:MAX_PATH])
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            found = await client.get(f"{actions_address()}/law/{quoted}", params={"lang": language})
    except httpx.HTTPError:
        return _down(language)
    if found.status_code not in PASSED_ON:
        return _down(language)
    if found.status_code == 302:
        return response.redirect(found.headers["location"], headers=HEADERS)
    made = served(accepts, found.content, HTML, HEADERS)
    made.status = found.status_code
    return made


def _down(language: str) -> HTTPResponse:
    """That the text could not be looked up, in both languages, with the numbers to call."""
    calls = " · ".join(
        f'<a href="tel:{number}">{number} {escape(law_text(f"call_{number}", language))}</a>' for number in NUMBERS
    )
    said = "".join(
        f'<section lang="{spoken}"><h1>{escape(law_text("down_title", spoken))}</h1>'
        f"<p>{escape(law_text('down', spoken))}</p></section>"
        for spoken in sorted((ENGLISH, KOREAN), key=lambda each: each != language)
    )
    words = (
        f'<!doctype html><html lang="{language}" data-page="law"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(law_text('down_title', language))}</title>"
        '<link rel="stylesheet" href="/chat/static/chat.css"><link rel="stylesheet" href="/chat/static/pages.css">'
        f'</head><body class="page"><main><div class="contents"><p>{calls}</p>{said}</div></main></body></html>'
    )
    return response.html(words, status=503, headers={**HEADERS, "Retry-After": "10"})
