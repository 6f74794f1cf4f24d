"""Settings of this room, read once from the environment."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class IndexSettings:
    """``folder``: where the built index lies; ``encoder``: "minilm", "hash" or a hub model's name or path."""

    folder: Path
    encoder: str


@functools.cache
def settings() -> IndexSettings:
    return IndexSettings(
        Path(os.environ.get("ANSIM_INDEX_DIR") or PROJECT / ".ansim" / "index"),
        os.environ.get("ANSIM_ENCODER") or "minilm",
    )
