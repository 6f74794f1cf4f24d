"""Trains the learned half of the emergency detector: ``python -m nlu.train_emergency``.

Reads ``nlu/data/emergency_messages.jsonl`` (only ``"split": "train"``) and, as what ordinary questions look
like, ``nlu/data/scope_questions.jsonl``, ``nlu/data/form_answers.jsonl`` and the examples of
``nlu/<language>/intents.yml`` ("hi there", "see more"), without farewells that could be more than the end of a
chat; writes the weights and the English word list beside them, and prints recall and false alarms of the whole
detector, by cross-validation. The examples in our notes on the laws are not learned from: they measure how many
questions are hijacked. Each message is also learned as people mistype it (no spaces, slips) and beside other
messages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from nlu import emergency, emergency_lexicon, emergency_model, emergency_text
from nlu.emergency_model import BUCKETS, KIND_BUCKETS, Weights
from nlu.intent_examples import examples_in
from nlu.language import LANGUAGES, detect

DATA = Path(__file__).parent / "data"
STRENGTH, KIND_STRENGTH, FOLDS, SEED = 32.0, 20.0, 5, 119
QUESTION = 0.5
"""Weight of an ordinary question beside a message's 1."""
SMALL, COUNTED = 0.2, 0.5
"""Weight of small talk, and the share of it that counts where the classes are balanced: enough to leave it alone, too
little to hide a farewell (weight 0.5 cost 13 of 1,978 emergencies that the weights had never seen)."""
SEEN = 2
"""A feature of fewer messages than this says nothing: it would only be chance in a message nobody has seen."""
LAST_WORDS = re.compile(
    r"\bend it\b|\bquit\b|\bdone\b|^goodbye|\bfarewell\b|^bye$|\bso long\b"
    r"|됐어|여기까지|그만|끝|마지막|잘 있어|안녕$|갈게|떠나",
    re.I,
)
"""Farewells that somebody may say who wants to die: they are not learned as harmless."""
NOT_HARMLESS = frozenset({"emergency", "start_report"})
"""Intents whose examples may tell of real danger."""
Row = dict[str, Any]


