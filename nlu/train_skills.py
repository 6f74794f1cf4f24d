"""Trains the reader of what a message wants: ``python -m nlu.train_skills``.

Reads ``nlu/data/everyday.jsonl``, the examples of ``nlu/<language>/intents.yml``, the questions of our notes and those
of ``nlu/data/scope_questions.jsonl``; writes ``nlu/data/skill_weights.npz`` and prints, cross-validated, how many
everyday messages are read right, and how many questions on the law are taken for something else.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from knowledge.library import decree
from nlu import skill_reader
from nlu.emergency_model import narrowed
from nlu.intent_examples import examples_in
from nlu.language import LANGUAGES, detect
from nlu.skill_reader import BUCKETS, OTHER, Weights

DATA = Path(__file__).parent / "data"
STRENGTH, FOLDS = 12.0, 5
WANTS = ("rule", "nearby", "festival", "deadline", "duties", "report", "card", "data")
OF_INTENT = {
    "ask_rule": "rule",
    "ask_nearby": "nearby",
    "ask_card": "card",
    "ask_sources": "data",
    "ask_deadline": "deadline",
    "ask_duties": "duties",
    "start_festival": "festival",
    "start_report": "report",
}
SKIPPED = frozenset({"emergency", "follow_up"})
"""Intents whose examples say nothing of what a first message wants."""
OF_A_NOTE, NOTE_WEIGHT = 2, 1.0
"""Questions of each note and language, and the weight of one, as of a question near the law, beside an everyday
message's 1."""
FAR = frozenset({"out_of_domain", "hostile"})


@dataclass(frozen=True)
class Example:
    text: str
    language: str
    want: str
    weight: float = 1.0


def everyday() -> list[Example]:
    """Messages of everyday life; a label that is no skill counts as OTHER."""
    rows = map(json.loads, (DATA / "everyday.jsonl").read_text("utf-8").splitlines())
    return [Example(r["text"], r["language"], r["want"] if r["want"] in WANTS else OTHER) for r in rows]


def beside() -> list[Example]:
    """What else is learned from: the intents' examples, questions near and far from the law, and of our notes."""
    found = [
        Example(text, detect(text), OF_INTENT.get(intent, OTHER))
        for text, intent in examples_in()
        if intent not in SKIPPED
    ]
    lines = (DATA / "scope_questions.jsonl").read_text("utf-8").splitlines()
    found += [
        Example(row["question"], row["lang"], OTHER if row["label"] in FAR else "rule", NOTE_WEIGHT)
        for row in map(json.loads, lines)
    ]
    return found + [Example(text, detect(text), "rule", NOTE_WEIGHT) for text in questions()[0]]


def questions() -> tuple[list[str], list[str]]:
    """Questions of our notes: those learned from, and those kept back to measure."""
    learned: list[str] = []
    kept: list[str] = []
    for note in decree().notes.values():
        for asked in (note.questions_en, note.questions_ko):
            learned += asked[:OF_A_NOTE]
            kept += asked[OF_A_NOTE:]
    return learned, kept


def fit(rows: Sequence[Example]) -> Weights:
    """A multinomial logistic regression, the classes balanced."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    columns, values, starts = [], [], [0]
    for row in rows:
        places, amounts = skill_reader.hashed(row.text)
        columns.append(places)
        values.append(amounts)
        starts.append(starts[-1] + len(places))
    table = csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=(len(rows), BUCKETS))
    fitted = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
    fitted.fit(table, [row.want for row in rows], sample_weight=[row.weight for row in rows])
    return Weights(tuple(fitted.classes_), fitted.coef_.astype(np.float32), fitted.intercept_.astype(np.float32))


def inputs() -> str:
    """Digest of what the weights are learned from, so that a test can tell when they are old."""
    rows = sorted((row.text, row.want, row.weight) for row in everyday() + beside())
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def save(trained: Weights) -> None:
    matrix, step = narrowed(trained.matrix)
    np.savez_compressed(
        skill_reader.WEIGHTS,
        labels=np.array(trained.labels),
        matrix=matrix,
        step=step,
        bias=trained.bias,
        inputs=inputs(),
    )


def cross_validate() -> list[tuple[Example, str, float]]:
    """(message, what it was read as, how surely) for every everyday message, by weights that never saw it."""
    order = sorted(everyday(), key=lambda row: crc32(row.text.encode()))
    rest = beside()
    read = []
    for fold in range(FOLDS):
        trained = fit([row for i, row in enumerate(order) if i % FOLDS != fold] + rest)
        for row in order[fold::FOLDS]:
            found = skill_reader.shares(row.text, trained)
            best = max(found, key=lambda name: found[name])
            read.append((row, best, found[best]))
    return read


def report(read: Sequence[tuple[Example, str, float]]) -> None:
    for language in LANGUAGES:
        mine = [one for one in read if one[0].language == language]
        right = Counter(row.want for row, best, _ in mine if best == row.want)
        all_ = Counter(row.want for row, _, _ in mine)
        print(language, f"{right.total()}/{all_.total()}", {want: f"{right[want]}/{n}" for want, n in all_.items()})


def main() -> None:
    import argparse

    argparse.ArgumentParser(
        prog="python -m nlu.train_skills",
        description="Cross-validate the reader of what a message wants, train it, write its weights (minutes).",
    ).parse_args()
    read = cross_validate()
    report(read)
    for row, best, share in read:
        if best != row.want:
            print(f"  {row.want} read as {best} ({share:.2f}): {row.text}")
    trained = fit(everyday() + beside())
    save(trained)
    skill_reader.load.cache_clear()
    kept = questions()[1]
    taken = Counter(max(found, key=lambda name: found[name]) for found in map(skill_reader.shares, kept))
    print("questions of our notes, never learned from, read as", dict(taken))
    print(f"{skill_reader.WEIGHTS.name}: {skill_reader.WEIGHTS.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
