"""The part of a run's report that sets it against a kept run: figures, tests, and the questions that changed."""

from __future__ import annotations

from html import escape
from typing import Any

from actions import evaluate_html as html
from actions.evaluate_misses import returned, status, wanted
from actions.evaluate_records import MEASURES
from actions.evaluate_runs import p_text

OPEN_CHANGES = 10


def compared(against: dict[str, Any]) -> str:
    """What changed since the kept run. ``against``: what ``evaluate_runs.compare`` found."""
    counts, first = against["questions"], MEASURES[against["set"]][0]
    p = p_text(against["mcnemar"]["all"][first.name]["p"])
    alone = f" ({counts['only_now']} only now, {counts['only_before']} only before)"
    parts = [
        f"<p>Against <code>{escape(against['file'])}</code> of {escape(against['saved'][:16].replace('T', ' '))}, "
        f"on the {counts['both']} questions in both{alone if counts['only_now'] or counts['only_before'] else ''}: "
        f"{len(against['gains'])} newly right, {len(against['losses'])} newly wrong. "
        f"{escape(first.label)}: p {escape(p if p.startswith('<') else f'= {p}')}. "
        f"Versions that differ: {escape(', '.join(against['versions_changed'])) or 'none'}.</p>",
        *(_differences(against, language) for language in against["figures"] if language != "all"),
        '<p class="quiet">p is McNemar\u2019s exact two-sided test on the questions that changed sides. '
        "Of many figures tested at once, one in twenty falls below 0.05 by chance.</p>",
    ]
    for title, kind in (("Newly right", "gains"), ("Newly wrong", "losses"), ("Otherwise changed", "moved")):
        if against[kind]:
            lines = [
                [_change_head(c), wanted(c["expected"]), _back(c, "before"), _back(c, "now")] for c in against[kind]
            ]
            body = html.table(f"{title}: before and now", ["Question", "Expected", "Before", "Now"], lines, "wide")
            parts.append(html.group(title, len(lines), body, len(lines) <= OPEN_CHANGES))
    return "\n".join(parts)


def _differences(against: dict[str, Any], language: str) -> str:
    labels = {m.name: m.label for m in MEASURES[against["set"]]} | {"mrr": "Mean reciprocal rank"}
    rows = []
    for name, f in against["figures"][language].items():
        test = against["mcnemar"][language].get(name)
        cells = [str(test["gained"]), str(test["lost"]), escape(p_text(test["p"]))] if test else ["–"] * 3
        rows.append([escape(labels[name]), f"{f['before']:.3f}", f"{f['now']:.3f}", f"{f['difference']:+.3f}", *cells])
    head = ["Figure", "Before", "Now", "Difference", "Gained", "Lost", "p"]
    return html.table(f"{html.spoken(language)}: differences of the figures", head, rows)


def _change_head(change: dict[str, Any]) -> str:
    what = ", ".join(f"{name} {way}" for name, way in change["changed"].items() if name != "passed")
    return html.question(change["id"], change["question"], change["lang"], what)


def _back(change: dict[str, Any], when: str) -> str:
    record = change[when]
    return f"{status(record)} {returned(record, change['expected'])}"