def corpus(split: str) -> list[Row]:
    """Messages of one split: id, language, text, emergency, kind, style, split."""
    lines = (DATA / "emergency_messages.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["split"] == split]


def questions() -> list[Row]:
    """Questions about the laws and about anything else, none of them an emergency."""
    lines = (DATA / "scope_questions.jsonl").read_text("utf-8").splitlines()
    return [
        {"id": f"q-{row['question']}", "language": row["lang"], "text": row["question"], "emergency": False}
        for row in map(json.loads, lines)
        if row["kind"] != "noise"
    ]


def small_talk() -> list[Row]:
    """What people say to a chat program all day: greetings, "next one", "speak English please", "by the lake" where
    it asked for a place."""
    said = [
        text
        for text, intent in examples_in()
        if intent not in NOT_HARMLESS and not (intent == "goodbye" and LAST_WORDS.search(text))
    ]
    lines = (DATA / "form_answers.jsonl").read_text("utf-8").splitlines()
    said += [row["text"] for row in map(json.loads, lines)]
    return [{"id": f"t-{text}", "language": detect(text), "text": text, "emergency": False} for text in said]


def inputs() -> str:
    """Digest of what the weights are learned from and read with, so that a test can tell when they are old."""
    lexicon = {
        language: {part: written[part] for part in ("macros", *emergency_lexicon.SECTIONS, "concepts")}
        for language in LANGUAGES
        for written in [emergency_lexicon.load(language)]
    }
    quiet = [row["text"] for row in questions() + small_talk()]
    text = json.dumps([corpus("train"), quiet, lexicon], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def mistyped(text: str, chance: random.Random) -> str:
    """One or two slips: a letter lost, doubled or changed places with the next."""
    letters = list(text)
    for _ in range(1 + len(letters) // 30):
        place = chance.randrange(max(1, len(letters) - 1))
        slip = chance.randrange(3)
        if slip == 0 and len(letters) > 4:
            del letters[place]
        elif slip == 1:
            letters.insert(place, letters[place])
        elif place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def augmented(rows: Sequence[Row]) -> list[tuple[str, Row, float]]:
    """(text, row it counts as, weight): as written, mistyped, run together, and in company."""
    chance = random.Random(SEED)
    quiet = [row for row in rows if not row["emergency"]]
    found: list[tuple[str, Row, float]] = []
    for row in rows:
        text = row["text"]
        same = [other for other in quiet if other["language"] == row["language"]]
        company = chance.choice(same)["text"]
        found += [(text, row, 1.0), (mistyped(text, chance), row, 0.3), (text.replace(" ", ""), row, 0.3)]
        found.append((f"{company.rstrip('.?!')}. {text}", row, 0.3))
        if not row["emergency"]:
            more = ". ".join(chance.choice(same)["text"].rstrip(".?!") for _ in range(3))
            found += [(f"{text} {more}", row, 0.2), (f"{more}. {text}", row, 0.2)]
    return found


def fit(rows: Sequence[Row], asked: Sequence[Row] = (), talk: Sequence[Row] = ()) -> Weights:
    """Both linear models from these rows, ordinary questions and small talk."""
    from sklearn.linear_model import LogisticRegression

    made = augmented(rows) + [(row["text"], row, QUESTION) for row in asked]
    written = [weight >= QUESTION for _, _, weight in made] + [True] * len(talk)
    made += [(row["text"], row, SMALL) for row in talk]
    table = [emergency_model.features(emergency_text.clean(text)) for text, _, _ in made]
    share = np.array([weight for _, _, weight in made])
    truth = np.array([row["emergency"] for _, row, _ in made])
    first = LogisticRegression(
        C=STRENGTH, class_weight=_balance(truth, len(talk)), solver="liblinear", random_state=SEED
    )
    matrix = _matrix(table, BUCKETS)
    telling = _telling(matrix, written)
    first.fit(matrix.multiply(telling).tocsr(), truth, sample_weight=share)
    second = LogisticRegression(C=KIND_STRENGTH, class_weight="balanced", max_iter=300)
    real = [i for i, (_, row, _) in enumerate(made) if row["emergency"]]
    second.fit(
        _matrix([table[i] for i in real], KIND_BUCKETS), [made[i][1]["kind"] for i in real], sample_weight=share[real]
    )
    return Weights(
        _as_stored(first.coef_[0] * telling),
        float(first.intercept_[0]),
        _as_stored(second.coef_),
        second.intercept_.astype(np.float32),
        tuple(second.classes_),
    )


def _balance(truth: Any, talk: int) -> dict[bool, float]:
    """Weights of the classes, so that both weigh alike; of the small talk, the last rows, COUNTED is counted."""
    real = int(truth.sum())
    quiet = len(truth) - real - talk * (1 - COUNTED)
    return {True: (real + quiet) / (2 * real), False: (real + quiet) / (2 * quiet)}


def _telling(matrix: Any, written: Any) -> Any:
    """How much each feature tells: the rarer, the more (the logarithm of its inverse share, 1 in the mean); nothing
    where fewer than SEEN messages show it as they were written. A letter run of every second message told too much
    before: of 1,000 look-alikes 20 fewer are hijacked at the same recall."""
    shown = np.asarray((matrix != 0).sum(axis=0)).ravel()
    known = np.asarray((matrix[np.flatnonzero(written)] != 0).sum(axis=0)).ravel() >= SEEN
    rare = np.log(matrix.shape[0] / (1 + shown))
    return np.where(known, rare / rare[shown > 0].mean(), 0.0)


def _as_stored(values: Any) -> Any:
    steps, size = emergency_model.narrowed(values)
    return steps.astype(np.float32) * np.float32(size)


def _matrix(table: Sequence[dict[str, float]], buckets: int) -> Any:
    from scipy.sparse import csr_matrix

    columns, values, starts = [], [], [0]
    for named in table:
        places, amounts = emergency_model.hashed(dict(sorted(named.items())), buckets)
        columns.append(places)
        values.append(amounts)
        starts.append(starts[-1] + len(places))
    shape = (len(table), buckets)
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=shape)


def save(trained: Weights) -> None:
    danger, danger_step = emergency_model.narrowed(trained.danger)
    kinds, kinds_step = emergency_model.narrowed(trained.kinds)
    np.savez_compressed(
        emergency_model.WEIGHTS,
        danger=danger,
        danger_step=danger_step,
        bias=trained.bias,
        kinds=kinds,
        kinds_step=kinds_step,
        kind_bias=trained.kind_bias,
        inputs=inputs(),
        names=np.array(trained.names),
    )


def save_words(rows: Iterable[Row]) -> None:
    """English words of the corpus, of the lexicon and of the emergency replies, with their counts."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row["language"] == "en":
            counts.update(re.findall(r"[a-z]+", emergency_text.clean(row["text"])))
    written = emergency_lexicon.load("en")
    listed = str([written[part] for part in ("danger", "event", "counter", "marks", "concepts")])
    plain = re.sub(r"\\+[a-z]|\{[^}]*\}", " ", listed)
    # "labou?r" is labour and labor
    sources = [re.sub(r"([a-z])\?", r"\1", plain), re.sub(r"[a-z]\?", "", plain), str(written["kinds"])]
    for source in sources:
        for word in re.findall(r"(?<![\[\\a-z])[a-z]{3,}(?![a-z\]])(?!\\\\w)", source.lower()):
            counts[word] += 1
    ordered = dict(sorted(counts.items()))
    (DATA / "emergency_words.json").write_text(json.dumps(ordered, ensure_ascii=False), "utf-8")


def report(rows: Sequence[Row], heading: str) -> list[Row]:
    """Prints how the detector does on these rows with the weights in use; returns the wrong ones."""
    wrong: list[Row] = []
    tally: dict[str, list[int]] = {}
    for row in rows:
        right = (emergency.detect(row["text"]) is not None) == row["emergency"]
        group = f"{row['language']} {row['style'] if row['emergency'] else 'look-alike'}"
        hits = tally.setdefault(group, [0, 0])
        hits[0] += right
        hits[1] += 1
        wrong += [] if right else [row]
    print(heading)
    for group, (good, all_) in sorted(tally.items()):
        name, share = ("false alarms", 1 - good / all_) if "look" in group else ("recall", good / all_)
        print(f"  {group:14} {name:12} {share:6.1%}  ({good}/{all_} right)")
    return wrong


def cross_validate(rows: Sequence[Row]) -> list[Row]:
    """Every message judged by weights that never saw it; returns the wrong ones."""
    order = sorted(rows, key=lambda row: crc32(row["id"].encode()))
    asked, talk = questions(), small_talk()
    wrong: list[Row] = []
    kept = emergency_model.weights
    try:
        for fold in range(FOLDS):
            trained = fit([row for i, row in enumerate(order) if i % FOLDS != fold], asked, talk)
            emergency_model.weights = lambda trained=trained: trained  # type: ignore[assignment,misc]  # for one fold
            part = [row for i, row in enumerate(order) if i % FOLDS == fold]
            wrong += report(part, f"fold {fold + 1}")
    finally:
        emergency_model.weights = kept
    return wrong


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m nlu.train_emergency", description="Train the emergency detector.")
    parser.add_argument("--figures", action="store_true", help="only cross-validate; write nothing")
    only_figures = parser.parse_args(arguments).figures
    rows = corpus("train")
    if not only_figures:
        save_words(rows)
        emergency_text.forget()
        emergency_lexicon.signs.cache_clear()
    wrong = cross_validate(rows)
    for row in wrong:
        print("  wrong:", row["language"], row["style"], row["text"])
    for emergency_, name in ((True, "emergencies missed"), (False, "look-alikes hijacked")):
        every = [row for row in rows if row["emergency"] == emergency_]
        print(f"{name}: {sum(row['emergency'] == emergency_ for row in wrong)} of {len(every)}")
    if only_figures:
        return
    save(fit(rows, questions(), small_talk()))
    emergency_model.weights.cache_clear()
    report(rows, "trained on")
    for row in report(corpus("test"), "held out"):
        print("  wrong:", row["language"], row["style"], row["text"])
    print(f"{emergency_model.WEIGHTS.name}: {emergency_model.WEIGHTS.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
