"""The command ``ask``."""

from __future__ import annotations

import json

from actions.respond import reply
from nlu.replies import static


def run_ask(
    question: str, language: str | None, as_json: bool, location: tuple[float, float] | None = None
) -> int:
    """Print one answer; exit status 0 also when the answer is that there is none."""
    timed = reply(question, language, location=location)
    answer = timed.answer
    if as_json:
        print(json.dumps({**answer.to_json(), "timings_ms": timed.timings_ms}, ensure_ascii=False))
        return 0
    print(answer.text)
    if answer.suggestions and answer.text != static("empty", answer.language).text:
        print("\n" + " · ".join(answer.suggestions))
    return 0
