"""Senders as salted hashes, for limits only. The salt lies beside the store, not in it, and lives 24 hours.

So a copy of the store (a backup, an export) tells nothing about who sent what, and a hash of yesterday cannot be
told from chance.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
from pathlib import Path

KEPT_S = 24 * 3600.0
"""How long a hash and its salt are kept, seconds."""
_SIZE = 32


def salt(store: Path, now: float) -> bytes:
    """The salt of the day; call it inside the store's write transaction, so that two processes share one."""
    path = store.with_name(f"{store.name}.salt")
    try:
        made, value = path.read_bytes().split(b"\n", 1)
        if 0 <= now - float(made) < KEPT_S and len(value) == _SIZE:
            return value
    except (OSError, ValueError):
        pass  # there is none yet, or it is not whole: a new one only starts the limits anew
    value = secrets.token_bytes(_SIZE)
    fresh = path.with_name(f"{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(f"{now}\n".encode() + value)
    fresh.replace(path)
    return value


def hashed(key: bytes, *parts: str) -> str:
    """A keyed hash of these parts, 128 bits in hexadecimal."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:32]


def forget_senders(db: sqlite3.Connection, now: float) -> None:
    """Drop hashes older than a day (and those of a clock that ran ahead)."""
    db.execute("DELETE FROM sending WHERE at <= ? OR at > ?", (now - KEPT_S, now + KEPT_S))
