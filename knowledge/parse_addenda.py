"""The table of amending decrees at the top and the ADDENDA blocks at the end of the English text."""

from __future__ import annotations

import datetime as dt
import re

from knowledge.amendments import parse_date
from knowledge.decree import Addendum
from knowledge.errors import LawTextError

_AMENDING = re.compile(r"(?:Amended by )?Presidential Decree No\. (\d+), (\w{3,9}\.? \d{1,2}, \d{4})")
_TITLE = re.compile(r"ENFORCEMENT DECREE OF .+")
_HEADER = re.compile(r"ADDEND(?:A|UM)\s*<Presidential Decree No\. (\d+), (\w{3,9}\.? \d{1,2}, \d{4})>")
_ENFORCEMENT = re.compile(r"This Decree shall enter into force .+")
_ON_DATE = re.compile(r"This Decree shall enter into force on ([A-Z][a-z]+ \d{1,2}, \d{4})")


def parse_amending_table(lines: list[str]) -> tuple[str, tuple[tuple[str, dt.date], ...]]:
    """(title, amending decrees); raises LawTextError when one of them is missing."""
    title = next((raw.strip() for raw in lines if _TITLE.match(raw)), None)
    if title is None:
        raise LawTextError(1, "no title line 'ENFORCEMENT DECREE OF …' before the first chapter")
    table = [(m[1], parse_date(m[2])) for raw in lines if (m := _AMENDING.match(raw)) is not None]
    if not table:
        raise LawTextError(1, "no table of amending decrees before the first chapter")
    return title, tuple(table)


def parse_addenda(lines: list[str], starts: list[int], tail: int) -> tuple[Addendum, ...]:
    """Cut lines[tail:] at the ADDENDA headings; every block must say when it enters into force."""
    heads = [i for i in range(tail, len(lines)) if lines[i].startswith("ADDEND")]
    found: list[Addendum] = []
    seen: dict[str, int] = {}
    for head, stop in zip(heads, [*heads[1:], len(lines)], strict=True):
        header = _HEADER.match(lines[head])
        if header is None:
            raise LawTextError(head + 1, f"an addenda heading of another form: {lines[head][:60]!r}")
        promulgated = parse_date(header[2])
        last = max(i for i in range(head, stop) if lines[i].strip())
        sentence = next((m[0] for i in range(head, stop) if (m := _ENFORCEMENT.search(lines[i])) is not None), None)
        if sentence is None:
            raise LawTextError(head + 1, "an addenda block without an enforcement date")
        named = _ON_DATE.match(sentence)
        number = header[1]
        seen[number] = seen.get(number, 0) + 1
        found.append(
            Addendum(
                number if seen[number] == 1 else f"{number}-{chr(96 + seen[number])}",
                promulgated,
                starts[head],
                starts[last] + len(lines[last].rstrip()),
                sentence,
                parse_date(named[1]) if named else promulgated,
            )
        )
    return tuple(found)
