"""Runs that are kept: written to a file, read back, and compared question by question."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from actions.evaluate_records import FIELDS, MEASURES, Measure, Record, languages, reciprocal
from index.ranking import RANKING
from index.settings import PROJECT, settings
from index.store import MANIFEST
from knowledge.citation import label_en
from knowledge.library import decree

FORMAT = 1
SHOWN = 3
ROOMS = ("knowledge", "index", "nlu", "actions")


class EvaluationError(Exception):
    """A question set, a saved run or a bot that cannot be used; one sentence that says what to do."""


@dataclass(frozen=True)
class Run:
    """One evaluation: its figures, one record a question, and what they were measured on."""

    set: str
    saved: str
    """Day and time of the run, ISO 8601 with offset."""
    versions: dict[str, str]
    files: list[dict[str, str]]
    """Question sets: name and SHA-256."""
    via: str | None
    figures: dict[str, Any]
    questions: list[Record]
    format: int = FORMAT


def new_run(which: str, files: Sequence[str], via: str | None, figures: dict[str, Any], records: list[Record]) -> Run:
    now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    sources = [{"name": Path(f).name, "sha256": hashlib.sha256(Path(f).read_bytes()).hexdigest()} for f in files]
    return Run(which, now, versions(), sources, via, json.loads(json.dumps(figures)), records)


def versions() -> dict[str, str]:
    """What the figures depend on in this checkout: law, encoder, index, ranking, code and content, Python."""
    folder = settings().folder
    shelf = decree()
    found = {
        "ansim": metadata.version("ansim"),
        "law": f"{shelf.edition.law} {shelf.edition.version} ({shelf.law.text_date.isoformat()})",
        "encoder": settings().encoder,
        "index_manifest": _digest(folder / MANIFEST),
        "ranking": _digest(RANKING),
        "code": _code_digest(),
        "python": platform.python_version(),
    }
    return {name: value for name, value in found.items() if value}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _code_digest() -> str:
    """One digest of the files of the rooms that answer: code, content, learned weights; not the evaluation's own."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((PROJECT / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("evaluate"):
                digest.update(f"{path.relative_to(PROJECT)}\0{_digest(path)}\n".encode())
    return digest.hexdigest()


def check_writable(path: str | None) -> None:
    """Raises EvaluationError before a long run whose result could not be written."""
    if path and not Path(path).resolve().parent.is_dir():
        raise EvaluationError(f"{path} cannot be written: make the folder {Path(path).parent} first.")
    if path and Path(path).is_dir():
        raise EvaluationError(f"{path} cannot be written: it is a folder; name a file in it.")


def save_run(run: Run, path: str) -> None:
    write(path, json.dumps(asdict(run), ensure_ascii=False, indent=1) + "\n")


def write(path: str, text: str) -> None:
    """Write aside and rename, so that a broken-off run leaves the old file whole."""
    aside = Path(f"{path}.part")
    try:
        aside.write_text(text, "utf-8")
        os.replace(aside, path)
    except OSError as error:
        raise EvaluationError(f"{path} cannot be written ({error.strerror}).") from None


def read_run(path: str, which: str) -> Run:
    """A saved run of that set; raises EvaluationError for another set and for a broken file."""
    try:
        row = json.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read ({error.strerror}); name a file written by --save.") from None
    except ValueError:
        raise EvaluationError(f"{path} is not a saved run; write one with --save.") from None
    if not isinstance(row, dict) or row.get("format") != FORMAT or row.get("set") not in FIELDS:
        raise EvaluationError(f"{path} is not a saved run of this version; write one with --save.")
    if row["set"] != which:
        raise EvaluationError(f"{path} is a run on {row['set']}, not on {which}; name a run on {which}.")
    try:
        run = Run(**row)
        broken = next((i for i, r in enumerate(run.questions, 1) if not _whole(dict(r), which)), None)
        dict(run.versions)
        dt.datetime.fromisoformat(run.saved)
    except (TypeError, ValueError):
        raise EvaluationError(f"{path} is a damaged run; write it again with --save.") from None
    if broken or not run.questions:
        what = f"question {broken} lacks fields" if broken else "it holds no questions"
        raise EvaluationError(f"{path} is a damaged run ({what}); write it again with --save.")
    return run


def _whole(found: Record, which: str) -> bool:
    return set(FIELDS[which]) <= found.keys() and isinstance(found["ranked"], list)


def compare(now: Run, before: Run, name: str) -> dict[str, Any]:
    """Figures, McNemar tests, gains and losses on the questions that both runs asked.

    A question is the same when its id and its wording are. "moved" are those that stay right, or stay
    wrong, but differ in one of the headline figures.
    """
    old = {_key(r): r for r in before.questions}
    pairs = [(old[_key(r)], r) for r in {_key(r): r for r in now.questions}.values() if _key(r) in old]
    if not pairs:
        raise EvaluationError(f"{name} shares no question with this run; name a run on the same question set.")
    measures = MEASURES[now.set]
    groups = {"all": pairs, **{lang: [p for p in pairs if p[1]["lang"] == lang] for lang in _languages(pairs)}}
    return {
        "file": name,
        "set": now.set,
        "saved": before.saved,
        "versions_changed": sorted(
            k for k in {*now.versions, *before.versions} if now.versions.get(k) != before.versions.get(k)
        ),
        "questions": {"both": len(pairs), "only_now": _without(now, old), "only_before": len(old) - len(pairs)},
        "figures": {lang: _figures(now.set, group) for lang, group in groups.items()},
        "mcnemar": {lang: {m.name: mcnemar(m, group) for m in measures} for lang, group in groups.items()},
        "gains": [_change(measures, *p) for p in pairs if p[1]["passed"] and not p[0]["passed"]],
        "losses": [_change(measures, *p) for p in pairs if p[0]["passed"] and not p[1]["passed"]],
        "moved": [
            change for p in pairs if p[0]["passed"] == p[1]["passed"] and (change := _change(measures, *p))["changed"]
        ],
    }


