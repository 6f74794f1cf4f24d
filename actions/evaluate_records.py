"""One record a question (what was asked, expected and returned), and the measures counted on records. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from actions.evaluate_scores import ANSWERED, emergency_found, mark_provision

Record = dict[str, Any]
TOP = 5
"""Ranked provisions that a record keeps; its ranks are those in the whole list."""

COMMON = ("id", "lang", "set", "question", "ranked", "status", "expected", "passed")
FIELDS: dict[str, tuple[str, ...]] = {
    "provisions": (*COMMON, "article_rank", "provision_rank", "strict_rank", "facts_stand"),
    "unanswerable": (*COMMON, "category"),
    "emergency": (*COMMON, "category", "emergency", "numbers"),
}
"""Fields that every record of a set has."""


def record(which: str, row: dict[str, Any]) -> Record:
    """The record of one asked row (fields of the question set, with ``answer``, ``ranked`` and ``ms``)."""
    return {
        "id": row["id"],
        "lang": row["lang"],
        "set": which,
        "question": row["text" if which == "emergency" else "question"],
        **{name: row[name] for name in ("persona", "kind", "category") if name in row},
        "ranked": list(row["ranked"][:TOP]),
        "status": row["answer"]["status"],
        "ms": round(row["ms"], 1),
        **_JUDGED[which](row),
    }


def _provision(row: dict[str, Any]) -> Record:
    marked = mark_provision(row)
    names = ("article_rank", "provision_rank", "strict_rank", "facts_stand")
    passed = marked["article_rank"] == 1 and marked["facts_stand"]
    return {**{name: marked[name] for name in names}, "expected": list(row["gold"]), "passed": passed}


def _unanswerable(row: dict[str, Any]) -> Record:
    return {"expected": "no answer", "passed": row["answer"]["status"] != ANSWERED}


def _emergency(row: dict[str, Any]) -> Record:
    real = bool(row["emergency"])
    how = str(row.get("note", "")).partition(":")[0]
    number = row.get("expect_number") or "119"
    return {
        "category": (how if how in ("explicit", "implicit") else "emergency") if real else "look_alike",
        "emergency": real,
        "numbers": [call["number"] for call in row["answer"].get("calls", ())],
        "expected": f"emergency, {number.replace('|', ' or ')}" if real else "no emergency",
        "passed": emergency_found(row) if real else row["answer"]["status"] != "emergency",
    }


_JUDGED: dict[str, Callable[[dict[str, Any]], Record]] = {
    "provisions": _provision,
    "unanswerable": _unanswerable,
    "emergency": _emergency,
}


@dataclass(frozen=True)
class Measure:
    """A share of records. ``lower``: it counts what went wrong (refused, hijacked), so lower is better."""

    name: str
    label: str
    right: Callable[[Record], bool]
    among: Callable[[Record], bool] = lambda _: True
    lower: bool = False

    def count(self, records: Iterable[Record]) -> tuple[int, int]:
        """(records the figure counts, records it is a share of)."""
        mine = [r for r in records if self.among(r)]
        return sum(self.right(r) != self.lower for r in mine), len(mine)


def within(rank: str, k: int) -> Callable[[Record], bool]:
    """Is the rank in that field k or better?"""
    return lambda record: record[rank] is not None and record[rank] <= k


def _is(field: str, value: object) -> Callable[[Record], bool]:
    return lambda record: record.get(field) == value


def _passed(record: Record) -> bool:
    return bool(record["passed"])


MEASURES: dict[str, tuple[Measure, ...]] = {
    "provisions": (
        Measure("passed", "Right article first, every fact quoted", _passed),
        Measure("recall_at_1", "Right article first (recall@1)", within("article_rank", 1)),
        Measure("recall_at_5", "Right article among five (recall@5)", within("article_rank", 5)),
        Measure("provision_at_1", "Right provision first", within("provision_rank", 1)),
        Measure("provision_strict_at_1", "Right provision first, strict", within("strict_rank", 1)),
        Measure("facts", "Every fact quoted", _is("facts_stand", True)),
        Measure("refused", "Refused (wrong refusal)", _is("status", ANSWERED), lower=True),
    ),
    "unanswerable": (
        Measure("not_answered", "Not answered, all categories", _passed),
        Measure("near_miss", "Not answered: near miss", _passed, _is("category", "near_miss")),
        Measure("out_of_domain", "Not answered: out of domain", _passed, _is("category", "out_of_domain")),
        Measure("hostile", "Not answered: hostile", _passed, _is("category", "hostile")),
    ),
    "emergency": (
        Measure("found", "Emergency found, right number shown", _passed, _is("emergency", True)),
        Measure("explicit", "Found: danger named", _passed, _is("category", "explicit")),
        Measure("implicit", "Found: danger implied", _passed, _is("category", "implicit")),
        Measure("hijacked", "Look-alike taken for an emergency", _passed, _is("category", "look_alike"), lower=True),
    ),
}
"""Set -> its headline figures, counted as the scores count them."""


def languages(records: Iterable[Record]) -> list[str]:
    return sorted({r["lang"] for r in records})


def of_language(records: Iterable[Record], language: str) -> list[Record]:
    return [r for r in records if r["lang"] == language]


def reciprocal(records: Sequence[Record]) -> float:
    """Mean reciprocal rank of the right article; 0 for no records."""
    return sum(1 / r["article_rank"] for r in records if r["article_rank"]) / len(records) if records else 0.0
