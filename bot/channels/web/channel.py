"""The web chat: one page at ``/chat/`` and the JSON it speaks, from the same origin."""

from __future__ import annotations

from pathlib import Path

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.web.once import Once
from bot.channels.wire import BadRequestError, read_request
from bot.turn import Handler, run_turn

STATIC = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
}


class WebChannel(InputChannel):
    """In: ``{sender, text, language}``. Out: ``{messages: [{text, quick_replies, answer}]}``."""

    @classmethod
    def name(cls) -> str:
        return "web"

    def url_prefix(self) -> str:
        return "/chat"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        chat = Blueprint("ansim_web", "ansim_web")
        once = Once()

        @chat.route("", methods=["GET"], strict_slashes=True)
        async def without_slash(_: Request) -> HTTPResponse:
            return response.redirect("/chat/", status=301)

        @chat.route("/", methods=["GET"], strict_slashes=True)
        async def page(_: Request) -> HTTPResponse:
            return _file("index.html")

        @chat.route("/static/<name:str>", methods=["GET"])
        async def static(_: Request, name: str) -> HTTPResponse:
            return _file(name)

        @chat.route("/health", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @chat.route("/messages", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                asked = read_request(request.body, text_key="text")
            except BadRequestError as error:
                return response.json({"error": str(error)}, status=400)
            key = (request.headers.get("Idempotency-Key") or "")[:100]
            replies = await once.run(
                asked.sender,
                key,
                lambda: run_turn(on_new_message, asked.sender, asked.text, self.name(), asked.language),
            )
            return response.json({"messages": replies}, ensure_ascii=False)

        return chat


def _file(name: str) -> HTTPResponse:
    """A file of the page; only names that lie in the folder, so no path can lead out of it."""
    found = {path.name: path for path in STATIC.iterdir() if path.is_file()}.get(name)
    if found is None:
        return response.text("Not found.", status=404)
    return response.raw(
        found.read_bytes(), headers=HEADERS, content_type=_TYPES.get(found.suffix, "application/octet-stream")
    )
