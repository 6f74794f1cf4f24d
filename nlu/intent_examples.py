"""What intents are learned from: the examples in Rasa's files, and messages that are no small talk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from knowledge.library import decree
from nlu.language import LANGUAGES

NLU = Path(__file__).parent
EXAMPLES = tuple(NLU / language / "intents.yml" for language in LANGUAGES)
ASKED = {"scope_questions": "question", "answerable_lookalikes": "question", "hostile": "text", "form_answers": "text"}
"""Files in ``nlu/data`` -> the field with what was asked: near to the laws and far from them,
abuse, and what people answer to the questions of a form."""
SMALL = frozenset({"small_talk", "noise"})
"""Kinds of their rows that say nothing about how a question looks."""
OF_A_NOTE = 2
"""Questions taken from each note and language."""


def examples_in(files: Sequence[Path] = EXAMPLES) -> list[tuple[str, str]]:
    """(text, intent) of Rasa training files (``nlu/<language>/intents.yml``)."""
    import yaml

    return [
        (line.strip().removeprefix("- "), block["intent"])
        for path in files
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for line in block["examples"].splitlines()
        if line.strip()
    ]


def no_small_talk() -> list[str]:
    """Questions of our notes on the laws, questions nobody here can answer, abuse, and answers in a form."""
    found = [
        question
        for note in decree().notes.values()
        for question in (*note.questions_en[:OF_A_NOTE], *note.questions_ko[:OF_A_NOTE])
    ]
    for path, field in asked_files().items():
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        found += [row[field] for row in rows if row.get("kind") not in SMALL]
    return found


def asked_files() -> dict[Path, str]:
    """Paths of ASKED -> field."""
    return {NLU / "data" / f"{name}.jsonl": field for name, field in ASKED.items()}
