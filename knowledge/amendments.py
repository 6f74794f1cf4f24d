"""Amendment notes of the official English text as data: ``<Amended on …>``, ``[Moved from …]``.

The notes are facts about a provision (when it came, changed, moved, went), not words to search in.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = {
    name: i
    for i, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DATE = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})")
_ANGLE = re.compile(r"\s*<((?:Amended on |Newly Inserted on |Deleted on )?[A-Z][a-z]{2}[^<>]*\d{4})>")
_BRACKET = re.compile(r"^\[.*\]$")
_MOVED_FROM = re.compile(r"Moved from Article (\d+(?:-\d+)?)")
_PREVIOUS = re.compile(r"[Pp]revious Article (\d+(?:-\d+)?) (?:moved to Article (\d+(?:-\d+)?)|is deleted)")


@dataclass(frozen=True)
class Amendment:
    """One note. ``kind``: amended, inserted, wholly_amended, title_amended, moved, deleted."""

    kind: str
    dates: tuple[dt.date, ...]
    text: str
    moves: tuple[tuple[str, str | None], ...] = ()
    """(from, to) article numbers; ``to`` is None where the previous article was deleted,
    and "" in a ``Moved from`` note, whose target is the article that bears the note."""


def parse_date(text: str) -> dt.date:
    """Read 'Jun. 27, 2023' or 'July 1, 2024'; raises ValueError when there is no date."""
    found = _DATE.search(text)
    if found is None or found[1][:3].lower() not in _MONTHS:
        raise ValueError(f"no date in {text!r}")
    return dt.date(int(found[3]), _MONTHS[found[1][:3].lower()], int(found[2]))


def _dates(text: str) -> tuple[dt.date, ...]:
    return tuple(parse_date(m[0]) for m in _DATE.finditer(text) if m[1][:3].lower() in _MONTHS)


def split_notes(line: str) -> tuple[str, tuple[Amendment, ...]]:
    """Take the ``<…>`` notes out of a line: (words without notes, notes)."""
    notes: list[Amendment] = []
    for found in _ANGLE.finditer(line):
        text = found[1]
        kind = (
            "inserted" if text.startswith("Newly Inserted") else "amended" if text.startswith("Amended") else "deleted"
        )
        notes.append(Amendment(kind, _dates(text), f"<{text}>"))
    return _ANGLE.sub("", line).strip(), tuple(notes)


def parse_bracket(line: str) -> Amendment | None:
    """Read a ``[…]`` line that follows an article, or None when the line is not one."""
    if not _BRACKET.match(line):
        return None
    moves: list[tuple[str, str | None]] = [(m[1], "") for m in _MOVED_FROM.finditer(line)]
    moves += [(m[1], m[2]) for m in _PREVIOUS.finditer(line)]
    if moves:
        kind = "moved"
    elif "Newly Inserted" in line:
        kind = "inserted"
    elif "Title Amended" in line:
        kind = "title_amended"
    elif "Wholly Amended" in line:
        kind = "wholly_amended"
    else:
        return None
    return Amendment(kind, _dates(line), line, tuple(moves))
