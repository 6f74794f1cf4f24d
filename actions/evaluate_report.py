"""The report of a run: one HTML file with figures, intervals, plots, a comparison and the misses."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from actions import evaluate_html as html
from actions.evaluate_plots import Share, floor_of, shares_plot, steps_plot
from actions.evaluate_records import MEASURES, Record, languages, of_language, reciprocal, within
from actions.evaluate_runs import SHOWN, Run, p_text, write
from actions.evaluate_scores import ANSWERED
from index.metrics import matches
from nlu.language import LANGUAGES

STEPS = (1, 3, 5, 10)
BY_LANGUAGE = 3
"""Recall plots by language (articles, provisions, strict); those by persona follow."""
OPEN_UP_TO = 30
"""Groups of misses are open when there are no more misses than this."""
OPEN_CHANGES = 10
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


def write_report(path: str, run: Run, against: dict[str, Any] | None, beside: Run | None) -> None:
    """Write the report; raises EvaluationError when the file cannot be written."""
    write(path, render(run, against, beside))


def render(run: Run, against: dict[str, Any] | None = None, beside: Run | None = None) -> str:
    """The whole page. ``against``: what ``compare`` found; ``beside``: a run of the other set, for refusals."""
    sections = {"figures": ("Headline figures", _headline(run))}
    if against:
        sections["against"] = ("Compared with a kept run", _against(against))
    if beside is None or run.set == "provisions":  # else the scope plot holds all of it
        sections["plots"] = ("Plots", _PLOTS[run.set](run))
    if beside:
        sections["scope"] = ("Scope decision: refusals, right and wrong", _scope(run, beside))
    sections["groups"] = ("By group" if run.set == "provisions" else "Statuses", _groups(run))
    sections["misses"] = ("Misses", _misses(run, beside))
    title = f"Evaluation on {run.set}"
    return html.page(
        f"{title} · {run.saved[:10]} · Ansim",
        _header(run, title, {name: heading for name, (heading, _) in sections.items()}),
        [html.section(name, heading, body) for name, (heading, body) in sections.items()],
    )


def _header(run: Run, title: str, contents: dict[str, str]) -> str:
    when = dt.datetime.fromisoformat(run.saved).strftime("%Y-%m-%d %H:%M %z")
    counts = ", ".join(f"{len(of_language(run.questions, lang))} {_spoken(lang)}" for lang in languages(run.questions))
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
        "Shares with their 95 % interval (Wilson score) and counts", ["Figure", *map(_spoken, spoken)], rows
    ) + (
        '<p class="quiet">With 35 to 90 questions a language, a few points are noise: read the intervals. '
        "The questions are a development set, so the figures are no evidence about new questions.</p>"
    )


def _latency(figures: dict[str, Any]) -> str:
    return f"{figures['latency_ms']['p50']} ms<small>95th percentile {figures['latency_ms']['p95']} ms</small>"


def _spoken(language: str) -> str:
    return html.LANGUAGE_NAMES.get(language, language)


def _against(against: dict[str, Any]) -> str:
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
                [_change_head(c), _wanted(c["expected"]), _back(c, "before"), _back(c, "now")] for c in against[kind]
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
    return html.table(f"{_spoken(language)}: differences of the figures", head, rows)


def _change_head(change: dict[str, Any]) -> str:
    what = ", ".join(f"{name} {way}" for name, way in change["changed"].items() if name != "passed")
    return html.question(change["id"], change["question"], change["lang"], what)


def _back(change: dict[str, Any], when: str) -> str:
    record = change[when]
    return f"{_status(record)} {_returned(record, change['expected'])}"


def _recall_plots(run: Run) -> str:
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
            found[_spoken(language)] = [Share(sum(map(within(rank, k), mine)), len(mine)) for k in STEPS]
    return found


def _refusal_plot(run: Run) -> str:
    rows = _by_category(run.questions)
    return _share_figure("Not answered, by category", "share that was not answered; right is better", rows)


def _emergency_plot(run: Run) -> str:
    names = {"explicit": "Found,\ndanger named", "implicit": "Found,\ndanger implied", "emergency": "Found"}
    rows = {names[category]: shares for category, shares in _by_category(run.questions).items() if category in names}
    hijacked = {}
    for language in languages(run.questions):
        alike = [r for r in of_language(run.questions, language) if not r["emergency"]]
        if alike:
            hijacked[_spoken(language)] = Share(sum(not r["passed"] for r in alike), len(alike))
    if hijacked:
        rows["Look-alikes\nhijacked"] = hijacked
    return _share_figure("Found and hijacked", "found: right is better; hijacked: left is better", rows)


def _scope(run: Run, beside: Run) -> str:
    """Right refusals by category beside the wrong refusals of answerable questions."""
    asked, answerable = (beside, run) if run.set == "provisions" else (run, beside)
    wrong = {}
    for language in languages(answerable.questions):
        mine = of_language(answerable.questions, language)
        wrong[_spoken(language)] = Share(sum(r["status"] != ANSWERED for r in mine), len(mine))
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
                found.setdefault(category.replace("_", " "), {})[_spoken(language)] = passed
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


def _plots(figures_html: Sequence[str]) -> str:
    return f'<div class="plots">{"".join(figures_html)}</div>'


_PLOTS = {"provisions": _recall_plots, "unanswerable": _refusal_plot, "emergency": _emergency_plot}


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
            parts.append(html.table(f"By {field}: {what}", [field.capitalize(), *map(_spoken, spoken)], rows))
    counts = {lang: Counter(r["status"] for r in of_language(run.questions, lang)) for lang in spoken}
    statuses = sorted({status for counter in counts.values() for status in counter})
    rows = [[escape(status), *(str(counts[lang][status]) for lang in spoken)] for status in statuses]
    parts.append(html.table("Status of the answers", ["Status", *map(_spoken, spoken)], rows))
    return f'<div class="row">{"".join(parts)}</div>'


def _misses(run: Run, beside: Run | None) -> str:
    groups: dict[str, list[Record]] = {}
    for language in (*LANGUAGES, *(lang for lang in languages(run.questions) if lang not in LANGUAGES)):
        for record in of_language(run.questions, language):
            if not record["passed"]:
                groups.setdefault(f"{_spoken(language)}: {_why(record)}", []).append(record)
    if beside and beside.set == "provisions":
        for record in beside.questions:
            if record["status"] != ANSWERED:
                name = f"{_spoken(record['lang'])}: wrong refusal, from the run on provisions"
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
        rows.append([head, _wanted(r["expected"]), _returned(r, r["expected"]), _status(r)])
    return html.table(name, ["Question", "Expected", "Returned, first three", "Status"], rows, "wide misses")


def _wanted(expected: str | list[str]) -> str:
    if isinstance(expected, str):
        return escape(expected)
    return "<ul>" + "".join(f"<li>{html.provision(p)}</li>" for p in expected) + "</ul>"


def _returned(record: Record, expected: str | list[str]) -> str:
    if not record["ranked"]:
        return escape(", ".join(record.get("numbers", ())) or "nothing")
    lines = []
    for found in record["ranked"][:SHOWN]:
        right = not isinstance(expected, str) and any(matches(found, gold) for gold in expected)
        mark = ' <span class="good">✓ expected</span>' if right else ""
        lines.append(f"<li>{html.provision(found)}{mark}</li>")
    return f"<ol>{''.join(lines)}</ol>"


def _status(record: Record) -> str:
    notes = []
    if "article_rank" in record and record["article_rank"] != 1:
        notes.append(
            f"right article at {record['article_rank']}" if record["article_rank"] else "right article not found"
        )
    if record.get("facts_stand") is False:
        notes.append("a fact is not quoted")
    return f'{escape(record["status"])}<span class="id">{escape("; ".join(notes))}</span>'
