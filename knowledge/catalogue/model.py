"""The catalogue: disclosed records (facilities, hazards) with their sources, found by place.

This module holds the values and the seam; ``sqlite`` and ``postgis`` are its two stores, which pass the same
tests. A store that cannot be reached raises CatalogueError, so that "there
is none" and "we could not look" stay different answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from knowledge.errors import KnowledgeError

SHELTERS = (
    "earthquake_site",
    "civil_defence_shelter",
    "heat_shelter",
    "cold_shelter",
    "temporary_housing",
    "tsunami_site",
    "chemical_shelter",
)
"""Kinds of shelter. They are never merged: one is underground, another open air, a third opens only when told."""
RESPONDERS = ("fire_centre", "police", "hospital", "welfare_centre", "aed", "hydrant")
HAZARDS = ("ice_prone_section", "bicycle_hotspot", "flood_mark", "risk_district", "steep_slope", "landslide_area")
KINDS = SHELTERS + RESPONDERS + HAZARDS

QUALITIES = ("official", "coarse", "geocoded", "none")
"""``coordinate_quality``: published by the office; published with so few decimals that it is tens of metres
off or more; looked up from the address by somebody else; not published."""

FLAGS = (
    "capacity_equals_area",
    "capacity_beyond_density",
    "date_in_future",
    "outside_stated_district",
    "outside_korea",
    "shared_point",
    "name_of_other_city",
)
"""Doubts about a row, found at import; they travel with it."""


class CatalogueError(KnowledgeError):
    """The store cannot be read or written; one sentence that says what to do."""


class NotBuiltError(CatalogueError):
    """There is no catalogue yet; the first source written makes it."""


class UnusableError(CatalogueError):
    """The catalogue is damaged or of another version; only building it anew helps."""


@dataclass(frozen=True)
class Source:
    """One disclosed dataset. ``as_of`` is a day, month or year as ISO text ("2023-11"), as precise as known.

    ``coverage``: district codes the rows are complete for ("41270" Ansan, "KR"; "KR-41270": all but Ansan);
    empty for a sample. ``stale_after_days``: age at which an answer warns.
    """

    id: str
    kinds: tuple[str, ...]
    title: Mapping[str, str]
    publisher: Mapping[str, str]
    dataset: str
    url: str
    licence: str
    as_of: str
    stale_after_days: int
    coverage: tuple[str, ...] = ()
    defects: Mapping[str, str] = field(default_factory=dict)
    """What a reader should know about the rows, in each language."""
    digest: str = ""

    def stale(self, today: dt.date) -> bool:
        """Whether the as-of date lies further back than the source's limit."""
        return (today - last_day(self.as_of)).days > self.stale_after_days


@dataclass(frozen=True)
class Record:
    """One row of a source. Coordinates are WGS 84 degrees; None where none is published.

    ``end_lat``/``end_lon``: the other end of a hazard that is a section of road. ``district`` and ``dong``:
    as stated by the row, else where the point falls. ``extra``: kind-specific facts (counts, year, type).
    """

    source: str
    key: str
    kind: str
    name: str
    lat: float | None
    lon: float | None
    address: str = ""
    district: str = ""
    dong: str = ""
    capacity: int | None = None
    area_m2: float | None = None
    phone: str = ""
    coordinate_quality: str = "official"
    as_of: str = ""
    flags: tuple[str, ...] = ()
    end_lat: float | None = None
    end_lon: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def plausible_capacity(self) -> int | None:
        """The capacity, unless a flag says it cannot be one."""
        doubted = {"capacity_equals_area", "capacity_beyond_density"} & set(self.flags)
        return None if doubted else self.capacity


@dataclass(frozen=True)
class Near:
    """A record and its geodesic distance from what was asked (point or line), metres."""

    record: Record
    distance_m: float


class Catalogue(Protocol):
    """What a store does. All methods raise CatalogueError when it cannot be reached."""

    def nearest(
        self, lat: float, lon: float, kinds: Sequence[str], k: int = 5, within_m: float | None = None
    ) -> list[Near]:
        """The k records of these kinds that are nearest to a point by geodesic distance, nearest first.

        A section of road counts by its nearest point. Records without a point are not found here.
        """
        ...

    def inside(self, geometry: Mapping[str, Any], kinds: Sequence[str], limit: int | None = None) -> list[Record]:
        """Records of these kinds whose point lies in a GeoJSON Polygon or MultiPolygon, by source and key."""
        ...

    def along(
        self, start: tuple[float, float], end: tuple[float, float], kinds: Sequence[str], corridor_m: float
    ) -> list[Near]:
        """Records within ``corridor_m`` of the straight line between two (lat, lon), in the order of the walk.

        ``distance_m`` is the distance from the line.
        """
        ...

    def named(self, name: str, kinds: Sequence[str] = (), k: int = 10) -> list[Record]:
        """Records whose name holds these letters (case and white space apart), the shortest names first."""
        ...

    def get(self, source: str, key: str) -> Record | None:
        """The record with this key of this source, or None."""
        ...

    def rows(self, kinds: Sequence[str], source: str | None = None) -> list[Record]:
        """All records of these kinds, also those without a point, by source and key."""
        ...

    def sources(self) -> list[Source]:
        """Every source that is held, by id."""
        ...

    def counts(self) -> dict[tuple[str, str], int]:
        """Number of records by (source id, kind)."""
        ...

    def replace(self, source: Source, records: Iterable[Record]) -> int:
        """Put a source and its records in place of what was held of it, all or nothing; the number written.

        Records are taken one by one, so that memory stays bounded. A repeated key raises CatalogueError.
        """
        ...

    def remove(self, source_id: str) -> bool:
        """Forget a source; whether it was held."""
        ...

    def close(self) -> None: ...


def last_day(as_of: str) -> dt.date:
    """The last day of an ISO day, month or year; raises ValueError."""
    parts = [int(part) for part in as_of.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)
