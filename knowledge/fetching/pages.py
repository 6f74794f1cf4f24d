"""All rows of a dataset, page by page, until the portal's own count is reached."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TextIO

from knowledge.fetching.client import Portal
from knowledge.fetching.envelope import Row
from knowledge.fetching.errors import FetchError

MOST_PAGES = 10_000
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Fetched:
    """``total``: the portal's count, None when it gave none. ``complete``: all rows are here."""

    rows: int
    pages: int
    total: int | None
    complete: bool


def fetch_all(
    portal: Portal, into: TextIO, rows_a_page: int, parameters: Mapping[str, str], most: int | None, tell: Tell
) -> Fetched:
    """Write every row to ``into`` as one JSON list; stop after ``most`` pages when given.

    Raises FetchError when a page repeats an earlier one, or the pages end before the portal's count.
    """
    seen: dict[str, int] = {}
    rows, total, number = 0, None, 0
    while number < (most or MOST_PAGES):
        number += 1
        page = portal.page(number, rows_a_page, parameters)
        total = page.total if page.total is not None else total
        if not page.rows:
            number -= 1
            break
        _refuse_repeated(seen, _digest(page.rows), number)
        for row in page.rows:
            into.write((",\n" if rows else "[\n") + json.dumps(row, ensure_ascii=False))
            rows += 1
        tell(f"page {number}: {len(page.rows)} rows, {rows} of {total if total is not None else 'an unknown number'}")
        if total is not None and rows >= total:
            break
    into.write("\n]\n" if rows else "[]\n")
    return _judged(rows, number, total, most)


def _digest(rows: list[Row]) -> str:
    """Of the rows alone: the envelope repeats the page number that was asked for."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _refuse_repeated(seen: dict[str, int], digest: str, number: int) -> None:
    if digest in seen:
        raise FetchError(
            f"Page {number} has the same rows as page {seen[digest]}: the portal repeats itself, so the rest is not to "
            "be had this way; nothing was imported, run the command again later."
        )
    seen[digest] = number


def _judged(rows: int, pages: int, total: int | None, most: int | None) -> Fetched:
    if total is not None and rows > total:
        raise FetchError(
            f"The portal counts {total} rows but sent {rows}; nothing was imported, run the command again later."
        )
    # without a count, only an empty page after the last one shows the end
    complete = rows == total if total is not None else most is None or pages < most
    if not complete and (most is None or pages < most):
        raise FetchError(
            f"The pages ended after {rows} of {total} rows; nothing was imported, run the command again later."
        )
    return Fetched(rows, pages, total, complete)
