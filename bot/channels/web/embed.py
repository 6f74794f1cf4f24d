"""Who may show the chat in a frame, and the widget that does it: nobody unless whoever runs the bot says so."""

from __future__ import annotations

import functools
import json
import os
import re
from pathlib import Path

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?", re.I)
STATIC = Path(__file__).parent / "static"


@functools.cache
def origins() -> tuple[str, ...]:
    """ANSIM_EMBED_ORIGINS, read once; raises ValueError, in one sentence, for what is no origin."""
    return read_origins(os.environ.get("ANSIM_EMBED_ORIGINS") or "")


def read_origins(given: str) -> tuple[str, ...]:
    """Origins such as ``https://www.city.example``, apart by blanks or commas; raises ValueError."""
    found = tuple(dict.fromkeys(each.lower().rstrip("/") for each in re.split(r"[\s,]+", given) if each))
    for each in found:
        if _ORIGIN.fullmatch(each) is None:
            raise ValueError(
                f"ANSIM_EMBED_ORIGINS must hold addresses such as https://www.city.example, not {each[:80]!r}."
            )
    return found


def frame_ancestors() -> str:
    """The value of that directive of the page's policy."""
    return " ".join(origins()) or "'none'"


def widget() -> str:
    """The script of the widget with the origins that may frame the chat; elsewhere its button opens a tab."""
    return f"const ORIGINS = {json.dumps(list(origins()))};\n" + (STATIC / "widget.js").read_text("utf-8")
