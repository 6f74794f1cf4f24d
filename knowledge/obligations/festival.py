"""Does a festival need a safety plan (Article 73-9 of the decree), what goes into it, and by which day.

Only what is true stands here: facts in, a check out. Each line of a check names what it rests on: the
decree (with its provision), the practice of a ministry or local governments, or good practice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VENUES = ("mountain", "water", "other")
MATERIALS = ("fire", "firecrackers", "petroleum", "gas", "other")
HOSTS = ("local_government", "private")
PLANS = ("none", "draft", "submitted", "changing")
DECREE, MINISTRY, GOOD_PRACTICE = "decree", "ministry", "good_practice"
BASES = (DECREE, MINISTRY, GOOD_PRACTICE)


@dataclass(frozen=True)
class FestivalFacts:
    """What an organizer said; None is "not said yet"."""

    people: int | None = None
    """Expected number of people at one time, at the peak; of a range its lower end."""
    people_high: int | None = None
    """Upper end when a range was given."""
    venue: str | None = None
    """One of VENUES."""
    materials: tuple[str, ...] | None = None
    """Of MATERIALS; () is "none at all"."""
    host: str | None = None
    """One of HOSTS."""
    place: str = ""
    start: dt.date | None = None
    """First day."""
    end: dt.date | None = None
    """Last day."""
    plan: str | None = None
    """One of PLANS: how far the plan is."""


@dataclass(frozen=True)
class Line:
    """One line of a check, without words: the text at ``festival.line.<key>`` filled with ``values``."""

    key: str
    basis: str
    """One of BASES."""
    provision: str | None
    """Provision id of a decree line."""
    values: Mapping[str, Any]
    """Dates as date, numbers as int."""


@dataclass(frozen=True)
class FestivalCheck:
    """What follows from the facts."""

    applies: bool | None
    """None: unclear, see ``missing`` and the lines."""
    grounds: tuple[str, ...]
    """Provision ids of what makes it apply."""
    plan_due: dt.date | None
    change_due: dt.date | None
    late: bool
    """The due day of the plan has passed, and no plan was handed in."""
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    """Names of the facts (fields of FestivalFacts) still needed."""
