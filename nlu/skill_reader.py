"""What a message wants, where no pattern of ``nlu.route`` tells: a linear model over hashed words and runs of letters.

Trained by ``python -m nlu.train_skills`` on messages of everyday life (``nlu/data/everyday.jsonl``); the weights are
in the repository, so that the terminal and the dialogue read alike and nothing has to be built first.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlu.linear_model import grams

WEIGHTS = Path(__file__).parent / "data" / "skill_weights.npz"
BUCKETS = 1 << 16
OTHER = "other"
"""Small talk, complaints, and whatever this assistant is not for."""


@dataclass(frozen=True)
class Weights:
    """``labels``: what may be wanted; ``matrix``: float32 (labels, BUCKETS); ``bias``: (labels,)."""

    labels: tuple[str, ...]
    matrix: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]


def hashed(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Bucket numbers and values of a message; the values have length one, the hash is the same everywhere."""
    found = grams(text)
    places = np.fromiter((crc32(name.encode("utf-8", "replace")) % BUCKETS for name in found), np.int64)
    values = 1 + np.log(np.fromiter(found.values(), np.float64))
    return places, values / (np.linalg.norm(values) or 1.0)


def shares(text: str, weights: Weights | None = None) -> dict[str, float]:
    """Label -> probability, summing to one; empty when there are no weights. Never raises on any text."""
    weights = load() if weights is None else weights
    if weights is None:
        return {}
    places, values = hashed(text)
    scores = weights.bias + weights.matrix[:, places] @ values
    powers = np.exp(scores - scores.max())
    return dict(zip(weights.labels, (powers / powers.sum()).tolist(), strict=True))


@functools.cache
def load() -> Weights | None:
    """The trained weights, None where they are missing or broken: then the patterns of the route work alone."""
    try:
        with np.load(WEIGHTS, allow_pickle=False) as stored:
            matrix = stored["matrix"].astype(np.float32) * np.float32(stored["step"])
            return Weights(tuple(map(str, stored["labels"])), matrix, stored["bias"].astype(np.float32))
    except (OSError, ValueError, KeyError):
        return None
