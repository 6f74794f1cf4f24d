"""A hazard report, its kinds and states, and the seam behind which a store keeps it.

No name, number or sender stands in a report: the place is a name of the gazetteer or of a disclosed record, the
words are redacted, the point is rounded to about 100 m.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from knowledge.errors import KnowledgeError

FOLDER = Path(__file__).parent
STATUSES = ("new", "on_agenda", "done")
LONGEST = 300
"""Characters of a reporter's words that are kept."""
JOIN_M, JOIN_DAYS = 100.0, 14
"""Reports of one kind this near to each other (metres; or with one place name) and this close in time are one."""
KEEP_DAYS = 365
"""Days after which a report nobody told again is forgotten."""


class ReportError(KnowledgeError):
    """The store of reports cannot be read or written; one sentence that says what to do."""


class TooManyError(ReportError):
    """A limit is reached. ``limit``: "sender" or "everybody"."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"There are too many reports ({limit}); try again later.")
        self.limit = limit


class RepeatedError(ReportError):
    """The same sender told the same hazard within a day."""

    def __init__(self) -> None:
        super().__init__("This was told by the same sender within a day.")


@dataclass(frozen=True)
class NewReport:
    """What a reporter told and said yes to.

    ``lat``/``lon``: WGS 84 degrees or None; ``dongs``: ten-digit codes of the administrative dongs it may lie in;
    ``since``: an ISO day or "".
    """

    kind: str
    what: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    dongs: tuple[str, ...] = ()
    since: str = ""

    def __post_init__(self) -> None:
        if self.kind not in kinds():
            raise ReportError(f"{self.kind!r} is no kind of report; the kinds are {', '.join(kinds())}.")
        if self.since:
            _a_day(self.since)


@dataclass(frozen=True)
class Report:
    """A report as it is kept. ``receipt``: that of the earliest teller who has not withdrawn.

    ``what`` and ``since``: of that teller. ``lat``/``lon``: degrees with three decimals (some 100 m), or None.
    ``dong``: ten-digit code, "" when it is not known to be in one. ``district``: id of a safety district
    ("safety:singil"), or None where it is not known. ``times``: how often it was told.
    """

    receipt: str
    kind: str
    place: str
    lat: float | None
    lon: float | None
    dong: str
    district: str | None
    what: str
    since: str
    status: str
    first_seen: dt.date
    last_seen: dt.date
    times: int

    def to_json(self) -> dict[str, Any]:
        """Plain values, the days as ISO text."""
        days = {"first_seen": self.first_seen.isoformat(), "last_seen": self.last_seen.isoformat()}
        return {**self.__dict__, **days}


@dataclass(frozen=True)
class Wanted:
    """Which reports are asked for; None: any. ``district`` "" stands for those whose district is not known.

    ``start`` and ``end``: first and last day (Asia/Seoul) within which it was told for the first time.
    """

    district: str | None = None
    kind: str | None = None
    status: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True)
class Told:
    """What became of a report: its receipt, and whether it joined one that was there."""

    receipt: str
    joined: bool
    report: Report


class Reports(Protocol):
    """What a store of reports does. All methods raise ReportError when it cannot be reached."""

    def add(self, new: NewReport, sender: str, now: dt.datetime) -> Told:
        """Keep a report, or join it to one that is near in place and time; redacts what is left to redact.

        ``sender``: any text that tells senders apart; it is never written. Raises TooManyError, RepeatedError.
        """
        ...

    def get(self, receipt: str) -> Report | None: ...

    def withdraw(self, receipt: str) -> bool:
        """Forget one teller's words, and the report when nobody else told it; whether the receipt was there."""
        ...

    def set_status(self, receipt: str, status: str) -> Report | None: ...

    def rows(self, wanted: Wanted = Wanted()) -> Sequence[Report]:
        """Reports in the order in which they were first told."""
        ...


@functools.cache
def _data() -> dict[str, Any]:
    return dict(json.loads((FOLDER / "kinds.json").read_text("utf-8")))


def kinds() -> tuple[str, ...]:
    """All kinds of report."""
    return tuple(_data()["kinds"])


def provisions(kind: str) -> tuple[str, ...]:
    """Ids of the provisions that bear on a kind, the most particular first; the choice is ours (``kinds.json``)."""
    return (*_data()["kinds"][kind], *_data()["every"])


def week(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of an ISO week ("2026-W28"); raises ReportError."""
    try:
        monday = dt.datetime.strptime(f"{text}-1", "%G-W%V-%u").date()
    except ValueError:
        raise ReportError(f"{text!r} is no week; write it as 2026-W28.") from None
    return monday, monday + dt.timedelta(days=6)


def week_of(day: dt.date) -> str:
    """The ISO week of a day, as ``week`` reads it."""
    return day.strftime("%G-W%V")


def _a_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ReportError(f"{text!r} is no day; write it as 2026-07-13.") from None
