"""What somebody sees of a reply on KakaoTalk, for the tests that hold for every channel."""

from __future__ import annotations

from typing import Any

from bot.channels.kakao.limits import problems
from bot.channels.kakao.render import _render

ADDRESS = "https://ansim.example"
"""The public address of the service in these tests."""


def render(reply: dict[str, Any], address: str = ADDRESS) -> dict[str, Any]:
    """Without the safe fallback, which would hide a broken limit."""
    return _render([reply], reply["answer"]["language"], address)


def broken(rendered: dict[str, Any]) -> list[str]:
    return problems(rendered)


def shown(rendered: dict[str, Any]) -> list[str]:
    """Every text a person reads, in order; buttons after their card."""
    texts = [line for output in rendered["template"]["outputs"] for line in _texts(output)]
    return texts + [each["label"] for each in rendered["template"].get("quickReplies", [])]


def dialled(rendered: dict[str, Any]) -> list[str]:
    """Numbers that a tap calls, in order."""
    return [each["phoneNumber"] for each in _dicts(rendered) if each.get("action") == "phone"]


def linked(rendered: dict[str, Any]) -> list[str]:
    """Addresses that a tap opens, without those of files."""
    found = [each[key] for each in _dicts(rendered) for key in ("webLinkUrl", "web") if key in each]
    return [each for each in found if not each.startswith(f"{ADDRESS}/")]


def pressed(rendered: dict[str, Any]) -> list[str]:
    """What is sent when something is tapped."""
    return [each["messageText"] for each in _dicts(rendered) if "messageText" in each]


def offered(rendered: dict[str, Any]) -> list[tuple[str, str]]:
    """(what it is called, its address within this service) of each file."""
    links = [each for each in _dicts(rendered) if str(each.get("webLinkUrl")).startswith(f"{ADDRESS}/")]
    return [(each["label"], each["webLinkUrl"].removeprefix(ADDRESS)) for each in links]


def _texts(value: Any) -> list[str]:
    keys = ("title", "text", "description", "label")
    if isinstance(value, list):
        return [line for each in value for line in _texts(each)]
    if not isinstance(value, dict):
        return []
    own = [value[key] for key in keys if isinstance(value.get(key), str)]
    return own + [line for key, each in value.items() if key not in keys for line in _texts(each)]


def _dicts(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in _dicts(each)]
    if not isinstance(value, dict):
        return []
    return [value, *(found for each in value.values() for found in _dicts(each))]
