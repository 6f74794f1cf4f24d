"""Long texts in parts that Telegram takes, cut where a sentence ends. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

LIMIT = 4096
"""Characters of one message after its formatting was read (sendMessage, text); counted in UTF-16 units as a
formatted message's offsets are, which is never fewer."""
_ENDS = tuple(re.compile(end) for end in (r"\n", r"[.!?…。][\"”’')\]]*\s+", r"[;,]\s+", r"\s+"))
"""Where to cut, best first."""


def units(text: str) -> int:
    """UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str, limit: int = LIMIT) -> Iterator[str]:
    """The text in parts of at most ``limit`` units; nothing but blank space at the cuts is lost."""
    rest = text
    while units(rest) > limit:
        cut = _cut(_longest(rest, limit))
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _longest(text: str, limit: int) -> str:
    """The longest beginning of at most ``limit`` units."""
    begin = text[:limit]
    while units(begin) > limit:
        begin = begin[: len(begin) - max(1, (units(begin) - limit) // 2)]
    return begin


def _cut(begin: str) -> int:
    """Where the last sentence of the beginning ends; not in its first third, where a part would be too short."""
    for end in _ENDS:
        last = max((found.end() for found in end.finditer(begin)), default=0)
        if last > len(begin) // 3:
            return last
    return len(begin)
