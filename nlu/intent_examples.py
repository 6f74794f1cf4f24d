"""What intents are learned from: the examples in Rasa's files, and messages that are no small talk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from knowledge.library import decree
from nlu.language import LANGUAGES
from nlu.linear_model import normal

NLU = Path(__file__).parent
EXAMPLES = tuple(NLU / language / "intents.yml" for language in LANGUAGES)
ASKED = {"scope_questions": "question", "answerable_lookalikes": "question", "hostile": "text", "form_answers": "text"}
"""Files in ``nlu/data`` -> the field with what was asked: near to the laws and far from them,
abuse, and what people answer to the questions of a form."""
SMALL = frozenset({"small_talk", "noise"})
"""Kinds of their rows that say nothing about how a question looks."""
TALK = {
    "greet": "greet",
    "thanks": "thanks",
    "goodbye": "goodbye",
    "help": "help",
    "about": "about",
    "switch_to_english": "switch_to_english",
    "switch_to_korean": "switch_to_korean",
    "other_language": "other_language",
    "forget": "forget",
    "complaint": "complaint",
    "resume": "go_on",
    "restart": "start_over",
}
"""What is wanted in ``nlu/data/everyday.jsonl`` -> the intent it is."""
UNSURE = frozenset({"yes_no"})
"""Whether a yes answers anything is for the grammars of the forms."""
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
    """Questions of our notes on the laws, questions nobody here can answer, abuse, answers in a form, and what people
    want of us and of others in everyday life."""
    found = [
        question
        for note in decree().notes.values()
        for question in (*note.questions_en[:OF_A_NOTE], *note.questions_ko[:OF_A_NOTE])
    ]
    for path, field in asked_files().items():
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        found += [row[field] for row in rows if row.get("kind") not in SMALL]
    return found + [text for text, _ in everyday(talk=False)]


def everyday(talk: bool) -> list[tuple[str, str]]:
    """(text, intent) of the everyday messages that are small talk, or else (text, what is wanted) of all others; none
    that stands among the examples, so that a fold kept back there is not learned from here."""
    known = {normal(text) for text, _ in examples_in()}
    rows = map(json.loads, (NLU / "data" / "everyday.jsonl").read_text("utf-8").splitlines())
    told = [(row["text"], row["want"]) for row in rows if row["want"] not in UNSURE]
    found = [(text, want) for text, want in told if normal(text) not in known]
    if talk:
        return [(text, TALK[want]) for text, want in found if want in TALK]
    return [(text, want) for text, want in found if want not in TALK]


def asked_files() -> dict[Path, str]:
    """Paths of ASKED -> field."""
    return {NLU / "data" / f"{name}.jsonl": field for name, field in ASKED.items()}
