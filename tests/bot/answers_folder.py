"""The Answers that every channel's tests render, as the replies of a turn."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from nlu.texts import text

FOLDER = Path(__file__).parent / "answers"


@functools.cache
def names() -> tuple[str, ...]:
    """All of them, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def answer(name: str) -> dict[str, Any]:
    """One Answer as JSON (docs/contract.md)."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def reply(name: str) -> dict[str, Any]:
    """One as ``bot.turn.run_turn`` gives it: {text, quick_replies, answer}."""
    found = answer(name)
    steps = (text(f"button.{step}", found["language"]) for step in found["next_steps"])
    titles = dict.fromkeys([*found["suggestions"], *steps])
    return {"text": found["text"], "quick_replies": [{"title": t, "text": t} for t in titles], "answer": found}
