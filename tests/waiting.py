"""Waiting for something to come true, however busy the machine is."""

from __future__ import annotations

import asyncio


async def until(true, seconds=20.0):
    """Until something is true, in the test's own event loop; fails when it does not become so."""
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not within {seconds} s")
