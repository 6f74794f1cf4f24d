"""The searcher: a question in, provisions out, with the parts of each score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Vectors, load_encoder
from index.passages import QUESTION_EN, QUESTION_KO, TEXT, VIEWS
from index.ranking import fuse, load_weights, standardise
from index.store import LEXICAL, StoredIndex, has_vector, read_index
from index.tokens import TOKENIZERS
from knowledge.library import Shelf

COVERAGE = {"en": "joint_en.english", "ko": "joint_ko.korean"}
"""The word index that says how much of a question's words a paragraph's texts hold."""
MAX_QUESTION = 2000
"""Characters of a question that are looked at."""


@dataclass(frozen=True)
class Hit:
    """A paragraph that was found. ``focus`` is the finest unit inside it that matched best.

    ``score`` is the fused z-score; ``parts`` says how much came from meaning and from words;
    ``cosine`` is the best plain cosine of the question with the paragraph's texts.
    """

    provision: str
    focus: str
    score: float
    parts: dict[str, float]
    cosine: float


class Searcher:
    """Searches one law's index. Safe to use from several threads: it holds no state of a question."""

    def __init__(
        self, stored: StoredIndex, encoder: Encoder, weights: Mapping[str, Mapping[str, float]] | None = None
    ) -> None:
        self._stored = stored
        self.targets = stored.manifest.targets
        self._encoder = encoder
        self._vectors = stored.vectors
        self._lexical = stored.lexical
        self._elsewhere = stored.elsewhere
        self._weights = weights or load_weights()
        self._passages = stored.passages
        self._folds = _Folds.of(stored, self.targets, encoder.languages)
        row_of = {p.provision: i for i, p in reversed(list(enumerate(stored.passages))) if p.view == TEXT}
        self._first_unit = np.array([row_of[target] for target in self.targets])

    @classmethod
    def open(cls, folder: Path, shelf: Shelf, encoder_name: str) -> Searcher:
        """Load an index folder and its encoder; raises SearchIndexError."""
        stored = read_index(folder, shelf, encoder_name)
        return cls(stored, load_encoder(encoder_name))

    def with_weights(self, weights: Mapping[str, Mapping[str, float]]) -> Searcher:
        """The same index ranked by other weights."""
        return Searcher(self._stored, self._encoder, weights)

    def search(self, question: str, k: int = 5, language: str = "en") -> list[Hit]:
        """The k best paragraphs, best first; empty for a question without words."""
        return self.find(question, k, language).hits

    def find(self, question: str, k: int = 5, language: str = "en") -> Found:
        """The k best paragraphs, and signs of how well the law covers the question at all."""
        question = question.strip()[:MAX_QUESTION]
        if not question or k < 1:
            return Found([], {})
        evidence = self.evidence(question, language)
        weights = self._weights[language]
        fused = fuse(evidence.features, weights)
        order = np.argsort(-fused, kind="stable")
        hits = [self._hit(int(t), float(fused[t]), evidence, weights) for t in order[:k]]
        signs = {**evidence.signs, **self._ranking_signs(fused, order), **self._coverage(question, order[:5], language)}
        nearer, topic = self._compare(question, language, evidence)
        return Found(hits, {**signs, **nearer}, evidence.vector, topic)

    def evidence(self, question: str, language: str) -> Evidence:
        """The features of every target that the language's ranking uses (before weighting)."""
        wanted = self._weights[language]
        features: dict[str, Vectors] = {}
        signs: dict[str, float] = {}
        size = len(self.targets)
        cosine, vector, asked = np.zeros(size, dtype=np.float32), None, None
        best_unit = self._first_unit
        if language in self._encoder.languages:
            vector = self._encoder.encode([question])[0]
            cosines = self._vectors.scores(vector)
            for view, fold in self._folds.dense.items():
                best = fold.maximum(cosines[fold.rows])
                signs[f"{view}.dense"] = float(best.max())
                if f"{view}.dense" in wanted:
                    features[f"{view}.dense"] = standardise(best)
            view = QUESTION_EN if language == "en" else QUESTION_KO
            if view in self._folds.dense:
                asked = cosines[self._folds.dense[view].rows]
            text = self._folds.dense[TEXT]
            cosine = text.maximum(cosines[text.rows])
            best_unit = self._folds.views[TEXT].rows[text.best(cosines[text.rows])]
        tokens: dict[str, list[str]] = {}
        for name, lexical in self._lexical.items():
            if name not in wanted:
                continue
            if lexical.tokenizer not in tokens:
                tokens[lexical.tokenizer] = TOKENIZERS[lexical.tokenizer](question)
            words = tokens[lexical.tokenizer]
            best = self._folds.views[LEXICAL[name][0]].maximum(lexical.scores(words))
            features[name] = standardise(best)
            signs[name] = float(best.max()) / (len(words) + 1)
            signs[f"{name} known"] = lexical.known(words)
        return Evidence(features, cosine, best_unit, signs, vector, asked)

    def _compare(self, question: str, language: str, evidence: Evidence) -> tuple[dict[str, float], str]:
        """Whether a topic that stands elsewhere lies nearer than the law, and which."""
        if self._elsewhere is None:
            return {}, ""
        return self._elsewhere.compare(question, language, evidence.vector, evidence.asked)

    def _coverage(self, question: str, best: np.ndarray, language: str) -> dict[str, float]:
        """How much of the question's words stands in what is said about the best paragraphs."""
        name = COVERAGE[language]
        if name not in self._lexical:
            return {}
        lexical = self._lexical[name]
        fold = self._folds.views[LEXICAL[name][0]]
        rows = [int(np.flatnonzero(fold.owner == t)[0]) for t in best]
        shares = lexical.coverage(TOKENIZERS[lexical.tokenizer](question), [int(fold.member[r]) for r in rows])
        return {"covered first": shares[0], "covered best": max(shares), "covered mean": float(np.mean(shares))}

    def _ranking_signs(self, fused: Vectors, order: np.ndarray) -> dict[str, float]:
        """Height of the best score, its lead over the best other article, and over the tenth."""
        article = self.targets[int(order[0])].split("/", 1)[0]
        other = next((int(t) for t in order if self.targets[int(t)].split("/", 1)[0] != article), int(order[0]))
        top = float(fused[order[0]])
        return {
            "top": top,
            "lead": top - float(fused[other]),
            "lead10": top - float(fused[order[min(9, len(order) - 1)]]),
        }

    def _hit(self, target: int, score: float, evidence: Evidence, weights: Mapping[str, float]) -> Hit:
        parts = {"dense": 0.0, "lexical": 0.0}
        for name, weight in weights.items():
            if name in evidence.features:
                kind = "dense" if name.endswith(".dense") else "lexical"
                parts[kind] += float(weight * evidence.features[name][target])
        return Hit(
            self.targets[target],
            self._passages[int(evidence.best_unit[target])].provision,
            score,
            {kind: round(value, 4) for kind, value in parts.items()},
            round(float(evidence.cosine[target]), 4),
        )


