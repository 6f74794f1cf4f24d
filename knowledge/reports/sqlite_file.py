"""The SQLite file of the reports: its tables, opened for one change at a time, readable by its owner only.

``report`` is a hazard, ``telling`` one teller's words about it with their own receipt. ``sending`` holds hashed
senders for the limits and is emptied after 24 hours; ``topic`` holds counts per day and no text. Deleted rows are
overwritten (``secure_delete``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.reports.model import ReportError

APPLICATION = 0x414E5352  # "ANSR"
VERSION = 1
WAIT_S = 10.0
"""How long a writer waits for another one."""
SCHEMA = f"""
CREATE TABLE report (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, lat REAL, lon REAL, dong TEXT NOT NULL,
    district TEXT, status TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
);
CREATE INDEX report_seen ON report (kind, last_seen);
CREATE TABLE telling (
    receipt TEXT PRIMARY KEY, report INTEGER NOT NULL REFERENCES report, what TEXT NOT NULL, since TEXT NOT NULL,
    day TEXT NOT NULL, turn INTEGER NOT NULL
);
CREATE INDEX telling_report ON telling (report, turn);
CREATE TABLE sending (what TEXT NOT NULL, sender TEXT NOT NULL, about TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX sending_at ON sending (at);
CREATE TABLE topic (day TEXT NOT NULL, topic TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, topic));
PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};
"""


@contextmanager
def opened(path: Path, changing: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection in one transaction; ``changing`` takes the only place of a writer first. Raises ReportError."""
    try:
        if changing:
            _make(path)
        where = f"{path.absolute().as_uri()}?mode={'rw' if changing else 'ro'}"
        connection = sqlite3.connect(where, uri=True, timeout=WAIT_S, isolation_level=None)
        try:
            _check(path, connection)
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE" if changing else "BEGIN")
            yield connection
            connection.execute("COMMIT")
        finally:
            connection.close()  # what was not committed is rolled back
    except (sqlite3.Error, OSError) as error:
        raise _told(path, error) from None


def _make(path: Path) -> None:
    """An empty store; of two processes that try, the second finds it made."""
    if path.exists() and path.stat().st_size:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _check(path: Path, connection: sqlite3.Connection) -> None:
    marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if marks != [APPLICATION, VERSION]:
        raise ReportError(f"The file {path} holds no reports of this version; set ANSIM_REPORTS to another path.")


def _told(path: Path, error: Exception) -> ReportError:
    text = str(error)
    if "locked" in text:
        return ReportError(f"The reports {path} are being written by somebody else; try again in a minute.")
    if "full" in text:
        return ReportError(f"There is no room left for the reports {path}; free some and try again.")
    text = (error.strerror or text) if isinstance(error, OSError) else text
    return ReportError(f"The reports {path} cannot be used ({text}); check the file and its folder.")
