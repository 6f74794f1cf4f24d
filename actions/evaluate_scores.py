"""The scores themselves: rows with their answers in, figures and misses out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.metrics import facts_stand, first_article, first_provision, percentile, wilson

Rows = Sequence[dict[str, Any]]
Scored = tuple[dict[str, Any], list[dict[str, Any]]]
ANSWERED = "answered"


def score_provisions(rows: Rows) -> Scored:
    """Recall of articles and provisions, reciprocal rank, facts, latency: per language, persona, kind."""
    marked = [mark_provision(row) for row in rows]
    figures: dict[str, Any] = {}
    for language in sorted({row["lang"] for row in rows}):
        mine = [m for m in marked if m["lang"] == language]
        figures[language] = _provision_figures(mine)
        for group in ("persona", "kind"):
            names = sorted({m[group] for m in mine if group in m})
            figures[language][f"by_{group}"] = {
                name: _brief([m for m in mine if m.get(group) == name]) for name in names
            }
    misses = [
        {k: m[k] for k in ("id", "lang", "question", "gold", "ranked", "status", "facts_stand")}
        | {"ranked": m["ranked"][:5], "facts": m["facts"]}
        for m in marked
        if m["article_rank"] != 1 or not m["facts_stand"]
    ]
    return figures, misses


def mark_provision(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its status, the ranks of what it wants (None: not returned) and whether its facts are quoted."""
    answer = row["answer"]
    wording = "\n".join(
        "\n".join([c["heading"], c["quote"], *c["history"]])
        for c in answer["citations"]
        if c.get("quote_language", "en") == "en"
    )
    return {
        **row,
        "status": answer["status"],
        "article_rank": first_article(row["ranked"], row["article"]),
        "provision_rank": first_provision(row["ranked"], row["gold"]),
        "strict_rank": first_provision(row["ranked"], row["gold"], strict=True),
        "facts_stand": facts_stand(row["facts"], wording),
    }


def _provision_figures(rows: Rows) -> dict[str, Any]:
    n = len(rows)
    first = sum(1 for r in rows if r["article_rank"] == 1)
    return {
        "n": n,
        "recall_at": {str(k): _share(rows, "article_rank", k) for k in (1, 3, 5, 10)},
        "recall_at_1_interval": [round(v, 3) for v in wilson(first, n)],
        "provision_at": {str(k): _share(rows, "provision_rank", k) for k in (1, 5)},
        "provision_strict_at": {str(k): _share(rows, "strict_rank", k) for k in (1, 5)},
        "mrr": round(sum(1 / r["article_rank"] for r in rows if r["article_rank"]) / n, 4),
        "facts": round(sum(r["facts_stand"] for r in rows) / n, 4),
        "refused": round(sum(r["status"] != ANSWERED for r in rows) / n, 4),
        "latency_ms": _latency(rows),
    }


def _brief(rows: Rows) -> dict[str, Any]:
    return {
        "n": len(rows),
        "recall_at_1": _share(rows, "article_rank", 1),
        "recall_at_5": _share(rows, "article_rank", 5),
    }


def _share(rows: Rows, name: str, k: int) -> float:
    return round(sum(1 for r in rows if r[name] and r[name] <= k) / len(rows), 4)


def _latency(rows: Rows) -> dict[str, float]:
    spent = [r["ms"] for r in rows]
    return {"p50": round(percentile(spent, 0.5), 1), "p95": round(percentile(spent, 0.95), 1)}


def score_unanswerable(rows: Rows) -> Scored:
    """Share of questions that were not answered as if the text held the answer, per category and language."""
    figures: dict[str, Any] = {}
    for language in sorted({row["lang"] for row in rows}):
        mine = [r for r in rows if r["lang"] == language]
        figures[language] = {"n": len(mine)}
        for category in sorted({r["category"] for r in mine}):
            group = [r for r in mine if r["category"] == category]
            kept = sum(r["answer"]["status"] != ANSWERED for r in group)
            figures[language][category] = {
                "n": len(group),
                "not_answered": round(kept / len(group), 4),
                "interval": [round(v, 3) for v in wilson(kept, len(group))],
            }
        figures[language]["latency_ms"] = _latency(mine)
    misses = [
        {
            "id": r["id"],
            "category": r["category"],
            "question": r["question"],
            "lead": r["answer"].get("lead"),
            "ranked": r["ranked"][:3],
        }
        for r in rows
        if r["answer"]["status"] == ANSWERED
    ]
    return figures, misses


def score_emergency(rows: Rows) -> Scored:
    """Emergencies found with a right number (explicit and implicit apart), look-alikes hijacked."""
    figures: dict[str, Any] = {}
    misses: list[dict[str, Any]] = []
    for language in sorted({row["lang"] for row in rows}):
        mine = [r for r in rows if r["lang"] == language]
        real = [r for r in mine if r["emergency"]]
        alike = [r for r in mine if not r["emergency"]]
        found = [r for r in real if emergency_found(r)]
        hijacked = [r for r in alike if r["answer"]["status"] == "emergency"]
        figures[language] = {"n": len(mine), "found": _part(found, real), "hijacked": _part(hijacked, alike)}
        for kind in ("explicit", "implicit"):
            group = [r for r in real if str(r.get("note", "")).startswith(kind)]
            if group:
                figures[language][kind] = _part([r for r in group if emergency_found(r)], group)
        figures[language]["latency_ms"] = _latency(mine)
        misses += [
            {"id": r["id"], "text": r["text"], "emergency": r["emergency"], "status": r["answer"]["status"]}
            for r in [*(r for r in real if not emergency_found(r)), *hijacked]
        ]
    return figures, misses


def emergency_found(row: dict[str, Any]) -> bool:
    """Treated as an emergency, and one of the expected numbers stands in the reply."""
    answer = row["answer"]
    wanted = str(row.get("expect_number") or "119").split("|")
    said = answer["text"] + " ".join(call["number"] for call in answer.get("calls", ()))
    return answer["status"] == "emergency" and any(number in said for number in wanted)


def _part(part: Rows, whole: Rows) -> float | None:
    return round(len(part) / len(whole), 4) if whole else None
