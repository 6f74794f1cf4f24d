"""What /start, /help, /language, /nearby, /festival and /forget do; the numbers to call stand first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.channels.telegram.markup import escape
from bot.channels.telegram.outgoing import Text, language_rows
from bot.channels.telegram.wire import BUTTON, Incoming
from bot.turn import as_reply
from nlu import replies
from nlu.language import LANGUAGES, choose
from nlu.texts import text

if TYPE_CHECKING:
    from bot.channels.telegram.desk import Desk

SWITCH = {"en": "button.english", "ko": "button.korean"}
"""The words that the dialogue takes as the person's choice of a language."""


async def start(desk: Desk, incoming: Incoming) -> None:
    language = desk.language(incoming)
    greeting = replies.static("greet", language)
    first = desk.texts(incoming, as_reply(greeting))
    key = "telegram.start" if incoming.private else "telegram.start_group"
    share = text("telegram.share", language) if incoming.private else ""
    await desk.client.send(incoming, [*first, Text(escape(text(key, language)), share=share)])


async def help_(desk: Desk, incoming: Incoming) -> None:
    language = desk.language(incoming)
    said = desk.texts(incoming, as_reply(replies.static("help", language)))
    await desk.client.send(incoming, [*said, Text(escape(text("telegram.help", language)))])


async def language(desk: Desk, incoming: Incoming) -> None:
    wanted = _language(incoming.text)
    if wanted:
        await choose_language(desk, incoming, wanted)
        return
    asked = escape(text("telegram.choose_language", desk.language(incoming)))
    await desk.client.send(incoming, [Text(asked, language_rows())])


def _language(words: str) -> str:
    """The language that somebody named; "" for none."""
    said = words.strip().lower()
    if said in LANGUAGES:
        return said
    names = {"한국어": "ko", "korean": "ko", "english": "en", "영어": "en"}
    return names.get(said, "")


async def choose_language(desk: Desk, incoming: Incoming, wanted: str) -> None:
    """Told to the dialogue, which keeps it with the conversation; the pressed question makes way for the answer."""
    if wanted not in LANGUAGES:
        return
    desk.languages.keep(incoming.person, wanted)
    for reply in await desk.courier.turn(incoming.person, text(SWITCH[wanted], wanted), None, None):
        for said in desk.texts(incoming, reply):
            if incoming.kind == BUTTON:
                await desk.client.rewrite(incoming, said.html)
            else:
                await desk.client.send(incoming, [said])


async def nearby(desk: Desk, incoming: Incoming) -> None:
    if incoming.text:
        spoken = choose(incoming.text, None, None)
        await desk.turn(incoming, text("telegram.ask_nearby_place", spoken, place=incoming.text))
        return
    await desk.turn(incoming, text("telegram.ask_nearby", desk.language(incoming)), share=True)


async def festival(desk: Desk, incoming: Incoming) -> None:
    await desk.turn(incoming, incoming.text or text("telegram.ask_festival", desk.language(incoming)))


async def forget(desk: Desk, incoming: Incoming) -> None:
    """What is stored, and what this process remembers; said in the language that was spoken."""
    spoken = desk.language(incoming)
    erased = await desk.courier.forget(incoming.person)
    desk.languages.forget(incoming.person)
    if incoming.private:
        desk.buttons.forget(incoming.chat_id)
    key = "telegram.forgotten" if erased else "telegram.not_forgotten"
    await desk.client.send(incoming, [Text(escape(text(key, spoken)))])


COMMANDS: dict[str, Callable[[Desk, Incoming], Awaitable[None]]] = {
    "start": start,
    "help": help_,
    "language": language,
    "nearby": nearby,
    "festival": festival,
    "forget": forget,
}