Pairs = list[tuple[Record, Record]]


def _key(record: Record) -> tuple[str, str]:
    return record["id"], record["question"]


def _languages(pairs: Pairs) -> list[str]:
    return languages(now for _, now in pairs)


def _without(run: Run, other: dict[tuple[str, str], Record]) -> int:
    return len({_key(r) for r in run.questions} - set(other))


def _figures(which: str, pairs: Pairs) -> dict[str, Any]:
    before, now = [p[0] for p in pairs], [p[1] for p in pairs]
    found = {}
    for measure in MEASURES[which]:
        (b, n), (a, _) = measure.count(before), measure.count(now)
        if n:
            found[measure.name] = _difference(b / n, a / n)
    if which == "provisions":
        found["mrr"] = _difference(reciprocal(before), reciprocal(now))
    return found


def _difference(before: float, now: float) -> dict[str, float]:
    return {"before": round(before, 4), "now": round(now, 4), "difference": round(now - before, 4)}


def mcnemar(measure: Measure, pairs: Iterable[tuple[Record, Record]]) -> dict[str, Any]:
    """Exact two-sided McNemar test: the questions that changed sides, against a fair coin."""
    mine = [(measure.right(b), measure.right(n)) for b, n in pairs if measure.among(n)]
    gained, lost = mine.count((False, True)), mine.count((True, False))
    return {"gained": gained, "lost": lost, "p": _two_sided(gained, gained + lost)}


def _two_sided(hits: int, n: int) -> float:
    if n == 0:
        return 1.0
    from scipy.stats import binomtest

    return float(f"{binomtest(hits, n, 0.5).pvalue:.4g}")


def p_text(p: float) -> str:
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _change(measures: Sequence[Measure], before: Record, now: Record) -> dict[str, Any]:
    changed = {
        m.name: "gained" if m.right(now) else "lost"
        for m in measures
        if m.among(now) and m.right(now) != m.right(before)
    }
    return {
        **{name: now[name] for name in ("id", "lang", "question", "expected")},
        "changed": changed,
        "before": _returned(before),
        "now": _returned(now),
    }


def _returned(record: Record) -> dict[str, Any]:
    names = ("ranked", "status", "article_rank", "provision_rank", "facts_stand", "numbers")
    return {name: record[name] for name in names if name in record}


def as_text(against: dict[str, Any]) -> str:
    """The comparison for a terminal."""
    counts = against["questions"]
    alone = f"; {counts['only_now']} only now, {counts['only_before']} only before"
    both = f"{counts['both']} questions in both{alone if counts['only_now'] or counts['only_before'] else ''}"
    lines = [
        "",
        f"against {against['file']} ({against['saved']}): {both}",
        f"differs in: {', '.join(against['versions_changed']) or 'no version'}",
        f"{'':32} {'before':>7} {'now':>7} {'diff':>8} {'gained':>7} {'lost':>5} {'p':>7}",
    ]
    for language, figures in against["figures"].items():
        for name, f in figures.items():
            t = against["mcnemar"][language].get(name)
            test = f"{t['gained']:7} {t['lost']:5} {p_text(t['p']):>7}" if t else ""
            lines.append(
                f"{language + ' ' + name:32} {f['before']:7.4f} {f['now']:7.4f} {f['difference']:+8.4f} {test}".rstrip()
            )
    for title, kind in (("newly right", "gains"), ("newly wrong", "losses"), ("otherwise changed", "moved")):
        lines += ["", f"{title} ({len(against[kind])})"]
        lines += [line for change in against[kind] for line in _change_lines(change)]
    return "\n".join(lines)


def _change_lines(change: dict[str, Any]) -> list[str]:
    expected = change["expected"]
    wanted = expected if isinstance(expected, str) else " | ".join(map(label_en, expected))
    what = ", ".join(f"{name} {way}" for name, way in change["changed"].items() if name != "passed")
    return [
        f"  {change['id']}  {' '.join(change['question'].split())}",
        f"      expected  {wanted}  [{what}]",
        f"      before    {returned_text(change['before'])}",
        f"      now       {returned_text(change['now'])}",
    ]


def returned_text(returned: dict[str, Any]) -> str:
    """Status, and the first provisions or the emergency numbers, in one line."""
    shown = [label_en(p) for p in returned["ranked"][:SHOWN]] or list(returned.get("numbers", ()))
    facts = "" if returned.get("facts_stand", True) else "; facts not quoted"
    return f"{returned['status']}: {', '.join(shown) or 'nothing'}{facts}"
