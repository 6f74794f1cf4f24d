"""The name under which a file that this service makes is kept, from its address (``Answer.files``). Pure."""

from __future__ import annotations

import urllib.parse

ENDINGS = {"checklist": ".md", "calendar": ".ics", "docx": ".docx", "pdf": ".pdf"}
"""``file=`` of an address -> ending; a system's own table of media types may not know all of them."""


def file_name(address: str) -> str:
    """``/data/festival?file=pdf&…`` is kept as ``ansim-festival.pdf``; without an ending for an unknown kind."""
    path, _, query = address.partition("?")
    kind = (urllib.parse.parse_qs(query).get("file") or [""])[0]
    stem = "".join(letter for letter in path.rsplit("/", 1)[-1] if letter.isascii() and letter.isalnum())
    return f"ansim-{stem or 'file'}{ENDINGS.get(kind, '')}"
