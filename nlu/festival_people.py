"""How many people a festival draws at one time, as an organizer says it."""

from __future__ import annotations

import re

from nlu import festival_words as words
from nlu.quantities import LESS_THAN, MORE_THAN, Count, Quantity, blanked, counts, sum_of_parts

TOTAL = "total"
"""Why a number is not taken: over several days it is no peak."""
EXCEEDED = 1_000
"""The number of Article 73-9 (1) 1, where "more than" and "1,000" are two different answers."""


def people_in(text: str, language: str) -> tuple[int | None, int | None, Quantity | None, str | None]:
    """People at one time: a number said to be the peak before another one; not staff, not last year's visitors,
    not a total over several days (then the reason, since the peak is not said)."""
    group = words.lexicon(language)["people"]
    text_plain = blanked(text)
    best: tuple[int, Count] | None = None
    total = False
    found = counts(text, language)
    if (whole := sum_of_parts(found, text_plain)) is not None:
        return _number(whole), None, whole, None
    for count in found:
        before, after = _around(text, count, group)
        if group["staff"].search(text_plain[: count.start]) or group["staff_after"].match(_tail(text_plain, count)):
            continue
        if group["past"].search(before + after):
            continue
        peak = group["peak"].search(before) or group["peak"].search(after)
        if not peak and (group["total"].search(before) or group["total"].search(after)):
            total = True
            continue
        rank = (4 if peak else 0) + (2 if count.unit else 0)
        if best is None or rank > best[0]:
            best = rank, count
    if best is None:
        return None, None, None, TOTAL if total else None
    quantity = best[1].quantity
    return _number(quantity), quantity.high, quantity, None


def _tail(text: str, count: Count) -> str:
    """From the end of the number on; the noun stands inside what was read as the count."""
    at = text.find(count.quantity.surface, count.start)
    return text[at + len(count.quantity.surface) :] if at >= 0 else text[count.end :]


def _around(text: str, count: Count, group: dict[str, re.Pattern[str]]) -> tuple[str, str]:
    """The text before and after a count within its clause."""
    before, after = text[: count.start], text[count.end :]
    return group["clause"].split(before)[-1], group["clause"].split(after)[0]


def _number(quantity: Quantity) -> int:
    """The number as said; "more than 1,000" is not 1,000, where the decree asks just that."""
    if quantity.low == EXCEEDED and quantity.high is None:
        return quantity.low + {MORE_THAN: 1, LESS_THAN: -1}.get(quantity.bound or "", 0)
    return quantity.low
