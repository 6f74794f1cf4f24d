"""Answers that were not ready in time, for the person who asks for theirs again.

In memory only: one a person, by the hash of their id, a bounded number, gone after five minutes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

KEEP_SECONDS = 300
MOST = 1000

Replies = list[dict[str, Any]]
Turn = asyncio.Task[Replies]


class Pending:
    """Turns that still run or whose replies nobody has seen."""

    def __init__(self, keep_seconds: float = KEEP_SECONDS, most: int = MOST) -> None:
        self._keep, self._most = keep_seconds, most
        self._turns: OrderedDict[str, tuple[Turn, asyncio.TimerHandle]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._turns)

    def put(self, who: str, turn: Turn) -> None:
        """Keep a person's turn instead of an earlier one; the oldest make room. It goes by itself in time."""
        known = self._turns.get(who)
        if known and known[0] is turn:
            return
        self._forget(who)
        while len(self._turns) >= self._most:
            self._forget(next(iter(self._turns)))
        timer = asyncio.get_running_loop().call_later(self._keep, self.take, who, turn)
        self._turns[who] = (turn, timer)

    def get(self, who: str) -> Turn | None:
        """The person's turn, running or done."""
        found = self._turns.get(who)
        return found[0] if found else None

    def take(self, who: str, turn: Turn) -> None:
        """The person has this turn's replies: forget them, unless a newer turn has taken their place."""
        found = self._turns.get(who)
        if found and found[0] is turn:
            self._forget(who)

    def _forget(self, who: str) -> None:
        """The timer holds the turn too, so both go."""
        found = self._turns.pop(who, None)
        if found:
            found[1].cancel()
