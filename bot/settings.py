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
    """``home``: folder for what is built and kept; ports of the chat and the action server."""

    home: Path
    port: int
    actions_port: int
    interface: str
    turn_seconds: float

    @property
    def models(self) -> Path:
        return self.home / "models"

    @property
    def tracker_db(self) -> Path:
        return self.home / "conversations.sqlite"


@functools.cache
def settings() -> BotSettings:
    """Raises ValueError, in one sentence, for a port that is not a number."""
    return BotSettings(
        Path(os.environ.get("ANSIM_HOME") or PROJECT / ".ansim"),
        _number("ANSIM_PORT", 5005),
        _number("ANSIM_ACTIONS_PORT", 5055),
        os.environ.get("ANSIM_INTERFACE") or "127.0.0.1",
        float(_number("ANSIM_TURN_SECONDS", 8)),
    )


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
