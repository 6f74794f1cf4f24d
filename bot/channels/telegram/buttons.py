"""Inline buttons whose 64 bytes of data carry what they say, or a short sign for it.

A text that fits travels in the button itself and works for ever; a longer one is kept here, in a bounded
table in memory, and its button carries a digest. The digest is keyed by chat, so that no chat can press
another's, and /forget can drop a chat's texts.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections import OrderedDict

DATA_BYTES = 64
"""InlineKeyboardButton, callback_data: 1 to 64 bytes."""
SAY, DIGEST, LANGUAGE, FILE = "s:", "d:", "l:", "f:"
MOST = 5000
KEEP_SECONDS = 24 * 3600


class Buttons:
    """What the buttons that were sent mean."""

    def __init__(self, most: int = MOST, seconds: float = KEEP_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._kept: OrderedDict[tuple[int, str], tuple[float, str]] = OrderedDict()

    def data(self, chat_id: int, text: str) -> str:
        """The callback_data of a button that says ``text``: at most 64 bytes."""
        if len((SAY + text).encode("utf-8", "replace")) <= DATA_BYTES:
            return SAY + text
        return DIGEST + self._keep(chat_id, text)

    def file_data(self, chat_id: int, address: str) -> str:
        """The callback_data of a button that fetches a file; its address holds facts and is always kept here."""
        return FILE + self._keep(chat_id, address)

    def _keep(self, chat_id: int, text: str) -> str:
        sign = _digest(text)
        self._kept.pop((chat_id, sign), None)
        self._kept[(chat_id, sign)] = (time.monotonic(), text)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return sign

    def address(self, chat_id: int, data: str) -> str | None:
        """The address that a file's button fetches; None when it was forgotten."""
        return self._found(chat_id, data.removeprefix(FILE))

    def text(self, chat_id: int, data: str) -> str | None:
        """What a pressed button says; None when it was forgotten or never ours."""
        if data.startswith(SAY):
            return data[len(SAY) :] or None
        if not data.startswith(DIGEST):
            return None
        return self._found(chat_id, data[len(DIGEST) :])

    def _found(self, chat_id: int, sign: str) -> str | None:
        found = self._kept.get((chat_id, sign))
        return found[1] if found and found[0] > time.monotonic() - self._seconds else None

    def forget(self, chat_id: int) -> None:
        for key in [key for key in self._kept if key[0] == chat_id]:
            del self._kept[key]


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:12]).decode()
