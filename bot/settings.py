"""Settings of this room, read once from the environment; the launcher passes them on."""

from __future__ import annotations

import functools
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class BotSettings:
    """``home``: folder for what is built and kept; ports of the chat and the action server.

    ``keep_hours``: how long a conversation is kept after its last event.
    """

    home: Path
    port: int
    actions_port: int
    interface: str
    turn_seconds: float
    keep_hours: int = 24

    @property
    def models(self) -> Path:
        return self.home / "models"

    @property
    def tracker_db(self) -> Path:
        return self.home / "conversations.sqlite"


@functools.cache
def settings() -> BotSettings:
    """Raises ValueError, in one sentence, for a port, a time or a number of hours that is none."""
    return BotSettings(
        Path(os.environ.get("ANSIM_HOME") or PROJECT / ".ansim"),
        _number("ANSIM_PORT", 5005),
        _number("ANSIM_ACTIONS_PORT", 5055),
        os.environ.get("ANSIM_INTERFACE") or "127.0.0.1",
        float(_number("ANSIM_TURN_SECONDS", 8)),
        _hours(),
    )


def _hours() -> int:
    hours = _number("ANSIM_KEEP_HOURS", 24)
    if hours < 1:
        raise ValueError("ANSIM_KEEP_HOURS must be at least 1.")
    return hours


def _number(name: str, otherwise: int) -> int:
    raw = os.environ.get(name) or str(otherwise)
    if not raw.isdigit():
        raise ValueError(f"{name} must be a whole number, not {raw!r}.")
    return int(raw)


def salt() -> bytes:
    """The secret that user ids are hashed with: ANSIM_SALT, else one made once for this home."""
    given = os.environ.get("ANSIM_SALT")
    if given:
        return given.encode()
    path = settings().home / "salt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()
