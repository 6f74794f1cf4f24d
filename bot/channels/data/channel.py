"""The disclosed places for other programs, under ``/data/``: answered by the action server, passed on here.

Only the chat's port is public, and this room may not open the store.
"""

from __future__ import annotations

import os

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.data.names import file_name
from bot.settings import settings
from bot.turn import Handler

SECONDS = 3.0
MADE_SECONDS = 10.0
"""For pictures and files, which are drawn and set when they are asked for: the first waits for its libraries."""
MAX_QUERY = 500
HEADERS = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
"""Public data, without cookies: any page may read it."""
DOWN = "The places could not be looked up now; try again later."


class DataChannel(InputChannel):
    """``GET /data/places.geojson``, ``/data/map.png`` and ``/data/festival``. It carries no conversation."""

    @classmethod
    def name(cls) -> str:
        return "data"

    def url_prefix(self) -> str:
        return "/data"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        data = Blueprint("ansim_data", "ansim_data")

        @data.route("/places.geojson", methods=["GET"])
        async def places(request: Request) -> HTTPResponse:
            return await forward("/data/places.geojson", request.query_string)

        @data.route("/map.png", methods=["GET"])
        async def picture(request: Request) -> HTTPResponse:
            return await forward("/data/map.png", request.query_string, MADE_SECONDS)

        @data.route("/festival", methods=["GET"])
        async def festival(request: Request) -> HTTPResponse:
            found = await forward("/data/festival", request.query_string, MADE_SECONDS)
            if found.status == 200:
                name = file_name(f"/data/festival?{request.query_string}")
                found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return found

        return data


def actions_address() -> str:
    """The action server's address, without its webhook's path."""
    given = os.environ.get("ANSIM_ACTIONS_URL") or f"http://127.0.0.1:{settings().actions_port}"
    return given.removesuffix("/webhook").rstrip("/")


async def forward(path: str, query: str, seconds: float = SECONDS) -> HTTPResponse:
    """What the action server answers; 503 with one sentence when it does not within ``seconds``."""
    import httpx

    if len(query) > MAX_QUERY:
        return _error(f"The query may hold {MAX_QUERY} characters.", 400)
    try:
        async with httpx.AsyncClient(timeout=seconds, trust_env=False) as client:
            found = await client.get(f"{actions_address()}{path}?{query}")
    except httpx.HTTPError:
        return _error(DOWN, 503)
    if found.status_code not in (200, 400, 503):
        return _error(DOWN, 503)
    return response.raw(
        found.content,
        status=found.status_code,
        headers=HEADERS,
        content_type=found.headers.get("content-type", "application/json"),
    )


def _error(sentence: str, status: int) -> HTTPResponse:
    return response.json({"error": sentence}, status=status, headers=HEADERS)
