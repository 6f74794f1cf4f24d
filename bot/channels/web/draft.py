"""Passes a draft of a plan on to the action server, which checks it. It never reaches the dialogue and is not kept."""

from __future__ import annotations

import json
import urllib.parse

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.data.channel import actions_address

MAX_BYTES = 5 * 1024 * 1024
"""What the check reads (actions/draft_reading.py)."""
MAX_NAME = 600
"""Characters of a file's name, percent-encoded."""
SECONDS = 30.0
EACH, ALL = 20, 60
"""Drafts of one address, and of all together, in a minute."""
_WRAPPED = ("multipart/", "application/x-www-form-urlencoded", "application/json")
DOWN = "The draft could not be checked now; try again later."
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


async def pass_on(request: Request) -> HTTPResponse:
    """The check as ``{"messages": […]}``: the body is the file's bytes; ``X-File-Name``, ``?lang=`` may say more.

    413 and 415 with a sentence for what is no such body; 503 when the action server does not answer within SECONDS.
    What kind of file it is, its bytes say: a wrong or damaged one is answered in words.
    """
    if len(request.body) > MAX_BYTES:
        return _error("A draft may have 5 MB.", 413)
    if (request.headers.get("Content-Type") or "").lower().startswith(_WRAPPED):
        return _error("Send the bytes of the file alone, as application/octet-stream or under its own type.", 415)
    name = urllib.parse.quote(urllib.parse.unquote(request.headers.get("X-File-Name") or ""))[:MAX_NAME]
    language = request.args.get("lang")
    return await _asked(request.body, name, {"lang": language} if language in ("en", "ko") else {})


async def _asked(body: bytes, name: str, query: dict[str, str]) -> HTTPResponse:
    import httpx

    headers = {"Content-Type": "application/octet-stream", "X-File-Name": name}
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            found = await client.post(f"{actions_address()}/draft", params=query, content=body, headers=headers)
            said = json.loads(found.content) if found.status_code == 200 else None
    except (httpx.HTTPError, ValueError):
        return _error(DOWN, 503)
    return _error(DOWN, 503) if said is None else response.json(said, headers=HEADERS, ensure_ascii=False)


def _error(sentence: str, status: int) -> HTTPResponse:
    return response.json({"error": sentence}, status=status, headers=HEADERS)
