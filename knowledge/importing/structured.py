"""Rows inside JSON, GeoJSON and XML, in the envelopes Korean public interfaces wrap them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.importing.errors import NotATableError, RefusedByPublisherError
from knowledge.importing.table import Row, Table, cell, column_names

_GOOD_CODES = {"", "0", "00", "000", "normal_code", "info-000", "200"}
_FIELD_LISTS = ("fields", "columns", "header", "headers")
_ROW_LISTS = ("records", "rows", "data", "DATA", "body", "items", "item", "row", "list", "result")


def read_json(text: str, encoding: str) -> Table:
    """A table from JSON of any of the known shapes; raises NotATableError, RefusedByPublisherError."""
    try:
        # numbers stay the text they were: the decimals of a coordinate say how exact it is
        value = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise NotATableError(f"The JSON is broken ({error}); fetch or export it again.") from None
    if isinstance(value, dict):
        check_header(value)
        if value.get("type") == "FeatureCollection":
            return _table("GeoJSON", encoding, [_feature_row(one) for one in value.get("features") or []], "")
    rows = list(_find_rows(value))
    if not rows and not _is_empty_answer(value):
        raise NotATableError("The JSON holds no list of rows; import an answer or export that has one.")
    return _table("JSON", encoding, rows, _words_beside(value))


def check_header(value: Mapping[str, Any]) -> None:
    """Raise RefusedByPublisherError when the header of an answer (which comes with HTTP 200) tells of an error."""
    outer = value.get("response", value)
    header = outer.get("header") if isinstance(outer, dict) else None
    if isinstance(header, dict):
        code = cell(header.get("resultCode"))
        if code.lower() not in _GOOD_CODES:
            raise RefusedByPublisherError(code, cell(header.get("errorMsg")) or cell(header.get("resultMsg")))


def _is_empty_answer(value: Any) -> bool:
    outer = value.get("response", value) if isinstance(value, dict) else value
    return outer == [] or (isinstance(outer, dict) and isinstance(outer.get("header"), dict))


def _find_rows(value: Any) -> Iterator[dict[str, Any]]:
    """Every row below a value, in order of appearance."""
    if isinstance(value, list):
        if value and all(isinstance(one, list) for one in value) and not _holds_objects(value):
            yield from _arrays(value[0], value[1:])
            return
        for one in value:
            if isinstance(one, dict) and _is_row(one):
                yield one
            else:
                yield from _find_rows(one)
    elif isinstance(value, dict):
        yield from _in_object(value)


def _in_object(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    columns, rows = _columns_and_rows(value)
    if columns and rows:
        yield from _arrays(columns, rows)
        return
    if parallel := _parallel_lists(value):
        names = list(parallel)
        yield from _arrays(names, list(zip(*parallel.values(), strict=True)))
        return
    named = [value[name] for name in _ROW_LISTS if isinstance(value.get(name), list | dict)]
    single = value.get("item")
    for one in named or [v for name, v in value.items() if name not in ("header", *_FIELD_LISTS)]:
        if isinstance(single, dict) and one is single and _is_row(single):
            yield single  # an answer with one row has the object itself in the place of the list
        else:
            yield from _find_rows(one)


def _is_row(value: dict[str, Any]) -> bool:
    plain = sum(1 for one in value.values() if not isinstance(one, list | dict))
    return plain >= 2 and plain * 2 >= len(value)


def _holds_objects(value: list[Any]) -> bool:
    return any(isinstance(one, dict | list) for line in value[:5] for one in line)


def _columns_and_rows(value: dict[str, Any]) -> tuple[list[str], list[Any]]:
    """Column names and arrays, where an object gives them side by side."""
    for name in _FIELD_LISTS:
        columns = value.get(name)
        if not isinstance(columns, list) or not all(isinstance(one, str) for one in columns):
            continue
        for rows in (value[other] for other in _ROW_LISTS if isinstance(value.get(other), list)):
            if rows and all(isinstance(one, list) for one in rows):
                return columns, rows
    return [], []


def _parallel_lists(value: dict[str, Any]) -> dict[str, list[Any]]:
    """The lists of an object that gives each column as a list of plain values; {} when it does not."""
    lists = {name: one for name, one in value.items() if isinstance(one, list)}
    if len(lists) < 2 or len(lists) < len(value) or len({len(one) for one in lists.values()}) != 1:
        return {}
    return {} if any(isinstance(v, dict | list) for one in lists.values() for v in one) else lists


def _arrays(columns: Iterable[Any], rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    names = column_names([cell(one) for one in columns])
    for row in rows:
        yield dict(zip(names, row, strict=False))


def _words_beside(value: Any) -> str:
    """The plain texts that stand beside the rows of an object, such as the name of the dataset."""
    if not isinstance(value, dict):
        return ""
    return " ".join(text for one in value.values() if isinstance(one, str) and len(text := cell(one)) > 3)


def _feature_row(feature: Any) -> dict[str, Any]:
    """A GeoJSON feature as a row: its properties, and its point, two ends, or shape as WKT."""
    if not isinstance(feature, dict):
        raise NotATableError("The GeoJSON holds something that is no feature; export it again.")
    row = dict(feature.get("properties") or {})
    geometry = feature.get("geometry") or {}
    coordinates, kind = geometry.get("coordinates") or [], geometry.get("type")
    if kind == "Point" and len(coordinates) >= 2:
        row |= {"geometry_longitude": coordinates[0], "geometry_latitude": coordinates[1]}
    elif kind == "LineString" and len(coordinates) >= 2:
        (row["geometry_longitude"], row["geometry_latitude"]) = coordinates[0][:2]
        (row["geometry_end_longitude"], row["geometry_end_latitude"]) = coordinates[-1][:2]
    elif kind and coordinates:
        row["geometry"] = _wkt(kind, coordinates)
    return row


def _wkt(kind: str, coordinates: Any) -> str:
    from shapely.geometry import shape

    def numbers(value: Any) -> Any:
        return [numbers(one) for one in value] if isinstance(value, list) else float(value)

    try:
        return str(shape({"type": kind, "coordinates": numbers(coordinates)}).wkt)
    except Exception:  # whatever shapely finds wrong, the row simply has no shape
        return ""


def read_xml(text: str, encoding: str) -> Table:
    """A table from XML (the old data.go.kr answers): the repeated element below the root is the row.

    Raises NotATableError, RefusedByPublisherError.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(text)  # decoded before, since the parser knows no CP949
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotATableError(f"The XML is broken or unsafe ({error}); fetch it again.") from None
    texts = {_tag(one): cell(one.text) for one in root.iter() if not len(one)}
    code = texts.get("returnReasonCode") or texts.get("resultCode", "")
    if code.lower() not in _GOOD_CODES:
        raise RefusedByPublisherError(code, texts.get("returnAuthMsg") or texts.get("resultMsg") or "no message")
    items = [one for one in root.iter() if _tag(one) in ("item", "row", "record")]
    rows = [{_tag(child): child.text for child in one if not len(child)} for one in items]
    if not rows and "resultCode" not in texts:
        raise NotATableError("The XML holds no rows (item, row or record); import an answer that has them.")
    return _table("XML", encoding, [row for row in rows if row], "")


def _tag(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _table(form: str, encoding: str, rows: list[dict[str, Any]], title: str) -> Table:
    """A table over objects; the columns are the union of their names in the order of first use."""
    columns = tuple(dict.fromkeys(name for row in rows for name in row))

    def read() -> Iterator[Row]:
        for number, row in enumerate(rows, 1):
            values = {name: _plain(row.get(name)) for name in columns}
            if any(values.values()):
                yield Row(number, values)

    return Table(form, encoding, columns, read, title)


def _plain(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return cell(value)
