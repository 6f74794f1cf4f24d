"""A response of the action-guideline API, read into items in the order of the document.

Two shapes are met: ``response.body.items.item`` as a flat list, and the same with items hidden deeper:
an item whose ``actRmks`` is itself an item (its text under a blank or a Korean name), and an ``item``
beside it that goes on with the rest. An error comes with HTTP status 200: its code stands in the header.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.errors import KnowledgeError

FINE = frozenset({"0", "00", "000"})
"""``resultCode`` of an answer, as number or text; anything else is an error."""
FIELDS = frozenset(
    (
        *("actRmks", "contentsType", "contentsUrl", "mainOrd", "platformId", "subOrd", "item"),
        *("safetyCate1", "safetyCate2", "safetyCate3", "safetyCate4"),
        *("safetyCateNm1", "safetyCateNm2", "safetyCateNm3"),
    )
)
MAX_DEPTH = 200
MAX_BYTES = 20_000_000


class GuideError(KnowledgeError):
    """A file that is no guideline response, or one that says an error; one sentence that says what to do."""


@dataclass(frozen=True)
class GuideItem:
    """One item. ``category`` is the code of the finest category with a name (safetyCate3, else 2, else 1);
    ``order``: (mainOrd, subOrd), which several items may share; ``text``: verbatim, "" for a picture or film."""

    group: str
    group_name: str
    category: str
    category_name: str
    order: tuple[int, int]
    kind: int
    text: str


def read_guide(raw: bytes) -> tuple[GuideItem, ...]:
    """All items of one response; raises GuideError."""
    body = _body(raw)
    items = tuple(_item(found) for found in _walk(body, 0))
    if not items:
        raise GuideError("the response holds no guideline items")
    total = _number(body.get("totalCount", 0), "totalCount")
    if total > len(items):
        raise GuideError(f"holds {len(items)} of {total} items; ask the API for all of them (numOfRows={total})")
    return items


def _body(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_BYTES:
        raise GuideError(f"is larger than {MAX_BYTES // 1_000_000} MB, no guideline response is")
    try:
        loaded = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise GuideError("is no JSON in UTF-8; ask the API for returnType=json") from None
    answer = loaded.get("response", loaded) if isinstance(loaded, dict) else None
    header = answer.get("header") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(header, dict):
        raise GuideError("is no response of the guideline API (no header)")
    code = str(header.get("resultCode", "")).strip()
    if code not in FINE:
        # only the code: the message of such an envelope may repeat the key that was sent
        raise GuideError(f"the API answered with an error (resultCode {code[:12]!r}); ask it again")
    body = answer.get("body")
    if not isinstance(body, dict):
        raise GuideError("the response has no body")
    return body


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every mapping that is an item, outer before inner, in the order written."""
    if depth > MAX_DEPTH:
        raise GuideError("items are nested too deep")
    if isinstance(value, dict):
        if "contentsType" in value and "mainOrd" in value:
            yield value
        for inner in value.values():
            yield from _walk(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner, depth + 1)


def _item(found: dict[str, Any]) -> GuideItem:
    code = next((str(found[f"safetyCate{n}"]) for n in (3, 2, 1) if found.get(f"safetyCate{n}")), "")
    name = next((str(found[f"safetyCateNm{n}"]) for n in (3, 2, 1) if found.get(f"safetyCateNm{n}")), "")
    if not code or not found.get("safetyCate2"):
        raise GuideError("an item has no category (safetyCate2)")
    return GuideItem(
        str(found["safetyCate2"]),
        str(found.get("safetyCateNm2") or ""),
        code,
        name,
        (_number(found["mainOrd"], "mainOrd"), _number(found.get("subOrd", 0), "subOrd")),
        _number(found["contentsType"], "contentsType"),
        _text(found),
    )


def _text(found: dict[str, Any]) -> str:
    """``actRmks``; in the deeper shape the one field whose name is none of the known ones, led by that name."""
    words = found.get("actRmks")
    if isinstance(words, str):
        return html.unescape(words).replace("\r", "\n").strip()
    odd = [(name, value) for name, value in found.items() if name not in FIELDS and isinstance(value, str)]
    return "\n".join(f"{name}: {value.strip()}" if name else value.strip() for name, value in odd)


def _number(value: object, name: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise GuideError(f"{name} is no number") from None
