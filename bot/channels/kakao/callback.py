"""The later answer: one POST to the address that Kakao gave with the request, within its minute."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

logger = logging.getLogger(__name__)
HOST = "kakao.com"
MINUTE = 55.0
"""Seconds after the request; the address is good for one minute."""
POST_SECONDS = 5.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_callback(address: str, loopback: bool = False) -> bool:
    """True for an https address of Kakao's without user, port or odd signs; ``loopback``: also this machine."""
    if not address or not address.isascii() or not address.isprintable() or set(address) & set(" \\@"):
        return False
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if loopback and parts.scheme in ("http", "https") and host in _LOOPBACK:
        return True
    return parts.scheme == "https" and port in (None, 443) and (host == HOST or host.endswith(f".{HOST}"))


async def post(address: str, response: dict[str, Any]) -> bool:
    """Send it once, without redirects or a second try; True when Kakao took it. The address is never logged."""
    import httpx

    logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it writes whole addresses
    try:
        async with httpx.AsyncClient(timeout=POST_SECONDS, trust_env=False, follow_redirects=False) as client:
            answer = await client.post(address, json=response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        logger.error("A callback to KakaoTalk failed: %s", type(error).__name__)
        return False
    if answer.status_code != 200 or _status(answer) not in ("", "SUCCESS"):
        logger.error("KakaoTalk did not take a callback: %s %s", answer.status_code, _status(answer))
        return False
    return True


def _status(answer: Any) -> str:
    """SUCCESS, FAIL or ERROR; "" when the reply says none of it."""
    try:
        row = answer.json()
    except ValueError:
        return ""
    said = row.get("status") if isinstance(row, dict) else ""
    return said if said in ("SUCCESS", "FAIL", "ERROR") else ""
