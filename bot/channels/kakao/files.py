"""Files to take away: buttons that open them at the public address, or where to get them. Pure.

A skill response carries no file, and a button opens https addresses only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.data.names import file_name
from bot.channels.kakao import parts
from bot.channels.kakao.choices import short_label
from bot.channels.kakao.limits import CARD_BUTTONS, CARD_IN_CAROUSEL, CAROUSEL_CARDS, TEXT, units
from bot.channels.kakao.parts import Part
from bot.channels.kakao.shorten import clip, fit
from nlu.texts import text

File = Mapping[str, Any]
MOST = CARD_BUTTONS * CAROUSEL_CARDS


def files_of(answers: Sequence[Mapping[str, Any]]) -> list[File]:
    """The files of this service that the answers offer, each once; at most MOST."""
    found = {str(each["url"]): each for answer in answers for each in answer.get("files") or () if _is_ours(each)}
    return list(found.values())[:MOST]


def files_output(files: Sequence[File], language: str, address: str) -> Part:
    """One output for them (not empty): a card with a button each, cards to swipe for more than three.

    ``address``: this service's public https address; without it a sentence says where to get them.
    """
    if not address:
        return _elsewhere(files, language)
    if len(files) <= CARD_BUTTONS:
        return {"textCard": _card(files, language, address, _described(files))}
    most = CARD_IN_CAROUSEL - units(text("kakao.title.files", language))
    items = [_card(group, language, address, _named(group, most)) for group in _groups(files)]
    return {"carousel": {"type": "textCard", "items": items}}


def _is_ours(file: File) -> bool:
    """An address within this service, as docs/contract.md has it; anything else is not offered."""
    url = str(file.get("url") or "")
    return url.startswith("/") and not url.startswith("//") and bool(str(file.get("label") or "").strip())


def _card(files: Sequence[File], language: str, address: str, says: str) -> Part:
    title = text("kakao.title.files", language)
    made = [parts.web_link(short_label(str(each["label"]), language), address + str(each["url"])) for each in files]
    return {"title": title, "description": says, "buttons": parts.present(*made)}


def _described(files: Sequence[File]) -> str:
    """What each is, and the name it is kept under."""
    return "\n".join(f"{clip(str(each['label']), 70)}: {_name(each)}" for each in files)


def _named(files: Sequence[File], most: int) -> str:
    """With less room: the names; what each is stands on its button."""
    return fit("\n".join(_name(each) for each in files), most)


def _name(file: File) -> str:
    return clip(file_name(str(file["url"])), 30)


def _groups(files: Sequence[File]) -> list[Sequence[File]]:
    """As few cards as hold them all, about equally many on each."""
    cards = -(-len(files) // CARD_BUTTONS)
    each = -(-len(files) // cards)
    return [files[at : at + each] for at in range(0, len(files), each)]


def _elsewhere(files: Sequence[File], language: str) -> Part:
    labels = " · ".join(clip(str(each["label"]), 70) for each in files)
    whole = text("kakao.files_elsewhere", language, files=labels)
    return parts.simple_text(fit(whole, TEXT))
