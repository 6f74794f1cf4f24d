"""One page of a portal's answer: the rows, and how many there are in all; or the error it really is.

Four shapes are official: the V2 JSON of safetydata.go.kr (``header``/``body``), the JSON and XML of data.go.kr
(``response``/``header``/``body``/``items``/``item``), the older JSON of the ministry's own services (``head``/``row``),
and the error form of the gateway (``OpenAPI_ServiceResponse``/``cmmMsgHeader``), with HTTP status 200 or 400.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.fetching.errors import FetchError
from knowledge.fetching.portal_errors import check

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """``total``: number of rows of the whole dataset, None when the portal does not say."""

    rows: list[Row]
    total: int | None


def read_page(text: str) -> Page:
    """Read an answer; raises PortalError for an error inside it, FetchError for what is no answer of a portal."""
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith(("{", "[")):
        return _from_json(head)
    if head.startswith("<") and not head[:200].lower().startswith(("<!doctype html", "<html")):
        return _from_xml(head)
    raise FetchError("The portal answered with a page for people instead of data; check the address and try again.")


def _from_json(text: str) -> Page:
    try:
        # a fraction stays the text it was: the decimals of a coordinate say how exact it is
        whole = json.loads(text, parse_float=str)
    except ValueError:
        whole = None
    if not isinstance(whole, Mapping):
        raise FetchError("The portal's answer is broken off or no JSON; run the command again.")
    return _page(whole)


def _from_xml(text: str) -> Page:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        root = None
    if root is None:
        raise FetchError("The portal's answer is broken off or no XML; run the command again.")
    return _page({root.tag: _plain(root)})


def _plain(element: Any) -> Any:
    """An XML element as text or as a mapping; a repeated name becomes a list."""
    if not len(element):
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in element:
        value = _plain(child)
        if child.tag in found:
            earlier = found[child.tag]
            found[child.tag] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
        else:
            found[child.tag] = value
    return found


def _page(whole: Mapping[str, Any]) -> Page:
    gateway = _mapping(whole.get("OpenAPI_ServiceResponse") or {}).get("cmmMsgHeader")
    if gateway is None and "cmmMsgHeader" in whole:
        gateway = whole["cmmMsgHeader"]
    if gateway is not None:
        said = _mapping(gateway)
        check(said.get("returnReasonCode", "99"), said.get("returnAuthMsg"), said.get("errMsg"))
        raise FetchError("The portal answered with its error form but named no error; run the command again later.")
    if (listed := _head_and_row(whole)) is not None:
        return listed
    answer = _mapping(whole.get("response", whole))
    if "header" not in answer and "body" not in answer:
        raise FetchError("The portal's answer has none of the official shapes; check the dataset id.")
    header = _mapping(answer.get("header") or {})
    empty = check(header.get("resultCode", "00"), header.get("resultMsg"), header.get("errorMsg"))
    body = answer.get("body")
    counted = _mapping(body) if isinstance(body, Mapping) and "totalCount" in body else answer
    rows = [] if empty else list(_rows(body))
    return Page(rows, 0 if empty else _number(counted.get("totalCount")))


def _head_and_row(whole: Mapping[str, Any]) -> Page | None:
    """``{"Service": [{"head": [{"totalCount": …}, …, {"RESULT": …}]}, {"row": […]}]}``; an error is a bare RESULT."""
    if "RESULT" in whole:
        said = _mapping(whole["RESULT"])
        check(said.get("resultCode", "99"), said.get("resultMsg"))
        return Page([], 0)
    parts = next((value for value in whole.values() if isinstance(value, list)), None) if len(whole) == 1 else None
    if not parts or not any("head" in _mapping(part) for part in parts):
        return None
    head: dict[str, Any] = {}
    rows: list[Row] = []
    for part in map(_mapping, parts):
        for each in _list(part.get("head", [])):
            head |= _mapping(each)
        rows += [dict(row) for row in _list(part.get("row", [])) if isinstance(row, Mapping)]
    said = _mapping(head.get("RESULT") or {})
    empty = check(said.get("resultCode", "INFO-0"), said.get("resultMsg"))
    return Page([] if empty else rows, 0 if empty else _number(head.get("totalCount")))


def _rows(body: Any) -> Iterator[Row]:
    """Rows wherever they lie: nothing, a list, ``items``, ``items.item``, one row alone, or a list in a list."""
    if isinstance(body, Mapping):
        for name in ("items", "item"):
            if name in body:
                yield from _rows(body[name])
                return
        if body and "totalCount" not in body:
            yield dict(body)
    elif isinstance(body, list):
        for each in body:
            yield from _rows(each)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _number(value: Any) -> int | None:
    text = str(value).replace(",", "").strip() if value is not None else ""
    return int(text) if text.isdecimal() else None
