"""From which day an amendment of a Korean statute is in force: the instrument's day, or that of a proviso.

The addenda of an amending decree name one day for all of it and may set provisions apart in a 다만 clause.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.citation import find_citations
from knowledge.decree import Addendum
from knowledge.provision import sort_key

_EXCEPTION = re.compile(r"다만,\s*(.+)$")
_CLAUSE = re.compile(
    r"(?P<what>.+?)(?:은|는)\s+(?P<when>공포한 날|(?P<y>\d{4})년 (?P<m>\d{1,2})월 (?P<d>\d{1,2})일)부터"
    r" 시행(?:하고|한다)"
)
_RANGE = re.compile(r"^\s*부터\s*$")


@dataclass(frozen=True)
class Instrument:
    """An amending decree: number, day of promulgation, first day in force."""

    number: str
    promulgated: dt.date
    in_force: dt.date


def read_index(folder: Path, kind: str = "시행령") -> tuple[Instrument, ...]:
    """The versions that ``version_index.json`` lists, oldest first."""
    rows = json.loads((folder / "version_index.json").read_text("utf-8"))[kind]
    found = [
        Instrument(
            str(int(row["number"])),
            dt.date.fromisoformat(row["promulgated"]),
            dt.date.fromisoformat(row["effective"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.promulgated, int(one.number))))


def exceptions(addendum: Addendum) -> Iterator[tuple[str, str, dt.date]]:
    """(first id, last id, day): provisions whose day in force the 다만 clause sets apart."""
    said = _EXCEPTION.search(addendum.enforcement)
    for clause in _CLAUSE.finditer(said[1]) if said else ():
        day = addendum.promulgated
        if clause["y"]:
            day = dt.date(int(clause["y"]), int(clause["m"]), int(clause["d"]))
        what = re.sub(r"부칙 제\d+조(?:의\d+)?", "", clause["what"])
        cited = find_citations(what)
        for place, citation in enumerate(cited):
            following = cited[place + 1] if place + 1 < len(cited) else citation
            joined = _RANGE.match(what[citation.end : following.start]) is not None
            yield citation.provision_id, (following if joined else citation).provision_id, day


def day_in_force(instrument: Instrument, addendum: Addendum | None, provision_id: str) -> dt.date:
    """First day in force of one provision's amendment (its number in the amending decree)."""
    article = provision_id.partition("/")[0]
    for first, last, day in exceptions(addendum) if addendum else ():
        if provision_id == first or provision_id.startswith(first + "/"):
            return day
        if first != last and sort_key(first) <= sort_key(article) <= sort_key(last):
            return day
    return instrument.in_force
