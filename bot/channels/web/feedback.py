"""Passes on what people think of an answer to the action server, which counts it. No words, no ids go along."""

from __future__ import annotations

from sanic import response
from sanic.response import HTTPResponse

from bot.channels.data.channel import SECONDS, actions_address

MAX_BYTES = 500
DOWN = "The feedback could not be counted now."


async def pass_on(body: bytes) -> HTTPResponse:
    """The action server's answer; 503 when it does not answer within SECONDS."""
    import httpx

    if len(body) > MAX_BYTES:
        return response.json({"error": f"The request may hold {MAX_BYTES} bytes."}, status=413)
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            found = await client.post(f"{actions_address()}/feedback", content=body)
    except httpx.HTTPError:
        return response.json({"error": DOWN}, status=503)
    if found.status_code not in (200, 400):
        return response.json({"error": DOWN}, status=503)
    return response.raw(found.content, status=found.status_code, content_type="application/json")
