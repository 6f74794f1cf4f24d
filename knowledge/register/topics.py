"""The topics of the register (``topics.json`` beside this module): one for each kind of disclosed data."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parent / "topics.json"
GROUPS = ("shelter", "hazard", "responder", "disclosure", "notice")
ALL = "all"
"""Not a topic: the question about everything that is held."""


@dataclass(frozen=True)
class Entry:
    """One dataset of a portal as it is listed there. ``id`` is empty where we do not know it."""

    portal: str
    id: str
    title: str
    evidence: str
    url: str = ""
    note: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Topic:
    """What is disclosed under one name.

    ``publisher`` is the office that the listing names, at the time of the listing. ``kinds``: of the catalogue;
    empty where it has none. ``fetch``: ids of ``datasets.json``. ``importable``: the file's form is known to
    the importer. ``law``: provisions of the bundled decree on disclosing such data. ``ask``: where else to
    look it up. ``where``: the public pages the row was taken from.
    """

    id: str
    group: str
    name: Mapping[str, str]
    publisher: Mapping[str, str]
    where: tuple[str, ...]
    datasets: tuple[Entry, ...] = ()
    kinds: tuple[str, ...] = ()
    fetch: tuple[str, ...] = ()
    importable: bool = False
    not_public: bool = False
    law: tuple[str, ...] = ()
    ask: str = ""
    note: Mapping[str, str] = field(default_factory=dict)


@functools.cache
def topics() -> dict[str, Topic]:
    """All topics by id, in the order of the file."""
    rows = json.loads(FILE.read_text("utf-8"))["topics"]
    return {row["id"]: _topic(row) for row in rows}


def topic_of(kind: str) -> Topic:
    """The topic of a kind of the catalogue; raises KeyError."""
    found = next((topic for topic in topics().values() if kind in topic.kinds), None)
    if found is None:
        raise KeyError(kind)
    return found


def _topic(row: dict[str, object]) -> Topic:
    listed = row.get("datasets", [])
    assert isinstance(listed, list)
    names = ("kinds", "fetch", "law", "where")
    lists = {name: tuple(value) for name in names if isinstance(value := row.get(name), list)}
    plain = {**row, **lists, "datasets": tuple(Entry(**entry) for entry in listed)}
    return Topic(**plain)  # type: ignore[arg-type]  # a checked JSON row
