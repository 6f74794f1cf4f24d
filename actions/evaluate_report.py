"""The report of a run: one HTML file with figures, intervals, plots, a comparison and the misses."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from html import escape
from typing import Any

from actions import evaluate_html as html
from actions.evaluate_compared import compared
from actions.evaluate_misses import misses
from actions.evaluate_plots import Share
from actions.evaluate_recall import recall_plots
from actions.evaluate_records import MEASURES, languages, of_language, reciprocal
from actions.evaluate_refusals import emergency_plot, refusal_plot, scope
from actions.evaluate_runs import Run, write

TITLES = {
    "provisions": "questions that the decree answers",
    "unanswerable": "questions that must not be answered from the decree",
    "emergency": "messages from danger, and look-alikes",
}
VERSION_NAMES = {
    "ansim": "Ansim",
    "law": "Law",
    "encoder": "Encoder",
    "index_manifest": "Index manifest (SHA-256)",
    "ranking": "Ranking weights (SHA-256)",
    "code": "Code and content (SHA-256)",
    "python": "Python",
}
_PLOTS = {"provisions": recall_plots, "unanswerable": refusal_plot, "emergency": emergency_plot}


def write_report(path: str, run: Run, against: dict[str, Any] | None, beside: Run | None) -> None:
    """Write the report; raises EvaluationError when the file cannot be written."""
    write(path, render(run, against, beside))


def render(run: Run, against: dict[str, Any] | None = None, beside: Run | None = None) -> str:
    """The whole page. ``against``: what ``compare`` found; ``beside``: a run of the other set, for refusals."""
    sections = {"figures": ("Headline figures", _headline(run))}
    if against:
        sections["against"] = ("Compared with a kept run", compared(against))
    if beside is None or run.set == "provisions":  # else the scope plot holds all of it
        sections["plots"] = ("Plots", _PLOTS[run.set](run))
    if beside:
        sections["scope"] = ("Scope decision: refusals, right and wrong", scope(run, beside))
    sections["groups"] = ("By group" if run.set == "provisions" else "Statuses", _groups(run))
    sections["misses"] = ("Misses", misses(run, beside))
    title = f"Evaluation on {run.set}"
    return html.page(
        f"{title} · {run.saved[:10]} · Ansim",
        _header(run, title, {name: heading for name, (heading, _) in sections.items()}),
        [html.section(name, heading, body) for name, (heading, body) in sections.items()],
    )


def _header(run: Run, title: str, contents: dict[str, str]) -> str:
    when = dt.datetime.fromisoformat(run.saved).strftime("%Y-%m-%d %H:%M %z")
    spoken = languages(run.questions)
    counts = ", ".join(f"{len(of_language(run.questions, lang))} {html.spoken(lang)}" for lang in spoken)
    facts = {
        "Date": escape(when),
        "Questions": escape(f"{len(run.questions)} ({counts})"),
        "Asked": escape(f"a running bot at {run.via}" if run.via else "in process"),
        **{name: _code(run.versions[key]) for key, name in VERSION_NAMES.items() if key in run.versions},
        **{f"Set {file['name']} (SHA-256)": _code(file["sha256"]) for file in run.files},
    }
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in facts.items())
    links = "".join(f'<li><a href="#{name}">{heading}</a></li>' for name, heading in contents.items())
    return (
        f"<h1>{title}</h1>\n<p>{TITLES[run.set].capitalize()}.</p>\n"
        f'<dl class="facts">{rows}</dl>\n<nav aria-label="Contents"><ul>{links}</ul></nav>'
    )


def _code(value: str) -> str:
    return f"<code>{escape(value)}</code>" if len(value) == 64 else escape(value)


def _headline(run: Run) -> str:
    spoken = languages(run.questions)
    rows = []
    for measure in MEASURES[run.set]:
        shares = [Share(*measure.count(of_language(run.questions, lang))) for lang in spoken]
        hint = ' <span class="id">lower is better</span>' if measure.lower else ""
        rows.append([escape(measure.label) + hint, *(html.share(s, big=True) for s in shares)])
    if run.set == "provisions":
        means = [f"{reciprocal(of_language(run.questions, lang)):.3f}" for lang in spoken]
        rows.append(["Mean reciprocal rank of the right article", *means])
    rows.append(["Latency of an answer, median", *(_latency(run.figures[lang]) for lang in spoken)])
    return html.table(
        "Shares with their 95 % interval (Wilson score) and counts", ["Figure", *map(html.spoken, spoken)], rows
    ) + (
        '<p class="quiet">With 35 to 90 questions a language, a few points are noise: read the intervals. '
        "The questions are a development set, so the figures are no evidence about new questions.</p>"
    )


def _latency(figures: dict[str, Any]) -> str:
    return f"{figures['latency_ms']['p50']} ms<small>95th percentile {figures['latency_ms']['p95']} ms</small>"


def _groups(run: Run) -> str:
    """Passed by persona and kind, and the statuses that came back."""
    spoken, parts = languages(run.questions), []
    for field in ("persona", "kind"):
        rows = []
        for name in sorted({r[field] for r in run.questions if field in r}):
            mine = [r for r in run.questions if r.get(field) == name]
            shares = [
                Share(sum(r["passed"] for r in part), len(part)) for part in (of_language(mine, s) for s in spoken)
            ]
            rows.append([escape(name.replace("_", " ")), *map(html.share, shares)])
        if rows:
            what = MEASURES[run.set][0].label.lower()
            parts.append(html.table(f"By {field}: {what}", [field.capitalize(), *map(html.spoken, spoken)], rows))
    counts = {lang: Counter(r["status"] for r in of_language(run.questions, lang)) for lang in spoken}
    statuses = sorted({status for counter in counts.values() for status in counter})
    rows = [[escape(status), *(str(counts[lang][status]) for lang in spoken)] for status in statuses]
    parts.append(html.table("Status of the answers", ["Status", *map(html.spoken, spoken)], rows))
    return f'<div class="row">{"".join(parts)}</div>'
