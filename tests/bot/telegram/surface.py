"""What somebody sees of a reply on Telegram, for the tests that hold for every channel."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.buttons import DATA_BYTES, FILE, Buttons
from bot.channels.telegram.outgoing import Text, texts_of
from bot.channels.telegram.split import LIMIT, units
from tests.bot.telegram.bot_api import read_text

CHAT = 7


@dataclass
class Sent:
    """The messages, and the table that knows what their buttons mean."""

    messages: list[Text]
    table: Buttons

    @property
    def buttons(self) -> list[tuple[str, str]]:
        return [button for each in self.messages for row in each.rows for button in row]


def render(reply: dict[str, Any]) -> Sent:
    table = Buttons()
    made = texts_of(
        reply, lambda words: table.data(CHAT, words), file_data=lambda address: table.file_data(CHAT, address)
    )
    return Sent(made, table)


def broken(rendered: Sent) -> list[str]:
    """Messages and buttons that the Bot API would refuse."""
    long = [each for each in shown(rendered)[: len(rendered.messages)] if not 0 < units(each) <= LIMIT]
    odd = [data for title, data in rendered.buttons if not (title and 0 < len(data.encode()) <= DATA_BYTES)]
    return [*long, *odd]


def shown(rendered: Sent) -> list[str]:
    """Every text a person reads, in order; buttons after their message."""
    return [*(read_text(each.html, "HTML") for each in rendered.messages), *(title for title, _ in rendered.buttons)]


def dialled(rendered: Sent) -> list[str]:
    """Numbers that a tap calls, each once, in order."""
    found = [number for each in rendered.messages for number in re.findall(r'<a href="tel:([^"]+)">', each.html)]
    return list(dict.fromkeys(found))


def linked(rendered: Sent) -> list[str]:
    marked = "".join(each.html for each in rendered.messages)
    return [html.unescape(address) for address in re.findall(r'<a href="(https:[^"]+)">', marked)]


def pressed(rendered: Sent) -> list[str]:
    return [str(rendered.table.text(CHAT, data)) for _, data in rendered.buttons if not data.startswith(FILE)]


def offered(rendered: Sent) -> list[tuple[str, str]]:
    """(what it is called, its address within this service) of each file."""
    files = [(title, data) for title, data in rendered.buttons if data.startswith(FILE)]
    return [(title.removeprefix("📄 "), str(rendered.table.address(CHAT, data))) for title, data in files]
