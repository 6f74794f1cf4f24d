"""The doctor's report: what is installed, built, reachable, and how to mend what is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib import metadata

from knowledge.errors import KnowledgeError
from knowledge.library import decree

PACKAGES = (
    "rasa",
    "rasa-sdk",
    "spacy",
    "sentence-transformers",
    "faiss-cpu",
    "python-telegram-bot",
    "bm25s",
    "kiwipiepy",
)
OPTIONAL = frozenset({"web chat", "action server"})
"""Not running is no fault: `ansim ask` works without them."""

Line = tuple[str, bool, str]


def run_doctor(lines: Sequence[Line], as_json: bool) -> int:
    """Print the report; exit status 1 when something that must be in order is not."""
    report = [_python(), *_packages(), _law(), *lines]
    bad = [line for line in report if not line[1] and line[0] not in OPTIONAL]
    if as_json:
        print(
            json.dumps(
                {
                    "healthy": not bad,
                    "checks": [{"name": name, "ok": good, "detail": detail} for name, good, detail in report],
                },
                ensure_ascii=False,
            )
        )
    else:
        for name, good, detail in report:
            mark = "ok " if good else ("off" if name in OPTIONAL else "BAD")
            print(f"{mark}  {name:24} {detail}")
        print("All in order." if not bad else f"{len(bad)} to mend: each line marked BAD says how.")
    return 1 if bad else 0


def _python() -> Line:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] == (3, 10)
    return ("Python", good, version if good else f"{version}, but Rasa 3.6 needs 3.10; run `make setup`")


def _packages() -> list[Line]:
    lines: list[Line] = []
    for name in PACKAGES:
        try:
            lines.append((name, True, metadata.version(name)))
        except metadata.PackageNotFoundError:
            lines.append((name, False, "not installed; run `make setup`"))
    return lines


def _law() -> Line:
    try:
        shelf = decree()
    except KnowledgeError as error:
        return ("decree text", False, str(error))
    return (
        "decree text",
        True,
        f"{len(shelf.law.living)} articles, text of {shelf.edition.promulgated}, {len(shelf.notes)} notes",
    )
