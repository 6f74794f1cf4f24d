"""Takes out of a reporter's words what could tell who they or others are: numbers, addresses of the net, plates.

Names need the words around them and are taken out by ``nlu.report_words`` before; what stands here is done by
the store itself, whatever called it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MARK = "[***]"
_DASH = r"[\s.\-–—~)/]{0,3}"
_ZERO, _ONE = "[0oO영공]", "[1lI일]"
_AREA = r"(?:2|[3-6]\d|70|50\d?|80)"
_ABROAD = rf"\+?82{_DASH}\(?0?\)?{_DASH}"
_REST = rf"{_DASH}\d{{3,4}}{_DASH}\d{{4}}(?!\d)"
_REGION = "서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주|세종"
_PLATE_LETTER = "[가나다라마바사아자하거너더러머버서어저고노도로모보소오조구누두루무부수우주허호배]"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("link", re.compile(r"\b(?:https?://|www\.)\S+", re.I)),
    ("email", re.compile(
        r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|골뱅이)\s?[\w-]+(?:\s?\.\s?[A-Za-z가-힣]{2,})+", re.I | re.ASCII
    )),
    ("handle", re.compile(r"(?<![\w@])@[A-Za-z][\w.]{2,}", re.ASCII)),
    ("resident_number", re.compile(r"(?<!\d)\d{6}\s?[-–—~]\s?[0-9](?:[\d*xX]{6})?(?![\d*])")),
    ("resident_number", re.compile(r"(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{7}(?!\d)")),
    ("card", re.compile(r"(?<!\d)(?:\d{4}[\s-]?){3}\d{1,4}(?!\d)")),
    ("phone", re.compile(rf"(?<!\d)(?:{_ABROAD})?\(?0?1[016789]{_REST}")),
    ("phone", re.compile(rf"(?<!\d)(?:{_ABROAD}|\(?0){_AREA}{_REST}")),
    ("phone", re.compile(r"(?<!\d)\+\d{1,3}[\s.-]?(?:\d[\s.-]?){7,11}\d(?!\d)")),
    ("phone", re.compile(r"(?:영|공)\s?일\s?(?:영|공)(?:[\s-]?[영공일이삼사오육칠팔구]){7,8}")),
    ("phone", re.compile(rf"(?<!\w){_ZERO}{_ONE}{_ZERO}{_DASH}[\doOlI]{{4}}{_DASH}[\doOlI]{{4}}(?!\w)")),
    ("phone", re.compile(r"(?<!\d)1[568]\d{2}\s?[-–—]\s?\d{4}(?!\d)")),
    ("plate", re.compile(rf"(?:(?:{_REGION})\s?)?(?<!\d)\d{{2,3}}\s?{_PLATE_LETTER}\s?\d{{4}}(?!\d)")),
    ("account", re.compile(r"(?<!\d)\d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,3})?(?!\d)")),
    ("number", re.compile(r"(?<!\d)(?:\d[\s-]?){8,}\d(?!\d)")),
    ("passport", re.compile(r"(?<![A-Z0-9])[MSRODG]\d{3}[A-Z]?\d{4,5}(?![A-Z0-9])")),
)  # fmt: skip
"""What is looked for, in order. A day such as 2026-07-13 is left in (``_a_day``)."""
_DAY = re.compile(r"(?:19|20)\d\d[-.\s/]{1,2}\d{1,2}[-.\s/]{1,2}\d{1,2}\.?|(?:19|20)\d{6}")


@dataclass(frozen=True)
class Redacted:
    """``removed``: kinds of what was taken out, without repeats."""

    text: str
    removed: tuple[str, ...]


def redact(text: str, more: Iterable[tuple[str, re.Pattern[str]]] = ()) -> Redacted:
    """The text with identifying parts replaced by ``MARK``. ``more``: (kind, pattern) looked for first.

    A pattern with a group takes out the first group only (a name without the words around it).
    """
    removed: list[str] = []
    for kind, pattern in (*more, *PATTERNS):

        def take(found: re.Match[str], kind: str = kind) -> str:
            if MARK in found[0] and not found.re.groups:
                return found[0]
            if kind in ("account", "number", "card") and _DAY.fullmatch(found[0].strip()):
                return found[0]
            removed.append(kind)
            if not found.re.groups:
                return MARK
            start, end = found.start(1) - found.start(), found.end(1) - found.start()
            return found[0][:start] + MARK + found[0][end:]

        text = pattern.sub(take, text)
    return Redacted(text, tuple(dict.fromkeys(removed)))
