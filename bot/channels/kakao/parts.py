"""The pieces of a skill response, as Kakao names them. Pure."""

from __future__ import annotations

import re
import urllib.parse
from typing import Any

from bot.channels.kakao.limits import CARD, CARD_TITLE, LABEL, TEXT
from bot.channels.kakao.shorten import clip, fit

Part = dict[str, Any]
_PHONE = re.compile(r"[+0-9][0-9 ()-]{2,19}")


def response(outputs: list[Part], replies: list[Part], data: Part | None = None) -> Part:
    """The whole response; ``data`` is for programs, people see nothing of it."""
    template: Part = {"outputs": outputs}
    if replies:
        template["quickReplies"] = replies
    return {"version": "2.0", "template": template, **({"data": data} if data else {})}


def simple_text(text: str) -> Part:
    return {"simpleText": {"text": fit(text, TEXT)}}


def text_card(title: str, description: str, buttons: list[Part], tail: str = "", most: int = CARD) -> Part:
    """The body of a textCard, its description shortened before ``tail``."""
    said = {"title": clip(title, CARD_TITLE), "description": fit(description, most - CARD_TITLE, tail)}
    body: Part = {key: words for key, words in said.items() if words.strip()}
    return {**body, **({"buttons": buttons} if buttons else {})}


def web_link(label: str, address: str) -> Part | None:
    """None for an address that is not https."""
    quoted = web_address(address)
    return {"label": clip(label, LABEL), "action": "webLink", "webLinkUrl": quoted} if quoted else None


def phone(label: str, number: str) -> Part | None:
    """None for what cannot be dialled."""
    if not _PHONE.fullmatch(number.strip()):
        return None
    return {"label": clip(label, LABEL), "action": "phone", "phoneNumber": re.sub(r"[^0-9+-]", "", number)}


def message(label: str, said: str) -> Part:
    return {"label": clip(label, LABEL), "action": "message", "messageText": said}


def web_address(address: str) -> str:
    """An https address in ASCII; "" for anything else."""
    if not address.startswith("https://"):
        return ""
    return urllib.parse.quote(address, safe="%/:?#[]@!$&'()*+,;=-._~")


def present(*parts: Part | None) -> list[Part]:
    return [part for part in parts if part is not None]
