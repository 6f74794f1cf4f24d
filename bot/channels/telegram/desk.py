"""Takes updates and sees to their answers; the same for the webhook and for polling."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from telegram.error import NetworkError

from bot.channels.data.names import file_name
from bot.channels.telegram import commands
from bot.channels.telegram.buttons import FILE, LANGUAGE, Buttons
from bot.channels.telegram.client import Client, Item
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.lines import Claims, Line
from bot.channels.telegram.markup import escape
from bot.channels.telegram.memory import Languages, decides
from bot.channels.telegram.outgoing import Text, texts_of
from bot.channels.telegram.pictures import document, picture
from bot.channels.telegram.wire import BUTTON, COMMAND, OTHER, Incoming, read_update, update_id
from bot.turn import as_reply
from nlu import emergency, replies
from nlu.language import DEFAULT
from nlu.message import clean
from nlu.texts import text

logger = logging.getLogger(__name__)
TAKEN, REPEATED, FULL, UNREADABLE = "taken", "repeated", "full", "unreadable"
URGENT_JOBS, URGENT_WORKERS = 2000, 8
CLOSE_SECONDS = 8.0
TYPING_AGAIN = 4.5
"""Telegram shows the sign for 5 seconds (sendChatAction)."""
PATIENCE = 0.3
"""Seconds after which a person is shown that the answer is being made."""
GROUP_PATIENCE = 1.0
"""In a group a sign counts towards its 20 messages a minute: only slow answers are worth one."""


class Desk:
    """``take`` never waits for an answer: it puts the work in line and says whether there was room."""

    def __init__(
        self,
        client: Client,
        courier: Courier,
        line: Line | None = None,
        claims: Claims | None = None,
        buttons: Buttons | None = None,
    ) -> None:
        self.client, self.courier = client, courier
        self.languages = Languages()
        self.buttons = buttons or Buttons()
        self._line, self._urgent = line or Line(), Line(URGENT_JOBS, URGENT_WORKERS)
        self._claims = claims or Claims()

    def take(self, update: Any) -> str:
        """TAKEN (also when it is not for us), REPEATED, FULL (deliver it again later) or UNREADABLE."""
        number = update_id(update)
        if number is None:
            return UNREADABLE
        incoming = read_update(update, self.client.me)
        if incoming is None:
            return TAKEN
        if not self._claims.claim(number):
            return REPEATED
        danger = self._danger(incoming)
        if danger is not None:  # before all that waits, and without the dialogue
            put = self._urgent.put(incoming.chat_id, lambda: self._done(incoming, self._rescue(incoming, danger)))
        else:
            put = self._line.put(incoming.chat_id, lambda: self._done(incoming, self._answer(incoming)))
        if not put:
            self._claims.release(number)
            return FULL
        return TAKEN

    async def close(self) -> None:
        await asyncio.gather(self._line.close(CLOSE_SECONDS), self._urgent.close(CLOSE_SECONDS))

    def _danger(self, incoming: Incoming) -> emergency.Emergency | None:
        """The emergency that somebody's own words tell of, also behind a command; a button's words are ours."""
        if incoming.kind == BUTTON or not incoming.text:
            return None
        return emergency.detect(clean(incoming.text).text)

    async def _done(self, incoming: Incoming, work: Any) -> None:
        """Do the work; when it fails the update's claim is released, so that a redelivery is answered."""
        try:
            await work
        except NetworkError as error:
            self._claims.release(incoming.update_id)
            logger.error("Telegram could not be reached: %s", type(error).__name__)
        except BaseException:
            self._claims.release(incoming.update_id)
            raise

    async def _rescue(self, incoming: Incoming, danger: emergency.Emergency) -> None:
        self.languages.keep(incoming.person, danger.language)
        reply = as_reply(replies.emergency(danger, danger.language))
        await self.client.send(incoming, [*self.texts(incoming, reply)], urgent=True)

    async def _answer(self, incoming: Incoming) -> None:
        if incoming.kind == BUTTON:
            await self._press(incoming)
        elif incoming.kind == COMMAND and incoming.command in commands.COMMANDS:
            await commands.COMMANDS[incoming.command](self, incoming)
        elif incoming.kind == OTHER:
            await self.client.send(incoming, [Text(escape(text("telegram.only_words", self.language(incoming))))])
        elif incoming.kind == COMMAND:
            await self.turn(incoming, f"{incoming.command} {incoming.text}".strip())
        else:
            await self.turn(incoming, incoming.text, location=incoming.location)

    async def _press(self, incoming: Incoming) -> None:
        if incoming.text.startswith(LANGUAGE):
            await self.client.pressed(incoming)
            await commands.choose_language(self, incoming, incoming.text.removeprefix(LANGUAGE))
            return
        if incoming.text.startswith(FILE):
            await self._hand_over(incoming)
            return
        words = self.buttons.text(incoming.chat_id, incoming.text)
        if words is None:
            await self.client.pressed(incoming, text("telegram.old_button", self.language(incoming)))
            return
        await self.client.pressed(incoming)
        await self.turn(incoming, words, pressed=words)

    async def _hand_over(self, incoming: Incoming) -> None:
        """The file that a button stands for; the person is told which it was when it cannot be made or sent."""
        address = self.buttons.address(incoming.chat_id, incoming.text)
        if address is None:
            await self.client.pressed(incoming, text("telegram.old_button", self.language(incoming)))
            return
        await self.client.pressed(incoming)
        await self.client.typing(incoming, "upload_document")
        made = await document(address)
        if made is None or await self.client.send(incoming, [made]):
            said = text("telegram.no_file", self.language(incoming), name=file_name(address))
            await self.client.send(incoming, [Text(escape(said))])

    def language(self, incoming: Incoming) -> str:
        """The language of what is said without the person's words."""
        return self.languages.of(incoming.person, incoming.language_code) or DEFAULT

    def texts(self, incoming: Incoming, reply: Mapping[str, Any], pressed: str = "", share: str = "") -> list[Text]:
        chat = incoming.chat_id
        return texts_of(
            reply,
            lambda words: self.buttons.data(chat, words),
            pressed,
            share,
            lambda address: self.buttons.file_data(chat, address),
        )

    async def turn(
        self,
        incoming: Incoming,
        words: str,
        location: tuple[float, float] | None = None,
        pressed: str = "",
        share: bool = False,
    ) -> None:
        """One message to the dialogue, and its replies to the chat. ``share``: with a button for the location."""
        spoken = decides(clean(words).text)
        language = None if spoken else self.languages.of(incoming.person, incoming.language_code)
        done = asyncio.Event()
        sign = asyncio.ensure_future(self._typing(incoming, done))
        try:
            answered = await self.courier.turn(incoming.person, words, language, location)
        finally:
            done.set()
        await sign
        for reply in answered:
            answer = reply.get("answer")
            if spoken and answer:
                self.languages.keep(incoming.person, answer["language"])
            title = text("telegram.share", self.language(incoming)) if share and incoming.private else ""
            items: list[Item] = [*self.texts(incoming, reply, pressed, title)]
            await self.client.send(incoming, items)
            await self._show(incoming, answer)

    async def _show(self, incoming: Incoming, answer: Mapping[str, Any] | None) -> None:
        """The map after the words: they must not wait until it is drawn."""
        try:
            shown = await picture(answer)
        except Exception as error:  # the answer itself was sent already
            logger.error("No map could be made: %s", type(error).__name__)
            return
        if shown is not None:
            await self.client.send(incoming, [shown])

    async def _typing(self, incoming: Incoming, done: asyncio.Event) -> None:
        """The sign that we are at work, until ``done``; a request that is under way is let finish."""
        pause = PATIENCE if incoming.private else GROUP_PATIENCE
        while True:
            try:
                await asyncio.wait_for(done.wait(), pause)
                return
            except asyncio.TimeoutError:
                await self.client.typing(incoming)
            pause = TYPING_AGAIN
