"""A line between a browser and a server that can be cut, and an action server that takes its time."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.launcher import Stack


class BadLine:
    """Passes bytes on to ``port`` and back.

    ``cut_after``: the line breaks soon after these bytes passed; not at once, for a browser drops what it has not
    handed to the page yet. ``cut_before``: these bytes and what follows do not pass, the line breaks there. ``broke``
    is set when it did.
    """

    def __init__(self, port: int) -> None:
        self._port, self.cut_after, self.cut_before, self.broke = port, b"", b"", threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                for one, other, back in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._pass, args=(one, other, back), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, back: bool) -> None:
        seen = b""
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                if back and self.cut_before and self.cut_before in data:
                    other.sendall(data[: data.index(self.cut_before)])
                    self.broke.set()
                    break
                other.sendall(data)
                seen = seen[-1000:] + data
                if back and self.cut_after and self.cut_after in seen:
                    time.sleep(0.3)
                    self.broke.set()
                    break
        for each in (one, other):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listening.close()


@contextlib.contextmanager
def slow_actions(webhook: str, seconds: float) -> Iterator[str]:
    """The address of a webhook that passes on to ``webhook`` after so many seconds."""
    to = urllib.parse.urlsplit(webhook)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(seconds)
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
def behind_slow_actions(bot: Stack, seconds: float) -> Iterator[None]:
    """Starts the bot's Rasa anew, with its action server behind ``slow_actions``; as it was before at the end."""
    webhook = bot.rasa.environment["ANSIM_ACTIONS_URL"]
    with slow_actions(webhook, seconds) as slow:
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
