"""A line between a browser and a server that can be cut, and an action server that takes its time."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.launcher import Stack


class BadLine:
    """Passes bytes on to ``port`` and back.

    ``cut_before``: these bytes and what follows do not pass, the line breaks there; ``broke`` is set when it did.
    """

    def __init__(self, port: int) -> None:
        self._port, self.cut_before, self.broke = port, b"", threading.Event()
        self._ends: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._ends += [near, far]
                for one, other, back in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._pass, args=(one, other, back), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, back: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                if back and self.cut_before and self.cut_before in data:
                    other.sendall(data[: data.index(self.cut_before)])
                    self.broke.set()
                    break
                other.sendall(data)
        _break(one, other)

    def cut(self) -> None:
        """Breaks everything that is under way, once a test saw what it waits for: what came before stays with the
        browser, which drops what it has not handed to the page yet."""
        _break(*self._ends)
        self._ends.clear()

    def close(self) -> None:
        self._listening.close()


def _break(*ends: socket.socket) -> None:
    for each in ends:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def slow_actions(webhook: str, wait: Callable[[], object]) -> Iterator[str]:
    """The address of a webhook that passes on to ``webhook`` when ``wait`` returns."""
    to = urllib.parse.urlsplit(webhook)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            wait()
            behind = http.client.HTTPConnection(to.netloc, timeout=60)
            behind.request("POST", to.path, body, {"Content-Type": "application/json"})
            found = behind.getresponse()
            said = found.read()
            self.send_response(found.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{to.path}"
    finally:
        server.shutdown()


@contextlib.contextmanager
def behind_slow_actions(bot: Stack, wait: Callable[[], object]) -> Iterator[None]:
    """Starts the bot's Rasa anew, with its action server behind ``slow_actions``; as it was before at the end."""
    webhook = bot.rasa.environment["ANSIM_ACTIONS_URL"]
    with slow_actions(webhook, wait) as slow:
        try:
            _anew(bot, slow)
            yield
        finally:
            _anew(bot, webhook)


def _anew(bot: Stack, webhook: str) -> None:
    bot.rasa.stop()
    bot.rasa.environment["ANSIM_ACTIONS_URL"] = webhook
    bot.rasa.start()
    bot.wait()
