"""A bounded queue that keeps the order within a chat, and the memory of what was taken already."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable

logger = logging.getLogger(__name__)
Job = Callable[[], Awaitable[None]]
MOST_JOBS = 500
WORKERS = 8
CLAIM_SECONDS = 24 * 3600
"""Telegram keeps what it could not deliver for 24 hours (getUpdates, setWebhook)."""
MOST_CLAIMS = 50_000


class Line:
    """Jobs of one key run one after another in the order they came, those of different keys side by side."""

    def __init__(self, most: int = MOST_JOBS, workers: int = WORKERS) -> None:
        self._most, self._waiting = most, 0
        self._free = asyncio.Semaphore(workers)
        self._jobs: dict[Hashable, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return self._waiting

    def put(self, key: Hashable, job: Job) -> bool:
        """False when the line is full; the job is not taken then."""
        if self._waiting >= self._most:
            return False
        self._waiting += 1
        if key in self._jobs:
            self._jobs[key].append(job)
            return True
        self._jobs[key] = deque([job])
        task = asyncio.get_running_loop().create_task(self._work(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _work(self, key: Hashable) -> None:
        jobs = self._jobs[key]
        while jobs:
            async with self._free:
                job = jobs.popleft()
                try:
                    await job()
                except Exception as error:  # one job must not stop those behind it
                    logger.error("A job failed: %s", type(error).__name__)
                finally:
                    self._waiting -= 1
        del self._jobs[key]

    async def close(self, seconds: float) -> None:
        """Wait for what is in the line, but no longer than ``seconds``; then stop it."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


class Claims:
    """Each number is taken once, within ``seconds``, unless it was released because its work failed."""

    def __init__(self, seconds: float = CLAIM_SECONDS, most: int = MOST_CLAIMS) -> None:
        self._seconds, self._most = seconds, most
        self._taken: OrderedDict[int, float] = OrderedDict()

    def claim(self, number: int) -> bool:
        """True for the first who asks."""
        now = time.monotonic()
        while self._taken and (
            len(self._taken) >= self._most or next(iter(self._taken.values())) < now - self._seconds
        ):
            self._taken.popitem(last=False)
        if number in self._taken:
            return False
        self._taken[number] = now
        return True

    def release(self, number: int) -> None:
        self._taken.pop(number, None)
