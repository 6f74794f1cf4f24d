"""Figures on question sets, as their README defines them: in process, or from a running bot."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from actions.answering import answerer
from actions.evaluate_records import record
from actions.evaluate_runs import EvaluationError, Run, as_text, check_writable, compare, new_run, read_run, save_run
from actions.evaluate_scores import score_emergency, score_provisions, score_unanswerable
from actions.respond import reply

SETS: dict[str, tuple[str, tuple[str, ...], Callable[[list[Any]], tuple[dict[str, Any], list[Any]]]]] = {
    "provisions": ("question", ("id", "lang", "question", "gold", "article", "facts"), score_provisions),
    "unanswerable": ("question", ("id", "lang", "question", "category"), score_unanswerable),
    "emergency": ("text", ("id", "lang", "text", "emergency"), score_emergency),
}
"""Set -> (field that is asked, fields a row must have, scorer)."""

Ask = Callable[[str, str], tuple[dict[str, Any], list[str], float]]
"""(question, language) -> (Answer as JSON, ranked provision ids, milliseconds)."""
RANKED = 40
REST_SECONDS = 30


def run_evaluate(
    which: str,
    files: Sequence[str],
    via: str | None,
    misses: str | None,
    as_json: bool,
    *,
    save: str | None = None,
    against: str | None = None,
    report: str | None = None,
    beside: str | None = None,
) -> int:
    """Print the figures; the misses, the run and a report go to files when they are named.

    ``against``: a saved run of the same set, to compare with. ``beside``: a saved run of the other set of
    ``BESIDE``, for the report. Raises EvaluationError for a file that cannot be used, before anything is asked.
    """
    for path in (misses, save, report):
        check_writable(path)
    before = read_run(against, which) if against else None
    other = _read_beside(beside, which, report)
    field, needed, score = SETS[which]
    rows = [row for name in files for row in read_rows(Path(name), needed)]
    ask = over_rest(via) if via else in_process()
    asked = []
    for row in rows:
        answer, ranked, spent = ask(row[field], row["lang"])
        asked.append({**row, "answer": answer, "ranked": ranked, "ms": spent})
    figures, missed = score(asked)
    run = new_run(which, files, via, figures, [record(which, row) for row in asked])
    if misses:
        Path(misses).write_text("".join(json.dumps(m, ensure_ascii=False) + "\n" for m in missed), "utf-8")
        figures["misses_file"] = misses
    if save:
        save_run(run, save)
        figures["saved_file"] = save
    compared = compare(run, before, str(against)) if before else None
    if report:
        from actions.evaluate_report import write_report

        write_report(report, run, compared, other)
        figures["report_file"] = report
    if as_json:
        print(json.dumps({**figures, "against": compared} if compared else figures, ensure_ascii=False))
    else:
        print("\n".join([_table(figures), *([as_text(compared)] if compared else [])]))
    return 0


BESIDE = {"unanswerable": "provisions", "provisions": "unanswerable"}
"""Set -> the set whose saved run stands beside it in a report: refusals, right and wrong ones."""


def _read_beside(path: str | None, which: str, report: str | None) -> Run | None:
    if path is None:
        return None
    if report is None or which not in BESIDE:
        raise EvaluationError("--with goes with --report, on the set provisions or unanswerable; leave it out here.")
    return read_run(path, BESIDE[which])


def read_rows(path: Path, needed: Sequence[str]) -> list[dict[str, Any]]:
    """Read JSON lines; raises EvaluationError with the line that is wrong."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read ({error}).") from None
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise EvaluationError(f"{path} line {number} is not JSON.") from None
        missing = [name for name in needed if not isinstance(row, dict) or name not in row]
        if missing:
            raise EvaluationError(f"{path} line {number} lacks {', '.join(missing)}.")
        rows.append(row)
    if not rows:
        raise EvaluationError(f"{path} holds no questions.")
    return rows


def in_process() -> Ask:
    """Ask the answer service in this process; the index ranks deeper than an answer shows."""
    service = answerer()
    reply("warm up")

    def ask(question: str, language: str) -> tuple[dict[str, Any], list[str], float]:
        begin = time.perf_counter()
        answer = reply(question).answer
        spent = (time.perf_counter() - begin) * 1000
        ranked = list(answer.matches) or [c.provision for c in answer.citations]
        if answer.matches:
            deeper = service.searcher.search(question, RANKED, language)
            ranked += [hit.provision for hit in deeper if hit.provision not in ranked]
        return answer.to_json(), ranked, spent

    return ask


def over_rest(url: str) -> Ask:
    """Ask a running bot at its REST channel: its NLU and dialogue are measured too."""
    address = url.rstrip("/") + ("" if url.rstrip("/").endswith("/webhook") else "/webhooks/rest/webhook")

    def ask(question: str, language: str) -> tuple[dict[str, Any], list[str], float]:
        body = json.dumps({"sender": uuid.uuid4().hex, "message": question}).encode()
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
        begin = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=REST_SECONDS) as reply:
                messages = json.loads(reply.read())
        except (OSError, ValueError) as error:
            raise EvaluationError(f"No bot answers at {address} ({error}); start it with `ansim up`.") from None
        spent = (time.perf_counter() - begin) * 1000
        answer = next((m["custom"]["answer"] for m in messages if m.get("custom", {}).get("answer")), None)
        if answer is None:
            return {"status": "unavailable", "text": "", "citations": [], "calls": []}, [], spent
        return answer, list(answer["matches"]) or [c["provision"] for c in answer["citations"]], spent

    return ask


def _table(figures: dict[str, Any]) -> str:
    lines: list[str] = []

    def walk(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{prefix}{' ' if prefix else ''}{key}", inner)
        else:
            lines.append(f"{prefix:52} {value}")

    walk("", figures)
    return "\n".join(lines)
