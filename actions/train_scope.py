"""Learn the scope decision: ``python -m actions.train_scope [EVAL_FOLDER]``.

Learns from three kinds of questions: our corpus (``nlu/data/scope_questions.jsonl``, its answerable ones
are hard look-alikes of the others), example questions of our notes searched in an index that was built
without them, and, when a folder is given, the development set in it. The readers' opinions that the
verdict learns from come from folds they were not trained on; the figures printed are cross-validated,
the threshold included.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from actions.compose_limits import only_points
from actions.scope import (
    HOSTILE,
    IN,
    LABELS,
    OUT_OF_DOMAIN,
    Array,
    Judge,
    Softmax,
    all_signs,
    log_shares,
    save_judge,
    sign_row,
)
from index.encoder import load_encoder
from index.metrics import wilson
from index.search import Searcher
from index.settings import settings
from index.store import read_index, write_index
from knowledge.library import decree
from nlu.linear_model import LinearModel

QUESTIONS = Path(__file__).resolve().parent.parent / "nlu" / "data" / "scope_questions.jsonl"
CORPUS, NOTES, TOPICS, DEVELOPMENT = "corpus", "notes", "topics", "development"
WEIGHT = {(CORPUS, IN): 0.4, (NOTES, IN): 1.0, (CORPUS, OUT_OF_DOMAIN): 0.4}
"""Of questions far from the laws there are many, and most are easy: weighed less, they do not press the others down."""
DEVELOPMENT_WEIGHT = 5.0
"""Development questions are few and most like what will be asked."""
FOLDS = 5
STRENGTH = 0.03
WRONGLY_REFUSED = 0.05
"""Share of held-out answerable questions that the threshold may cost."""
DEPTH = 10


@dataclass(frozen=True)
class Row:
    """One question with what was seen of it before any model: signs of coverage and its vector."""

    question: str
    label: str
    kind: str
    source: str
    signs: dict[str, float]
    vector: Array | None
    points: bool
    """The best provision only names an attached table, which is said whatever the verdict."""

    @property
    def weight(self) -> float:
        return DEVELOPMENT_WEIGHT if self.source == DEVELOPMENT else WEIGHT.get((self.source, self.label), 1.0)


def _row(searcher: Searcher, language: str, question: str, label: str, kind: str, source: str) -> Row:
    found = searcher.find(question, DEPTH, language)
    points = only_points(decree(), found.hits[0].provision) is not None
    return Row(question, label, kind, source, all_signs(question, found, language), found.vector, points)


def collect(language: str, searcher: Searcher, without: Searcher, development: Path | None) -> list[Row]:
    """All rows of a language. ``without``: the index that does not hold the held-out note questions."""
    rows = []
    for line in QUESTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["lang"] == language:
            rows.append(_row(searcher, language, row["question"], row["label"], row["kind"] or "", CORPUS))
    for name, text_key, label in (("answerable_lookalikes", "question", IN), ("hostile", "text", HOSTILE)):
        for line in (QUESTIONS.parent / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["lang"] == language:
                rows.append(_row(searcher, language, row[text_key], label, "", CORPUS))
    rows += [_row(without, language, question, IN, "", NOTES) for question in held_out_questions(language)]
    rows += [_row(without, language, q, "near_miss", kind, TOPICS) for q, kind in held_out_elsewhere(language)]
    for name, label in (("provisions", IN), ("unanswerable", "")) if development else ():
        assert development is not None
        for line in (development / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["lang"] == language:
                rows.append(_row(searcher, language, row["question"], label or row["category"], "", DEVELOPMENT))
    return rows


def _held_out(provision: str, questions: Sequence[str]) -> int:
    return zlib.crc32(f"{provision} {len(questions)}".encode()) % len(questions)


def held_out_questions(language: str) -> list[str]:
    """One example question of every note."""
    found = []
    for note in decree().notes.values():
        questions = note.questions_en if language == "en" else note.questions_ko
        found.append(questions[_held_out(note.provision, questions)])
    return found


def held_out_elsewhere(language: str) -> list[tuple[str, str]]:
    """One example question of every topic that stands elsewhere, with the topic's kind."""
    found = []
    for topic in decree().elsewhere:
        asked = topic.questions[language]
        found.append((asked[_held_out(topic.id, asked)], topic.kind))
    return found


def searcher_without(folder: Path) -> Searcher:
    """A search index built without the held-out questions (vectors are taken over from the real one)."""
    notes = {}
    for key, note in decree().notes.items():
        cut_en, cut_ko = _held_out(key, note.questions_en), _held_out(key, note.questions_ko)
        notes[key] = replace(
            note,
            questions_en=tuple(q for i, q in enumerate(note.questions_en) if i != cut_en),
            questions_ko=tuple(q for i, q in enumerate(note.questions_ko) if i != cut_ko),
        )
    topics = tuple(
        replace(
            topic,
            questions={
                language: tuple(q for i, q in enumerate(asked) if i != _held_out(topic.id, asked))
                for language, asked in topic.questions.items()
            },
        )
        for topic in decree().elsewhere
    )
    shelf = replace(decree(), notes=notes, elsewhere=topics)
    encoder = load_encoder(settings().encoder)
    shutil.copytree(settings().folder, folder)
    write_index(folder, shelf, encoder)
    return Searcher(read_index(folder, shelf, settings().encoder), encoder)


