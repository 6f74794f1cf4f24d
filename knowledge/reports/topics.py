"""How many people asked about what, per day: counts only, no text, and none of a topic that few asked about.

A sender counts once a day for a topic (by a salted hash that is dropped after 24 hours, as for the limits).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.reports.model import ReportError
from knowledge.reports.senders import forget_senders, hashed, salt
from knowledge.reports.sqlite_file import opened

LEAST = 5
"""People on one day below which a topic of a period is not shown at all."""
_TOPIC = re.compile(r"[a-z][a-z0-9_./-]{0,63}")


@dataclass(frozen=True)
class TopicCount:
    """``n``: people, summed over the days of the period (somebody who asked on two days counts twice)."""

    topic: str
    n: int


class TopicCounts:
    """Counts of topics ("nearby/heat_shelter", "rule/73-9") in the file of the reports."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def count(self, topic: str, day: dt.date, sender: str, now: dt.datetime) -> None:
        """Count a sender for a topic on a day, once. ``topic``: a skill and a kind, never words of a message."""
        if not _TOPIC.fullmatch(topic):
            raise ReportError(f"{topic!r} is no topic: a skill and a kind such as nearby/heat_shelter is.")
        at = now.timestamp()
        with opened(self.path, changing=True) as db:
            about = hashed(salt(self.path, at), sender, topic, day.isoformat())
            forget_senders(db, at)
            if db.execute("SELECT 1 FROM sending WHERE about = ?", (about,)).fetchone():
                return
            db.execute("INSERT INTO sending VALUES ('topic', '', ?, ?)", (about, at))
            db.execute(
                "INSERT INTO topic VALUES (?, ?, 1) ON CONFLICT (day, topic) DO UPDATE SET n = n + 1",
                (day.isoformat(), topic),
            )

    def most(self, start: dt.date, end: dt.date, k: int = 10) -> list[TopicCount]:
        """The topics most people asked about from ``start`` to ``end``, those with LEAST people on some day."""
        if not self.path.exists():
            return []
        with opened(self.path) as db:
            rows = db.execute(
                "SELECT topic, sum(n) FROM topic WHERE day BETWEEN ? AND ? GROUP BY topic HAVING max(n) >= ? "
                "ORDER BY 2 DESC, 1 LIMIT ?",
                (start.isoformat(), end.isoformat(), LEAST, k),
            ).fetchall()
        return [TopicCount(topic, n) for topic, n in rows]


def count(topic: str, day: dt.date, sender: str) -> None:
    """Count one sender for a topic in this installation's store; raises ReportError."""
    from knowledge.reports.opening import address

    TopicCounts(address()).count(topic, day, sender, dt.datetime.now(dt.timezone.utc))
