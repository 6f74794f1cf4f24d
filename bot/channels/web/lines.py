"""The replies of a turn as lines of JSON, each sent as soon as it is there, for whoever accepts them.

``{"message": {…}}`` for each reply, then ``{"end": true}``: without that last line the rest got lost on the way.
"""

from __future__ import annotations

import json
from typing import Any

from sanic.request import Request

from bot.channels.web.once import Turn

TYPE = "application/x-ndjson"
HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}
"""A proxy in between must not gather the lines before it passes them on."""


def wanted(request: Request) -> bool:
    """Whether the request names this type among those it accepts."""
    named = (part.split(";")[0].strip().lower() for part in (request.headers.get("Accept") or "").split(","))
    return TYPE in named


async def send(request: Request, turn: Turn) -> None:
    """Send the turn's replies as they come."""
    sent = await request.respond(content_type=f"{TYPE}; charset=utf-8", headers=HEADERS)
    async for reply in turn.each():
        await sent.send(_line({"message": reply}))
    await sent.send(_line({"end": True}))
    await sent.eof()


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
