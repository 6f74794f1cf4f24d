"""The numbers to call of an Answer: buttons that dial them, and lines that say what each is for. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.kakao import parts
from bot.channels.kakao.limits import CARD_BUTTONS, CAROUSEL_CARDS, LABEL, units
from bot.channels.kakao.parts import Part
from nlu.texts import load, text

Calls = Sequence[Mapping[str, Any]]


def phones_of(calls: Calls, language: str) -> list[Part]:
    """Buttons for the first of them, as many as a card takes."""
    made = [parts.phone(_label(call["number"], language), call["number"]) for call in calls]
    return parts.present(*made)[:CARD_BUTTONS]


def _label(number: str, language: str) -> str:
    """The number must be read whole: where "Call" does not fit before it, it stands alone."""
    label = text("kakao.button.call_number", language, number=number)
    return label if units(label) <= LABEL else number


def call_lines(calls: Calls, language: str) -> list[str]:
    return [_call_line(call["number"], call["label"], language) for call in calls]


def number_card(calls: Calls, language: str, title: str = "") -> Part:
    """A card of nothing but numbers."""
    lines, title = "\n".join(call_lines(calls, language)), title or text("kakao.title.calls", language)
    return {"textCard": parts.text_card(title, lines, phones_of(calls, language))}


def calls_beside(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The numbers that are not those of the places that are shown, whose own buttons dial them."""
    dialled = {_digits(place["phone"] or "") for place in answer["places"][:CAROUSEL_CARDS]}
    return [call for call in answer["calls"] if _digits(call["number"]) not in dialled]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _call_line(number: str, label: str, language: str) -> str:
    if number in label and label != number:
        return label
    if label != number:
        return f"{number}: {label}"
    known = load(language)["kakao"]["number"]
    return str(known.get(number, number))
