"""How well intents are read: cross-validated on the examples, and on messages that no model has seen.

Each fold trains the reader of ``nlu.intents`` anew on the other folds and reads its own examples with the
whole of it (phrases, model, router), as a running bot would. Emergencies are measured on their own set.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.intent_examples import examples_in
from nlu.intents import EMERGENCY, IntentReader
from nlu.language import LANGUAGES, detect
from nlu.linear_model import normal

FOLDS = 10


class MessagesError(ValueError):
    """A file of messages that cannot be used, in one sentence."""


@dataclass(frozen=True)
class Read:
    """One message: the intent it stands for and the one that was read, with its confidence (0 to 1)."""

    text: str
    intent: str
    got: str
    confidence: float

    @property
    def right(self) -> bool:
        return self.intent == self.got


def cross_validate(examples: Sequence[tuple[str, str]], folds: int = FOLDS) -> list[Read]:
    """Every example read by a model that was trained without its fold; folds hold a like share of each intent."""
    ordered = sorted(examples, key=lambda pair: (pair[1], detect(pair[0])))
    found: list[Read] = []
    for fold in range(folds):
        held = [pair for i, pair in enumerate(ordered) if i % folds == fold]
        same = {normal(text) for text, _ in held}
        rest = [p for i, p in enumerate(ordered) if i % folds != fold and normal(p[0]) not in same]
        found += read_all(IntentReader.train(rest), held)
        if sys.stderr.isatty():
            print(f"\rfold {fold + 1} of {folds}", end="\n" if fold + 1 == folds else "", file=sys.stderr, flush=True)
    return found


def read_all(reader: IntentReader, messages: Iterable[tuple[str, str]]) -> list[Read]:
    return [Read(text, intent, *reader.read(text)[0]) for text, intent in messages]


def figures(reads: Sequence[Read]) -> dict[str, Any]:
    """Accuracy, overall, by language and by intent (recall and precision), and how many messages of each."""
    return {
        "messages": len(reads),
        "accuracy": _share(reads, lambda r: r.right),
        "languages": {
            language: {"messages": len(part), "accuracy": _share(part, lambda r: r.right)}
            for language in LANGUAGES
            for part in [[r for r in reads if detect(r.text) == language]]
        },
        "fewest": min(Counter((r.intent, detect(r.text)) for r in reads).values()),
        "intents": {
            name: {
                "messages": sum(r.intent == name for r in reads),
                "recall": _share([r for r in reads if r.intent == name], lambda r: r.right),
                "precision": _share([r for r in reads if r.got == name], lambda r: r.right),
            }
            for name in sorted({r.intent for r in reads})
        },
    }


def _share(reads: Sequence[Read], holds: Callable[[Read], bool]) -> float | None:
    return round(sum(map(holds, reads)) / len(reads), 3) if reads else None


def messages_in(path: Path) -> list[tuple[str, str]]:
    """(text, intent) of a file with one ``intent<TAB>message`` a line. Raises MessagesError."""
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise MessagesError(f"{path} cannot be read ({error}).") from None
    for number, line in enumerate(lines, start=1):
        if line.count("\t") != 1:
            raise MessagesError(f"{path} line {number} is not intent, tab, message.")
    return [(text, intent) for intent, text in (line.split("\t") for line in lines)]


def run_intents(files: Sequence[str], misses: str | None, as_json: bool) -> int:
    """Print the figures: cross-validated, and for each file of messages with the model of all examples."""
    unseen = {name: messages_in(Path(name)) for name in files}
    examples = [pair for pair in examples_in() if pair[1] != EMERGENCY]
    parts = {"cross-validated": cross_validate(examples)}
    if unseen:
        reader = IntentReader.train(examples)
        parts |= {name: read_all(reader, rows) for name, rows in unseen.items()}
    if misses:
        wrong = [{"set": name, **vars(r)} for name, reads in parts.items() for r in reads if not r.right]
        Path(misses).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in wrong), "utf-8")
    told = {name: figures(reads) for name, reads in parts.items()}
    print(json.dumps(told, ensure_ascii=False) if as_json else "\n\n".join(map(_table, told, told.values())))
    return 0


def _table(name: str, told: dict[str, Any]) -> str:
    head = f"{name}: {told['accuracy']:.3f} of {told['messages']} messages read right"
    spoken = [f"{k} {v['accuracy']:.3f} of {v['messages']}" for k, v in told["languages"].items() if v["messages"]]
    lines = [f"  {intent:20} {_numbers(row)}" for intent, row in told["intents"].items()]
    title = f"  {'intent':20} {'messages':>8} {'recall':>8} {'precision':>10}"
    return "\n".join([f"{head} ({', '.join(spoken)})", title, *lines])


def _numbers(row: dict[str, Any]) -> str:
    precision = "–" if row["precision"] is None else f"{row['precision']:.2f}"
    return f"{row['messages']:8} {row['recall']:8.2f} {precision:>10}"
