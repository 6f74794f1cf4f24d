"""The web chat: one page at ``/chat/`` and the JSON it speaks, from the same origin."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.web import draft, embed, feedback, forgetting, lines, offline
from bot.channels.web.limit import Limit
from bot.channels.web.once import KEEP_PLACE_SECONDS, Once
from bot.channels.web.packing import served
from bot.channels.web.tiles import tiles
from bot.channels.wire import BadRequestError, read_request
from bot.settings import PROJECT
from bot.turn import Handler, at_once, run_turn

STATIC = Path(__file__).parent / "static"
GAZETTEER = PROJECT / "knowledge" / "gazetteer"
"""The outlines on the map are served as the files they are; this room reads nothing else of that one."""
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".geojson": "application/geo+json; charset=utf-8",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    "": "text/plain; charset=utf-8",
}
_DAY = "max-age=86400"


@functools.cache
def headers() -> dict[str, str]:
    """What goes with every file: nothing from elsewhere is loaded, but for tiles of the one host that is set."""
    chosen = tiles()
    images = " ".join(["'self'", "data:", *([chosen.origin] if chosen else [])])
    return {
        "Content-Security-Policy": f"default-src 'self'; img-src {images}; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {embed.frame_ancestors()}",
        "Permissions-Policy": "geolocation=(self)",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }


@functools.cache
def config() -> dict[str, Any]:
    """What the page must know of this installation: the tiles, if any, and whose the outlines are."""
    boundaries = json.loads((GAZETTEER / "manifest.json").read_text("utf-8"))["sources"]["sgis-boundaries"]
    chosen = tiles()
    return {
        "tiles": {"url": chosen.url, "attribution": chosen.attribution} if chosen else None,
        "boundaries": {key: boundaries[key] for key in ("title", "publisher", "licence", "as_of", "url")},
    }


class WebChannel(InputChannel):
    """In: ``{sender, text, language, location?}``. Out: ``{messages: [{text, quick_replies, answer}]}``, or lines."""

    @classmethod
    def name(cls) -> str:
        return "web"

    def url_prefix(self) -> str:
        return "/chat"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        chat = Blueprint("ansim_web", "ansim_web")
        once, limit, drafts, erasures = Once(), Limit(), Limit(draft.EACH, draft.ALL), Limit()
        headers()  # a wrong setting stops the start, not each request

        @chat.route("", methods=["GET"], strict_slashes=True)
        async def without_slash(_: Request) -> HTTPResponse:
            return response.redirect("/chat/", status=301)

        @chat.route("/", methods=["GET"], strict_slashes=True)
        async def page(request: Request) -> HTTPResponse:
            return _file("index.html", _accepts(request))

        @chat.route("/config", methods=["GET"])
        async def configuration(_: Request) -> HTTPResponse:
            return response.json(config(), headers=headers(), ensure_ascii=False)

        @chat.route("/static/<name:path>", methods=["GET"])
        async def static(request: Request, name: str) -> HTTPResponse:
            return _file(name, _accepts(request))

        @chat.route("/sw.js", methods=["GET"])
        async def worker(request: Request) -> HTTPResponse:
            return served(_accepts(request), offline.worker().encode(), _TYPES[".js"], headers())

        @chat.route("/offline", methods=["GET"])
        async def without_connection(request: Request) -> HTTPResponse:
            return served(_accepts(request), offline.page().encode(), _TYPES[".html"], headers())

        @chat.route("/widget.js", methods=["GET"])
        async def widget(request: Request) -> HTTPResponse:
            return served(_accepts(request), embed.widget().encode(), _TYPES[".js"], headers())

        @chat.route("/feedback", methods=["POST"])
        async def think(request: Request) -> HTTPResponse:
            return await feedback.pass_on(request.body) if limit.allow(_who(request)) else _too_much()

        @chat.route("/draft", methods=["POST"])
        async def check(request: Request) -> HTTPResponse:
            return await draft.pass_on(request) if drafts.allow(_who(request)) else _too_much()

        @chat.route("/forget", methods=["POST"])
        async def erase(request: Request) -> HTTPResponse:
            return await forgetting.erase(request, once, self.name()) if erasures.allow(_who(request)) else _too_much()

        @chat.route("/health", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @chat.route("/danger", methods=["POST"])
        async def danger(request: Request) -> HTTPResponse:
            """What a message has to be answered with at once, though an earlier one is still being looked up."""
            try:
                asked = read_request(request.body, text_key="text")
            except BadRequestError as error:
                return response.json({"error": str(error)}, status=error.status)
            return response.json({"messages": at_once(asked.text, asked.language)}, ensure_ascii=False)

        @chat.route("/messages", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse | None:
            try:
                asked = read_request(request.body, text_key="text")
            except BadRequestError as error:
                return response.json({"error": str(error)}, status=error.status)
            key = (request.headers.get("Idempotency-Key") or "")[:100]
            turn = once.turn(
                asked.sender,
                key,
                lambda tell: run_turn(
                    on_new_message, asked.sender, asked.text, self.name(), asked.language, asked.location, tell
                ),
                KEEP_PLACE_SECONDS if asked.location else None,
            )
            if lines.wanted(request):
                await lines.send(request, turn)
                return None
            return response.json({"messages": await turn.all()}, ensure_ascii=False)

        return chat


def _who(request: Request) -> str:
    return str(request.remote_addr or request.ip)


def _too_much() -> HTTPResponse:
    return response.json({"error": "Too much at once; try again in a minute."}, status=429)


def _accepts(request: Request) -> str:
    return request.headers.get("Accept-Encoding") or ""


def _file(name: str, accepts: str = "") -> HTTPResponse:
    """A file of the page; only names that the folder was found to hold, so no path can lead out of it."""
    found = _files().get(name)
    if found is None:
        return response.text("Not found.", status=404)
    own = found.parent == STATIC
    return served(
        accepts,
        found.read_bytes(),
        _TYPES.get(found.suffix, "application/octet-stream"),
        headers() if own else {**headers(), "Cache-Control": _DAY},
    )


@functools.cache
def _files() -> dict[str, Path]:
    """Every file that is served, by its name after ``static/``."""
    served = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.is_file()}
    return {**served, "ansan-dongs.geojson": GAZETTEER / "ansan_dongs.geojson"}
