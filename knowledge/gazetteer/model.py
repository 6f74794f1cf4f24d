"""The value every room uses for a place, and the words its fields may hold."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = (
    "sido",
    "sigungu",
    "district",
    "admin_dong",
    "legal_dong",
    "station",
    "welfare_centre",
    "landmark",
    "safety_district",
)
"""``district``: a general district of a city (Ansan's two gu). ``admin_dong`` also holds eup and myeon."""

QUALITIES = ("official", "derived", "unofficial", "none")
"""Of the point: published by the office; worked out here from published points; from a public list that is
not an office's; none held."""


@dataclass(frozen=True)
class Place:
    """A place with its point in WGS 84 degrees, or without one (``lat`` and ``lon`` None, quality "none").

    ``id`` is "<level's word>:<code or name>". ``code``: ten-digit official code, empty where there is none.
    ``polygon_code``: code of the polygon in ``ansan_dongs.geojson`` that is this place. ``parents``: ids, the
    nearest first. ``dongs``: codes of the administrative dongs of Ansan it covers or lies in. ``also``: ids of
    other readings of the same name (an administrative and a legal dong). ``namesake``: id of the dong whose
    name a station bears, where the names are letter for letter the same.
    """

    id: str
    level: str
    name_ko: str
    name_en: str
    lat: float | None
    lon: float | None
    code: str = ""
    polygon_code: str | None = None
    parents: tuple[str, ...] = ()
    dongs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    namesake: str = ""
    source: str = ""
    as_of: str = ""
    quality: str = "official"

    @property
    def point(self) -> tuple[float, float] | None:
        """(latitude, longitude), or None when none is held."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)
