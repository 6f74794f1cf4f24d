"""Once the action server listens, it makes one picture and one set of files: the first person waits for no library.

Matplotlib and what sets the documents take a second or more to load on a quiet machine. Neither may hold up the
start, and neither may hold up the first questions, so a thread loads them a little later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 3.0
"""After the port is open: whoever waited for the start asks first."""
PICTURE = {"kind": "heat_shelter", "near": "37.3219,126.8309", "k": "3", "lang": "ko"}
FILES = ("docx", "pdf", "calendar")
FESTIVAL = {"lang": "ko", "people": "3000", "venue": "other", "start": "2026-05-05"}


def attach(app: Any, pause: float = PAUSE_SECONDS) -> None:
    """``app``: the SDK's Sanic app."""

    async def begin(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.warm_later = loop.create_task(_later(pause))

    async def end(app: Any, _: Any) -> None:
        app.ctx.warm_later.cancel()

    app.register_listener(begin, "after_server_start")
    app.register_listener(end, "before_server_stop")


async def _later(pause: float) -> None:
    await asyncio.sleep(pause)
    await asyncio.to_thread(warm)


def warm() -> None:
    """Make a picture and the files of a festival check; what fails is logged and fails again for who asks for it."""
    for make in (warm_picture, warm_files):
        _tried(make)


def _tried(make: Callable[[], object]) -> None:
    try:
        make()
    except Exception as error:  # only time would be lost, and the server must go on
        logger.warning("%s failed: %s", make.__name__, type(error).__name__)


def warm_picture() -> None:
    from actions.places_api import map_png
    from knowledge.catalogue.opening import open_catalogue

    map_png(PICTURE, open_catalogue)


def warm_files() -> None:
    from actions.festival_files import festival_file

    for kind in FILES:
        festival_file({**FESTIVAL, "file": kind})
