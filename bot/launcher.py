"""Starts the action server and Rasa as child processes, waits until both are healthy, stops both."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import PROJECT, settings

START_SECONDS = 180
STOP_SECONDS = 10


class LaunchError(Exception):
    """Something did not start; the message is one sentence that says what to do."""


@dataclass
class Server:
    """One child process. ``url`` answers 200 when it is healthy; ``log`` holds its output."""

    name: str
    module: list[str]
    url: str
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.module],
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=PROJECT,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def check_alive(self) -> None:
        """Raises LaunchError with the last words of its log when the process has ended."""
        if self.process is not None and self.process.poll() is not None:
            lines = [
                line
                for line in self.log.read_text("utf-8", "replace").splitlines()
                if line.strip() and "Warning" not in line
            ]
            last = lines[-1][:200] if lines else "no output"
            raise LaunchError(f"{self.name} stopped with: {last} (see {self.log}).")

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(frozen=True)
class Stack:
    """The two servers of a running bot."""

    actions: Server
    rasa: Server

    @property
    def address(self) -> str:
        return self.rasa.url.removesuffix("/chat/health")

    def wait(self, progress: Callable[[str], None] = lambda _: None) -> None:
        """Until both are healthy; raises LaunchError when one ends or takes too long."""
        begin = time.monotonic()
        waiting = [self.actions, self.rasa]
        while waiting:
            for server in list(waiting):
                server.check_alive()
                if server.healthy():
                    waiting.remove(server)
                    progress(f"{server.name} is up")
            if time.monotonic() - begin > START_SECONDS:
                raise LaunchError(f"{waiting[0].name} did not answer within {START_SECONDS} s; see {waiting[0].log}.")
            time.sleep(0.2)

    def check_alive(self) -> None:
        self.actions.check_alive()
        self.rasa.check_alive()

    def stop(self) -> None:
        self.rasa.stop()
        self.actions.stop()


def stack(port: int | None = None, actions_port: int | None = None, home: Path | None = None) -> Stack:
    """Describe the two servers; raises LaunchError when a port is taken."""
    chat, actions = port or settings().port, actions_port or settings().actions_port
    logs = (home or settings().home) / "logs"
    for number in (chat, actions):
        if taken(number):
            raise LaunchError(
                f"Port {number} is in use; stop what runs there, or choose another with "
                f"{'--port' if number == chat else '--actions-port'}."
            )
    environment = {
        "ANSIM_PORT": str(chat),
        "ANSIM_ACTIONS_PORT": str(actions),
        "ANSIM_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
    }
    if home is not None:
        environment["ANSIM_TRACKER_DB"] = str(home / "conversations.sqlite")
    return Stack(
        Server(
            "Action server",
            ["actions.server", str(actions)],
            f"http://127.0.0.1:{actions}/health",
            logs / "actions.log",
            environment,
        ),
        Server("Rasa", ["bot.serve"], f"http://127.0.0.1:{chat}/chat/health", logs / "rasa.log", environment),
    )


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(home: Path) -> Iterator[Stack]:
    """A bot on free ports with its own conversations, for tests and benchmarks; stopped at the end."""
    with started(stack(free_port(), free_port(), home)) as servers:
        yield servers


@contextlib.contextmanager
def started(servers: Stack) -> Iterator[Stack]:
    """Both servers running and healthy; stopped at the end."""
    try:
        servers.actions.start()
        servers.rasa.start()
        servers.wait()
        yield servers
    finally:
        servers.stop()
