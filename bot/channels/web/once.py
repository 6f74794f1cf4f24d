"""Answers a repeated request once: the page sends the same key again when a reply got lost.

Replies are kept in memory for ten minutes at most, a bounded number of them, and nowhere else; one that
answers somebody's shared location for one minute.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable

from bot.turn import Reply, Tell

KEEP_SECONDS = 600
KEEP_PLACE_SECONDS = 60
MOST = 2000

Run = Callable[[Tell], Awaitable[object]]
"""Runs a turn and tells each reply as it comes."""


class Turn:
    """The replies of one turn while they come; whoever listens hears all of them, from the first."""

    def __init__(self, run: Run) -> None:
        self._replies: list[Reply] = []
        self._ended, self._news = False, asyncio.Event()
        # its own task: a request that is cut off must not cancel the turn that its repeat will ask for
        self._task = asyncio.ensure_future(self._run(run))

    async def _run(self, run: Run) -> None:
        try:
            await run(self._tell)
        finally:
            self._ended = True
            self._news.set()

    def _tell(self, reply: Reply) -> None:
        self._replies.append(reply)
        self._news.set()
        self._news = asyncio.Event()

    async def each(self) -> AsyncIterator[Reply]:
        """One reply after another, each as soon as it is there; raises what the turn raised."""
        heard = 0
        while True:
            news = self._news
            while heard < len(self._replies):
                heard += 1
                yield self._replies[heard - 1]
            if self._ended:
                break
            await news.wait()
        await asyncio.shield(self._task)

    async def all(self) -> list[Reply]:
        """All replies, when the turn has ended."""
        return [reply async for reply in self.each()]


class Once:
    """The same (sender, key) gets the same replies, also while the first request still runs."""

    def __init__(self, keep_seconds: float = KEEP_SECONDS, most: int = MOST) -> None:
        self._keep, self._most = keep_seconds, most
        self._kept: OrderedDict[tuple[str, str], tuple[float, Turn]] = OrderedDict()

    def turn(self, sender: str, key: str | None, run: Run, keep: float | None = None) -> Turn:
        """Begin a turn, or return the one that was begun before. Without a key it is always a new one.

        ``keep``: seconds after which this turn is dropped, also when nothing else is asked by then.
        """
        if not key:
            return Turn(run)
        self._forget()
        found = self._kept.get((sender, key))
        if found is not None:
            return found[1]
        begun = Turn(run)
        self._kept[(sender, key)] = (time.monotonic(), begun)
        if keep is not None:
            asyncio.get_running_loop().call_later(keep, self._kept.pop, (sender, key), None)
        return begun

    def drop(self, sender: str) -> None:
        """Forget the replies to one sender."""
        for key in [key for key in self._kept if key[0] == sender]:
            del self._kept[key]

    def _forget(self) -> None:
        old = time.monotonic() - self._keep
        while self._kept and (len(self._kept) >= self._most or next(iter(self._kept.values()))[0] < old):
            self._kept.popitem(last=False)
