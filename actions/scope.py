"""Is this question answered by the text at all? A learned decision on words, meaning and coverage.

Two readers look at the question's words (character n-grams, every language) and at its vector
(languages the encoder reads); a third weighs their opinions together with how well the index covers
the question. ``python -m actions.train_scope`` learns all three and prints cross-validated figures.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.search import Found
from knowledge.library import decree
from knowledge.pointers import ACT, ORDINANCE, TABLE, find_pointers
from nlu.cues import cues, sounds_hostile
from nlu.language import ENGLISH, KOREAN
from nlu.linear_model import LinearModel

IN, NEAR_MISS, OUT_OF_DOMAIN, HOSTILE = "in", "near_miss", "out_of_domain", "hostile"
LABELS = (IN, NEAR_MISS, OUT_OF_DOMAIN, HOSTILE)
FOLDER = Path(__file__).resolve().parent.parent / "nlu" / "data" / "scope"
FLOOR = 1e-4
MANY_WORDS, PLAINLY = 6, 0.85
"""A few words and a number are a request for that provision, whatever the words."""
SURELY = 0.9
"""Share of P(hostile) that is enough without a hostile word, for a message that is not short."""
SHORT = {ENGLISH: 6, KOREAN: 3}
"""A message of fewer words is refused for a hostile word only: the readers see too little of it."""
TERSE, COVERED, APART = 7, 0.6, 8.0
POSSIBLE = {ENGLISH: 0.2, KOREAN: 0.3}
"""A terse question has so many words at most; it is answered all the same when the first match holds most of them,
leads the next article by so many z-scores, no matter that stands elsewhere is asked more like it, and P(in) is
this at least."""
NEARER = {ENGLISH: "else question.english margin", KOREAN: "else question.korean margin"}
_HELD = {
    name: re.compile(pattern, re.I)
    for name, pattern in {
        "amount": r"\bwon\b|\bexpenses?\b|\bprice\b|\bamount\b|\d+/100",
        "share": r"\d+/100|\bpercent|\bmajority\b|\bratio\b|\bhalf\b",
        "clock": r"\bminutes?\b|\bhours?\b|\bimmediately\b",
        "duration": r"\b(days?|weeks?|months?|years?)\b",
        "chair": r"\bchair",
        "level": r"\bgrades?\b|\blevels?\b|\bstages?\b|\bscale\b",
        "form": r"\bforms?\b",
        "place": r"\bwebsite\b|\baddress\b|\bweb\b",
        "gear": r"\b(extinguish|sprinkler|alarm|elevator|exit|explosive|firecracker|permit|licen[cs]e)",
        "my_place": r"\b(facilit|building|business|premises|restaurant|lodging|store)",
        "current": r"\b(each|every) year\b",
        "listed": r"\n1\. ",
        "fine": r"\badministrative fines?\b|\bpenalt",
    }.items()
}
"""What a provision's English words hold when they can answer a question with that hint."""
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Scope:
    """``label``: one of LABELS; ``kind``: what a near miss asks for (table, fine, act …); ``inside``: P(in)."""

    label: str
    kind: str
    inside: float


@dataclass(frozen=True)
class Softmax:
    """A multinomial logistic model: classes, weights (classes, features), bias, mean and scale of features."""

    labels: tuple[str, ...]
    weights: Array
    bias: Array
    mean: Array
    scale: Array

    def shares(self, features: Array) -> Array:
        """Probabilities of the classes, shape (rows, classes)."""
        scores = ((features - self.mean) / self.scale) @ self.weights.T + self.bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Judge:
    """The three readers of one language, the reader of kinds, and the share of P(in) that is enough."""

    words: LinearModel
    kinds: LinearModel
    meaning: Softmax | None
    verdict: Softmax
    signs: tuple[str, ...]
    threshold: float
    language: str

    def decide(self, question: str, found: Found) -> Scope:
        row = opinion_row(self, question, found)
        shares = dict(zip(self.verdict.labels, self.verdict.shares(row[None, :])[0].tolist(), strict=True))
        if shares[IN] >= self.threshold:
            return Scope(IN, "", shares[IN])
        label = max((name for name in LABELS if name != IN), key=lambda name: shares[name])
        if label == NEAR_MISS and terse_and_found(question, found, shares[IN], self.language):
            return Scope(IN, "", shares[IN])
        if label == HOSTILE and not self._surely_hostile(question, shares[HOSTILE]):
            label = self._harmless(question)
        kinds = self.kinds.probabilities(question)
        return Scope(label, max(kinds, key=lambda name: kinds[name]), shares[IN])


    def _surely_hostile(self, question: str, share: float) -> bool:
        """Whether there is evidence enough to refuse: a hostile word, or a longer message and a high share."""
        long = len(question.split()) >= SHORT[self.language]
        return sounds_hostile(question) or (long and share >= SURELY)

    def _harmless(self, question: str) -> str:
        """What a message without sign of ill will is: near the law by its words, or far from it."""
        words = self.words.probabilities(question)
        return NEAR_MISS if max(words, key=lambda name: words[name]) in (IN, NEAR_MISS) else OUT_OF_DOMAIN


