"""Places as cards: a list that opens the map, or cards to swipe with map and phone buttons. Pure.

What an Answer says of each place stands in its text (``1. name, distance`` and a line below); it is taken
from there, so that a card says the same, and the rest of the text stays the text.
"""

from __future__ import annotations

import contextlib
import re
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.kakao import parts
from bot.channels.kakao.limits import (
    CARD_IN_CAROUSEL,
    CARD_TITLE,
    CAROUSEL_CARDS,
    HEADER,
    ITEM_DESCRIPTION,
    ITEM_TITLE,
    LIST_ITEMS,
    units,
)
from bot.channels.kakao.parts import Part
from bot.channels.kakao.shorten import clip
from nlu.texts import text

_NUMBERED = re.compile(r"(\d+)\. (.*)")
_SEARCH = "https://map.kakao.com/link/search/"


@dataclass(frozen=True)
class Shown:
    """One place: its title with its number, what is said of it, and the row itself."""

    title: str
    says: str
    place: Mapping[str, Any]


def read_places(answer: Mapping[str, Any]) -> tuple[str, list[Shown]]:
    """The Answer's text without the lines of its places, and the places in their order."""
    lines: list[str] = answer["text"].split("\n")
    gone: set[int] = set()
    shown, start = [], 0
    for count, place in enumerate(answer["places"], 1):
        at = _line_of(place, lines, start)
        if at is None:
            shown.append(Shown(f"{count}. {_name(place)}", _fallback(place), place))
            continue
        start = at + 1
        below = lines[start].strip() if start < len(lines) and lines[start].startswith("   ") else ""
        gone |= {at, start} if below else {at}
        head = lines[at - 1] if at else ""
        if 0 < at - 1 not in gone and head.endswith(":") and head != answer["lead"]:
            gone.add(at - 1)
        number, _, said = lines[at].partition(". ")
        away = said.removeprefix(_name(place)).lstrip(", ")
        shown.append(Shown(f"{number}. {_name(place)}", " · ".join(filter(None, (away, below))), place))
    rest = "\n".join(line for number, line in enumerate(lines) if number not in gone)
    return re.sub(r"\n{3,}", "\n\n", rest).strip(), shown


def cards(shown: Sequence[Shown], language: str) -> Part:
    """One output for all the places (at most ten): a list, or cards to swipe when one has a phone."""
    kinds = {each.place["kind"] for each in shown}
    said = [_with_kind(each, language) if len(kinds) > 1 else each for each in shown]
    if len(said) <= LIST_ITEMS and not any(_call(each, language) for each in said):
        header = said[0].place["kind_label"] if len(kinds) == 1 else text("kakao.title.places", language)
        return {"listCard": {"header": {"title": clip(header, HEADER)}, "items": [_item(each) for each in said]}}
    items = [_card(each, language) for each in said[:CAROUSEL_CARDS]]
    return {"carousel": {"type": "textCard", "items": items}}


def sources(answer: Mapping[str, Any]) -> str:
    """A line for each source of the places, with its date, and for lists that are old the warning."""
    language, lines = answer["language"], []
    for place in answer["places"]:
        values = {"publisher": place["publisher"], "title": place["source_label"], "as_of": place["as_of"]}
        lines.append(text("nearby.source", language, **values))
    old = [place["as_of"] for place in answer["places"] if place["stale"]]
    warning = [text("nearby.stale", language, as_of=min(old))] if old else []
    return "\n".join(dict.fromkeys([*lines, *warning]))


def _line_of(place: Mapping[str, Any], lines: list[str], start: int) -> int | None:
    name = _name(place)
    for at in range(start, len(lines)):
        found = _NUMBERED.fullmatch(lines[at])
        if found and (found[2] == name or found[2].startswith(f"{name},")):
            return at
    return None


def _name(place: Mapping[str, Any]) -> str:
    return f"{place['name']} ({place['name_reading']})" if place["name_reading"] else str(place["name"])


def _fallback(place: Mapping[str, Any]) -> str:
    away = f"{place['distance_m']} m" if place["distance_m"] is not None else ""
    return " · ".join(filter(None, (away, place["address"], place["phone"], *place["facts"])))


def _with_kind(each: Shown, language: str) -> Shown:
    """Kinds are never merged: each place says its kind, and a shelter the danger it is for."""
    danger = ""
    with contextlib.suppress(KeyError):  # hazards are no place to go in a danger
        danger = f"{text('nearby.danger.' + each.place['kind'], language)} → "
    return Shown(each.title, f"{danger}{each.place['kind_label']} · {each.says}", each.place)


def _item(each: Shown) -> Part:
    item: Part = {"title": clip(each.title, ITEM_TITLE)}
    if each.says:
        item["description"] = clip(each.says, ITEM_DESCRIPTION)
    address = _map(each.place)
    return {**item, "link": {"web": address}} if address else item


def _card(each: Shown, language: str) -> Part:
    title = clip(each.title, CARD_TITLE)
    says = clip(each.says or each.place["kind_label"], CARD_IN_CAROUSEL - units(title))
    link = parts.web_link(text("kakao.button.map", language), _map(each.place))
    buttons = parts.present(link, _call(each, language))
    return {"title": title, "description": says, **({"buttons": buttons} if buttons else {})}


def _call(each: Shown, language: str) -> Part | None:
    return parts.phone(text("kakao.button.call", language), each.place["phone"] or "")


def _map(place: Mapping[str, Any]) -> str:
    """The point on the map; a search for the address where no point is published; "" without both."""
    address = place["map_url"] or (_SEARCH + urllib.parse.quote(place["address"]) if place["address"] else "")
    return parts.web_address(address)
