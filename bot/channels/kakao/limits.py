"""The limits of a skill response (Kakao i Open Builder 2.0, "Response formats by type"), and their check. Pure.

Runs on every response before it is sent. Lengths are UTF-16 units, the strictest way to count characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

OUTPUTS = 3
QUICK_REPLIES = 10
TEXT = 1000
CARD_TITLE, CARD, CARD_IN_CAROUSEL = 50, 400, 128
CARD_BUTTONS, LIST_BUTTONS, SIDE_BY_SIDE = 3, 2, 2
LIST_ITEMS, LIST_ITEMS_IN_CAROUSEL = 5, 4
CAROUSEL_CARDS, CAROUSEL_LISTS = 10, 5
LABEL, LABEL_SIDE_BY_SIDE = 14, 8
HEADER, ITEM_TITLE, ITEM_DESCRIPTION = 40, 50, 80
"""Ours: the format names no number for lists, and what is longer does not fit the screen."""
_PHONE = re.compile(r"\+?[0-9-]{3,20}")
_KINDS = {"simpleText", "textCard", "listCard", "carousel"}


def units(text: str) -> int:
    """How long a text counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def problems(response: dict[str, Any]) -> list[str]:
    """What breaks a limit, one line each; empty for a response that can be sent."""
    return list(_response(response))


def _response(response: dict[str, Any]) -> Iterator[str]:
    if response.get("version") != "2.0":
        yield "version is not 2.0"
    if response.get("useCallback"):
        if "template" in response:
            yield "a callback's first reply has a template"
        return
    template = response.get("template")
    if not isinstance(template, dict):
        yield "no template"
        return
    outputs, replies = template.get("outputs", []), template.get("quickReplies", [])
    if not 1 <= len(outputs) <= OUTPUTS:
        yield f"{len(outputs)} outputs"
    if len(replies) > QUICK_REPLIES:
        yield f"{len(replies)} quick replies"
    for output in outputs:
        yield from _output(output)
    for reply in replies:
        yield from _action(reply, LABEL, "quick reply", ("message",))


def _output(output: dict[str, Any]) -> Iterator[str]:
    if len(output) != 1 or not output.keys() <= _KINDS:
        yield f"output of {sorted(output)}"
        return
    ((kind, body),) = output.items()
    if kind == "simpleText":
        yield from _length(body.get("text", ""), TEXT, "simpleText")
    elif kind == "textCard":
        yield from _card(body, CARD)
    elif kind == "listCard":
        yield from _list(body, LIST_ITEMS)
    else:
        yield from _carousel(body)


def _carousel(body: dict[str, Any]) -> Iterator[str]:
    kind, items = body.get("type"), body.get("items", [])
    if kind not in ("textCard", "listCard"):
        yield f"carousel of {kind}"
        return
    if not 1 <= len(items) <= (CAROUSEL_LISTS if kind == "listCard" else CAROUSEL_CARDS):
        yield f"carousel with {len(items)} cards"
    for item in items:
        if ("items" in item) != (kind == "listCard"):
            yield "carousel of two kinds"
        elif kind == "listCard":
            yield from _list(item, LIST_ITEMS_IN_CAROUSEL)
        else:
            yield from _card(item, CARD_IN_CAROUSEL)


def _card(body: dict[str, Any], limit: int) -> Iterator[str]:
    title, description = body.get("title", ""), body.get("description", "")
    yield from _length(title + description, limit, "textCard")
    if "title" in body and not title.strip():
        yield "empty textCard title"
    if units(title) > CARD_TITLE:
        yield f"textCard title of {units(title)}"
    yield from _buttons(body, CARD_BUTTONS)


def _list(body: dict[str, Any], most: int) -> Iterator[str]:
    items = body.get("items", [])
    if not 1 <= len(items) <= most:
        yield f"listCard with {len(items)} items"
    yield from _length(body.get("header", {}).get("title", ""), HEADER, "listCard header")
    for item in items:
        yield from _length(item.get("title", ""), ITEM_TITLE, "listCard item")
        if units(item.get("description", "")) > ITEM_DESCRIPTION:
            yield "listCard item description too long"
        if "link" in item and not _is_web(item["link"].get("web")):
            yield "listCard item without address"
        if item.get("action", "message") != "message" or ("action" in item and not item.get("messageText")):
            yield "listCard item action"
    yield from _buttons(body, LIST_BUTTONS)


def _buttons(body: dict[str, Any], most: int) -> Iterator[str]:
    buttons: Sequence[dict[str, Any]] = body.get("buttons", [])
    flat = body.get("buttonLayout") == "horizontal"
    if len(buttons) > (SIDE_BY_SIDE if flat else most):
        yield f"{len(buttons)} buttons"
    for button in buttons:
        yield from _action(button, LABEL_SIDE_BY_SIDE if flat else LABEL, "button", ("webLink", "message", "phone"))


def _action(body: dict[str, Any], longest: int, what: str, allowed: tuple[str, ...]) -> Iterator[str]:
    yield from _length(body.get("label", ""), longest, f"{what} label")
    action = body.get("action")
    if action not in allowed:
        yield f"{what} action {action}"
    elif action == "webLink" and not _is_web(body.get("webLinkUrl")):
        yield f"{what} without address"
    elif action == "message" and not body.get("messageText"):
        yield f"{what} without message"
    elif action == "phone" and not _PHONE.fullmatch(body.get("phoneNumber") or ""):
        yield f"{what} without number"


def _length(text: str, most: int, what: str) -> Iterator[str]:
    if not text.strip():
        yield f"empty {what}"
    elif units(text) > most:
        yield f"{what} of {units(text)} (at most {most})"


def _is_web(address: Any) -> bool:
    return isinstance(address, str) and re.fullmatch(r"https://[!-~]+", address) is not None
