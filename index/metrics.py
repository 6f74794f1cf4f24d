"""Recall, rank and facts, as ``eval/README`` defines them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def articles_of(provisions: Iterable[str]) -> list[str]:
    """Distinct article numbers in the order given."""
    return list(dict.fromkeys(p.split("/", 1)[0] for p in provisions))


def matches(found: str, gold: str) -> bool:
    """The ids are equal, or one contains the other."""
    return found == gold or gold.startswith(found + "/") or found.startswith(gold + "/")


def first_article(found: Sequence[str], articles: Sequence[str]) -> int | None:
    """1-based rank of the first right article among the distinct articles, or None."""
    return next((i for i, a in enumerate(articles_of(found), start=1) if a in articles), None)


def first_provision(found: Sequence[str], gold: Sequence[str], *, strict: bool = False) -> int | None:
    """1-based rank of the first right provision; strict leaves out containers of the gold."""
    for i, provision in enumerate(found, start=1):
        for wanted in gold:
            if matches(provision, wanted) and not (strict and wanted.startswith(provision + "/")):
                return i
    return None


def facts_stand(facts: Sequence[str], wording: str) -> bool:
    """Every fact occurs in the wording; white space collapsed, case ignored."""
    text = " ".join(wording.split()).lower()
    return all(" ".join(fact.split()).lower() in text for fact in facts)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile; nan for no values."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """95 % confidence interval of a share (Wilson score)."""
    if n == 0:
        return (0.0, 1.0)
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return (max(0.0, centre - half), min(1.0, centre + half))
