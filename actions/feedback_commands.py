"""``ansim feedback``: what people said of the answers, as counts."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from actions.feedback import NOT_USEFUL, REASONS, USEFUL, FeedbackStore


def run_feedback(as_json: bool = False) -> int:
    """Print the counts: by status and language, then the reasons."""
    rows = FeedbackStore().rows()
    if as_json:
        print(json.dumps({"feedback": rows}, ensure_ascii=False))
    else:
        print(report(rows))
    return 0


def report(rows: list[dict[str, Any]]) -> str:
    """A table for people; says so when nothing was given yet."""
    if not rows:
        return "No feedback so far."
    counts: Counter[tuple[str, str, str]] = Counter()
    reasons: Counter[str] = Counter()
    for row in rows:
        counts[row["status"], row["language"], row["verdict"]] += row["count"]
        reasons[row["reason"]] += row["count"]
    lines = [f"{rows[0]['day']} to {rows[-1]['day']}", f"{'status':<14} {'lang':<5} {'useful':>7} {'not useful':>11}"]
    for status, language in sorted({key[:2] for key in counts}):
        useful, not_useful = counts[status, language, USEFUL], counts[status, language, NOT_USEFUL]
        lines.append(f"{status:<14} {language:<5} {useful:>7} {not_useful:>11}")
    told = [f"  {reason:<12} {reasons[reason]:>5}" for reason in REASONS if reasons[reason]]
    return "\n".join([*lines, *(["not useful because:"] if told else []), *told])
