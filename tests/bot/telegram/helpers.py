"""The channel on a real Sanic server, and a poller, all in the test's own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from pathlib import Path

from tests.bot.telegram.bot_api import SECRET
from tests.listening import listening

ANSWERS = Path(__file__).parent.parent / "answers"


def recorded(name: str) -> dict:
    return json.loads((ANSWERS / f"{name}.json").read_text("utf-8"))


class Dialogue:
    """Answers as Rasa would over a Handler, with answers recorded from the real one. ``heard``: what came in."""

    def __init__(self) -> None:
        self.heard, self.seconds, self.down = [], 0.0, False
        self.files: list[dict] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, message) -> None:
        self.heard.append(message)
        if self.down:
            raise RuntimeError("the dialogue is down")
        await self.gate.wait()
        await asyncio.sleep(self.seconds)
        for answer in self.answers(message.text):
            await message.output_channel.send_text_with_buttons(message.sender_id, answer["text"], buttons(answer))
            answer = {**answer, "files": self.files}
            await message.output_channel.send_custom_json(message.sender_id, {"answer": answer})

    def answers(self, text: str) -> list[dict]:
        from nlu import replies
        from nlu.language import detect

        language = detect(text)
        text = text.split(" ")[0] if language == "ko" and text != "한국어로" else text
        if text in ("한국어로", "In English"):
            return [replies.static("language_switched", language).to_json()]
        name = f"{text}-{language}" if (ANSWERS / f"{text}-{language}.json").exists() else ""
        return [recorded(name)] if name else [replies.static("help", language).to_json()]


def buttons(answer: dict) -> list[dict]:
    from nlu.answer import Answer
    from nlu.say import quick_replies

    short = Answer(answer["status"], answer["language"], answer["lead"], answer["text"],
                   next_steps=tuple(answer["next_steps"]), suggestions=tuple(answer["suggestions"]))  # fmt: skip
    return [{"title": each["title"], "payload": each["text"]} for each in quick_replies(short)]


@contextlib.asynccontextmanager
async def serve(*channels, handler):
    """The channels' blueprints on a Sanic server in this loop, as Rasa registers them; (its address, the app)."""

    def register(app):
        for channel in channels:
            app.blueprint(channel.blueprint(handler), url_prefix=f"/webhooks/{channel.url_prefix().strip('/')}")
        app.ctx.agent = None

    async with listening(register) as served:
        yield served


@contextlib.asynccontextmanager
async def webhook(api, dialogue):
    """The channel by webhook, known to the Bot API server."""
    from bot.channels.telegram.channel import TelegramChannel

    async with serve(TelegramChannel(), handler=dialogue) as (address, _):
        await api.until(lambda: api.of("setMyCommands"))
        api._setWebhook({"url": f"{address}/webhooks/telegram/webhook", "secret_token": SECRET})
        yield address


@contextlib.asynccontextmanager
async def polling(api, dialogue):
    """The poller, and a bot's REST channel for it."""
    from bot.channels.rest.channel import RestChannel
    from bot.channels.telegram.channel import TelegramChannel
    from bot.channels.telegram.poll import poll
    from bot.channels.telegram.settings import read_settings

    os.environ.pop("ANSIM_TELEGRAM_SECRET", None)  # the bot itself knows nothing of Telegram then
    async with serve(RestChannel(), TelegramChannel(), handler=dialogue) as (address, _):
        stop = asyncio.Event()
        running = asyncio.ensure_future(poll(read_settings(secret_needed=False), address, stop, 2))
        await api.until(lambda: len(api.of("setMyCommands")) >= 2)
        yield address
        stop.set()
        await running


@contextlib.asynccontextmanager
async def files_server():
    """The action server's files, made as it makes them; without its other addresses. Loaded before, as it does."""
    from sanic import response

    from actions import warm_later
    from actions.festival_files import PATH, festival_file

    await asyncio.to_thread(warm_later.warm_files)

    async def give(request):
        made = await asyncio.to_thread(festival_file, dict(request.query_args))
        return response.raw(made.body, made.status, content_type=made.content_type)

    async with listening(lambda app: app.add_route(give, PATH)) as (address, _):
        yield address


@contextlib.asynccontextmanager
async def data_server(path: str, body: bytes, content_type: str):
    """A server that gives one body at one path, in the place of the action server."""
    from sanic import response

    async def give(_):
        return response.raw(body, content_type=content_type)

    async with listening(lambda app: app.add_route(give, path)) as (address, _):
        yield address
