"""Places as CSV: one row a place, lists joined by "|"."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable
from pathlib import Path

from knowledge.gazetteer.model import Place

COLUMNS = tuple(field.name for field in dataclasses.fields(Place))
_LISTS = ("parents", "dongs", "also")


def write_places(path: Path, places: Iterable[Place]) -> None:
    """Points are written to six decimals (about a tenth of a metre)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_cell(getattr(place, column)) for column in COLUMNS] for place in places)


def read_places(path: Path) -> list[Place]:
    """Every row; raises ValueError for a point that is no number."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_place(row) for row in csv.DictReader(file)]


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0")
    if isinstance(value, tuple):
        return "|".join(value)
    return "" if value is None else str(value)


def _place(row: dict[str, str]) -> Place:
    lists = {name: tuple(filter(None, row[name].split("|"))) for name in _LISTS}
    plain = {name: row[name] for name in COLUMNS if name not in (*_LISTS, "lat", "lon", "polygon_code")}
    lat, lon = (float(row[name]) if row[name] else None for name in ("lat", "lon"))
    # mypy cannot see that the columns are the fields of Place
    return Place(lat=lat, lon=lon, polygon_code=row["polygon_code"] or None, **plain, **lists)  # type: ignore[arg-type]  # read from JSON
