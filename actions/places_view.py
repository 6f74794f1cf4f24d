"""Records as the places of an Answer: what people read of them and what a map needs. Pure."""

from __future__ import annotations

import datetime as dt
import math
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.catalogue.model import HAZARDS, Near, Record, Source
from nlu.names import english_reading
from nlu.texts import text

WALK_M_PER_MIN = 67
"""4 km/h, the usual figure of Korean pedestrian maps."""
WALKABLE_M = 5000
"""Beyond this no walking time is given."""
SILENT_FLAGS = frozenset({"date_in_future"})
QUIET_QUALITIES = frozenset({"official"})


def ref(record: Record) -> str:
    """A record's name between rooms: ``source|key``."""
    return f"{record.source}|{record.key}"


def refs(found: Iterable[Near]) -> tuple[str, ...]:
    """The names of several records between rooms."""
    return tuple(ref(near.record) for near in found)


def walk_minutes(distance_m: float | None) -> int | None:
    """Whole minutes at 4 km/h along the straight line, at least 1; None when it is too far to walk or unknown."""
    if distance_m is None or distance_m > WALKABLE_M:
        return None
    return max(1, math.ceil(distance_m / WALK_M_PER_MIN))


def length(metres: float) -> str:
    """10 m steps below a kilometre, then one decimal: "420 m", "1.3 km"."""
    if metres < 995:
        return f"{max(10, round(metres / 10) * 10)} m"
    return f"{metres / 1000:.1f} km" if metres < 99_950 else f"{round(metres / 1000)} km"


def place(near: Near, source: Source, language: str, today: dt.date, known_distance: bool = True) -> dict[str, Any]:
    """One place as the contract has it (docs/contract.md): JSON values only."""
    record = near.record
    metres = round(near.distance_m) if known_distance and record.lat is not None else None
    return {
        "id": ref(record),
        "name": record.name,
        "name_reading": english_reading(record.name) if language == "en" and record.kind not in HAZARDS else "",
        "kind": record.kind,
        "kind_label": text(f"nearby.kind.{record.kind}", language),
        "distance_m": metres,
        "walk_min": None if record.kind in HAZARDS else walk_minutes(metres),
        "lat": record.lat,
        "lon": record.lon,
        "end_lat": record.end_lat,
        "end_lon": record.end_lon,
        "address": record.address,
        "district": record.district,
        "dong": record.dong,
        "capacity": record.plausible_capacity,
        "phone": record.phone,
        "source": source.id,
        "source_label": source.title[language],
        "publisher": source.publisher[language],
        "licence": source.licence,
        "as_of": record.as_of or source.as_of,
        "stale": source.stale(today),
        "coordinate_quality": record.coordinate_quality,
        "flags": list(record.flags),
        "facts": facts(record, language),
        "notes": notes(record, language),
        "map_url": map_url(record),
        "extra": dict(record.extra),
    }


def notes(record: Record, language: str) -> list[str]:
    """Doubts about a row, one sentence each."""
    said = [text(f"nearby.flag.{flag}", language) for flag in record.flags if flag not in SILENT_FLAGS]
    if record.coordinate_quality not in QUIET_QUALITIES:
        said.append(text(f"nearby.quality.{record.coordinate_quality}", language))
    return said


def map_url(record: Record) -> str:
    """A link that opens the point in the map people here use; empty without a point."""
    if record.lat is None or record.lon is None:
        return ""
    name = urllib.parse.quote(record.name.replace(",", " "), safe="")
    return f"https://map.kakao.com/link/map/{name},{record.lat:.6f},{record.lon:.6f}"


def line(number: int, shown: Mapping[str, Any], language: str) -> str:
    """One place in the plain text: number, name, distance; then address and facts on a line of its own."""
    metres, minutes = shown["distance_m"], shown["walk_min"]
    first = f"{number}. {spoken_name(shown)}"
    if metres is not None:
        first += f", {distance(metres, minutes, language)}"
    second = particulars(shown, language)
    return f"{first}\n   {second}" if second else first


def particulars(shown: Mapping[str, Any], language: str) -> str:
    """Address, capacity, phone and facts on one line; empty where the list has none."""
    said = [shown["address"]]
    if shown["capacity"]:
        said.append(text("nearby.part.capacity", language, capacity=f"{shown['capacity']:,}"))
    if shown["phone"]:
        said.append(text("nearby.part.phone", language, phone=shown["phone"]))
    return " · ".join(part for part in [*said, *shown["facts"]] if part)


def spoken_name(shown: Mapping[str, Any]) -> str:
    """The name, for English readers with its reading: "원곡중학교 (Wongok Middle School)"."""
    return f"{shown['name']} ({shown['name_reading']})" if shown["name_reading"] else str(shown["name"])


def distance(metres: float, minutes: int | None, language: str) -> str:
    if minutes is None:
        return length(metres)
    return text("nearby.walk", language, distance=length(metres), minutes=minutes)


def facts(record: Record, language: str) -> list[str]:
    """What is known of a hazard, in words."""
    extra, said = record.extra, []
    if record.kind == "bicycle_hotspot":
        counts = {name: extra.get(name, 0) for name in ("year", "accidents", "casualties")}
        said.append(text("nearby.part.accidents", language, **counts))
        if extra.get("deaths"):
            said.append(text("nearby.part.deaths", language, deaths=extra["deaths"]))
    if record.kind == "ice_prone_section" and extra.get("authority"):
        said.append(text("nearby.part.road", language, authority=extra["authority"]))
    return said
