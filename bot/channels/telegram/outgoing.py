"""What is sent to Telegram for a reply: messages, buttons, a picture or a venue. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.buttons import LANGUAGE
from bot.channels.telegram.markup import QUOTED, escape, messages
from bot.channels.telegram.split import parts
from nlu.texts import text

CAPTION = 1024
"""Characters of a photo's caption (sendPhoto)."""
WIDE = 20
"""Titles up to this many columns (a Hangul syllable takes two) stand two in a row."""
Row = tuple[tuple[str, str], ...]
"""Buttons side by side: (title, callback_data)."""


@dataclass(frozen=True)
class Text:
    """One sendMessage. ``rows``: inline buttons; ``share``: the title of a one-tap location button instead."""

    html: str
    rows: tuple[Row, ...] = ()
    share: str = ""


@dataclass(frozen=True)
class Venue:
    """One sendVenue; degrees are WGS 84."""

    lat: float
    lon: float
    title: str
    address: str


@dataclass(frozen=True)
class Photo:
    """One sendPhoto of a PNG."""

    png: bytes
    caption: str


@dataclass(frozen=True)
class Document:
    """One sendDocument."""

    body: bytes
    name: str


def texts_of(
    reply: Mapping[str, Any],
    data: Callable[[str], str],
    pressed: str = "",
    share: str = "",
    file_data: Callable[[str], str] = str,
) -> list[Text]:
    """The messages of one reply (``{text, quick_replies, answer}``); its buttons stand under the last.

    ``data`` makes the callback_data of a text. ``pressed``: the button that is being answered, said first,
    except before an emergency's number. ``share``: the title of a location button that takes the buttons' place.
    ``file_data`` makes the callback_data of a file's address.
    """
    answer = reply.get("answer")
    said = messages(with_sources(str(reply["text"]), answer), answer)
    if pressed and not (answer and answer.get("status") == "emergency"):
        said[0:1] = _under(pressed, said[0]) if said else []
    rows = () if share else (*file_rows(answer, file_data), *rows_of(reply.get("quick_replies") or [], data))
    last = len(said) - 1
    return [
        Text(html, rows if index == last else (), share if index == last else "") for index, html in enumerate(said)
    ]


def with_sources(said: str, answer: Mapping[str, Any] | None) -> str:
    """The text with a line for each law that is cited in it but not quoted with its date and a link (lists do so)."""
    answer = answer or {}
    quoted = [line for line in said.split("\n") if line.startswith(QUOTED)]
    lines: dict[tuple[str, str], str] = {}
    done = set()
    for each in answer.get("citations") or []:
        law = (str(each.get("law") or ""), str(each.get("text_date") or ""))
        if any(str(each.get("label") or "") in line for line in quoted):
            done.add(law)
        lines[law] = QUOTED + text("telegram.cited", str(answer["language"]), law=law[0], date=law[1])
    below = "\n".join(line for law, line in lines.items() if law not in done)
    return f"{said}\n\n{below}" if below else said


def _under(pressed: str, html: str) -> list[str]:
    """The button's words over the answer, or before it where both are too long for one message."""
    words = f"▸ {escape(next(parts(pressed, 200)))}"
    return [f"{words}\n\n{html}"] if len(html) < 3500 else [words, html]


def rows_of(quick_replies: Sequence[Mapping[str, str]], data: Callable[[str], str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    waiting: list[tuple[str, str]] = []
    for each in quick_replies:
        button = (each["title"], data(each["text"]))
        if columns(each["title"]) > WIDE:
            rows += [tuple(waiting)] if waiting else []
            rows, waiting = [*rows, (button,)], []
            continue
        waiting.append(button)
        if len(waiting) == 2:
            rows, waiting = [*rows, tuple(waiting)], []
    return (*rows, tuple(waiting)) if waiting else tuple(rows)


def file_rows(answer: Mapping[str, Any] | None, data: Callable[[str], str]) -> tuple[Row, ...]:
    """A button for each file of an answer (``{kind, label, url}``); ``data`` makes the callback_data of an address."""
    files = (answer or {}).get("files") or []
    return tuple(((f"📄 {each['label']}", data(str(each["url"]))),) for each in files)


def columns(title: str) -> int:
    """The width of a title as a terminal counts it."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in title)


def language_rows() -> tuple[Row, ...]:
    return ((("한국어", LANGUAGE + "ko"), ("English", LANGUAGE + "en")),)


def placed(answer: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The places that a picture may show: those of an answer about one kind only, since kinds are never merged."""
    if not answer or answer.get("status") != "answered":
        return []
    places = [place for place in answer.get("places") or [] if place.get("lat") is not None]
    return places if len({place["kind"] for place in places}) == 1 else []


def venue(answer: Mapping[str, Any]) -> Venue | None:
    """The nearest place of an answer as a venue; None where there is none of a single kind."""
    places = placed(answer)
    if not places:
        return None
    first, language = places[0], str(answer["language"])
    source = text("telegram.source", language, source=first["source_label"], as_of=first["as_of"])
    address = " · ".join(part for part in (first["address"], source) if part)
    title = text("telegram.venue", language, kind=first["kind_label"], name=first["name"])
    return Venue(float(first["lat"]), float(first["lon"]), title, address)


def caption(answer: Mapping[str, Any]) -> str:
    """What the picture shows, of which list and date."""
    first, language = placed(answer)[0], str(answer["language"])
    source = text("telegram.source", language, source=first["source_label"], as_of=first["as_of"])
    return next(parts(text("telegram.picture", language, kind=first["kind_label"], source=source), CAPTION))
