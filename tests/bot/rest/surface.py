"""What a program gets of a reply over REST, for the tests that hold for every channel."""

from __future__ import annotations

from typing import Any

from bot.channels.rest.channel import RestChannel
from tests.bot.over_http import served


def render(reply: dict[str, Any]) -> list[dict[str, Any]]:
    return served(RestChannel).sent("/webhook", {"sender": "someone"}, "message", [reply])


def broken(rendered: list[dict[str, Any]]) -> list[str]:
    """The two kinds of message of docs/contract.md, and nothing else."""
    return [str(sorted(each)) for each in rendered if not {"recipient_id"} < each.keys() <= KEYS]


def shown(rendered: list[dict[str, Any]]) -> list[str]:
    """The text, and what stands beside it as data: whose words they are and of when."""
    found = answer(rendered)
    cited = [f"{each['label']}, {each['law']}, {each['text_date']}" for each in found["citations"]]
    return [*(each["text"] for each in rendered if "text" in each), *cited, *found["source_dates"]]


def dialled(rendered: list[dict[str, Any]]) -> list[str]:
    return [call["number"] for call in answer(rendered)["calls"]]


def linked(rendered: list[dict[str, Any]]) -> list[str]:
    found = answer(rendered)
    return [each["url"] for each in found["citations"]] + [each["map_url"] or "" for each in found["places"]]


def pressed(rendered: list[dict[str, Any]]) -> list[str]:
    return [button["payload"] for each in rendered for button in each.get("buttons", [])]


def offered(rendered: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """(what it is called, its address within this service) of each file."""
    return [(each["label"], each["url"]) for each in answer(rendered)["files"]]


def answer(rendered: list[dict[str, Any]]) -> dict[str, Any]:
    (found,) = [each["custom"]["answer"] for each in rendered if "custom" in each]
    return found


KEYS = {"recipient_id", "text", "buttons", "custom"}
