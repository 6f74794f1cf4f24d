"""What the action server makes in advance once it listens: a picture and the files, off the event loop."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys

from actions import warm_later
from tests.listening import listening

HEAVY = ("matplotlib.backends.backend_agg", "docx", "fpdf", "icalendar")


def test_what_is_slow_to_load_is_loaded_and_nothing_of_it_by_the_import(catalogue):
    code = (
        f"import sys\nfrom actions import warm_later\nheavy = {HEAVY}\n"
        "print([name for name in heavy if name in sys.modules])\nwarm_later.warm()\n"
        "print([name for name in heavy if name not in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "[]"], done.stdout
    assert "failed" not in done.stderr


async def test_it_begins_after_the_server_listens_and_holds_nobody_up(catalogue):
    from actions import places_routes

    def register(app) -> None:
        places_routes.attach(app)
        warm_later.attach(app, pause=0.0)

    async with listening(register) as (_, app):
        task = app.ctx.warm_later
        assert not task.done()
        turns = 0
        while not task.done():
            await asyncio.sleep(0.001)
            turns += 1
        assert task.exception() is None
        assert turns > 5  # the loop went on meanwhile


def test_what_fails_is_told_in_few_words_and_nothing_else_happens(caplog):
    def broken() -> None:
        raise RuntimeError("a secret path")

    with caplog.at_level(logging.WARNING):
        warm_later._tried(broken)
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
