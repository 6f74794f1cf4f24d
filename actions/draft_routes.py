"""Puts ``POST /draft`` on the action server: a plan's bytes in, the check in words out.

Nothing of it is kept or logged. Each draft is read in a process of its own, a few at a time: a file that cannot be
read to its end must hold up neither the turns nor the drafts behind it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import urllib.parse
from typing import Any

from actions.compose_draft import compose_draft
from actions.draft_apart import Reader
from actions.draft_check import DraftCheck
from nlu.answer import Answer
from nlu.language import LANGUAGES, detect
from nlu.say import quick_replies

logger = logging.getLogger("ansim.actions")
PATH = "/draft"
MAX_NAME = 200
TOGETHER = 2
WAIT_SECONDS = 12.0
"""Longest wait for those before; with the reading it stays within the chat's 30 s."""
FAILED = "The draft could not be checked now; try again later."


class Desk:
    """Takes drafts, TOGETHER at a time; the others wait for WAIT_SECONDS."""

    def __init__(self, reader: Reader | None = None, together: int = TOGETHER) -> None:
        self._reader, self._free = reader or Reader(), asyncio.Semaphore(together)

    async def take(self, body: bytes, name: str, language: str | None) -> tuple[int, dict[str, Any]]:
        """(HTTP status, JSON ``{"messages": [{text, quick_replies, answer}]}``); 503 with a sentence when it failed.

        ``name``: the file's name, percent-encoded. ``language``: None for the draft's own.
        """
        try:
            check = await self._check(body, urllib.parse.unquote(name)[:MAX_NAME])
            answer = await asyncio.to_thread(_answer, check, language)
        except Exception as error:  # the error's text may hold words of the draft
            logger.error("A draft could not be checked: %s", type(error).__name__)
            return 503, {"error": FAILED}
        said = {"text": answer.text, "quick_replies": quick_replies(answer), "answer": answer.to_json()}
        return 200, {"messages": [said]}

    async def _check(self, body: bytes, name: str) -> DraftCheck:
        await asyncio.wait_for(self._free.acquire(), WAIT_SECONDS)
        try:
            return await self._reader.check(body, name)
        finally:
            self._free.release()

    async def close(self, *_: object) -> None:
        await self._reader.close()


def _answer(check: DraftCheck, language: str | None) -> Answer:
    return compose_draft(check, language if language in LANGUAGES else own_language(check))


def own_language(check: DraftCheck) -> str:
    """The language of the lines that were found, else of the file's name."""
    lines = " ".join(shown.text for part in check.parts for shown in part.shown)
    return detect(lines or check.name)


def attach(app: Any) -> None:
    """``app``: the SDK's Sanic app."""
    from rasa_sdk.endpoint import HTTPResponse

    desk = Desk()

    async def handler(request: Any) -> Any:
        name = request.headers.get("X-File-Name") or ""
        status, said = await desk.take(request.body, name, request.args.get("lang"))
        return HTTPResponse(json.dumps(said, ensure_ascii=False), status=status, content_type="application/json")

    app.register_listener(desk.close, "before_server_stop")
    app.add_route(handler, PATH, methods=["POST"], name="ansim_draft")
