"""The store of reports in one SQLite file. Every call is a transaction of its own, so processes may share it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.catalogue.geodesy import distances
from knowledge.reports import receipt as receipts
from knowledge.reports.districts import UNKNOWN, district_of, is_wide
from knowledge.reports.model import (
    JOIN_DAYS,
    JOIN_M,
    KEEP_DAYS,
    LONGEST,
    STATUSES,
    NewReport,
    RepeatedError,
    Report,
    ReportError,
    Told,
    TooManyError,
    Wanted,
)
from knowledge.reports.redaction import redact
from knowledge.reports.senders import forget_senders, hashed, salt
from knowledge.reports.sqlite_file import opened

SEOUL = dt.timezone(dt.timedelta(hours=9))
_ABOUT = "report"
_COLUMNS = ("receipt", "kind", "place", "lat", "lon", "dong", "district", "what", "since", "status")
_FIRST = "(SELECT {field} FROM telling WHERE report = report.id ORDER BY turn LIMIT 1)"
_SELECT = (
    f"SELECT {_FIRST.format(field='receipt')}, kind, place, lat, lon, dong, district, "
    f"{_FIRST.format(field='what')}, {_FIRST.format(field='since')}, status, first_seen, last_seen, "
    "(SELECT count(*) FROM telling WHERE report = report.id) FROM report"
)


@dataclass(frozen=True)
class Limits:
    """Most reports of one sender in an hour and a day, and of everybody in an hour."""

    sender_hour: int = 5
    sender_day: int = 10
    everybody_hour: int = 120
    wrong_receipts_day: int = 8
    """Receipts of one sender that are not there, so that nobody tries numbers out."""


class SqliteReports:
    """Reports in the file at ``path``, which is made with the first report."""

    def __init__(self, path: Path, limits: Limits = Limits()) -> None:
        self.path = path
        self.limits = limits

    def add(self, new: NewReport, sender: str, now: dt.datetime) -> Told:
        """See ``Reports.add``. ``now``: an aware time; days are those of Seoul."""
        at, day = now.timestamp(), now.astimezone(SEOUL).date()
        with opened(self.path, changing=True) as db:
            key = salt(self.path, at)
            who = hashed(key, sender)
            self._within_limits(db, who, at)
            _forget(db, day)
            report = _same(db, new, day)
            joined = report is not None
            if report is None:
                report = _insert(db, new, day)
            about = hashed(key, sender, _ABOUT, str(report))
            if db.execute("SELECT 1 FROM sending WHERE about = ?", (about,)).fetchone():
                raise RepeatedError
            receipt = _tell(db, report, new, day)
            db.execute("INSERT INTO sending VALUES ('report', ?, ?, ?)", (who, about, at))
            return Told(receipt, joined, _read(db, f"{_SELECT} WHERE id = ?", report)[0])

    def _within_limits(self, db: sqlite3.Connection, who: str, at: float) -> None:
        forget_senders(db, at)
        counted = "SELECT count(*), coalesce(sum(at > :hour), 0) FROM sending WHERE what = 'report'"
        given = {"hour": at - 3600, "who": who}
        day, hour = db.execute(f"{counted} AND sender = :who", given).fetchone()
        if day >= self.limits.sender_day or hour >= self.limits.sender_hour:
            raise TooManyError("sender")
        if db.execute(counted, given).fetchone()[1] >= self.limits.everybody_hour:
            raise TooManyError("everybody")

    def get(self, receipt: str) -> Report | None:
        """The report one of whose receipts this is."""
        if not self.path.exists():
            return None
        with opened(self.path) as db:
            return _of(db, receipt)

    def asked(self, receipt: str, sender: str, now: dt.datetime) -> Report | None:
        """As ``get``, for a person who gives a number; raises TooManyError after some that are not there."""
        at = now.timestamp()
        with opened(self.path, changing=True) as db:
            who = hashed(salt(self.path, at), sender)
            forget_senders(db, at)
            tried = "SELECT count(*) FROM sending WHERE sender = ? AND what = 'receipt'"
            wrong = db.execute(tried, (who,)).fetchone()[0]
            if wrong >= self.limits.wrong_receipts_day:
                raise TooManyError("sender")
            found = _of(db, receipt)
            if found is None:
                db.execute("INSERT INTO sending VALUES ('receipt', ?, '', ?)", (who, at))
            return found

    def withdraw(self, receipt: str) -> bool:
        """See ``Reports.withdraw``."""
        if not self.path.exists():
            return False
        with opened(self.path, changing=True) as db:
            row = db.execute("SELECT report FROM telling WHERE receipt = ?", (receipt,)).fetchone()
            if row is None:
                return False
            db.execute("DELETE FROM telling WHERE receipt = ?", (receipt,))
            left = db.execute("SELECT min(day), max(day) FROM telling WHERE report = ?", row).fetchone()
            if left[0] is None:
                db.execute("DELETE FROM report WHERE id = ?", row)
            else:
                db.execute("UPDATE report SET first_seen = ?, last_seen = ? WHERE id = ?", (*left, *row))
            return True

    def set_status(self, receipt: str, status: str) -> Report | None:
        """Set new, on_agenda or done; None when there is no such receipt."""
        if status not in STATUSES:
            raise ReportError(f"{status!r} is no status; it is one of {', '.join(STATUSES)}.")
        if not self.path.exists():
            return None
        with opened(self.path, changing=True) as db:
            db.execute(
                "UPDATE report SET status = ? WHERE id = (SELECT report FROM telling WHERE receipt = ?)",
                (status, receipt),
            )
            return _of(db, receipt)

    def rows(self, wanted: Wanted = Wanted()) -> Sequence[Report]:  # noqa: B008 (a frozen value)
        """See ``Reports.rows``; none when nothing was ever told."""
        if not self.path.exists():
            return []
        clauses: dict[str, object] = {
            "kind = ?": wanted.kind,
            "status = ?": wanted.status,
            "first_seen >= ?": wanted.start and wanted.start.isoformat(),
            "first_seen <= ?": wanted.end and wanted.end.isoformat(),
            "district IS ?": wanted.district or None,
        }
        given = {clause: value for clause, value in clauses.items() if value is not None}
        where = " AND ".join([*given, *(["district IS NULL"] if wanted.district == UNKNOWN else [])])
        with opened(self.path) as db:
            order = "ORDER BY first_seen, id"
            return _read(db, f"{_SELECT} {f'WHERE {where}' if where else ''} {order}", *given.values())


def _forget(db: sqlite3.Connection, day: dt.date) -> None:
    """Reports that nobody told for KEEP_DAYS go, with their words and receipts."""
    before = (day - dt.timedelta(days=KEEP_DAYS)).isoformat()
    db.execute("DELETE FROM telling WHERE report IN (SELECT id FROM report WHERE last_seen < ?)", (before,))
    db.execute("DELETE FROM report WHERE last_seen < ?", (before,))


def _same(db: sqlite3.Connection, new: NewReport, day: dt.date) -> int | None:
    """Id of the open report of this kind that is near in place and time, the nearest first.

    Where both have a point, the distance decides and a name does not: two ends of one park are two places. What is
    kept is rounded, so the new point as it was told is measured against it. The name of a whole dong joins nothing.
    """
    since = (day - dt.timedelta(days=JOIN_DAYS)).isoformat()
    rows = db.execute(
        "SELECT id, place, lat, lon FROM report WHERE kind = ? AND last_seen >= ? AND status != 'done' ORDER BY id",
        (new.kind, since),
    ).fetchall()
    lat, lon = new.lat, new.lon
    if lat is not None and lon is not None:
        pointed = [row for row in rows if row[2] is not None]
        away = distances(lat, lon, [row[2] for row in pointed], [row[3] for row in pointed])
        near = [(metres, row[0]) for metres, row in zip(away, pointed, strict=True) if metres <= JOIN_M]
        if near:
            return int(min(near)[1])
        rows = [row for row in rows if row[2] is None]
    if is_wide(new.place):
        return None
    return next((int(row[0]) for row in rows if row[1] == new.place), None)


def _insert(db: sqlite3.Connection, new: NewReport, day: dt.date) -> int:
    written = (
        new.kind, redact(new.place).text, _coarse(new.lat), _coarse(new.lon),
        new.dongs[0] if len(new.dongs) == 1 else "", district_of(new.dongs), day.isoformat(), day.isoformat(),
    )  # fmt: skip
    cursor = db.execute(
        "INSERT INTO report (kind, place, lat, lon, dong, district, status, first_seen, last_seen) "
        "VALUES (?, ?, ?, ?, ?, ?, 'new', ?, ?)",
        written,
    )
    return int(cursor.lastrowid or 0)


def _tell(db: sqlite3.Connection, report: int, new: NewReport, day: dt.date) -> str:
    turn = db.execute("SELECT coalesce(max(turn), 0) + 1 FROM telling").fetchone()[0]
    receipt = receipts.new()
    while db.execute("SELECT 1 FROM telling WHERE receipt = ?", (receipt,)).fetchone():
        receipt = receipts.new()
    what = redact(new.what).text[:LONGEST]
    told = (receipt, report, what, new.since, day.isoformat(), turn)
    db.execute("INSERT INTO telling VALUES (?, ?, ?, ?, ?, ?)", told)
    db.execute("UPDATE report SET last_seen = max(last_seen, ?) WHERE id = ?", (day.isoformat(), report))
    return receipt


def _of(db: sqlite3.Connection, receipt: str) -> Report | None:
    found = _read(db, f"{_SELECT} WHERE id = (SELECT report FROM telling WHERE receipt = ?)", receipt)
    return found[0] if found else None


def _read(db: sqlite3.Connection, query: str, *given: object) -> list[Report]:
    found = []
    for *told, first, last, times in db.execute(query, given):
        cells: dict[str, Any] = dict(zip(_COLUMNS, told, strict=True))
        seen, last_seen = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        found.append(Report(**cells, first_seen=seen, last_seen=last_seen, times=times))
    return found


def _coarse(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, 3)
