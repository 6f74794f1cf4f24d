"""Which pages may speak to the socket.io channel from a browser, read once from the environment."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable
from typing import Any

SETTING = "ANSIM_SOCKETIO_ORIGINS"
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?")
Check = Callable[[str | None, dict[str, Any]], bool]


@functools.cache
def origins() -> frozenset[str]:
    """ANSIM_SOCKETIO_ORIGINS; raises ValueError, in one sentence, for what is no origin."""
    return read_origins(os.environ.get(SETTING) or "")


def read_origins(given: str) -> frozenset[str]:
    """Origins such as ``https://www.city.example``, apart by blanks or commas; raises ValueError."""
    found = frozenset(each.lower().rstrip("/") for each in re.split(r"[\s,]+", given) if each)
    for each in found:
        if _ORIGIN.fullmatch(each) is None:
            raise ValueError(f"{SETTING} must hold addresses such as https://www.city.example, not {each[:80]!r}.")
    return found


def may_speak(allowed: frozenset[str]) -> Check:
    """A check of a request's origin (None: no browser) against its environ: the own host and those allowed.

    A web socket is open to every page on the web unless the server refuses, whatever CORS headers say.
    """

    def check(origin: str | None, environ: dict[str, Any]) -> bool:
        if origin is None:
            return False
        host = origin.lower().partition("://")[2]
        return origin.lower() in allowed or (bool(host) and host == str(environ.get("HTTP_HOST")).lower())

    return check
