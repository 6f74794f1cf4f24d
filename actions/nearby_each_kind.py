"""Several kinds at once: the nearest of each, each with the danger it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from actions.compose_nearby import Spot, Telling, compose_each_kind, compose_not_covered
from actions.nearby_coverage import FAR_M, NoData, holding
from actions.nearby_listed import first_listed
from actions.nearby_thread import Context, Wanted
from actions.places_view import refs
from knowledge.catalogue.model import Catalogue, Near
from nlu.answer import Answer

OFFERED = ("earthquake_site", "civil_defence_shelter", "heat_shelter", "temporary_housing")
"""Kinds to choose between when any shelter is asked for."""


class SeveralKinds:
    """Answers that hold one place of each of several kinds."""

    def __init__(self, catalogue: Catalogue, no_data: NoData) -> None:
        self._catalogue, self._no_data = catalogue, no_data

    def named(self, telling: Telling, sought: Wanted, spot: Spot, kept: Context) -> tuple[Answer, Context]:
        """Two kinds named at once: the nearest of each, each with what it is for."""
        held = [kind for kind in sought.kinds if holding(telling, kind)]
        found = self._first_of(held, spot)
        without = [kind for kind in held if kind not in found]
        found |= {kind: near for kind in without if (near := first_listed(self._catalogue, kind, spot))}
        if not found:
            return self._no_data(sought.kinds, telling.language), kept
        missing = [kind for kind in sought.kinds if kind not in held]
        lacks = telling.say("held_not", kinds=telling.kinds(missing)) if missing else ""
        made = compose_each_kind(telling, spot, found, "answered", lacks)
        return made, replace(kept, shown=refs(found.values()), seen=1)

    def offered(self, telling: Telling, spot: Spot, kept: Context, status: str) -> tuple[Answer, Context]:
        """Any shelter was asked for: the nearest of each kind that is offered."""
        found = self._first_of([kind for kind in OFFERED if holding(telling, kind)], spot)
        if not found:
            return compose_not_covered(telling, OFFERED, spot), kept
        made = compose_each_kind(telling, spot, found, status)
        return made, replace(kept, shown=refs(found.values()), pending="kind")

    def _first_of(self, kinds: Iterable[str], spot: Spot) -> dict[str, Near]:
        nearest = {kind: self._catalogue.nearest(spot.lat, spot.lon, [kind], 1, FAR_M) for kind in kinds}
        return {kind: found[0] for kind, found in nearest.items() if found}
