"""A reply's plain text as Telegram's HTML: bold lead, quotes as quotes, numbers to call and names as links. Pure.

The words are those of the Answer; only marks are added, and whatever could be read as a mark is escaped.
Formatting: https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.split import LIMIT, parts, units

_OPEN, _CLOSE = "“", "”"
QUOTED = "— "
"""Begins the line that says where a quote stands."""
LONG_QUOTE = 400
"""A quote longer than this is folded; a tap opens it."""


@dataclass(frozen=True)
class Mark:
    """A link or a stress on ``text[start:end]``."""

    start: int
    end: int
    opening: str
    closing: str


@dataclass(frozen=True)
class Atom:
    """A line, or a quote of several lines, with what stands before it; never cut unless it alone is too long."""

    text: str
    quote: bool
    before: str


def messages(text: str, answer: Mapping[str, Any] | None, limit: int = LIMIT) -> list[str]:
    """HTML of one message or more; each holds at most ``limit`` units of text, cut at ends of lines or sentences."""
    answer = answer or {}
    done: list[str] = []
    held, size = "", 0
    for index, atom in enumerate(_atoms(text, limit)):
        length = units(atom.text)
        if held and size + units(atom.before) + length > limit:
            done.append(held)
            held, size = "", 0
        before = atom.before if held else ""
        held += before + _atom_html(atom, answer, first=index == 0)
        size += units(before) + length
    return [*done, held] if held else done


def _atoms(text: str, limit: int) -> list[Atom]:
    found: list[Atom] = []
    before, quoted = "", [""][:0]
    for line in text.split("\n"):
        if quoted or line.startswith(_OPEN):
            quoted.append(line)
            if not line.rstrip().endswith(_CLOSE):
                continue
            line, quote = "\n".join(quoted), True
            quoted = []
        else:
            quote = False
        if not line.strip():
            before += "\n"
            continue
        found += _pieces(line, quote, before, limit)
        before = "\n"
    if quoted:  # a quote that never ends is no quote
        found += [piece for line in quoted for piece in _pieces(line, False, "\n", limit)]
    return found


def _pieces(line: str, quote: bool, before: str, limit: int) -> list[Atom]:
    pieces = list(parts(line, limit))
    return [Atom(piece, quote, before if index == 0 else "\n") for index, piece in enumerate(pieces)]


def _atom_html(atom: Atom, answer: Mapping[str, Any], first: bool) -> str:
    if atom.quote:
        fold = " expandable" if len(atom.text) > LONG_QUOTE else ""
        return f"<blockquote{fold}>{escape(atom.text)}</blockquote>"
    marked = apply(atom.text, marks(atom.text, answer))
    lead = str(answer.get("lead") or "")
    return f"<b>{marked}</b>" if first and lead and lead.startswith(atom.text) else marked


def marks(line: str, answer: Mapping[str, Any]) -> list[Mark]:
    """Numbers to call, the names of places, and the provisions that are cited; none over another."""
    found: list[Mark] = []
    for call in _objects(answer.get("calls")):
        number = str(call.get("number") or "")
        at = re.search(rf"(?<!\d){re.escape(number)}(?!\d)", line) if number else None
        if at:
            found.append(link(at.start(), at.end(), f"tel:{number}"))
    for place in _objects(answer.get("places")):
        found += _linked(line, f". {place.get('name')}", 2, str(place.get("map_url") or ""))
    if line.startswith(QUOTED):
        for citation in _objects(answer.get("citations")):
            url = str(citation.get("url") or "")
            found += _linked(line, str(citation.get("label") or ""), 0, url)
            found += _linked(line, f"{QUOTED}{citation.get('law') or ''}", len(QUOTED), url)
    return _apart(found)


def _linked(line: str, words: str, skip: int, url: str) -> list[Mark]:
    """The first place where a line has these words; what follows must not be part of the same word."""
    at = line.find(words) if words and url.startswith("https://") else -1
    return [link(at + skip, at + len(words), url)] if at >= 0 else []


def link(start: int, end: int, url: str) -> Mark:
    return Mark(start, end, f'<a href="{html.escape(url, quote=True)}">', "</a>")


def _apart(found: Sequence[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def apply(line: str, found: Sequence[Mark]) -> str:
    """The line escaped, with its marks."""
    done, at = "", 0
    for mark in found:
        done += escape(line[at : mark.start]) + mark.opening + escape(line[mark.start : mark.end]) + mark.closing
        at = mark.end
    return done + escape(line[at:])


def escape(text: str) -> str:
    """``<``, ``>`` and ``&`` as Telegram wants them; lone surrogates, which no wire can carry, go."""
    return html.escape(text.encode("utf-8", "ignore").decode(), quote=False)


def _objects(given: Any) -> list[Mapping[str, Any]]:
    return [each for each in given if isinstance(each, Mapping)] if isinstance(given, list | tuple) else []
