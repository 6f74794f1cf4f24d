"""Rows whose points are not published: found by the neighbourhood that their address names."""

from __future__ import annotations

from actions.compose_nearby import Spot
from knowledge.catalogue.model import Catalogue, Near, Record
from knowledge.gazetteer import Place


def by_neighbourhood(catalogue: Catalogue, kind: str, spot: Spot) -> list[Record]:
    """All rows of a kind, those of the nearest neighbourhood first."""
    return sorted(catalogue.rows([kind]), key=lambda record: (_away(spot, record), record.key))


def first_listed(catalogue: Catalogue, kind: str, spot: Spot) -> Near | None:
    """The likeliest row of a kind whose points are not published."""
    records = [record for record in by_neighbourhood(catalogue, kind, spot) if record.lat is None]
    return Near(records[0], 0.0) if records else None


def _away(spot: Spot, record: Record) -> float:
    from knowledge.catalogue.geodesy import distances

    place = _neighbourhood(record)
    if place is None or place.lat is None or place.lon is None:
        return float("inf")
    return distances(spot.lat, spot.lon, [place.lat], [place.lon])[0]


def _neighbourhood(record: Record) -> Place | None:
    """The neighbourhood that a record's address names."""
    from nlu.places import find_places

    named = [m.candidates[0] for m in find_places(record.address, "ko") if m.candidates]
    dongs = [place for place in named if place.level in ("legal_dong", "admin_dong") and place.point]
    return dongs[-1] if dongs else None
