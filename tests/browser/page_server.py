"""The real channels and pages over prepared answers: chat, provision pages, offline page, feedback.

Beside places_server.py: provisions are composed by the real code from the real law, and the pages come
from the real routes of the action server. Run as a program it is one of the two servers.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.launcher import free_port, taken
from tests.browser.places_server import answer_of

ROOT = Path(__file__).resolve().parents[2]
EMERGENCY = {"en": "my kitchen is on fire", "ko": "집에 불이 났어요"}


@dataclass
class Served:
    """Addresses of the chat's port and of the action server's."""

    address: str
    actions: str

    def let_go(self) -> None:
        """Lets what waits after "later" be sent; returns when it is. Waits itself until something does."""
        with urllib.request.urlopen(f"{self.address}{LET_GO}", timeout=WAITS_SECONDS):
            pass


def answer(case: str, language: str, location: dict[str, float] | None = None) -> dict[str, Any]:
    """``case``: "rule", "nothing" (no provision found), "emergency", or one of places_server."""
    from actions.compose_rule import compose_provision
    from knowledge.library import decree
    from nlu import emergency, replies

    if case == "rule":
        return compose_provision(decree(), "73-9/4", language).to_json()
    if case == "nothing":
        return replies.static("out_of_scope", language).to_json()
    if case == "danger":
        found = emergency.detect(EMERGENCY[language])
        assert found is not None
        return replies.emergency(found, language).to_json()
    return answer_of(language, case, location)


CASES = ("rule", "nothing", "danger", "near", "sections", "emergency", "law")
LET_GO = "/let-go"
"""After "later" an emergency's reply comes at once and a provision when this address was asked for, as from an action
that is slow: what a test looks at meanwhile stays as it is however long it takes."""
WAITS_SECONDS = 60


def front(port: int) -> None:
    """The chat's server: the web channel and the law's over the prepared dialogue."""
    from sanic import Sanic, response

    from bot.channels.law.channel import LawChannel
    from bot.channels.web.channel import WebChannel
    from nlu.language import detect

    opened: asyncio.Queue[asyncio.Event] = asyncio.Queue()

    async def let_go(_: Any) -> Any:
        sent = asyncio.Event()
        await opened.put(sent)
        await asyncio.wait_for(sent.wait(), WAITS_SECONDS)
        return response.empty()

    async def dialogue(message: Any) -> None:
        case = message.text.split()[-1] if message.text.split() else ""
        language = message.metadata.get("language") or detect(message.text)
        cases = ("danger", "rule") if case == "later" else (case if case in CASES else "here",)
        for at, each in enumerate(cases):
            sent = await asyncio.wait_for(opened.get(), WAITS_SECONDS) if at else None
            made = answer(each, language, message.metadata.get("location"))
            await message.output_channel.send_custom_json(message.sender_id, {"answer": made})
            if sent:
                sent.set()

    app = Sanic("ansim_pages", configure_logging=False)
    for channel in (WebChannel(), LawChannel()):
        app.blueprint(channel.blueprint(dialogue), url_prefix=channel.url_prefix())
    app.add_route(let_go, LET_GO)
    app.run("127.0.0.1", port, access_log=False)


def behind(port: int) -> None:
    """The action server's pages, without its index and models."""
    from sanic import Sanic

    from actions import draft_routes, feedback_routes, law_routes

    app = Sanic("ansim_pages_actions", configure_logging=False)
    law_routes.attach(app)
    feedback_routes.attach(app)
    draft_routes.attach(app)
    app.run("127.0.0.1", port, access_log=False)


@contextlib.contextmanager
def serving_pages(home: Path, **environment: str) -> Iterator[Served]:
    """Both servers on free ports, each in a process of its own, as in the product.

    The last word of a message names the case; Hangul makes the answer Korean. ``home``: where feedback is kept.
    """
    chat, actions = free_port(), free_port()
    served = Served(f"http://127.0.0.1:{chat}", f"http://127.0.0.1:{actions}")
    given = {**os.environ, "ANSIM_HOME": str(home), "ANSIM_ACTIONS_URL": f"{served.actions}/webhook", **environment}
    started = [
        subprocess.Popen([sys.executable, "-m", "tests.browser.page_server", name, str(port)], cwd=ROOT, env=given)
        for name, port in (("front", chat), ("behind", actions))
    ]
    try:
        for process, port in zip(started, (chat, actions), strict=True):
            _wait(process, port)
        yield served
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        if taken(port):
            return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


if __name__ == "__main__":
    {"front": front, "behind": behind}[sys.argv[1]](int(sys.argv[2]))
