"""Puts ``POST /draft`` on the action server: a plan's bytes in, the check in words out.

Nothing of it is kept or logged. Drafts are read in a thread of their own, one after another: a large PDF
must not hold up the turns.
"""

from __future__ import annotations

import asyncio
import json
import logging
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from actions.compose_draft import compose_draft
from actions.draft_check import DraftCheck, check_draft
from nlu.language import LANGUAGES, detect
from nlu.say import quick_replies

logger = logging.getLogger("ansim.actions")
PATH = "/draft"
MAX_NAME = 200
FAILED = "The draft could not be checked now; try again later."


def take(body: bytes, name: str, language: str | None) -> tuple[int, dict[str, Any]]:
    """(HTTP status, JSON ``{"messages": [{text, quick_replies, answer}]}``); 503 with a sentence when it failed.

    ``name``: the file's name, percent-encoded. ``language``: None for the draft's own.
    """
    try:
        check = check_draft(body, urllib.parse.unquote(name)[:MAX_NAME])
        answer = compose_draft(check, language if language in LANGUAGES else own_language(check))
    except Exception as error:  # the error's text may hold words of the draft
        logger.error("A draft could not be checked: %s", type(error).__name__)
        return 503, {"error": FAILED}
    said = {"text": answer.text, "quick_replies": quick_replies(answer), "answer": answer.to_json()}
    return 200, {"messages": [said]}


def own_language(check: DraftCheck) -> str:
    """The language of the lines that were found, else of the file's name."""
    lines = " ".join(shown.text for part in check.parts for shown in part.shown)
    return detect(lines or check.name)


def attach(app: Any) -> None:
    """``app``: the SDK's Sanic app."""
    from rasa_sdk.endpoint import HTTPResponse

    reader = ThreadPoolExecutor(1, thread_name_prefix="draft")

    async def handler(request: Any) -> Any:
        name = request.headers.get("X-File-Name") or ""
        loop = asyncio.get_running_loop()
        status, said = await loop.run_in_executor(reader, take, request.body, name, request.args.get("lang"))
        return HTTPResponse(json.dumps(said, ensure_ascii=False), status=status, content_type="application/json")

    app.add_route(handler, PATH, methods=["POST"], name="ansim_draft")
