"""Amendment notes of Korean statutes as data: ``<개정 2023. 6. 27.>``, ``[제12조에서 이동 …]``."""

from __future__ import annotations

import datetime as dt
import re

from knowledge.amendments import Amendment
from knowledge.statute import date_of, numeral

_DAY = r"\d{4}\.\s?\d{1,2}\.\s?\d{1,2}\.?"
_KIND = "개정|신설|삭제|전문개정|본조신설|제목개정|타법개정"
_ANGLE = re.compile(rf"\s*<(?:(?:{_KIND})\s*)?{_DAY}(?:\s*,\s*(?:(?:{_KIND})\s*)?{_DAY})*\s*>")
_PIECE = re.compile(rf"(?P<kind>{_KIND})|(?P<day>{_DAY})")
_DAYS = re.compile(_DAY)
_ARTICLE = r"제(\d+)조(?:의(\d+))?"
_FROM = re.compile(rf"{_ARTICLE}에서 이동")
_PREVIOUS = re.compile(rf"종전\s?{_ARTICLE}[은는]?\s?(?:{_ARTICLE}(?:으)?로 이동|(삭제))")
_BRACKET = re.compile(r"\[[^\[\]]+\]")
_KINDS = {
    "개정": "amended",
    "타법개정": "amended",
    "신설": "inserted",
    "본조신설": "inserted",
    "삭제": "deleted",
    "전문개정": "wholly_amended",
    "제목개정": "title_amended",
}
DELETED = "삭제"


def split_notes(words: str) -> tuple[str, tuple[Amendment, ...]]:
    """Take the ``<…>`` notes out: (words without them, notes).

    The first date of ``<신설 a, b>`` is the insertion, the later ones are amendments; a date
    without a word counts as the deletion after 삭제, as an amendment elsewhere.
    """
    own = _ANGLE.sub("", words).strip()
    bare = "deleted" if own.rstrip(".") == DELETED else "amended"
    notes: list[Amendment] = []
    for found in _ANGLE.finditer(words):
        notes += _dated(found[0].strip(), bare)
    return own, tuple(notes)


def _dated(text: str, bare: str) -> list[Amendment]:
    groups: list[tuple[str, list[dt.date]]] = []
    kind = bare
    for piece in _PIECE.finditer(text):
        if piece["kind"]:
            kind = _KINDS[piece["kind"]]
            continue
        day = date_of(piece["day"])
        if day is None:
            continue
        if groups and groups[-1][0] == kind:
            groups[-1][1].append(day)
        else:
            groups.append((kind, [day]))
        kind = "amended" if kind == "inserted" else kind
    return [Amendment(kind, tuple(days), text) for kind, days in groups]


def parse_brackets(line: str) -> tuple[Amendment, ...]:
    """The ``[…]`` notes of a line that begins with one; () when it does not.

    Kinds besides those of `knowledge.amendments`: ``in_force`` (시행일) and ``remark`` (any other).
    """
    line = line.strip()
    if not line.startswith("[") or _BRACKET.match(line) is None:
        return ()
    pieces = list(_BRACKET.finditer(line))
    ends = [*(piece.start() for piece in pieces[1:]), len(line)]
    return tuple(_bracket(line[piece.start() : end].strip()) for piece, end in zip(pieces, ends, strict=True))


def _bracket(text: str) -> Amendment:
    moves: list[tuple[str, str | None]] = [(numeral(m[1], m[2]), "") for m in _FROM.finditer(text)]
    moves += [(numeral(m[1], m[2]), None if m[5] else numeral(m[3], m[4])) for m in _PREVIOUS.finditer(text)]
    days = tuple(day for m in _DAYS.finditer(text) if (day := date_of(m[0])) is not None)
    if moves:
        kind = "moved"
    elif "시행일" in text:
        kind = "in_force"
    else:
        kind = next((_KINDS[word] for word in ("본조신설", "전문개정", "제목개정") if word in text), "remark")
    return Amendment(kind, days, text, tuple(moves))
