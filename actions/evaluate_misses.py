"""The part of a run's report that lists what went wrong, by language and kind of miss."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from actions import evaluate_html as html
from actions.evaluate_records import Record, languages, of_language
from actions.evaluate_runs import SHOWN, Run
from actions.evaluate_scores import ANSWERED
from index.metrics import matches
from nlu.language import LANGUAGES

OPEN_UP_TO = 30
"""Groups of misses are open when there are no more misses than this."""


def misses(run: Run, beside: Run | None) -> str:
    """The questions that were not passed; ``beside``: a run on provisions whose wrong refusals belong to them."""
    groups: dict[str, list[Record]] = {}
    for language in (*LANGUAGES, *(lang for lang in languages(run.questions) if lang not in LANGUAGES)):
        for record in of_language(run.questions, language):
            if not record["passed"]:
                groups.setdefault(f"{html.spoken(language)}: {_why(record)}", []).append(record)
    if beside and beside.set == "provisions":
        for record in beside.questions:
            if record["status"] != ANSWERED:
                name = f"{html.spoken(record['lang'])}: wrong refusal, from the run on provisions"
                groups.setdefault(name, []).append(record)
    total = sum(map(len, groups.values()))
    if not total:
        return "<p>None.</p>"
    intro = f'<p class="quiet">{total} in {len(groups)} groups. A group opens and closes at its title.</p>'
    return intro + "\n".join(
        html.group(name, len(records), _miss_table(name, records), total <= OPEN_UP_TO)
        for name, records in sorted(groups.items())
    )


def _why(record: Record) -> str:
    if record["set"] == "unanswerable":
        return f"answered, {record['category'].replace('_', ' ')}"
    if record["set"] == "emergency":
        return f"missed, {record['category']}" if record["emergency"] else "look-alike taken for an emergency"
    if record["status"] != ANSWERED:
        return "refused"
    return "another article first" if record["article_rank"] != 1 else "right article, but a fact is not quoted"


def _miss_table(name: str, records: Sequence[Record]) -> str:
    rows = []
    for r in records:
        more = " · ".join(r[f].replace("_", " ") for f in ("persona", "kind", "category") if f in r)
        head = html.question(r["id"], r["question"], r["lang"], more)
        rows.append([head, wanted(r["expected"]), returned(r, r["expected"]), status(r)])
    return html.table(name, ["Question", "Expected", "Returned, first three", "Status"], rows, "wide misses")


def wanted(expected: str | list[str]) -> str:
    """The provisions that were expected, or the words for what was."""
    if isinstance(expected, str):
        return escape(expected)
    return "<ul>" + "".join(f"<li>{html.provision(p)}</li>" for p in expected) + "</ul>"


def returned(record: Record, expected: str | list[str]) -> str:
    """The first provisions that came back, the expected ones marked; else the numbers named."""
    if not record["ranked"]:
        return escape(", ".join(record.get("numbers", ())) or "nothing")
    lines = []
    for found in record["ranked"][:SHOWN]:
        right = not isinstance(expected, str) and any(matches(found, gold) for gold in expected)
        mark = ' <span class="good">✓ expected</span>' if right else ""
        lines.append(f"<li>{html.provision(found)}{mark}</li>")
    return f"<ol>{''.join(lines)}</ol>"


def status(record: Record) -> str:
    """The answer's status, and what was wrong in it."""
    notes = []
    if "article_rank" in record and record["article_rank"] != 1:
        notes.append(
            f"right article at {record['article_rank']}" if record["article_rank"] else "right article not found"
        )
    if record.get("facts_stand") is False:
        notes.append("a fact is not quoted")
    return f'{escape(record["status"])}<span class="id">{escape("; ".join(notes))}</span>'
