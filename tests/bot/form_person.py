"""Somebody who goes through a form of the running bot, and what may be left of it afterwards."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
import urllib.request
from pathlib import Path

from tests.bot.test_running import Person

WORDS = re.compile(r"[^\W\d_]{2,}(\W+[^\W\d_]{2,})+")
"""Two words or more: what can be told from an id or a kind in a slot."""


class Teller(Person):
    """Speaks one language; ``said`` holds every message."""

    def __init__(self, address: str, language: str) -> None:
        super().__init__(address)
        self.address, self.language = address, language
        self.said: list[str] = []

    def tell(self, message, location=None):
        """Every Answer to one message."""
        self.said.append(message)
        metadata = {"location": {"lat": location[0], "lon": location[1]}} if location else {}
        return self.ask(message, metadata=metadata)

    def one(self, message, **more):
        """The Answer, where one is all there may be."""
        found = self.tell(message, **more)
        assert len(found) == 1, (message, [each["text"][:80] for each in found])
        return found[0]

    def all(self, *messages):
        """The last Answer of several messages in a row."""
        return [self.tell(message) for message in messages][-1][-1]

    def fetch(self, url: str) -> tuple[int, str, bytes]:
        """Status, media type and body of a file offered in an Answer."""
        with urllib.request.urlopen(self.address + url, timeout=60) as reply:
            return reply.status, reply.headers.get_content_type(), reply.read()


def leftovers(home: Path, people: list[Teller]) -> list[str]:
    """Messages whose words stand in a stored event or a log, and a line for each circuit breaker that tripped."""
    with sqlite3.connect(home / "conversations.sqlite") as db:
        stored = [json.dumps(json.loads(data), ensure_ascii=False) for (data,) in db.execute("select data from events")]
    logs = [path.read_text("utf-8", "replace") for path in (home / "logs").glob("*.log")]
    kept = "\n".join([*stored, *logs])
    said = {message for person in people for message in person.said if WORDS.search(message)}
    tripped = ["circuit breaker"] if any("circuit breaker" in log.lower() for log in logs) else []
    return sorted(message for message in said if message in kept) + tripped


def slots(home: Path, sender: str) -> dict[str, object]:
    """What the stored conversation of a person on the REST channel holds now."""
    from bot.turn import hashed

    found: dict[str, object] = {}
    with sqlite3.connect(home / "conversations.sqlite") as db:
        rows = db.execute("select data from events where sender_id = ? order by id", (hashed(sender, "rest"),))
        for event in (json.loads(data) for (data,) in rows):
            if event["event"] == "session_started":
                found.clear()
            if event["event"] == "slot":
                found[event["name"]] = event["value"]
            if event["event"] == "active_loop":
                found["active_loop"] = event["name"]
    return found


def let_time_pass(home: Path, sender: str, by: dt.timedelta) -> None:
    """Make the stored conversation older than it is."""
    from bot.turn import hashed

    with sqlite3.connect(home / "conversations.sqlite") as db:
        query = "select id, timestamp, data from events where sender_id = ?"
        for number, at, data in db.execute(query, (hashed(sender, "rest"),)).fetchall():
            older = at - by.total_seconds()
            event = json.dumps({**json.loads(data), "timestamp": older})
            db.execute("update events set timestamp = ?, data = ? where id = ?", (older, event, number))