@dataclass(frozen=True)
class Found:
    """``hits``: best first; ``signs``: how well the question is covered, for the scope decision;
    ``vector``: the question's vector, when the encoder reads its language."""

    hits: list[Hit]
    signs: dict[str, float]
    vector: Vectors | None = None
    topic: str = ""
    """The matter that stands elsewhere and lies nearest to the question."""


@dataclass(frozen=True)
class Evidence:
    """``features``: z-scores by name, shape (targets,); ``cosine``: of the official text;
    ``best_unit``: row of the passage of the official text that matched best."""

    features: dict[str, Vectors]
    cosine: Vectors
    best_unit: np.ndarray
    signs: dict[str, float]
    vector: Vectors | None
    asked: Vectors | None
    """Cosines of the question with our example questions."""


@dataclass(frozen=True)
class _Fold:
    """Folds the scores of one view's passages into targets by taking the best."""

    rows: np.ndarray
    owner: np.ndarray
    member: np.ndarray
    size: int

    def maximum(self, scores: Vectors) -> Vectors:
        out = np.full(self.size, -np.inf, dtype=np.float32)
        np.maximum.at(out, self.owner, scores[self.member])
        low = float(scores.min()) if len(scores) else 0.0
        return np.where(np.isneginf(out), np.float32(low), out)

    def best(self, scores: Vectors) -> np.ndarray:
        """For each target the place of its best passage within the view."""
        order = np.argsort(scores[self.member], kind="stable")
        out = np.zeros(self.size, dtype=np.int64)
        out[self.owner[order]] = self.member[order]
        return out


@dataclass(frozen=True)
class _Folds:
    """``views``: rows count in the passages; ``dense``: rows count in the vectors, for the views that have them."""

    views: dict[str, _Fold]
    dense: dict[str, _Fold]

    @classmethod
    def of(cls, stored: StoredIndex, targets: tuple[str, ...], languages: tuple[str, ...]) -> _Folds:
        place = {target: i for i, target in enumerate(targets)}
        by_article: dict[str, list[int]] = {}
        for target, i in place.items():
            by_article.setdefault(target.split("/", 1)[0], []).append(i)
        vector_row = {
            row: i for i, row in enumerate(row for row, p in enumerate(stored.passages) if has_vector(p, languages))
        }
        views: dict[str, _Fold] = {}
        dense: dict[str, _Fold] = {}
        for view in VIEWS:
            rows = [i for i, p in enumerate(stored.passages) if p.view == view]
            if not rows:
                continue
            owner, member = [], []
            for m, row in enumerate(rows):
                parts = stored.passages[row].provision.split("/")
                found = by_article.get(parts[0], []) if len(parts) == 1 else [place["/".join(parts[:2])]]
                owner += found
                member += [m] * len(found)
            views[view] = _Fold(np.array(rows), np.array(owner), np.array(member), len(targets))
            if has_vector(stored.passages[rows[0]], languages):
                dense[view] = replace(views[view], rows=np.array([vector_row[row] for row in rows]))
        return cls(views, dense)
