"""The part of a run's report that draws recall at k: by language, and by who asks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from actions import evaluate_html as html
from actions.evaluate_plots import Share, floor_of, steps_plot
from actions.evaluate_records import Record, languages, of_language, within
from actions.evaluate_runs import Run

STEPS = (1, 3, 5, 10)
BY_LANGUAGE = 3
"""Recall plots by language (articles, provisions, strict); those by persona follow."""


def recall_plots(run: Run) -> str:
    """Recall@k by language, for articles and provisions, and by persona."""
    spoken = languages(run.questions)
    personas = sorted({r["persona"] for r in run.questions if "persona" in r})
    plots = {
        "Articles, by language": _lines(run.questions, spoken, "article_rank"),
        "Provisions, by language": _lines(run.questions, spoken, "provision_rank"),
        "Provisions, strict, by language": _lines(run.questions, spoken, "strict_rank"),
    }
    for persona in personas:
        mine = [r for r in run.questions if r.get("persona") == persona]
        plots[f"Articles, {persona.replace('_', ' ')}"] = _lines(mine, spoken, "article_rank")
    floor = floor_of(list(plots.values()))
    figures, rows = [], []
    for title, lines in plots.items():
        alt = f"Recall at 1, 3, 5 and 10. {title}. " + "; ".join(
            f"{name}: " + ", ".join(html.percent(s.value) for s in shares) for name, shares in lines.items()
        )
        figures.append(html.plot(title, "recall@k with 95 % interval", alt, steps_plot(STEPS, lines, floor)))
        rows += [[f'{escape(title)}<span class="id">{name}</span>', *map(html.share, ss)] for name, ss in lines.items()]
    begins = f'<p class="quiet">The vertical axes begin at {floor:.0%}.</p>' if floor else ""
    numbers = html.table("Recall at k with its 95 % interval", ["Series", *(f"@{k}" for k in STEPS)], rows)
    by_persona = "<h3>By persona</h3>" + _plots(figures[BY_LANGUAGE:]) if personas else ""
    table = html.group("The plots as a table", len(rows), numbers, False)
    return "<h3>By language</h3>" + _plots(figures[:BY_LANGUAGE]) + by_persona + begins + table


def _lines(records: Sequence[Record], spoken: Sequence[str], rank: str) -> dict[str, list[Share]]:
    found = {}
    for language in spoken:
        mine = of_language(records, language)
        if mine:
            found[html.spoken(language)] = [Share(sum(map(within(rank, k), mine)), len(mine)) for k in STEPS]
    return found


def _plots(figures_html: Sequence[str]) -> str:
    return f'<div class="plots">{"".join(figures_html)}</div>'