def train_softmax(features: Array, labels: Sequence[str], strength: float, weights: Array | None = None) -> Softmax:
    from sklearn.linear_model import LogisticRegression

    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit((features - mean) / scale, list(labels), sample_weight=weights)
    return Softmax(tuple(model.classes_), model.coef_, model.intercept_, mean, scale)


def readers(rows: Sequence[Row]) -> tuple[LinearModel, Softmax | None]:
    """The reader of words and, where there are vectors, the reader of meaning."""
    labels = [row.label for row in rows]
    words = LinearModel.train([row.question for row in rows], labels, strength=5.0)
    if rows[0].vector is None:
        return words, None
    return words, train_softmax(np.stack([row.vector for row in rows if row.vector is not None]), labels, 0.05)


def opinions(words: LinearModel, meaning: Softmax | None, rows: Sequence[Row], signs: Sequence[str]) -> Array:
    out = []
    for row in rows:
        shares = words.probabilities(row.question)
        parts = [log_shares([shares[name] for name in LABELS])]
        if meaning is not None and row.vector is not None:
            seen = meaning.shares(row.vector[None, :])[0]
            parts.append(log_shares(seen[[meaning.labels.index(name) for name in LABELS]]))
        parts.append(sign_row(row.signs, signs))
        out.append(np.concatenate(parts))
    return np.stack(out)


def held_out_opinions(rows: Sequence[Row], signs: Sequence[str]) -> Array:
    """Opinions on every row by readers that were trained without it."""
    order = np.random.default_rng(0).permutation(len(rows))
    result: dict[int, Array] = {}
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        train = [rows[i] for i in np.setdiff1d(order, test)]
        seen = opinions(*readers(train), [rows[i] for i in test], signs)
        result.update(zip(test.tolist(), seen, strict=True))
    return np.stack([result[i] for i in range(len(rows))])


def held_out_inside(features: Array, rows: Sequence[Row]) -> Array:
    """P(in) of every row by verdicts that were trained without it."""
    labels, weights = [row.label for row in rows], np.array([row.weight for row in rows])
    inside = np.zeros(len(rows))
    order = np.random.default_rng(1).permutation(len(rows))
    for fold in range(2 * FOLDS):
        test = order[fold :: 2 * FOLDS]
        train = np.setdiff1d(order, test)
        verdict = train_softmax(features[train], [labels[i] for i in train], STRENGTH, weights[train])
        inside[test] = verdict.shares(features[test])[:, verdict.labels.index(IN)]
    return inside


def report(rows: Sequence[Row], inside: Array, threshold: float) -> dict[str, Any]:
    """What is kept back, by source and label, with 95 % intervals."""
    figures: dict[str, Any] = {}
    for source in (DEVELOPMENT, CORPUS, NOTES, TOPICS):
        for label in LABELS:
            marks = [
                row.points or bool(inside[i] < threshold)
                for i, row in enumerate(rows)
                if (row.source, row.label) == (source, label)
            ]
            if marks:
                low, high = wilson(sum(marks), len(marks))
                figures[f"{source} {label}"] = {
                    "n": len(marks),
                    "kept_back": round(sum(marks) / len(marks), 3),
                    "interval": [round(low, 3), round(high, 3)],
                }
    return figures


def train_judge(language: str, rows: Sequence[Row]) -> tuple[Judge, dict[str, Any]]:
    signs = tuple(sorted(rows[0].signs))
    features = held_out_opinions(rows, signs)
    inside = held_out_inside(features, rows)
    like = DEVELOPMENT if any(row.source == DEVELOPMENT for row in rows) else NOTES
    answerable = np.sort([inside[i] for i, row in enumerate(rows) if (row.source, row.label) == (like, IN)])
    refused = int(WRONGLY_REFUSED * len(answerable))
    # half way to the next one, so that no single question decides
    threshold = float(answerable[max(refused - 1, 0) : refused + 1].mean())
    verdict = train_softmax(features, [row.label for row in rows], STRENGTH, np.array([row.weight for row in rows]))
    near = [row for row in rows if row.label == "near_miss" and row.kind]
    kinds = LinearModel.train([row.question for row in near], [row.kind for row in near], strength=5.0)
    judge = Judge(*_pair(readers(rows), kinds), verdict, signs, threshold, language)
    return judge, report(rows, inside, threshold)


def _pair(
    made: tuple[LinearModel, Softmax | None], kinds: LinearModel
) -> tuple[LinearModel, LinearModel, Softmax | None]:
    return made[0], kinds, made[1]


def main(argv: Sequence[str]) -> int:
    development = Path(argv[0]) if argv else None
    searcher = Searcher.open(settings().folder, decree(), settings().encoder)
    with tempfile.TemporaryDirectory() as scratch:
        without = searcher_without(Path(scratch) / "index")
        for language in ("en", "ko"):
            rows = collect(language, searcher, without, development)
            judge, figures = train_judge(language, rows)
            save_judge(judge)
            print(f"{language}: threshold {judge.threshold:.3f}, {len(rows)} questions")
            for name, figure in figures.items():
                print(f"  {name:28} kept back {figure['kept_back']:.3f} {figure['interval']} of {figure['n']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
