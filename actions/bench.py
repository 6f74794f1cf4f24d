"""Speed, memory and quality of this product beside plain bm25s and plain MiniLM + FAISS, in one run."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from actions.evaluate import in_process, over_rest, read_rows
from index.encoder import load_encoder
from index.lexical import LexicalIndex
from index.metrics import first_article, percentile
from index.passages import TEXT, Passage, build_passages
from index.tokens import english
from index.vectors import VectorIndex
from knowledge.library import decree
from nlu.texts import texts

Rank = Callable[[str, str], tuple[list[str], float]]
ROUNDS = 3


def run_bench(file: str | None, rest: str | None, as_json: bool) -> int:
    """Print one line a system: recall@1 and @5 per language (with a question set), p50 and p95 of a question."""
    rows = read_rows(Path(file), ("lang", "question", "article")) if file else _examples()
    passages = [p for p in build_passages(decree()) if p.view == TEXT and p.provision.count("/") == 1]
    systems: dict[str, Rank] = {
        "bm25s (paragraphs)": plain_bm25(passages),
        "MiniLM + FAISS (paragraphs)": plain_dense(passages),
        "ansim, in process": _ours(in_process()),
    }
    if rest:
        systems["ansim, over REST"] = _ours(over_rest(rest))
    lines = [{"system": name, **measure(rank, rows)} for name, rank in systems.items()]
    memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    if as_json:
        print(json.dumps({"questions": len(rows), "rounds": ROUNDS, "systems": lines, "peak_memory_mb": memory}))
        return 0
    print(f"{len(rows)} questions, {ROUNDS} rounds; latency in ms a question, recall by article")
    heads = [key for key in lines[-1] if key != "system"]
    print(f"{'':28}" + "".join(f"{head:>12}" for head in heads))
    for line in lines:
        print(f"{line['system']:28}" + "".join(f"{line[head]!s:>12}" for head in heads))
    print(f"peak memory of this process {memory} MB")
    return 0


def measure(rank: Rank, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Recall once, latency over all rounds (median of the rounds' percentiles, with their spread)."""
    rank(rows[0]["question"], rows[0]["lang"])
    figures: dict[str, Any] = {}
    rounds: list[list[float]] = []
    for turn in range(ROUNDS):
        spent, found = [], []
        for row in rows:
            ranked, ms = rank(row["question"], row["lang"])
            spent.append(ms)
            found.append(first_article(ranked, row["article"]) if row["article"] else None)
        rounds.append(spent)
        if turn == 0 and all(row["article"] for row in rows):
            for language in sorted({row["lang"] for row in rows}):
                mine = [f for f, row in zip(found, rows, strict=True) if row["lang"] == language]
                for k in (1, 5):
                    figures[f"{language} @{k}"] = round(sum(1 for f in mine if f and f <= k) / len(mine), 3)
    for share in (0.5, 0.95):
        values = sorted(percentile(spent, share) for spent in rounds)
        figures[f"p{round(share * 100)}"] = round(values[len(values) // 2], 1)
        figures[f"p{round(share * 100)} ±"] = round((values[-1] - values[0]) / 2, 1)
    return figures


def plain_bm25(passages: Sequence[Passage]) -> Rank:
    lexical = LexicalIndex.build([p.text for p in passages], "english")
    return _timed(lambda question: lexical.scores(english(question)), passages)


def plain_dense(passages: Sequence[Passage]) -> Rank:
    encoder = load_encoder("minilm")
    vectors = VectorIndex.build(encoder.encode([p.text for p in passages]))
    return _timed(lambda question: vectors.scores(encoder.encode([question])[0]), passages)


def _timed(score: Callable[[str], Any], passages: Sequence[Passage]) -> Rank:
    def rank(question: str, _: str) -> tuple[list[str], float]:
        begin = time.perf_counter()
        best = (-score(question)).argsort(kind="stable")[:40]
        return [passages[i].provision for i in best], (time.perf_counter() - begin) * 1000

    return rank


def _ours(ask: Callable[[str, str], tuple[dict[str, Any], list[str], float]]) -> Rank:
    def rank(question: str, language: str) -> tuple[list[str], float]:
        _, ranked, spent = ask(question, language)
        return ranked, spent

    return rank


def _examples() -> list[dict[str, Any]]:
    return [
        {"lang": language, "question": question, "article": []}
        for language in ("en", "ko")
        for question in texts("example", language)
    ]
