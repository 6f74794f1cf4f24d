"""What somebody asks of ``/data/``: ``kind=K[&bbox=w,s,e,n][&near=lat,lon&k=5][&lang=ko]``, read strictly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.catalogue.model import KINDS

MOST_NEAR = 50
LANGUAGES = ("ko", "en")
_PARAMETERS = ("kind", "bbox", "near", "k", "lang")


class BadQueryError(ValueError):
    """A query that cannot be answered; the message is one sentence that says what to send."""


@dataclass(frozen=True)
class PlacesQuery:
    """One ``kind``; ``bbox`` is west, south, east, north and ``near`` lat, lon, all WGS 84 degrees."""

    kind: str
    bbox: tuple[float, float, float, float] | None
    near: tuple[float, float] | None
    k: int
    language: str


def read_query(given: Mapping[str, str]) -> PlacesQuery:
    """Raises BadQueryError."""
    unknown = sorted(set(given) - set(_PARAMETERS))
    if unknown:
        raise BadQueryError(f"There is no parameter {unknown[0][:40]!r}; there are {', '.join(_PARAMETERS)}.")
    kind = given.get("kind", "")
    if kind not in KINDS:
        raise BadQueryError(f'"kind" must be one of {", ".join(KINDS)}.')
    language = given.get("lang", "ko")
    if language not in LANGUAGES:
        raise BadQueryError('"lang" must be ko or en.')
    bbox, near = _bbox(given.get("bbox")), _near(given.get("near"))
    if bbox and near:
        raise BadQueryError('Give "bbox" or "near", not both.')
    if "k" in given and near is None:
        raise BadQueryError('"k" goes with "near".')
    return PlacesQuery(kind, bbox, near, _k(given.get("k", "5")), language)


def _k(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= MOST_NEAR):
        raise BadQueryError(f'"k" must be a whole number from 1 to {MOST_NEAR}.')
    return int(given)


def _near(given: str | None) -> tuple[float, float] | None:
    if given is None:
        return None
    numbers = _numbers(given)
    if len(numbers) != 2 or not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
        raise BadQueryError('"near" must be lat,lon in degrees, such as 37.32,126.83.')
    return numbers[0], numbers[1]


def _bbox(given: str | None) -> tuple[float, float, float, float] | None:
    if given is None:
        return None
    numbers = _numbers(given)
    if len(numbers) == 4:
        west, south, east, north = numbers
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    raise BadQueryError('"bbox" must be west,south,east,north in degrees, such as 126.7,37.2,126.9,37.4.')


def _numbers(given: str) -> list[float]:
    """The finite numbers of a comma-separated list; none of them when one is not."""
    try:
        numbers = [float(part) for part in given.split(",")]
    except ValueError:
        return []
    return numbers if all(math.isfinite(number) for number in numbers) else []
