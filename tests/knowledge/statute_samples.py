"""Where the samples of the statute tests lie: our own small texts, and the real files beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.statute import Statute
from knowledge.statute_read import read_statute
from tests.conftest import SHARED

SAMPLES = Path(__file__).parent / "samples"
LAWS = SHARED / "data" / "law"
real = pytest.mark.skipif(not LAWS.exists(), reason="the statute files (../shared/data/law) are not on this machine")


def raw(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def sample(name: str = "umbrella_101.md") -> Statute:
    return read_statute(raw(name))


def real_files() -> list[Path]:
    return sorted(LAWS.rglob("*.md"))


def framework(number: str) -> Path:
    return next(iter((LAWS / "framework_act").glob(f"*_{number}_*")))
