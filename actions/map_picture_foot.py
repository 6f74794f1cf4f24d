"""The foot of the still map: the legend, and whose the outlines and places are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from actions.map_picture_pen import COLOURS, DPI, GAZETTEER, Pen
from nlu.map_words import map_words

MOST_ROWS = 6


def foot_height(places: Sequence[Mapping[str, Any]], notes: Sequence[str], pen_font: str | None, height: int) -> int:
    """Pixels under the map: the legend and the sources."""
    rows = min(len(places), MOST_ROWS + 1) if pen_font else 0
    return min(14 + 20 * rows + 15 * len(notes) + 14, height // 2)


def sources(places: Sequence[Mapping[str, Any]], language: str, width: int) -> list[str]:
    """Whose the outlines and the places are, with dates, in lines that fit the picture."""
    manifest = json.loads((GAZETTEER / "manifest.json").read_text("utf-8"))["sources"]["sgis-boundaries"]
    words = map_words(language)
    said = [words["boundaries"].format(publisher=manifest["publisher"][language], as_of=manifest["as_of"])]
    for place in places:
        given = {"title": "source_label", "publisher": "publisher", "as_of": "as_of"}
        said.append(words["places"].format(**{name: place.get(field) or "–" for name, field in given.items()}))
    lines = [f"{words['straight']} · {said[0]}", *dict.fromkeys(said[1:])]
    return [part for line in lines for part in _wrapped(line, int((width - 28) / 5.4))]


def _wrapped(line: str, columns: int) -> list[str]:
    """A line broken at spaces; a Korean letter takes two columns."""
    lines, used = [""], 0
    for word in line.split(" "):
        wide = sum(1 if letter.isascii() else 2 for letter in word) + 1
        if used and used + wide > columns:
            lines, used = [*lines, ""], 0
        lines[-1] = f"{lines[-1]} {word}".strip()
        used += wide
    return lines


def draw_foot(figure: Any, pen: Pen, places: Sequence[Mapping[str, Any]], notes: Sequence[str], foot: int) -> None:
    width, height = (side * DPI for side in figure.get_size_inches())
    line = foot - 14
    for words in _legend(pen, places) if pen.font else []:
        figure.text(14 / width, line / height, words, va="top", **pen.style(10.5, color=COLOURS["ink"]))
        line -= 20
    for note in notes:
        words = note if pen.can(note) else note.encode("ascii", "ignore").decode()
        figure.text(14 / width, line / height, words, va="top", **pen.style(7.5, color=COLOURS["label"]))
        line -= 15


def _legend(pen: Pen, places: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [f"{number}  {_short(str(place['name']), 46)}{_metres(place)}" for number, place in enumerate(places, 1)]
    if len(rows) <= MOST_ROWS:
        return rows
    return [*rows[:MOST_ROWS], pen.say("more").format(count=len(rows) - MOST_ROWS)]


def _metres(place: Mapping[str, Any]) -> str:
    metres = place.get("distance_m")
    if metres is None:
        return ""
    return f"  ·  {round(metres, -1):.0f} m" if metres < 995 else f"  ·  {metres / 1000:.1f} km"


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
