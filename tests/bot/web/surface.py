"""What the page gets of a reply, for the tests that hold for every channel; how it shows it is in tests/browser."""

from __future__ import annotations

from typing import Any

from bot.channels.web.channel import WebChannel
from tests.bot.over_http import served


def render(reply: dict[str, Any]) -> dict[str, Any]:
    return served(WebChannel).sent("/messages", {"sender": "someone", "language": "auto"}, "text", [reply])


def broken(rendered: dict[str, Any]) -> list[str]:
    """One message with the three parts of docs/contract.md."""
    return [str(sorted(each)) for each in rendered["messages"] if each.keys() != {"text", "quick_replies", "answer"}]


def shown(rendered: dict[str, Any]) -> list[str]:
    """The text, and what stands beside it as data: whose words they are and of when."""
    found = answer(rendered)
    cited = [f"{each['label']}, {each['law']}, {each['text_date']}" for each in found["citations"]]
    return [*(each["text"] for each in rendered["messages"]), *cited, *found["source_dates"]]


def dialled(rendered: dict[str, Any]) -> list[str]:
    return [call["number"] for call in answer(rendered)["calls"]]


def linked(rendered: dict[str, Any]) -> list[str]:
    found = answer(rendered)
    return [each["url"] for each in found["citations"]] + [each["map_url"] or "" for each in found["places"]]


def pressed(rendered: dict[str, Any]) -> list[str]:
    return [each["text"] for message in rendered["messages"] for each in message["quick_replies"]]


def offered(rendered: dict[str, Any]) -> list[tuple[str, str]]:
    """(what it is called, its address within this service) of each file."""
    return [(each["label"], each["url"]) for each in answer(rendered)["files"]]


def answer(rendered: dict[str, Any]) -> dict[str, Any]:
    (found,) = [each["answer"] for each in rendered["messages"] if each["answer"]]
    return found
