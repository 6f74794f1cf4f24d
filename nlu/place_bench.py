"""How long reading places takes: ``python -m nlu.place_bench FILE...`` with one message a line."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from nlu.places import find_places, warm


def measure(messages: list[str]) -> dict[str, float]:
    """Milliseconds: importing spaCy and loading, then the 50th and 95th of a hundred messages and the slowest."""
    started = time.perf_counter()
    import spacy.matcher  # noqa: F401  (its import is measured apart from our own loading)

    imported = time.perf_counter()
    warm()
    loaded = time.perf_counter()
    taken = sorted(_once(message) for message in messages)
    last = len(taken) - 1
    return {
        "spacy_import": (imported - started) * 1000,
        "load": (loaded - imported) * 1000,
        "p50": taken[last // 2],
        "p95": taken[int(last * 0.95)],
        "max": taken[last],
    }


def _once(message: str) -> float:
    started = time.perf_counter()
    find_places(message, "ko")
    return (time.perf_counter() - started) * 1000


def main(arguments: list[str]) -> int:
    messages = [line for name in arguments for line in Path(name).read_text("utf-8").splitlines() if line]
    if not messages:
        print("Name one or more files with a message on each line.", file=sys.stderr)
        return 2
    print(f"{len(messages)} messages, milliseconds")
    for name, value in measure(messages).items():
        print(f"{name:>12} {value:10.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
