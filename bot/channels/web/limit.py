"""How often one address, and all together, may do a thing: counted in memory for a minute, kept nowhere."""

from __future__ import annotations

import time
from collections import Counter

EACH, ALL = 20, 300
"""In a minute."""


class Limit:
    """A fixed window of a minute. ``allow`` counts and says whether there was room."""

    def __init__(self, each: int = EACH, together: int = ALL, seconds: float = 60.0) -> None:
        self._each, self._together, self._seconds = each, together, seconds
        self._since = 0.0
        self._seen: Counter[str] = Counter()

    def allow(self, who: str, now: float | None = None) -> bool:
        """``now``: seconds of a steady clock (default: this machine's)."""
        at = time.monotonic() if now is None else now
        if at - self._since >= self._seconds:
            self._since, self._seen = at, Counter()
        if self._seen.total() >= self._together or self._seen[who] >= self._each:
            return False
        self._seen[who] += 1
        return True
