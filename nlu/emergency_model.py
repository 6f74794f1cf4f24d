"""The learned half of the detector: two linear models over hashed features, applied with numpy.

``weights.danger``: (buckets,) for emergency or not; ``weights.kinds``: (kinds, small buckets) for which.
Features are letter runs that ignore spacing (and, in Hangul, single jamo, so that a slip in one sound
leaves most of them), words and word pairs, the signs of the lexicon, and what the words speak of, which
carries a situation over to words and a language in which it was not learned.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlu import emergency_text
from nlu.emergency_lexicon import Signs, signs

BUCKETS, KIND_BUCKETS = 1 << 18, 1 << 13
"""So many that most letter runs of an unknown message meet an empty bucket and say nothing, rather than what
another run has learned."""
WEIGHTS = Path(__file__).parent / "data" / "emergency_weights.npz"
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
LATIN_RUNS, HANGUL_RUNS, JAMO_RUNS = (2, 3, 4), (1, 2), (3, 5)
RUN_LENGTH, WORD_LENGTH, SIGN, CONCEPT = 1.3, 0.8, 0.25, 0.25
"""Share of each group of features: Euclidean length of the two open groups, value of one sign, of one concept."""


def jamo(text: str) -> str:
    """Hangul syllables spelt out, everything else dropped."""
    spelt: list[str] = []
    for char in text:
        code = ord(char) - 0xAC00
        if 0 <= code < 11172:
            spelt += (_LEADS[code // 588], _VOWELS[code % 588 // 28], _TAILS[code % 28].strip())
    return "".join(spelt)


def _runs(text: str, lengths: tuple[int, ...], name: str) -> set[str]:
    padded = f"^{text}$"
    return {name + padded[i : i + n] for n in lengths for i in range(len(padded) - n + 1)}


def _sign_features(found: Signs) -> list[str]:
    danger, counter = bool(found.danger), sorted(found.counter)
    features = [f"D:{kind}" for kind in found.danger] + [f"E:{kind}" for kind in found.event]
    features += [f"M:{mark}" for mark in found.marks] + [f"C:{reason}" for reason in counter]
    features += [f"n:{min(3, len(counter))}", f"d:{danger}", f"dn:{danger}:{min(2, len(counter))}"]
    features += [f"dC:{danger}:{reason}" for reason in counter]
    features += [f"dM:{danger}:{mark}" for mark in found.marks]
    return features


def features(cleaned: str, found: Signs | None = None) -> dict[str, float]:
    """Feature name -> value of a cleaned text."""
    found = signs(cleaned) if found is None else found
    squashed, spaced = emergency_text.squash(cleaned), emergency_text.words(cleaned)
    runs = _runs(squashed, LATIN_RUNS if squashed.isascii() else HANGUL_RUNS, "c")
    sounds = jamo(squashed)
    if sounds:
        runs |= _runs(sounds, JAMO_RUNS, "j")
    split = spaced.split()
    terms = {f"w{word}" for word in split} | {f"b{a} {b}" for a, b in pairwise(split)}
    values = dict.fromkeys(runs, RUN_LENGTH / math.sqrt(len(runs) or 1))
    values |= dict.fromkeys(terms, WORD_LENGTH / math.sqrt(len(terms) or 1))
    values |= dict.fromkeys(_sign_features(found), SIGN)
    values |= dict.fromkeys((f"K:{name}" for name in found.concepts), CONCEPT)
    values["?"] = SIGN if cleaned.rstrip().endswith("?") else 0.0
    return values


def hashed(values: dict[str, float], buckets: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Bucket numbers and values; the hash is the same on every machine and run."""
    places = np.fromiter((crc32(name.encode("utf-8", "replace")) % buckets for name in values), np.int64)
    return places, np.fromiter(values.values(), np.float64)


@dataclass(frozen=True)
class Weights:
    """``danger`` (BUCKETS,), ``kinds`` (n, KIND_BUCKETS), with their biases and names."""

    danger: npt.NDArray[np.float32]
    bias: float
    kinds: npt.NDArray[np.float32]
    kind_bias: npt.NDArray[np.float32]
    names: tuple[str, ...]


def narrowed(values: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], float]:
    """Whole steps from -127 to 127 and the size of one: a quarter of the room, no answer lost."""
    step = float(np.abs(values).max()) / 127 or 1.0
    return np.round(values / step).astype(np.int8), step


def _widened(stored: Mapping[str, Any], name: str) -> npt.NDArray[np.float32]:
    steps: npt.NDArray[np.float32] = stored[name].astype(np.float32)
    return np.multiply(steps, np.float32(stored[f"{name}_step"]), dtype=np.float32)


@functools.cache
def weights() -> Weights | None:
    """The trained weights; None when the file is missing or broken: then the lexicon works alone."""
    try:
        with np.load(WEIGHTS, allow_pickle=False) as stored:
            return Weights(
                _widened(stored, "danger"),
                float(stored["bias"]),
                _widened(stored, "kinds"),
                stored["kind_bias"].astype(np.float32),
                tuple(str(name) for name in stored["names"]),
            )
    except (OSError, KeyError, ValueError):
        return None


def danger(values: dict[str, float]) -> float:
    """Probability that the text is an emergency now; 0.5, no opinion, without weights."""
    trained = weights()
    if trained is None:
        return 0.5
    places, amounts = hashed(values, BUCKETS)
    return 1 / (1 + math.exp(-float(trained.danger[places] @ amounts) - trained.bias))


def kinds(values: dict[str, float]) -> dict[str, float]:
    """Probability of each kind, given that it is an emergency; empty without weights."""
    trained = weights()
    if trained is None:
        return {}
    places, amounts = hashed(values, KIND_BUCKETS)
    scores = trained.kinds[:, places] @ amounts + trained.kind_bias
    shares = np.exp(scores - scores.max())
    return dict(zip(trained.names, (shares / shares.sum()).tolist(), strict=True))
