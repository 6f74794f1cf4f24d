"""Learn how much each kind of evidence counts: ``python -m index.learn QUESTIONS.jsonl``.

A log-linear ranking: the chance that a paragraph is the right one is a softmax over all paragraphs
of the weighted sum of its features; the weights (not negative) maximise the chance of the gold
paragraphs, with an L2 penalty. Figures that are printed are cross-validated: each question is
ranked by weights that were learned without it. Writes ``index/ranking.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.metrics import first_article, first_provision, matches, wilson
from index.ranking import RANKING
from index.search import Searcher
from index.settings import settings
from knowledge.library import decree

FEATURES = {
    "en": (
        "text.dense",
        "question_en.dense",
        "plain_en.dense",
        "question_en.english",
        "joint_en.english",
        "article_en.english",
    ),
    "ko": (
        "question_ko.korean",
        "plain_ko.korean",
        "title_ko.korean",
        "joint_ko.korean",
        "article_ko.korean",
        "joint_ko.ngrams",
        "article_ko.ngrams",
    ),
}
PENALTY = 0.02
FOLDS = 10
Array = np.ndarray


def fit(features: Array, gold: Sequence[Sequence[int]], penalty: float = PENALTY) -> Array:
    """Weights (features,) from features (questions, targets, features) and the gold targets of each."""
    from scipy.optimize import minimize
    from scipy.special import logsumexp

    kept = [i for i, found in enumerate(gold) if found]
    x = features[kept].astype(float)
    right = np.zeros(x.shape[:2], dtype=bool)
    for row, i in enumerate(kept):
        right[row, list(gold[i])] = True

    def loss(weights: Array) -> tuple[float, Array]:
        scores = x @ weights
        all_mass = logsumexp(scores, axis=1)
        masked = np.where(right, scores, -np.inf)
        right_mass = logsumexp(masked, axis=1)
        pull = np.exp(scores - all_mass[:, None]) - np.exp(masked - right_mass[:, None])
        gradient = np.einsum("nt,ntd->d", pull, x) / len(x) + 2 * penalty * weights
        return float(np.mean(all_mass - right_mass) + penalty * weights @ weights), gradient

    start = np.full(x.shape[2], 0.2)
    done = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start))
    return np.asarray(done.x)


def collect(searcher: Searcher, rows: Sequence[dict[str, Any]], language: str) -> tuple[Array, list[list[int]]]:
    """Features and gold targets of the questions of one language."""
    found, gold = [], []
    for row in rows:
        evidence = searcher.evidence(row["question"], language)
        found.append(np.stack([evidence.features[name] for name in FEATURES[language]], axis=1))
        gold.append([i for i, t in enumerate(searcher.targets) if any(matches(t, g) for g in row["gold"])])
    return np.stack(found), gold


def cross_validate(
    features: Array, gold: list[list[int]], rows: Sequence[dict[str, Any]], targets: Sequence[str]
) -> dict[str, Any]:
    """Recall of questions ranked by weights learned without them (10 folds, fixed seed)."""
    order = np.random.default_rng(0).permutation(len(rows))
    article: list[int | None] = []
    provision: list[int | None] = []
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        train = np.setdiff1d(order, test)
        weights = fit(features[train], [gold[i] for i in train])
        for i in test:
            ranked = [targets[t] for t in np.argsort(-(features[i] @ weights), kind="stable")[:80]]
            article.append(first_article(ranked, rows[i]["article"]))
            provision.append(first_provision(ranked, rows[i]["gold"]))
    figures: dict[str, Any] = {"n": len(rows)}
    for k in (1, 3, 5):
        hits = sum(1 for rank in article if rank and rank <= k)
        figures[f"article@{k}"] = round(hits / len(rows), 3)
        figures[f"article@{k} interval"] = [round(v, 3) for v in wilson(hits, len(rows))]
    figures["provision@1"] = round(sum(1 for rank in provision if rank == 1) / len(rows), 3)
    return figures


def main(argv: Sequence[str]) -> int:
    rows = [json.loads(line) for name in argv for line in Path(name).read_text("utf-8").splitlines() if line.strip()]
    if not rows:
        print("usage: python -m index.learn QUESTIONS.jsonl", file=sys.stderr)
        return 2
    flat = {language: dict.fromkeys(names, 1.0) for language, names in FEATURES.items()}
    shelf = decree()
    opened = Searcher.open(settings().folder, shelf, settings().encoder)
    searcher = opened.with_weights(flat)
    weights: dict[str, dict[str, float]] = {}
    report: dict[str, Any] = {}
    for language, names in FEATURES.items():
        mine = [row for row in rows if row["lang"] == language]
        features, gold = collect(searcher, mine, language)
        report[language] = cross_validate(features, gold, mine, searcher.targets)
        learned = fit(features, gold)
        weights[language] = {name: round(float(w), 3) for name, w in zip(names, learned, strict=True)}
        print(language, json.dumps(report[language]), json.dumps(weights[language]))
    RANKING.write_text(json.dumps({"weights": weights, "cross_validated": report}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
