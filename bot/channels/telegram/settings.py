"""Settings of the Telegram channel, from the environment. Token and secret are never shown."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

OFFICIAL_API = "https://api.telegram.org"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{10,}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""Telegram allows 1 to 256 of these characters (setWebhook, secret_token); fewer than 16 can be guessed."""


@dataclass(frozen=True)
class TelegramSettings:
    """``address``: the public https address under which Telegram reaches this bot, "" when set by hand;
    ``api``: the Bot API server."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    address: str
    api: str

    @property
    def bot_id(self) -> int:
        return int(self.token.split(":", 1)[0])

    @property
    def webhook(self) -> str:
        """Where Telegram posts updates; "" when no public address is set."""
        return f"{self.address}/webhooks/telegram/webhook" if self.address else ""


def read_settings(secret_needed: bool = True) -> TelegramSettings | None:
    """None when no token is set. Raises ValueError, in one sentence without the value, for what cannot work."""
    token = os.environ.get("ANSIM_TELEGRAM_TOKEN") or ""
    if not token:
        return None
    if not _TOKEN.fullmatch(token):
        raise ValueError("ANSIM_TELEGRAM_TOKEN is not a bot token; copy it whole from @BotFather.")
    secret = os.environ.get("ANSIM_TELEGRAM_SECRET") or ""
    if secret_needed and not _SECRET.fullmatch(secret):
        raise ValueError("ANSIM_TELEGRAM_SECRET must be 16 to 256 letters, digits, _ or -.")
    address = (os.environ.get("ANSIM_TELEGRAM_ADDRESS") or "").rstrip("/")
    api = (os.environ.get("ANSIM_TELEGRAM_API") or OFFICIAL_API).rstrip("/")
    return TelegramSettings(token, secret, address, api)
