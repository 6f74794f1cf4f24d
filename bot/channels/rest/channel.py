"""Rasa's REST channel at ``/webhooks/rest/webhook``, made safe: no injected intents, no empty turn."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.wire import BadRequestError, read_request
from bot.turn import Handler, run_turn


class RestChannel(InputChannel):
    """In: ``{sender, message, metadata?: {language, location}}``. Out: Rasa's list of messages, text and custom."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        webhook = Blueprint("ansim_rest", "ansim_rest")

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                asked = read_request(request.body, text_key="message")
            except BadRequestError as error:
                return response.json({"error": str(error)}, status=error.status)
            replies = await run_turn(
                on_new_message, asked.sender, asked.text, self.name(), asked.language, asked.location
            )
            return response.json([part for reply in replies for part in _messages(asked.sender, reply)])

        return webhook


def _messages(recipient: str, reply: dict[str, Any]) -> list[dict[str, Any]]:
    said: dict[str, Any] = {"recipient_id": recipient, "text": reply["text"]}
    if reply["quick_replies"]:
        said["buttons"] = [{"title": each["title"], "payload": each["text"]} for each in reply["quick_replies"]]
    return [said, {"recipient_id": recipient, "custom": {"answer": reply["answer"]}}]
