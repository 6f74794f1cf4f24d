"""Erases a conversation of the page. Whoever has its random id may ask for it: nobody else knows it."""

from __future__ import annotations

import contextlib
import json
import re

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.web.once import Once
from bot.forget import ForgetError, forget

MAX_BYTES = 500
_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


async def erase(request: Request, once: Once, channel: str) -> HTTPResponse:
    """``{"sender"}`` in; ``{"status": "ok"}``, the same whether there was a conversation or not.

    400 with a sentence for an id that somebody could guess. What could not be erased now
    is deleted when it is old, as every conversation.
    """
    sender = read_sender(request.body)
    if sender is None:
        return response.json({"error": '"sender" must be the random id (UUID, version 4) of a conversation.'}, 400)
    once.drop(sender)
    with contextlib.suppress(ForgetError):  # the page does not wait for an answer
        await forget(getattr(request.app.ctx, "agent", None), sender, channel)
    return response.json({"status": "ok"})


def read_sender(body: bytes) -> str | None:
    """The id in ``{"sender": …}``; None for anything else."""
    try:
        row = json.loads(body) if len(body) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        return None
    sender = row.get("sender") if isinstance(row, dict) else None
    return sender if isinstance(sender, str) and _RANDOM.fullmatch(sender) else None
