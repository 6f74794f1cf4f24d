"""Checks a draft in a process of its own: a file that hangs its reader, or fills the memory, ends with it.

Run as ``python -m actions.draft_apart`` it is that process: the draft's bytes in, the check as JSON out.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import sys
from asyncio.subprocess import Process
from pathlib import Path
from typing import Any

from actions.draft_check import DraftCheck, PartFound, Shown, check_draft
from actions.draft_reading import SLOW, DraftLine

SECONDS = 15.0
"""A plan of 150 pages is read in a third of it on one core."""
MEMORY = 1024**3
"""Bytes of address space; the check of a plan takes a tenth."""
PROJECT = Path(__file__).resolve().parent.parent


class ApartError(Exception):
    """The process failed; the message is the error's name and no word of the draft."""


class Reader:
    """Reads drafts apart. From the first one on a further process waits with its word lists loaded (30 MB)."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._spare: asyncio.Task[Process] | None = None

    async def check(self, data: bytes, name: str = "") -> DraftCheck:
        """``check_draft`` in a process of its own; its problem is SLOW when it was not done in time.

        Raises ApartError when the process fails.
        """
        waiting, self._spare = self._spare, asyncio.ensure_future(_started())
        process = await (waiting or _started())
        try:
            said, _ = await asyncio.wait_for(process.communicate(data), self._seconds)
        except asyncio.TimeoutError:
            return DraftCheck(name, "", SLOW)
        finally:
            await _end(process)  # also when whoever asked is gone
        return dataclasses.replace(_read(said), name=name)

    async def close(self) -> None:
        """End the process that waits."""
        waiting, self._spare = self._spare, None
        if waiting is not None:
            await _end(await waiting)


async def _started() -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "actions.draft_apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # may hold words of the draft
        cwd=PROJECT,
    )


async def _end(process: Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _read(said: bytes) -> DraftCheck:
    try:
        row = json.loads(said)
    except ValueError:
        raise ApartError("no answer") from None
    if "failed" in row:
        raise ApartError(str(row["failed"]))
    parts = tuple(PartFound(**{**part, "shown": tuple(map(_shown, part["shown"]))}) for part in row["parts"])
    hints = tuple((hint, _shown(shown) if shown else None) for hint, shown in row["hints"])
    return DraftCheck(row["name"], row["kind"], row["problem"], parts, hints)


def _shown(row: dict[str, Any]) -> Shown:
    return Shown(row["text"], DraftLine(**row["line"]), row["cut"])


def main() -> int:
    _limit()
    check_draft(b"-")  # loads the word lists while nobody waits
    try:
        said = dataclasses.asdict(check_draft(sys.stdin.buffer.read()))
    except Exception as error:  # whatever broke, who waits must hear of it; its text may hold words of the draft
        said = {"failed": type(error).__name__}
    json.dump(said, sys.stdout)
    return 0


def _limit() -> None:
    """No more memory than MEMORY, nor, when nobody is left to end this process, much more time than SECONDS."""
    import resource

    os.nice(5)  # answers to people who ask come first
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS * 2), int(SECONDS * 2)))


if __name__ == "__main__":
    sys.exit(main())
