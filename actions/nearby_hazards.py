"""Recorded hazards around a place, or along the straight line between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.compose_nearby import (
    Spot,
    Telling,
    compose_along,
    compose_hazards,
    compose_none,
    compose_not_covered,
)
from actions.nearby_asking import ask_place
from actions.nearby_coverage import NoData, covered, holding
from actions.nearby_thread import Context, Wanted
from actions.places_view import length
from knowledge.catalogue.model import HAZARDS, Catalogue, Source
from nlu.answer import Answer
from nlu.nearby import Reading

HAZARD_RADIUS_M = 500.0
CORRIDOR_M = 250.0


class Hazards:
    """Answers about recorded hazards."""

    def __init__(self, catalogue: Catalogue, no_data: NoData) -> None:
        self._catalogue, self._no_data = catalogue, no_data

    def answer(
        self,
        telling: Telling,
        reading: Reading,
        sought: Wanted,
        origin: Spot | None,
        end: Spot | None,
        kept: Context,
    ) -> tuple[Answer, Context]:
        """Recorded hazards around the start, or along the line to ``end``."""
        asked = sought.kinds or HAZARDS
        held = [kind for kind in asked if holding(telling, kind)]
        missing = [kind for kind in asked if kind not in held]
        if not held:
            return self._no_data(asked, telling.language), kept
        spot = origin or end
        if spot is None:
            return ask_place(telling, reading, kept, self._no_data)
        lacks = telling.say("held_not", kinds=telling.kinds(missing)) if missing else ""
        sources = [source for kind in held for source in holding(telling, kind)]
        if not covered(sources, spot):
            return compose_not_covered(telling, held, spot), kept
        if origin is not None and end is not None:
            return self._along(telling, held, origin, end, sources, lacks, kept)
        start = telling.say("ask_start", destination=spot.name) if "along" in reading.signs and not spot.here else ""
        return self._around(telling, held, spot, sources, " ".join(each for each in (lacks, start) if each), kept)

    def _along(
        self,
        telling: Telling,
        held: Sequence[str],
        origin: Spot,
        end: Spot,
        sources: Sequence[Source],
        lacks: str,
        kept: Context,
    ) -> tuple[Answer, Context]:
        found = self._catalogue.along((origin.lat, origin.lon), (end.lat, end.lon), held, CORRIDOR_M)
        values = {"origin": telling.called(origin), "destination": end.name, "radius": length(CORRIDOR_M)}
        if not found:
            words = " ".join([telling.say("none_along", **values), lacks]).strip()
            return _none_listed(telling, words, origin, sources), kept
        made = compose_along(telling, replace(origin, name=values["origin"]), end, found, CORRIDOR_M, lacks)
        return made, replace(kept, shown=_shown(made), seen=len(made.places))

    def _around(
        self, telling: Telling, held: Sequence[str], spot: Spot, sources: Sequence[Source], more: str, kept: Context
    ) -> tuple[Answer, Context]:
        found = self._catalogue.nearest(spot.lat, spot.lon, held, 50, HAZARD_RADIUS_M)
        if not found:
            key = "none_near_here" if spot.here else "none_near"
            words = telling.say(key, kinds=telling.kinds(held), radius=length(HAZARD_RADIUS_M), origin=spot.name)
            return _none_listed(telling, " ".join([words, more]).strip(), spot, sources), kept
        made = compose_hazards(telling, spot, found, HAZARD_RADIUS_M, more)
        return made, replace(kept, shown=_shown(made), seen=len(made.places))


def _none_listed(telling: Telling, words: str, spot: Spot, sources: Sequence[Source]) -> Answer:
    """None in the lists: that there is none is only said by lists that are complete here."""
    if all(source.coverage for source in sources):
        return compose_none(telling, words, spot, sources)
    told = compose_none(telling, f"{words} {telling.say('incomplete')}", spot, sources)
    return replace(told, status="no_evidence")


def _shown(made: Answer) -> tuple[str, ...]:
    return tuple(str(place["id"]) for place in made.places)
