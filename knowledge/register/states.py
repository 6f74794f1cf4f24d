"""In which state a topic is here: held, to be fetched or imported, published elsewhere, or not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.catalogue.model import Source
from knowledge.register.datasets import datasets
from knowledge.register.topics import Topic, topics

STATES = ("held", "fetchable", "importable", "published", "not_public", "unknown")
"""``published``: listed on a portal, but nothing here reads it. ``unknown``: no dataset id known to us."""
Counts = Mapping[tuple[str, str], int]
"""(source id, kind) -> number of records, as the catalogue gives them."""


@dataclass(frozen=True)
class Held:
    """What the catalogue holds of a topic from one source."""

    source: Source
    rows: int


@dataclass(frozen=True)
class Standing:
    """A topic with its states, the first of STATES that fits first."""

    topic: Topic
    states: tuple[str, ...]
    held: tuple[Held, ...] = ()

    @property
    def state(self) -> str:
        return self.states[0]


def held_of(topic: Topic, sources: Sequence[Source], counts: Counts) -> tuple[Held, ...]:
    """Sources that hold records of the topic's kinds, the largest first."""
    found = [Held(s, sum(counts.get((s.id, kind), 0) for kind in topic.kinds)) for s in sources]
    return tuple(sorted((h for h in found if h.rows), key=lambda h: (-h.rows, h.source.id)))


def standing(topic: Topic, sources: Sequence[Source] = (), counts: Counts | None = None) -> Standing:
    """How a topic stands with a catalogue that holds these sources."""
    held = held_of(topic, sources, counts or {})
    fits = {
        "held": bool(held),
        "fetchable": any(not datasets()[id].changes_forbidden for id in topic.fetch),
        "importable": topic.importable,
        "not_public": topic.not_public,
    }
    states = [name for name in STATES if fits.get(name)]
    if not states or states == ["held"]:
        states += ["published"] if any(entry.id for entry in topic.datasets) or topic.fetch else []
    return Standing(topic, tuple(states) or ("unknown",), held)


def register(sources: Sequence[Source] = (), counts: Counts | None = None) -> list[Standing]:
    """All topics."""
    return [standing(topic, sources, counts) for topic in topics().values()]
