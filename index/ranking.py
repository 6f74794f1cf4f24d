"""Fusion: how much each kind of evidence counts, read from ``ranking.json``."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.encoder import Vectors

RANKING = Path(__file__).with_name("ranking.json")


@functools.cache
def load_weights() -> dict[str, dict[str, float]]:
    """Weights by language and feature; a feature is ``<view>.dense`` or a lexical index's name."""
    weights: dict[str, dict[str, float]] = json.loads(RANKING.read_text("utf-8"))["weights"]
    return weights


def standardise(scores: Vectors) -> Vectors:
    """Scores as z-values (mean 0, deviation 1), 0 where all are alike."""
    deviation = float(scores.std())
    if deviation < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / deviation, dtype=np.float32)


def fuse(features: Mapping[str, Vectors], weights: Mapping[str, float]) -> Vectors:
    """The weighted sum of the features that are there; shape (targets,)."""
    total = None
    for name, weight in weights.items():
        if name in features and weight:
            part = weight * features[name]
            total = part if total is None else total + part
    if total is None:
        raise ValueError("no feature of the ranking is in this index")
    return np.asarray(total, dtype=np.float32)
