"""Telegram by webhook, within Rasa: ``POST /webhooks/telegram/webhook``. Off without token and secret.

An update is answered with 200 as soon as it stands in line; the work goes on after that. 503 when there is no
room: Telegram then delivers it again.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.telegram.settings import TelegramSettings, read_settings
from bot.forget import add_door
from bot.turn import Handler

logger = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_BODY = 262_144
"""Bytes of an update; the longest message with all its entities is far below."""
AGAIN_SECONDS = (5.0, 15.0, 60.0, 300.0)
"""Pauses after Telegram refused our start (getMe, setWebhook); the last one is repeated."""


class TelegramChannel(InputChannel):
    """Settings: ANSIM_TELEGRAM_TOKEN, _SECRET, _ADDRESS (public https address), _API (a Bot API server)."""

    @classmethod
    def name(cls) -> str:
        return "telegram"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Without settings: only the door for /forget of a polling process, closed to all without the salt."""
        blueprint = Blueprint("ansim_telegram", "ansim_telegram")
        add_door(blueprint, "rest", "telegram")
        try:
            settings = read_settings()
        except ValueError as error:
            logger.error("Telegram stays off: %s", error)
            settings = None
        if settings is not None:
            _serve(blueprint, on_new_message, settings)
        return blueprint


def _serve(blueprint: Blueprint, on_new_message: Handler, settings: TelegramSettings) -> None:
    from bot.channels.telegram.client import Client
    from bot.channels.telegram.courier import InProcess
    from bot.channels.telegram.desk import Desk

    held: dict[str, Any] = {}

    @blueprint.listener("after_server_start")
    async def begin(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        client = Client(settings)
        courier = InProcess(on_new_message, lambda: getattr(app.ctx, "agent", None))
        held["desk"] = Desk(client, courier)
        held["starting"] = loop.create_task(_introduce(client))

    @blueprint.listener("before_server_stop")
    async def end(_: Any, __: asyncio.AbstractEventLoop) -> None:
        starting, desk = held.get("starting"), held.get("desk")
        if starting is not None:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
        if desk is not None:
            await desk.close()
            with contextlib.suppress(Exception):
                await desk.client.close()

    @blueprint.route("/webhook", methods=["POST"])
    async def receive(request: Request) -> HTTPResponse:
        shown = (request.headers.get(SECRET_HEADER) or "").encode("utf-8", "replace")
        if not hmac.compare_digest(shown, settings.secret.encode()):
            return _error("This address takes updates from Telegram only.", 403)
        return receive_update(request.body, held.get("desk"))


def receive_update(body: bytes, desk: Any) -> HTTPResponse:
    """200 when an update is in line (or was before), 503 when it must come again, 4xx when it is none."""
    if len(body) > MAX_BODY:
        return _error(f"An update may have {MAX_BODY} bytes.", 413)
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return _error("The update is not JSON.", 400)
    if desk is None:
        return _error("The bot is still starting.", 503)
    taken = desk.take(update)
    if taken == "unreadable":
        return _error('An update is an object with "update_id".', 400)
    if taken == "full":
        return _error("Too many updates are waiting; deliver it again.", 503)
    return response.json({"ok": True})


def _error(sentence: str, status: int) -> HTTPResponse:
    return response.json({"error": sentence}, status=status)


async def _introduce(client: Any) -> None:
    """Tell Telegram who and where we are, again and again while it refuses; the bot serves meanwhile."""
    from telegram.error import TelegramError

    from bot.channels.telegram.wire import KINDS_OF_UPDATE
    from nlu.emergency import detect

    await asyncio.to_thread(detect, "119")  # loaded before somebody needs it
    steps = [client.open, client.tell_commands]
    if client.settings.webhook:
        steps.insert(1, lambda: client.set_webhook(KINDS_OF_UPDATE))
    tries = 0
    while steps:
        try:
            await steps[0]()
            steps.pop(0)
            tries = 0
        except TelegramError as error:
            pause = AGAIN_SECONDS[min(tries, len(AGAIN_SECONDS) - 1)]
            tries += 1
            logger.error("Telegram refused our start (%s); next try in %d s.", type(error).__name__, pause)
            await asyncio.sleep(pause)
