"""Answers a repeated request once: the page sends the same key again when a reply got lost.

Replies are kept in memory for ten minutes at most, a bounded number of them, and nowhere else; one that
answers somebody's shared location for one minute.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

KEEP_SECONDS = 600
KEEP_PLACE_SECONDS = 60
MOST = 2000

Replies = list[dict[str, Any]]


class Once:
    """The same (sender, key) gets the same replies, also while the first request still runs."""

    def __init__(self, keep_seconds: float = KEEP_SECONDS, most: int = MOST) -> None:
        self._keep, self._most = keep_seconds, most
        self._kept: OrderedDict[tuple[str, str], tuple[float, asyncio.Task[Replies]]] = OrderedDict()

    async def run(
        self, sender: str, key: str | None, turn: Callable[[], Awaitable[Replies]], keep: float | None = None
    ) -> Replies:
        """Run a turn, or return what it gave before. Without a key it always runs.

        ``keep``: seconds after which this reply is dropped, also when nothing else is asked by then.
        """
        if not key:
            return await turn()
        self._forget()
        found = self._kept.get((sender, key))
        if found is None:
            task: asyncio.Task[Replies] = asyncio.ensure_future(_as_coroutine(turn))
            self._kept[(sender, key)] = (time.monotonic(), task)
            if keep is not None:
                asyncio.get_running_loop().call_later(keep, self._kept.pop, (sender, key), None)
        else:
            task = found[1]
        # a request that is cut off must not cancel the turn that its repeat will ask for
        return await asyncio.shield(task)

    def drop(self, sender: str) -> None:
        """Forget the replies to one sender."""
        for key in [key for key in self._kept if key[0] == sender]:
            del self._kept[key]

    def _forget(self) -> None:
        old = time.monotonic() - self._keep
        while self._kept and (len(self._kept) >= self._most or next(iter(self._kept.values()))[0] < old):
            self._kept.popitem(last=False)


async def _as_coroutine(turn: Callable[[], Awaitable[Replies]]) -> Replies:
    return await turn()
