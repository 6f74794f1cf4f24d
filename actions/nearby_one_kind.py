"""Places of one kind: the nearest ones, the next ones, or that none is designated here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.compose_nearby import (
    SHOWN,
    Spot,
    Telling,
    compose_ask,
    compose_listed,
    compose_nearest,
    compose_none,
    compose_not_covered,
)
from actions.nearby_coverage import FAR_M, NoData, covered, holding
from actions.nearby_listed import by_neighbourhood
from actions.nearby_room import POOL, Room
from actions.nearby_spots import name_of
from actions.nearby_thread import Context, Wanted
from actions.places_view import length, ref, refs
from knowledge.catalogue.model import Catalogue, Near, Source
from knowledge.gazetteer import Place, gazetteer
from nlu.answer import Answer


class OneKind:
    """Answers about one kind of place."""

    def __init__(self, catalogue: Catalogue, no_data: NoData, room: Room) -> None:
        self._catalogue, self._no_data, self._room = catalogue, no_data, room

    def answer(
        self, telling: Telling, sought: Wanted, kind: str, spot: Spot, kept: Context, before: Context
    ) -> tuple[Answer, Context]:
        """The nearest of a kind around the spot, or that there is none, or that no list covers it."""
        sources = holding(telling, kind)
        if not sources:
            return self._no_data((kind,), telling.language), kept
        if not covered(sources, spot):
            return compose_not_covered(telling, (kind,), spot), kept
        found = self._catalogue.nearest(spot.lat, spot.lon, [kind], POOL + sought.skip)
        if sought.skip:
            # the spot may be another one than before (a neighbourhood after a shared location)
            found = [near for near in found if ref(near.record) not in before.shown]
        if not found:
            return self._listed(telling, kind, spot, kept)
        if found[0].distance_m > FAR_M:
            return self._none_designated(telling, kind, spot, found[0], sources), kept
        if sought.more_room:
            return self._room.of_one(telling, kind, spot, kept, before, found)
        shown = found[:SHOWN]
        if not shown:
            return compose_ask(telling, telling.say("no_more")), kept
        lead = "more" if sought.skip else "near"
        made = compose_nearest(telling, spot, kind, shown, lead, sought.skip + 1)
        seen = before.shown if sought.skip else ()
        return made, replace(kept, shown=(*seen, *refs(shown)), seen=len(seen) + len(shown))

    def _none_designated(
        self, telling: Telling, kind: str, spot: Spot, nearest: Near, sources: Sequence[Source]
    ) -> Answer:
        source = telling.sources[nearest.record.source]
        words = telling.say(
            "none_designated",
            kinds=telling.say(f"kinds.{kind}"),
            area=self._area(telling, spot, kind),
            total=f"{self._catalogue.counts().get((source.id, kind), 0):,}",
            as_of=source.as_of,
            distance=length(nearest.distance_m),
        )
        return compose_none(telling, words, spot, [source])

    def _area(self, telling: Telling, spot: Spot, kind: str) -> str:
        """The province when the list holds none there either, else the city or what was named."""
        places = _ancestors(spot.place_id)
        for place in reversed(places):
            if not any(place.name_ko[:2] in record.address[:8] for record in self._catalogue.rows([kind])):
                return name_of(place, telling.language)
        return telling.called(spot)

    def _listed(self, telling: Telling, kind: str, spot: Spot, kept: Context) -> tuple[Answer, Context]:
        """Rows without points: by the neighbourhood that their address names, the nearest first."""
        records = by_neighbourhood(self._catalogue, kind, spot)
        if not records:
            return self._no_data((kind,), telling.language), kept
        made = compose_listed(telling, spot, kind, records)
        return made, replace(kept, shown=tuple(ref(record) for record in records[:SHOWN]), seen=SHOWN)


def _ancestors(place_id: str) -> list[Place]:
    found: list[Place] = []
    place = gazetteer().get(place_id) if place_id else None
    while place is not None and len(found) < 6:
        found.append(place)
        place = gazetteer().get(place.parents[0]) if place.parents else None
    return [place for place in found if place.level in ("sido", "sigungu")]
