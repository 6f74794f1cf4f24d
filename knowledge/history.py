"""Where an article's text stood before and stands now, from the moved-from notes of the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from knowledge.decree import Law


@dataclass(frozen=True)
class Move:
    """Article ``old`` became ``new`` on ``date`` (None: the note names no date; "" : deleted)."""

    old: str
    new: str
    date: dt.date | None


def moves(law: Law) -> tuple[Move, ...]:
    """Every renumbering the notes tell of, oldest first, each once."""
    found: set[Move] = set()
    for article in law.articles:
        for note in article.notes:
            date = note.dates[0] if note.dates else None
            for old, new in note.moves:
                found.add(Move(old, article.number if new == "" else new or "", date))
    dated = {(move.old, move.new) for move in found if move.date}
    kept = (move for move in found if move.date or (move.old, move.new) not in dated)
    return tuple(sorted(kept, key=lambda m: (m.date or dt.date.min, m.old)))


def now_at(law: Law, number: str, as_of: dt.date) -> str | None:
    """The number that the text of Article ``number`` as it was on ``as_of`` bears today.

    None when the notes say it was deleted. The same number when nothing moved since.
    """
    current = number
    for _date, group in groupby((m for m in moves(law) if m.date is not None and m.date > as_of), key=lambda m: m.date):
        step = {move.old: move.new for move in group}
        if current in step:
            current = step[current]
            if current == "":
                return None
    return current


def formerly(law: Law, number: str) -> tuple[Move, ...]:
    """The moves that brought a text to ``number``, newest first."""
    found: list[Move] = []
    current = number
    for move in reversed(moves(law)):
        if move.new == current and move.old != current:
            found.append(move)
            current = move.old
    return tuple(found)
