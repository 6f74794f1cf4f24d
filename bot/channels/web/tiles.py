"""The map's background pictures: none unless whoever runs the bot names a tile server."""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"(https?://[a-z0-9.-]+(?::\d+)?)/[^\s\"'<>;,]*", re.I)


@dataclass(frozen=True)
class Tiles:
    """``url`` holds {z}, {x} and {y}; ``origin`` is its scheme and host, the one addition to the page's policy."""

    url: str
    origin: str
    attribution: str


@functools.cache
def tiles() -> Tiles | None:
    """ANSIM_TILE_URL with ANSIM_TILE_ATTRIBUTION; None when no address is set.

    Raises ValueError, in one sentence, for an address that is none or tiles without an attribution.
    """
    return read_tiles(os.environ.get("ANSIM_TILE_URL") or "", os.environ.get("ANSIM_TILE_ATTRIBUTION") or "")


def read_tiles(url: str, attribution: str) -> Tiles | None:
    """Check an address of tiles and its attribution; raises ValueError."""
    if not url:
        return None
    matched = _ADDRESS.fullmatch(url)
    if matched is None or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise ValueError("ANSIM_TILE_URL must be one https address with {z}, {x} and {y} in its path.")
    if not attribution.strip():
        raise ValueError("ANSIM_TILE_ATTRIBUTION must say whose the tiles are.")
    return Tiles(url, matched.group(1).lower(), attribution.strip())
