"""Sends to Telegram by python-telegram-bot, within its flood limits, and survives what it may answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram.markup import escape
from bot.channels.telegram.outgoing import Document, Photo, Text, Venue
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.wire import Incoming, Me
from nlu.texts import text

logger = logging.getLogger(__name__)
RETRY_SECONDS = (0.5, 2.0, 8.0, 20.0)
"""Pauses after a cut connection; a message may then come twice, which is better than not at all."""
LONGEST_WAIT = 60.0
"""Seconds that one request may take with all that Telegram tells us to wait (retry_after); then it is dropped."""
FLOOD_RETRIES = 3
Item = Text | Venue | Photo | Document


def quiet_logs() -> None:
    """httpx writes every address at INFO, and a Bot API address holds the token; PTB writes texts at DEBUG."""
    for name in ("httpx", "httpcore", "telegram", "hpack"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger(name).level))


class Gone(Exception):
    """The chat takes nothing from us any more: the bot was blocked, or put out of the group."""


class Client:
    """Two connections with the same token: what Telegram makes one chat wait for must not hold up an emergency."""

    def __init__(self, settings: TelegramSettings, retry_seconds: tuple[float, ...] = RETRY_SECONDS) -> None:
        quiet_logs()
        self.settings, self._pauses = settings, retry_seconds
        self.me = Me(settings.bot_id)
        self._usual, self._urgent = _bot(settings), _bot(settings)

    async def open(self) -> None:
        """Learn who we are; raises TelegramError."""
        await self._usual.initialize()
        await self._urgent.initialize()
        self.me = Me(self._usual.id, self._usual.username)

    async def close(self) -> None:
        for bot in (self._usual, self._urgent):
            await bot.shutdown()

    async def tell_commands(self) -> None:
        """The menu in both languages; English for all others. Raises TelegramError."""
        for language, code in (("en", None), ("ko", "ko")):
            names = ("nearby", "festival", "language", "help", "forget", "start")
            menu = [BotCommand(name, text(f"telegram.commands.{name}", language)) for name in names]
            await self._usual.set_my_commands(menu, language_code=code)

    async def set_webhook(self, updates: list[str]) -> None:
        """Raises TelegramError. What waited meanwhile is kept."""
        await self._usual.set_webhook(
            self.settings.webhook, secret_token=self.settings.secret, allowed_updates=updates, max_connections=20
        )

    async def send(self, to: Incoming, items: list[Item], urgent: bool = False) -> list[Item]:
        """All of them in order; returns those that Telegram refused, which the person does not see.

        Nothing is raised when the chat is gone; NetworkError when Telegram is not reached.
        """
        bot = self._urgent if urgent else self._usual
        refused: list[Item] = []
        try:
            for item in items:
                to = await self._send_one(bot, to, item, refused)
                to = replace(to, quote=False)  # only the first stands under the question
        except Gone:
            return []
        return refused

    async def _send_one(self, bot: ExtBot[int], to: Incoming, item: Item, refused: list[Item]) -> Incoming:
        try:
            await self._tried(lambda: _send(bot, to, item))
        except ChatMigrated as moved:
            to = replace(to, chat_id=moved.new_chat_id)
            await self._tried(lambda: _send(bot, to, item))
        except BadRequest as error:
            logger.warning("Telegram refused a %s: %s", type(item).__name__, _reason(error))
            if isinstance(item, Text):  # better without marks and buttons than not at all
                await self._tried(lambda: _send(bot, replace(to, quote=False), item, plain=True), last=True)
            else:
                refused.append(item)
        return to

    async def _tried(self, call: Callable[[], Awaitable[object]], last: bool = False) -> None:
        """Call, again after a cut connection; raises Gone, ChatMigrated, BadRequest, NetworkError."""
        for pause in (*self._pauses, None):
            try:
                await asyncio.wait_for(call(), LONGEST_WAIT)
                return
            except Forbidden:
                raise Gone from None
            except (RetryAfter, asyncio.TimeoutError):
                logger.warning("A message was dropped: Telegram lets us send no more for now.")
                return
            except BadRequest as error:
                if not last:
                    raise
                logger.warning("Telegram refused a message: %s", _reason(error))
                return
            except ChatMigrated:
                raise
            except NetworkError:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            except TelegramError as error:
                logger.error("A message could not be sent: %s", type(error).__name__)
                return

    async def typing(self, to: Incoming, action: str = "typing") -> None:
        """Shows that we are at work; whatever goes wrong with it is of no matter."""
        try:
            await self._usual.send_chat_action(to.chat_id, action, message_thread_id=to.thread_id)
        except (TelegramError, asyncio.TimeoutError):
            return

    async def pressed(self, to: Incoming, words: str = "") -> None:
        """Ends the waiting sign on a button; ``words`` (up to 200 characters) are shown over the chat."""
        try:
            await self._usual.answer_callback_query(to.callback_id, words[:200] or None, show_alert=bool(words))
        except TelegramError:
            return  # too old to be answered

    async def rewrite(self, to: Incoming, html: str) -> None:
        """Put other words, without buttons, in place of the message whose button was pressed; else send them."""
        try:
            await self._tried(
                lambda: self._usual.edit_message_text(html, to.chat_id, to.message_id, parse_mode="HTML")
            )
        except (Gone, ChatMigrated):
            return
        except BadRequest as error:
            if "not modified" not in str(error):
                await self.send(to, [Text(html)])


def _bot(settings: TelegramSettings) -> ExtBot[int]:
    return ExtBot(
        settings.token,
        base_url=f"{settings.api}/bot",
        base_file_url=f"{settings.api}/file/bot",
        request=HTTPXRequest(connection_pool_size=32, read_timeout=15, httpx_kwargs={"trust_env": True}),
        rate_limiter=AIORateLimiter(max_retries=FLOOD_RETRIES),
    )


async def _send(bot: ExtBot[int], to: Incoming, item: Item, plain: bool = False) -> Message:
    where: dict[str, Any] = {"chat_id": to.chat_id, "message_thread_id": to.thread_id}
    if to.quote and to.message_id:
        where["reply_parameters"] = ReplyParameters(to.message_id, allow_sending_without_reply=True)
    if isinstance(item, Venue):
        return await bot.send_venue(
            latitude=item.lat, longitude=item.lon, title=item.title, address=item.address, **where
        )
    if isinstance(item, Photo):
        return await bot.send_photo(photo=item.png, caption=item.caption, filename="map.png", **where)
    if isinstance(item, Document):
        return await bot.send_document(document=item.body, filename=item.name, **where)
    if plain:
        return await bot.send_message(text=without_marks(item.html), **where)
    return await bot.send_message(
        text=item.html,
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=_keyboard(item, to.private),
        **where,
    )


def _keyboard(item: Text, private: bool) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if item.share and private:  # request_location is for private chats only
        button = KeyboardButton(item.share, request_location=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, is_persistent=False)
    if not item.rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(escape_title(title), callback_data=data) for title, data in row] for row in item.rows]
    )


def escape_title(title: str) -> str:
    """A button's title is plain text; lone surrogates cannot be sent."""
    return title.encode("utf-8", "ignore").decode()


def without_marks(marked: str) -> str:
    """The plain words of our own HTML."""
    import html
    import re

    return html.unescape(re.sub(r"<[^<>]*>", "", marked))


def _reason(error: TelegramError) -> str:
    """What Telegram said, in few words and without anything that was sent."""
    return escape(str(error).split(":", 1)[0])[:80]
