"""The thread of a conversation about places: what is kept between turns, and what a message then asks.

No coordinate is kept: after a shared location the thread goes on from the neighbourhood it lay in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from knowledge.catalogue.model import HAZARDS
from nlu.nearby import KIND_FOR_DANGER, Reading


@dataclass(frozen=True)
class Context:
    """The thread of a conversation about places; ids only. ``pending``: what was asked back
    ("place", "kind", "choice")."""

    kinds: tuple[str, ...] = ()
    hazards: bool = False
    origin: str = ""
    destination: str = ""
    shown: tuple[str, ...] = ()
    seen: int = 0
    pending: str = ""
    choices: tuple[str, ...] = ()
    spoken: str = ""
    """The row that was last spoken of by itself; else the one shown first is meant by "it"."""
    was_here: bool = False
    """The origin is the neighbourhood of a location that was shared."""

    @classmethod
    def read(cls, row: object) -> Context:
        """From a slot; anything that is not a context is an empty one."""
        if not isinstance(row, dict):
            return cls()
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in row.items()
            if name in cls.__annotations__
        }
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    @property
    def alive(self) -> bool:
        return self != Context()


@dataclass(frozen=True)
class Wanted:
    """What is looked for, after the thread has filled in what the message leaves out."""

    kinds: tuple[str, ...] = ()
    any_shelter: bool = False
    hazards: bool = False
    skip: int = 0
    more_room: bool = False
    nothing: bool = False
    """The message is a shared location alone."""


def wanted(reading: Reading, context: Context) -> Wanted:
    """What is looked for; the thread fills in what the message leaves out."""
    kinds = reading.kinds
    follows = context.alive and not reading.seeks
    if not kinds and reading.dangers and (context.pending == "kind" or follows):
        kinds = tuple(KIND_FOR_DANGER[danger] for danger in reading.dangers)
    if "hazards" in reading.signs and not kinds:
        return Wanted(hazards=True)
    if kinds and all(kind in HAZARDS for kind in kinds):
        return Wanted(kinds, hazards=True)
    if kinds:
        return Wanted(tuple(kind for kind in kinds if kind not in HAZARDS))
    if "shelter" in reading.signs and not (context.kinds and reading.signs & {"more", "more_room"}):
        return Wanted(any_shelter=True)
    if not reading.text and not context.kinds and not context.hazards:
        return Wanted(any_shelter=True, nothing=True)
    return Wanted(
        context.kinds,
        hazards=context.hazards,
        skip=context.seen if "more" in reading.signs and not reading.mentions else 0,
        more_room="more_room" in reading.signs,
    )
