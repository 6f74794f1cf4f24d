"""What can be pressed next: quick replies where the words fit their 14 characters, else a list to tap. Pure."""

from __future__ import annotations

import functools
from typing import Any

from bot.channels.kakao.limits import HEADER, ITEM_TITLE, LABEL, LIST_ITEMS, QUICK_REPLIES, units
from bot.channels.kakao.parts import Part, message
from bot.channels.kakao.shorten import clip
from nlu.texts import FOLDER, text


def choices(
    pressed: list[dict[str, str]], language: str, room: int, asked: bool = False
) -> tuple[list[Part], list[Part]]:
    """``pressed`` ([{title, text}]) as (outputs, quick replies); a list only where there is ``room`` for it.

    ``asked``: they answer a question of ours.
    """
    short = [(short_label(each["title"], language), each) for each in pressed if each["title"] and each["text"]]
    long = [pair for pair in short if units(pair[0]) > LABEL]
    header = text("kakao.title.choose" if asked else "kakao.title.choices", language)
    listed = [_list(long, header)] if long and room > 0 else []
    in_list = long[:LIST_ITEMS] if listed else []
    replies = [message(label, each["text"]) for label, each in short if (label, each) not in in_list]
    return listed, _distinct(replies)[:QUICK_REPLIES]


def short_label(title: str, language: str) -> str:
    """The short form of a title that is too long; the title itself where it has none."""
    if units(title) <= LABEL:
        return title
    words = _words(language)
    shorter = str(words["short"].get(title, title))
    for long, short in words["shorten"]:
        shorter = shorter.replace(long, short)
    return shorter


def _list(long: list[tuple[str, dict[str, str]]], header: str) -> Part:
    items = [
        {"title": clip(each["title"], ITEM_TITLE), "action": "message", "messageText": each["text"]}
        for _, each in long[:LIST_ITEMS]
    ]
    return {"listCard": {"header": {"title": clip(header, HEADER)}, "items": items}}


def _distinct(replies: list[Part]) -> list[Part]:
    """Labels that became the same by clipping get a number, so that they can be told apart."""
    labels = [reply["label"] for reply in replies]
    return [
        {**reply, "label": clip(f"{number}. {reply['label']}", LABEL)} if labels.count(reply["label"]) > 1 else reply
        for number, reply in enumerate(replies, 1)
    ]


@functools.cache
def _words(language: str) -> dict[str, Any]:
    import yaml

    return dict(yaml.safe_load((FOLDER / language / "kakao.yml").read_text("utf-8"))["words"])
