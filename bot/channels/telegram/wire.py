"""Telegram's updates as what we act on. Pure; reads only the fields it needs and never raises on a JSON object.

Field names: Bot API 9 (https://core.telegram.org/bots/api), objects Update, Message, CallbackQuery.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PRIVATE, GROUPS = "private", ("group", "supergroup")
TEXT, LOCATION, BUTTON, COMMAND, OTHER = "text", "location", "button", "command", "other"
KINDS_OF_UPDATE = ["message", "edited_message", "callback_query"]
"""What we ask Telegram for (allowed_updates)."""
MAX_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Me:
    """The bot itself; ``username`` is "" until getMe answered."""

    id: int
    username: str = ""


@dataclass(frozen=True)
class Incoming:
    """One thing somebody did. ``kind``: text, location, button, command, other (a sticker, a voice message).

    ``text`` holds the words, a button's data, or what stands after a command; ``command`` its name.
    ``location``: WGS 84 (lat, lon). ``quote``: the message to answer under, where that makes things clear.
    """

    kind: str
    update_id: int
    chat_id: int
    user_id: int
    private: bool
    text: str = ""
    command: str = ""
    location: tuple[float, float] | None = None
    language_code: str = ""
    message_id: int = 0
    thread_id: int | None = None
    callback_id: str = ""
    quote: bool = False
    edited: bool = False

    @property
    def person(self) -> str:
        """The conversation's sender: in a group everybody has a conversation of their own."""
        return f"{self.chat_id}:{self.user_id}"


def update_id(update: Any) -> int | None:
    """The number of an update; None for what is no update."""
    return _integer(update.get("update_id")) if isinstance(update, Mapping) else None


def read_update(update: Mapping[str, Any], me: Me) -> Incoming | None:
    """What an update asks of us; None for what is not for us: other bots, groups where nobody addressed us."""
    number = update_id(update)
    if number is None:
        return None
    pressed = _object(update.get("callback_query"))
    if pressed:
        return _button(number, pressed)
    edited = _object(update.get("edited_message"))
    message = _object(update.get("message")) or edited
    return _message(number, message, me, bool(edited)) if message else None


def _message(number: int, message: Mapping[str, Any], me: Me, edited: bool) -> Incoming | None:
    chat, person = _object(message.get("chat")), _object(message.get("from"))
    chat_id, user_id = _integer(chat.get("id")), _integer(person.get("id"))
    private = chat.get("type") == PRIVATE
    if chat_id is None or user_id is None or person.get("is_bot") is True:
        return None
    if not private and chat.get("type") not in GROUPS:
        return None
    text = _words(message.get("text")) or _words(message.get("caption"))
    entities = message.get("entities" if _words(message.get("text")) else "caption_entities")
    command, rest, to_us = _command(text, entities, me)
    mentioned = _mentions(text, entities, me)
    if not private and not (to_us or mentioned or _answers_us(message, me)):
        return None
    if not to_us and command:
        return None  # a command for another bot
    place = _location(message.get("location"))
    if edited and (not text or place):
        return None  # a live location moving on, or a caption taken away
    kind = COMMAND if command else LOCATION if place else TEXT if text else OTHER
    if kind == OTHER and not private:
        return None
    return Incoming(
        kind,
        number,
        chat_id,
        user_id,
        private,
        rest if command else _without_mention(text, me) if mentioned else text,
        command,
        place,
        _words(person.get("language_code")),
        _integer(message.get("message_id")) or 0,
        _integer(message.get("message_thread_id")) if message.get("is_topic_message") is True else None,
        quote=edited or not private,
        edited=edited,
    )


def _button(number: int, pressed: Mapping[str, Any]) -> Incoming | None:
    message, person = _object(pressed.get("message")), _object(pressed.get("from"))
    chat = _object(message.get("chat"))
    chat_id, user_id, callback = _integer(chat.get("id")), _integer(person.get("id")), pressed.get("id")
    if chat_id is None or user_id is None or not isinstance(callback, str) or not callback:
        return None
    return Incoming(
        BUTTON,
        number,
        chat_id,
        user_id,
        chat.get("type") == PRIVATE,
        _words(pressed.get("data")),
        language_code=_words(person.get("language_code")),
        message_id=_integer(message.get("message_id")) or 0,
        thread_id=_integer(message.get("message_thread_id")) if message.get("is_topic_message") is True else None,
        callback_id=callback,
    )


def _command(text: str, entities: Any, me: Me) -> tuple[str, str, bool]:
    """(name, what follows, whether it is for us) of a message that starts with a command."""
    for entity in _entities(entities):
        if entity.get("type") == "bot_command" and entity.get("offset") == 0:
            said = _span(text, entity)
            name, _, bot = said.removeprefix("/").partition("@")
            return name.lower(), text[len(said) :].strip(), not bot or bot.lower() == me.username.lower()
    return "", "", False


def _mentions(text: str, entities: Any, me: Me) -> bool:
    for entity in _entities(entities):
        if entity.get("type") == "mention" and me.username and _span(text, entity).lower() == f"@{me.username.lower()}":
            return True
        if entity.get("type") == "text_mention" and _object(entity.get("user")).get("id") == me.id:
            return True
    return False


def _without_mention(text: str, me: Me) -> str:
    """The words without our name, which would only disturb how they are read."""
    at = text.lower().find(f"@{me.username.lower()}") if me.username else -1
    return f"{text[:at]} {text[at + len(me.username) + 1 :]}".strip(" ,:") if at >= 0 else text


def _answers_us(message: Mapping[str, Any], me: Me) -> bool:
    before = _object(message.get("reply_to_message"))
    return _object(before.get("from")).get("id") == me.id


def _span(text: str, entity: Mapping[str, Any]) -> str:
    """An entity's words; offset and length count UTF-16 units."""
    start, length = _integer(entity.get("offset")), _integer(entity.get("length"))
    if start is None or length is None or start < 0 or length < 0:
        return ""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")


def _location(given: Any) -> tuple[float, float] | None:
    lat: Any = _object(given).get("latitude")
    lon: Any = _object(given).get("longitude")
    return (float(lat), float(lon)) if _degrees(lat, 90) and _degrees(lon, 180) else None


def _degrees(value: Any, limit: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and not math.isnan(value) and -limit <= value <= limit


def _entities(given: Any) -> list[Mapping[str, Any]]:
    return [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []


def _object(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _words(given: Any) -> str:
    return given if isinstance(given, str) else ""


def _integer(given: Any) -> int | None:
    whole = isinstance(given, int) and not isinstance(given, bool)
    return given if whole and abs(given) <= MAX_NUMBER else None
