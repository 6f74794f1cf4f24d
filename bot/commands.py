"""Commands of this room: up, serve, train, and its part of the doctor's report."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from bot.launcher import LaunchError, Stack, stack
from bot.settings import settings
from bot.training import model_path, train


class Steps:
    """Progress lines with the time since the start: ``[ 12.3 s] Index: reused``."""

    def __init__(self) -> None:
        self._begin = time.monotonic()

    def __call__(self, line: str) -> None:
        print(f"[{time.monotonic() - self._begin:6.1f} s] {line}", flush=True)


def run_train(force: bool) -> int:
    path, new = train(force)
    print(f"Model {'trained' if new else 'reused, nothing changed'}: {path.name}")
    return 0


def run_serve() -> int:
    from bot.serve import main

    return main()


def run_up(build: Callable[[Callable[[str], None]], None], port: int | None, actions_port: int | None) -> int:
    """Build what is not built, start both servers, wait, and stop both at Ctrl-C or when one ends.

    ``build`` makes the search index fresh (it belongs to another room).
    """
    say = Steps()
    servers = stack(port, actions_port)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _interrupt)
    try:
        build(say)
        servers.actions.start()
        say("Action server: starting")
        _train_aside(say)
        servers.rasa.start()
        say("Rasa: starting")
        servers.wait(say)
        _ready(servers, say)
        while True:
            time.sleep(1)
            servers.check_alive()
    except KeyboardInterrupt:
        say("Stopping.")
        return 0
    finally:
        servers.stop()


def _train_aside(say: Steps) -> None:
    """Train in a process of its own: what Rasa imports stays out of the launcher."""
    import subprocess
    import sys

    path = model_path()
    if path.exists():
        say("Dialogue model: reused, nothing changed")
        return
    say("Dialogue model: training")
    done = subprocess.run([sys.executable, "-m", "ansim", "train"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise LaunchError(f"The dialogue model could not be trained: {lines[-1] if lines else 'no output'}")
    say("Dialogue model: trained")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _ready(servers: Stack, say: Steps) -> None:
    say(f"Ready. Web chat: {servers.address}/chat/")
    print("  Try:    When must a festival safety plan be handed in?")
    print("  또는:   축제 안전관리계획은 언제까지 내야 하나요?")
    print("  Ctrl-C stops everything.", flush=True)


def report() -> list[tuple[str, bool, str]]:
    """(what, in order?, detail or how to mend it) for the doctor."""
    lines = [
        (
            "dialogue model",
            model_path().exists(),
            model_path().name if model_path().exists() else "not trained for these files; run `ansim train`",
        )
    ]
    from bot.launcher import Server

    for name, url in (
        ("web chat", f"http://127.0.0.1:{settings().port}/chat/health"),
        ("action server", f"http://127.0.0.1:{settings().actions_port}/health"),
    ):
        up = Server(name, [], url, settings().home).healthy()
        lines.append((name, up, f"answers at {url}" if up else f"not running at {url}; run `ansim up`"))
    return lines
