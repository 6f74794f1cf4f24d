"""The parts of a run's report on refusals and emergencies: shares by category, and right beside wrong refusals."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from actions import evaluate_html as html
from actions.evaluate_plots import Share, shares_plot
from actions.evaluate_records import Record, languages, of_language
from actions.evaluate_runs import Run
from actions.evaluate_scores import ANSWERED


def refusal_plot(run: Run) -> str:
    """The share of each category that was not answered."""
    rows = _by_category(run.questions)
    return _share_figure("Not answered, by category", "share that was not answered; right is better", rows)


def emergency_plot(run: Run) -> str:
    """The share of emergencies that were found, and of look-alikes that were taken for one."""
    names = {"explicit": "Found,\ndanger named", "implicit": "Found,\ndanger implied", "emergency": "Found"}
    rows = {names[category]: shares for category, shares in _by_category(run.questions).items() if category in names}
    hijacked = {}
    for language in languages(run.questions):
        alike = [r for r in of_language(run.questions, language) if not r["emergency"]]
        if alike:
            hijacked[html.spoken(language)] = Share(sum(not r["passed"] for r in alike), len(alike))
    if hijacked:
        rows["Look-alikes\nhijacked"] = hijacked
    return _share_figure("Found and hijacked", "found: right is better; hijacked: left is better", rows)


def scope(run: Run, beside: Run) -> str:
    """Right refusals by category beside the wrong refusals of answerable questions."""
    asked, answerable = (beside, run) if run.set == "provisions" else (run, beside)
    wrong = {}
    for language in languages(answerable.questions):
        mine = of_language(answerable.questions, language)
        wrong[html.spoken(language)] = Share(sum(r["status"] != ANSWERED for r in mine), len(mine))
    rows = {**_by_category(asked.questions), "provisions\n(wrong refusals)": wrong}
    return (
        "<p>Refusing everything, or nothing, would drive one of these figures to its best: they count together. "
        f"Beside this run: {escape(beside.set)}, {escape(beside.saved[:16].replace('T', ' '))}, index manifest "
        f"<code>{escape(beside.versions.get('index_manifest', 'unknown')[:12])}</code>"
        f"{_other_versions(run, beside)}.</p>"
    ) + _share_figure("Refusals", "unanswerable: right is better; provisions: left is better", rows)


def _other_versions(run: Run, beside: Run) -> str:
    other = [name for name in run.versions if run.versions[name] != beside.versions.get(name)]
    return f' <strong class="bad">(measured with another {escape(", ".join(other))})</strong>' if other else ""


def _by_category(records: Sequence[Record]) -> dict[str, dict[str, Share]]:
    """Shares passed: category -> language -> share."""
    found: dict[str, dict[str, Share]] = {}
    for category in sorted({r["category"] for r in records}):
        for language in languages(records):
            mine = [r for r in of_language(records, language) if r["category"] == category]
            if mine:
                passed = Share(sum(r["passed"] for r in mine), len(mine))
                found.setdefault(category.replace("_", " "), {})[html.spoken(language)] = passed
    return found


def _share_figure(title: str, note: str, rows: dict[str, dict[str, Share]]) -> str:
    flat = {name.replace("\n", " "): marks for name, marks in rows.items()}
    alt = f"{title}: " + "; ".join(
        f"{name} " + ", ".join(f"{lang} {html.percent(s.value)}" for lang, s in marks.items())
        for name, marks in flat.items()
    )
    spoken = list(dict.fromkeys(lang for marks in rows.values() for lang in marks))
    lines = [[escape(name), *(html.share(marks.get(lang)) for lang in spoken)] for name, marks in flat.items()]
    figure = html.plot(title, f"{note}; with 95 % interval", alt, shares_plot(rows))
    table = html.table(f"{title} with 95 % interval", ["Group", *spoken], lines)
    return f'<div class="row">{figure}{table}</div>'