def terse_and_found(question: str, found: Found, inside: float, language: str) -> bool:
    """Whether most of a terse question stands in what is said about its first match, far before the next."""
    signs = found.signs
    covered, lead = signs.get("covered first", 0.0), signs.get("lead", 0.0)
    if len(question.split()) > TERSE or inside < POSSIBLE[language] or signs.get(NEARER[language], 0.0) > 0.0:
        return False
    return covered >= COVERED and lead >= APART


def plainly_hostile(question: str, language: str) -> bool:
    """Whether the words alone are hostile beyond doubt, for a message that also names a provision."""
    if len(question.split()) < MANY_WORDS:
        return False
    return load_judge(language).words.probabilities(question)[HOSTILE] >= PLAINLY


def opinion_row(judge: Judge, question: str, found: Found) -> Array:
    """What the verdict weighs: log-shares of both readers, then the signs of coverage."""
    words = judge.words.probabilities(question)
    parts = [log_shares([words[name] for name in LABELS])]
    if judge.meaning is not None:
        vector = found.vector if found.vector is not None else np.zeros(judge.meaning.mean.shape, dtype=np.float32)
        shares = judge.meaning.shares(np.asarray(vector)[None, :])[0]
        order = [judge.meaning.labels.index(name) for name in LABELS]
        parts.append(log_shares(shares[order]))
    parts.append(sign_row(all_signs(question, found, judge.language), judge.signs))
    return np.concatenate(parts)


def all_signs(question: str, found: Found, language: str) -> dict[str, float]:
    """Coverage by the index, hints in the words, and what the best provisions point to."""
    law = decree().law
    quotes = [law.quote(hit.provision) for hit in found.hits[:3]]
    kinds = [{pointer.kind for pointer in find_pointers(quote)} for quote in quotes]
    pointing = {
        f"top {kind}": float(bool(kinds) and kind in kinds[0]) + 0.5 * any(kind in k for k in kinds[1:])
        for kind in (TABLE, ACT, ORDINANCE)
    }
    asked = cues(question, language)
    lacking = {
        f"lacks {name}": asked[f"cue {name}"] * float(not any(pattern.search(quote) for quote in quotes))
        for name, pattern in _HELD.items()
    }
    size = {"length": float(np.log1p(len(question))), "top size": float(np.log1p(len(quotes[0]))) if quotes else 0.0}
    return {**found.signs, **asked, **lacking, **pointing, **size}


def log_shares(shares: Sequence[float] | Array) -> Array:
    return np.asarray(np.log(np.maximum(np.asarray(shares, dtype=float), FLOOR)))


def sign_row(signs: Mapping[str, float], names: Sequence[str]) -> Array:
    return np.array([signs.get(name, 0.0) for name in names], dtype=float)


@functools.cache
def load_judge(language: str) -> Judge:
    """The trained judge of a language, from ``nlu/data/scope/<language>/``."""
    folder = FOLDER / language
    with np.load(folder / "judge.npz", allow_pickle=False) as arrays:
        stored = {name: arrays[name] for name in arrays.files}
    return Judge(
        LinearModel.load(folder / "words"),
        LinearModel.load(folder / "kinds"),
        _softmax(stored, "meaning") if "meaning_weights" in stored else None,
        _softmax(stored, "verdict"),
        tuple(str(name) for name in stored["signs"]),
        float(stored["threshold"]),
        language,
    )


def save_judge(judge: Judge) -> None:
    folder = FOLDER / judge.language
    for part in ("words", "kinds"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    judge.words.save(folder / "words")
    judge.kinds.save(folder / "kinds")
    arrays: dict[str, Any] = {"signs": np.array(judge.signs), "threshold": np.array(judge.threshold)}
    for name, model in (("meaning", judge.meaning), ("verdict", judge.verdict)):
        if model is not None:
            arrays |= {
                f"{name}_labels": np.array(model.labels),
                f"{name}_weights": model.weights.astype(np.float32),
                f"{name}_bias": model.bias.astype(np.float32),
                f"{name}_mean": model.mean.astype(np.float32),
                f"{name}_scale": model.scale.astype(np.float32),
            }
    np.savez_compressed(folder / "judge.npz", **arrays)


def _softmax(stored: Mapping[str, Array], name: str) -> Softmax:
    labels = tuple(str(label) for label in stored[f"{name}_labels"])
    return Softmax(
        labels,
        stored[f"{name}_weights"],
        stored[f"{name}_bias"],
        stored[f"{name}_mean"],
        stored[f"{name}_scale"],
    )
