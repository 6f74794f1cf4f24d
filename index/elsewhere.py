"""What lies nearer: the decree's own notes, or a topic that the decree does not decide?

Topics (``knowledge.elsewhere``) stand beside the law's texts in indexes of their own, pooled with what is
said about the law, so that the scores of both sides can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Vectors
from index.lexical import LexicalIndex
from index.passages import JOINT_EN, JOINT_KO, QUESTION_EN, QUESTION_KO, Passage
from index.tokens import TOKENIZERS
from index.vectors import VectorIndex
from knowledge.elsewhere import Topic

POOLED = {
    "en": (("joint.english", JOINT_EN, "english"), ("question.english", QUESTION_EN, "english")),
    "ko": (
        ("joint.korean", JOINT_KO, "korean"),
        ("question.korean", QUESTION_KO, "korean"),
        ("question.ngrams", QUESTION_KO, "ngrams"),
        ("joint.ngrams", JOINT_KO, "ngrams"),
    ),
}
"""By language: (name, view of the law's side, tokenizer) of each pooled word index."""
NEIGHBOURS = 10
NAME = "elsewhere"


@dataclass(frozen=True)
class _Side:
    """Texts of the topics in one index and which topic each belongs to."""

    texts: tuple[str, ...]
    owners: np.ndarray[Any, Any]


def _side(topics: Sequence[Topic], language: str, joint: bool) -> _Side:
    texts: list[str] = []
    owners: list[int] = []
    for number, topic in enumerate(topics):
        said = [topic.said(language)] if joint else [topic.topic[language], *topic.questions[language]]
        texts += said
        owners += [number] * len(said)
    return _Side(tuple(texts), np.array(owners, dtype=np.int64))


def texts_to_encode(topics: Sequence[Topic], languages: Sequence[str]) -> list[str]:
    """Texts of the topics in the languages an encoder reads, in the order of the stored vectors."""
    return [text for language in POOLED if language in languages for text in _side(topics, language, False).texts]


class ElsewhereIndex:
    """Compares a question with both sides. Safe to use from several threads."""

    def __init__(
        self,
        topics: Sequence[Topic],
        passages: Sequence[Passage],
        vectors: VectorIndex | None,
        lexical: dict[str, LexicalIndex],
        languages: Sequence[str],
    ) -> None:
        self._topics, self._vectors, self._lexical = topics, vectors, lexical
        self._sides = {(lang, joint): _side(topics, lang, joint) for lang in ("en", "ko") for joint in (True, False)}
        begin, self._rows = 0, {}
        for language in (language for language in POOLED if language in languages):
            size = len(self._sides[(language, False)].texts)
            self._rows[language] = slice(begin, begin + size)
            begin += size
        self._own = {
            view: sum(1 for p in passages if p.view == view) for view in (JOINT_EN, JOINT_KO, QUESTION_EN, QUESTION_KO)
        }

    @staticmethod
    def write(
        folder: Path, topics: Sequence[Topic], passages: Sequence[Passage], languages: Sequence[str], vectors: Vectors
    ) -> None:
        """``vectors``: of ``texts_to_encode`` in these languages."""
        if len(vectors):
            VectorIndex.build(vectors).save(folder / f"{NAME}.faiss")
            said = {"languages": list(languages), "texts": texts_to_encode(topics, languages)}
            (folder / f"{NAME}.json").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        for language, indexes in POOLED.items():
            for name, view, tokenizer in indexes:
                own = [p.text for p in passages if p.view == view]
                others = _side(topics, language, name.startswith("joint")).texts
                if own and others:
                    LexicalIndex.build([*own, *others], tokenizer).save(folder / NAME / f"{language}.{name}")

    @staticmethod
    def known(folder: Path) -> dict[str, Vectors]:
        """Texts of the topics and their vectors, as an index folder holds them."""
        path = folder / f"{NAME}.json"
        if not path.exists():
            return {}
        rows = VectorIndex.load(folder / f"{NAME}.faiss").rows()
        return dict(zip(json.loads(path.read_text("utf-8"))["texts"], rows, strict=True))

    @classmethod
    def read(cls, folder: Path, topics: Sequence[Topic], passages: Sequence[Passage]) -> ElsewhereIndex | None:
        """None when the index was built without topics."""
        if not topics or not (folder / NAME).exists():
            return None
        path = folder / f"{NAME}.faiss"
        lexical = {}
        for language, indexes in POOLED.items():
            for name, view, tokenizer in indexes:
                size = sum(1 for p in passages if p.view == view)
                size += len(_side(topics, language, name.startswith("joint")).texts)
                lexical[f"{language}.{name}"] = LexicalIndex.load(
                    folder / NAME / f"{language}.{name}", tokenizer, size
                )
        if not path.exists():
            return cls(topics, passages, None, lexical, ())
        languages = json.loads((folder / f"{NAME}.json").read_text("utf-8"))["languages"]
        return cls(topics, passages, VectorIndex.load(path), lexical, languages)

    def compare(
        self, question: str, language: str, vector: Vectors | None, own_cosines: Vectors | None
    ) -> tuple[dict[str, float], str]:
        """Signs for the scope decision, and the id of the topic that lies nearest ("" for none).

        ``own_cosines``: of the question with the law's example questions.
        """
        signs: dict[str, float] = {}
        votes = np.zeros(len(self._topics))
        if vector is not None and self._vectors is not None and own_cosines is not None:
            scores = self._vectors.scores(vector)[self._rows[language]]
            signs |= _signs("else dense", scores, own_cosines, 1.0)
            np.maximum.at(votes, self._sides[(language, False)].owners, scores)
        tokens: dict[str, list[str]] = {}
        for name, view, tokenizer in POOLED[language]:
            if tokenizer not in tokens:
                tokens[tokenizer] = TOKENIZERS[tokenizer](question)
            words = tokens[tokenizer]
            index = self._lexical.get(f"{language}.{name}")
            if index is None:
                continue
            scores = index.scores(words)
            own = self._own[view]
            signs |= _signs(f"else {name}", scores[own:], scores[:own], float(len(words) + 1))
            best = float(scores.max()) or 1.0
            side = self._sides[(language, name.startswith("joint"))]
            part = np.zeros(len(self._topics))
            np.maximum.at(part, side.owners, scores[own:])
            votes += part / best
        return signs, self._topics[int(votes.argmax())].id if votes.any() else ""


def _signs(name: str, others: Vectors, own: Vectors, size: float) -> dict[str, float]:
    """The best of each side, their difference, and the share of the topics among the nearest texts."""
    best_other, best_own = float(others.max()), float(own.max())
    count = min(NEIGHBOURS, len(others), len(own))
    top_other, top_own = -np.sort(-others)[:count], -np.sort(-own)[:count]
    pooled = sorted([(float(s), 1) for s in top_other] + [(float(s), 0) for s in top_own], reverse=True)[:NEIGHBOURS]
    weights = np.array([max(score, 0.0) for score, _ in pooled]) ** 2
    share = float(np.dot(weights, [side for _, side in pooled]) / weights.sum()) if weights.sum() > 0 else 0.5
    return {
        f"{name} best": best_other / size,
        f"{name} margin": (best_other - best_own) / size,
        f"{name} ratio": (best_other - best_own) / (abs(best_other) + abs(best_own) + 1e-6),
        f"{name} near": share,
        f"{name} mean margin": float(top_other[:3].mean() - top_own[:3].mean()) / size,
    }
