"""How a source and a record lie in a store: names of the columns, checks before writing, letters for searching."""

from __future__ import annotations

import dataclasses
import json
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from knowledge.catalogue.model import FLAGS, KINDS, QUALITIES, CatalogueError, Record, Source

COLUMNS = (
    "key", "kind", "name", "lat", "lon", "address", "district", "dong", "capacity", "area_m2", "phone",
    "coordinate_quality", "as_of", "flags", "end_lat", "end_lon", "extra",
)  # fmt: skip
"""The fields of a record but its source, in this order in both stores and in the files of bundled rows."""
_FLAG_SIGN = "|"
_BATCH = 2000
_LARGEST = 2**53


class Spot(NamedTuple):
    """What ranking needs of a record: where it is, and what puts equal distances in order."""

    source: str
    key: str
    id: int
    lat: float
    lon: float
    end_lat: float | None
    end_lon: float | None


def folded(name: str) -> str:
    """A name for searching: one form of each letter, small letters, no white space."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def to_row(record: Record) -> tuple[Any, ...]:
    """The values of COLUMNS; raises CatalogueError when ``extra`` is not plain data."""
    return (
        record.key, record.kind, record.name, record.lat, record.lon, record.address, record.district, record.dong,
        record.capacity, record.area_m2, record.phone, record.coordinate_quality, record.as_of,
        _FLAG_SIGN.join(record.flags), record.end_lat, record.end_lon, _extra(record),
    )  # fmt: skip


def _extra(record: Record) -> str:
    if not record.extra:
        return ""
    try:
        return json.dumps(dict(record.extra), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise CatalogueError(f"{_named(record)}: its extra facts are not plain data ({error}); mend the row.") from None


def to_record(source: str, row: Sequence[Any]) -> Record:
    """The record of a source's row (the values of COLUMNS)."""
    values = dict(zip(COLUMNS, row, strict=True))
    values["flags"] = tuple(values["flags"].split(_FLAG_SIGN)) if values["flags"] else ()
    values["extra"] = json.loads(values["extra"]) if values["extra"] else {}
    return Record(source=source, **values)


def source_to_json(source: Source) -> str:
    return json.dumps(dataclasses.asdict(source), ensure_ascii=False)


def source_from_json(body: str) -> Source:
    values = json.loads(body)
    for name in ("kinds", "coverage"):
        values[name] = tuple(values[name])
    return Source(**values)


def batches(source: Source, records: Iterable[Record]) -> Iterator[list[Record]]:
    """Checked records, some thousands at a time; raises CatalogueError naming a row that cannot be held."""
    rest = iter(records)
    while batch := list(islice(rest, _BATCH)):
        for record in batch:
            if problem := fault(source, record):
                raise CatalogueError(f"{_named(record)}: {problem}; mend the row and import again.")
        yield batch


def fault(source: Source, record: Record) -> str | None:
    """What keeps a record out of a store, in words."""
    if record.source != source.id:
        return f"it names another source than {source.id!r}"
    if record.kind not in source.kinds or record.kind not in KINDS:
        return f"{record.kind!r} is not one of the kinds of this source"
    if not record.key:
        return "it has no key"
    if record.coordinate_quality not in QUALITIES:
        return f"{record.coordinate_quality!r} is no coordinate quality"
    if record.flags and not set(record.flags) <= set(FLAGS):
        return f"{', '.join(set(record.flags) - set(FLAGS))} is no known flag"
    if not abs(record.capacity or 0) <= _LARGEST or not abs(record.area_m2 or 0) <= _LARGEST:
        return "its capacity or area is no number that can be held"
    return _fault_of_point(record)


def _fault_of_point(record: Record) -> str | None:
    if (record.lat is None) != (record.lon is None) or (record.end_lat is None) != (record.end_lon is None):
        return "it has half of a coordinate"
    if record.end_lat is not None and record.lat is None:
        return "its section of road has no start"
    for lat, lon in ((record.lat, record.lon), (record.end_lat, record.end_lon)):
        if lat is not None and lon is not None and not on_earth(lat, lon):
            return f"({lat}, {lon}) is no place on Earth"
    return None


def on_earth(lat: float, lon: float) -> bool:
    return math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180


def repeated(source: Source, key: str) -> CatalogueError:
    return CatalogueError(
        f"{source.id}: the key {key!r} stands twice; give each row its own key and import again (nothing was changed)."
    )


def _named(record: Record) -> str:
    return f"{record.source}, row {record.key!r}"
