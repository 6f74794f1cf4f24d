"""Settings of the KakaoTalk channel, read once from the environment. Without a path and a bot id it is off."""

from __future__ import annotations

import functools
import hmac
import logging
import os
import re
from dataclasses import dataclass

logger = logging.getLogger(__name__)
_PATH = re.compile(r"[A-Za-z0-9_-]{16,128}")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
DEADLINE_SECONDS = 4.3
"""When a reply goes out at the latest: Kakao waits 5 s, and the way back takes some of it."""


@dataclass(frozen=True)
class KakaoSettings:
    """``path``: the secret last part of the skill's address; ``bots``: ids whose requests are answered.

    ``loopback``: answers may also be posted to this machine over plain HTTP, for tests.
    ``address``: this service's public https address without a slash at its end, for buttons that fetch files; or "".
    """

    path: str
    bots: frozenset[str]
    loopback: bool = False
    address: str = ""

    @property
    def on(self) -> bool:
        return bool(self.path and self.bots)

    def is_path(self, given: str) -> bool:
        """In constant time; False whenever the channel is off."""
        return self.on and hmac.compare_digest(given.encode("utf-8", "replace"), self.path.encode())

    def is_bot(self, given: str) -> bool:
        return any(hmac.compare_digest(given.encode("utf-8", "replace"), bot.encode()) for bot in self.bots)


@functools.cache
def kakao_settings() -> KakaoSettings:
    """ANSIM_KAKAO_PATH, _BOT_ID (several parted by commas), _CALLBACK_LOOPBACK=1; ANSIM_PUBLIC_ADDRESS."""
    return read_settings(dict(os.environ))


def read_settings(environment: dict[str, str]) -> KakaoSettings:
    """The settings in an environment. A path that could be guessed counts as none: the channel stays off."""
    path = environment.get("ANSIM_KAKAO_PATH") or ""
    bots = frozenset(part.strip() for part in (environment.get("ANSIM_KAKAO_BOT_ID") or "").split(",") if part.strip())
    if path and not _PATH.fullmatch(path):
        logger.warning("KakaoTalk is off: ANSIM_KAKAO_PATH must be 16 to 128 letters, digits, - or _.")
        path = ""
    elif bool(path) != bool(bots):
        missing = "ANSIM_KAKAO_BOT_ID" if path else "ANSIM_KAKAO_PATH"
        logger.warning("KakaoTalk is off: %s is not set.", missing)
    loopback = environment.get("ANSIM_KAKAO_CALLBACK_LOOPBACK") == "1"
    return KakaoSettings(path, bots, loopback, _address((environment.get("ANSIM_PUBLIC_ADDRESS") or "").strip()))


def _address(given: str) -> str:
    """An address that files cannot be fetched from counts as none: people are told where else to get them."""
    if given and not _ADDRESS.fullmatch(given):
        logger.warning("ANSIM_PUBLIC_ADDRESS must be https://host, with a path at most; files are not linked.")
        return ""
    return given.rstrip("/")
