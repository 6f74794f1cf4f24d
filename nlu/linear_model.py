"""A small linear text classifier: character and word tf-idf into logistic regression.

Trained with scikit-learn; what is kept is a vocabulary and a matrix of weights, applied with numpy,
so that loading it needs no pickle and no scikit-learn.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

_SPACES = re.compile(r"\s+")
_SIGNS = re.compile(r"[^\w\s]")


def normal(text: str) -> str:
    """Lower case, signs and doubled spaces gone."""
    return _SPACES.sub(" ", _SIGNS.sub(" ", text.lower())).strip()


def grams(text: str) -> Counter[str]:
    """Whole words, pairs of words (the ends count as words), and the character 2- to 4-grams inside padded words."""
    words = normal(text).split()
    found = Counter(f"{one}_{next_one}" for one, next_one in pairwise(["^", *words, "$"]))
    for word in words:
        found[f"={word}"] += 1
        padded = f" {word} "
        for n in (2, 3, 4):
            found.update(padded[i : i + n] for i in range(len(padded) - n + 1))
    return found


class LinearModel:
    """``labels``: class names; ``weights``: float32 (classes, vocabulary); ``bias``: (classes,)."""

    def __init__(
        self, labels: Sequence[str], vocabulary: dict[str, int], idf: np.ndarray, weights: np.ndarray, bias: np.ndarray
    ) -> None:
        self.labels = list(labels)
        self._vocabulary, self._idf, self._weights, self._bias = vocabulary, idf, weights, bias

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str], strength: float = 40.0) -> LinearModel:
        """Fit on examples; classes are balanced, the result does not depend on their order."""
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression

        counted = [grams(text) for text in texts]
        spread = Counter(gram for counts in counted for gram in counts)
        vocabulary = {gram: i for i, gram in enumerate(sorted(g for g, n in spread.items() if n > 1))}
        idf = np.array([np.log((1 + len(texts)) / (1 + spread[g])) + 1 for g in vocabulary], dtype=np.float32)
        rows, columns, values = [], [], []
        for row, counts in enumerate(counted):
            for column, value in _vector(counts, vocabulary, idf):
                rows.append(row)
                columns.append(column)
                values.append(value)
        matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(vocabulary)))
        fitted = LogisticRegression(
            C=strength, class_weight="balanced", max_iter=1000, tol=1e-3, multi_class="multinomial"
        )
        fitted.fit(matrix, list(labels))
        return cls(
            list(fitted.classes_),
            vocabulary,
            idf,
            fitted.coef_.astype(np.float32),
            fitted.intercept_.astype(np.float32),
        )

    def probabilities(self, text: str) -> dict[str, float]:
        """Probability of every class, summing to one."""
        scores = self._bias.astype(np.float64).copy()
        for column, value in _vector(grams(text), self._vocabulary, self._idf):
            scores += value * self._weights[:, column]
        shares = np.exp(scores - scores.max())
        return dict(zip(self.labels, (shares / shares.sum()).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        np.savez_compressed(folder / "weights.npz", idf=self._idf, weights=self._weights, bias=self._bias)
        (folder / "vocabulary.json").write_text(
            json.dumps({"labels": self.labels, "vocabulary": list(self._vocabulary)}, ensure_ascii=False), "utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        words = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            return cls(
                words["labels"],
                {g: i for i, g in enumerate(words["vocabulary"])},
                arrays["idf"],
                arrays["weights"],
                arrays["bias"],
            )


def _vector(counts: Counter[str], vocabulary: dict[str, int], idf: np.ndarray) -> list[tuple[int, float]]:
    """Sparse unit vector: (column, sublinear tf x idf)."""
    known = [(vocabulary[g], (1 + np.log(n)) * idf[vocabulary[g]]) for g, n in counts.items() if g in vocabulary]
    length = float(np.sqrt(sum(v * v for _, v in known))) or 1.0
    return [(column, float(value) / length) for column, value in known]
