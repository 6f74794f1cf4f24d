"""Places where the text points to what it does not hold: attached tables, the Act, ordinances."""

from __future__ import annotations

import re
from dataclasses import dataclass

TABLE, ACT, ORDINANCE = "attached_table", "act", "ordinance"

_NUMBER = r"\d+(?:-\d+)?"
_PATTERNS = (
    (TABLE, re.compile(rf"attached (?:Table|Form) ({_NUMBER})")),
    (
        ACT,
        re.compile(
            rf"(?:subparagraph [^.;]{{1,12}} of )?Articles? ({_NUMBER})(?: \(\d+\))?(?: \d+(?:-\d+)?)?(?: \([a-z]\))?"
            r"(?:(?:, | and | or | through )(?:Article )?[\d() -]+)* of the Act\b"
        ),
    ),
    (
        ORDINANCE,
        re.compile(
            r"([Oo]rdinances? of (?:the Ministry of (?:the )?(?:[A-Z]\w+|and|,| )+(?<=\w)"
            r"|(?:a |the )?(?:relevant |competent )?local governments?)|municipal ordinances?)"
        ),
    ),
)


@dataclass(frozen=True)
class Pointer:
    """``kind`` and what is pointed to ("1-2" for Table 1-2, "66-11" of the Act)."""

    kind: str
    target: str
    start: int
    end: int


def find_pointers(text: str) -> tuple[Pointer, ...]:
    """All pointers in a provision's words, in the order of the text (offsets into ``text``)."""
    found = [
        Pointer(kind, " ".join(m[1].split()), m.start(), m.end())
        for kind, pattern in _PATTERNS
        for m in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda pointer: (pointer.start, pointer.kind)))
