"""How long a person at a socket.io widget waits: ``python -m tests.bot.socketio.bench_socketio [questions]``.

Starts the whole bot on free ports; a new person asks each question, one after the other, over a web socket
and again by polling.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.channels.kakao.bench import QUESTIONS
from tests.bot.socketio.person import TRANSPORTS, Person


def main() -> int:
    """Print median and 95th percentile in milliseconds."""
    from bot.launcher import running

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as servers:
        asyncio.run(measure(servers.address, number))
    return 0


async def measure(address: str, number: int) -> None:
    for transport in TRANSPORTS:
        first = await ask(address, transport, QUESTIONS[0])
        asked = itertools.islice(itertools.cycle(QUESTIONS), number)
        took = sorted([await ask(address, transport, each) for each in asked])
        median, p95 = statistics.median(took), took[int(len(took) * 0.95)]
        print(f"{transport}: first {first:.0f} ms; {number} questions: median {median:.0f} ms, p95 {p95:.0f} ms")


async def ask(address: str, transport: str, question: str) -> float:
    """Milliseconds from a question of somebody new, already connected, to the whole Answer."""
    async with Person(address, transport) as me:
        begin = time.perf_counter()
        await me.ask(question)
        return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    sys.exit(main())
