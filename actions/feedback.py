"""What people think of answers: counts per day, status, language and reason. Nothing else is kept, no words."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.answer import STATUSES
from nlu.language import LANGUAGES

PROJECT = Path(__file__).resolve().parent.parent
USEFUL, NOT_USEFUL = "useful", "not_useful"
REASONS = ("off_topic", "wrong", "outdated", "unclear", "missing")
"""Why an answer was not useful: it answers something else, it is wrong, out of date, hard to understand, or not all."""
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
  day TEXT NOT NULL, status TEXT NOT NULL, language TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY (day, status, language, verdict, reason)
)"""
_ADD = """
INSERT INTO feedback VALUES (?, ?, ?, ?, ?, 1)
ON CONFLICT (day, status, language, verdict, reason) DO UPDATE SET count = count + 1"""


class BadFeedbackError(ValueError):
    """Feedback that is not of the closed lists; the message is one sentence that says what to send."""


@dataclass(frozen=True)
class Feedback:
    """One person's word on one answer. ``reason`` is "" for useful, one of REASONS otherwise."""

    status: str
    language: str
    verdict: str
    reason: str = ""


def read_feedback(row: Any) -> Feedback:
    """Read ``{status, language, verdict, reason?}``; raises BadFeedbackError."""
    if not isinstance(row, dict):
        raise BadFeedbackError('Send an object with "status", "language" and "verdict".')
    given = {name: row.get(name, "") for name in ("status", "language", "verdict", "reason")}
    allowed = {"status": STATUSES, "language": LANGUAGES, "verdict": (USEFUL, NOT_USEFUL)}
    allowed["reason"] = REASONS if given["verdict"] == NOT_USEFUL else ("",)
    for name, values in allowed.items():
        if given[name] not in values:
            raise BadFeedbackError(f'"{name}" must be one of {", ".join(repr(each) for each in values)}.')
    return Feedback(**given)


def default_file() -> Path:
    """``feedback.sqlite`` in ``$ANSIM_HOME``, else in ``.ansim``."""
    return Path(os.environ.get("ANSIM_HOME") or PROJECT / ".ansim") / "feedback.sqlite"


class FeedbackStore:
    """Counts in one SQLite file, made with the first word."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or default_file()

    def add(self, given: Feedback, day: dt.date | None = None) -> None:
        """Count one more (day: default today); raises OSError or sqlite3.Error when it cannot be written."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        at = (day or dt.date.today()).isoformat()
        with self._open() as store:
            store.execute(_TABLE)
            store.execute(_ADD, (at, given.status, given.language, given.verdict, given.reason))

    def rows(self) -> list[dict[str, Any]]:
        """All counts, oldest day first: ``{day, status, language, verdict, reason, count}``; [] without a file."""
        if not self.file.exists():
            return []
        with self._open() as store:
            store.execute(_TABLE)
            found = store.execute("SELECT * FROM feedback ORDER BY day, status, language, verdict, reason")
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        store = sqlite3.connect(self.file, timeout=5)
        try:
            with store:
                yield store
        finally:
            store.close()
