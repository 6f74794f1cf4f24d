"""Puts the provision pages on the action server: ``/law/<law>`` and ``/law/<law>/<provision>``."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions.law_contents import contents_page, missing_page
from actions.law_frame import address
from actions.law_page import article_page
from knowledge.errors import KnowledgeError
from knowledge.library import Shelf, decree
from knowledge.statute_store import StatuteStore
from nlu.language import KOREAN, LANGUAGES

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Page:
    """What goes out over HTTP; ``location`` is where else to look when the status is 302."""

    status: int
    body: str
    location: str = ""


def page(shelf: Shelf, law: str, provision: str, given: Mapping[str, str]) -> Page:
    """The page of a provision ("" for the list of all); a part's address leads to its mark on the article's page."""
    language = given.get("lang", "")
    language = language if language in LANGUAGES else KOREAN
    if law != shelf.edition.law:
        return Page(404, missing_page(shelf, "", language))
    if not provision:
        return Page(200, contents_page(shelf, language))
    article, slash, _ = provision.partition("/")
    if slash and shelf.law.has(provision):
        return Page(302, "", address(shelf, provision, language))
    if slash or not any(each.number == article for each in shelf.law.articles):
        return Page(404, missing_page(shelf, provision, language))
    return Page(200, article_page(shelf, article, language))


@functools.cache
def shelf() -> Shelf:
    """The bundled law, with the official Korean text where it was imported."""
    store = StatuteStore()
    return replace(decree(), official=lambda provision, day: store.pair(provision, as_of=day))


def attach(app: Any) -> None:
    """``app``: the SDK's Sanic app. Pages are made off its event loop: they may read the imported text."""
    from rasa_sdk.endpoint import HTTPResponse

    async def handler(request: Any, law: str, provision: str = "") -> Any:
        given = {name: values[0] for name, values in request.args.items()}
        try:
            made = await asyncio.to_thread(lambda: page(shelf(), law, provision, given))
        except KnowledgeError as error:
            return HTTPResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
        headers = {"Location": made.location} if made.location else None
        return HTTPResponse(made.body, status=made.status, headers=headers, content_type=HTML)

    app.add_route(handler, "/law/<law:str>", name="ansim_law")
    app.add_route(handler, "/law/<law:str>/<provision:path>", name="ansim_provision")
