"""From a message about places to an Answer: looks up the records and keeps the thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from actions.compose_nearby import (
    SHOWN,
    Spot,
    Telling,
    compose_along,
    compose_ask,
    compose_each_kind,
    compose_hazards,
    compose_listed,
    compose_nearest,
    compose_none,
    kind_chips,
)
from actions.nearby_coverage import covered, holding, home_only
from actions.nearby_rows import Rows
from actions.nearby_spots import Spots, name_of
from actions.nearby_thread import Context, Wanted, wanted
from actions.places_view import length, ref
from knowledge.catalogue.model import HAZARDS, Catalogue, Near, Record, Source
from knowledge.gazetteer import Place, gazetteer
from nlu.answer import Answer
from nlu.nearby import Reading
from nlu.texts import text

HAZARD_RADIUS_M = 500.0
CORRIDOR_M = 250.0
FAR_M = 20_000.0
"""Beyond this a complete list holds none "here"."""
POOL = 20
"""Nearest places among which one with more room is looked for."""
OFFERED = ("earthquake_site", "civil_defence_shelter", "heat_shelter", "temporary_housing")


class Guide:
    """Answers questions about places from one catalogue. Safe to use from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        no_data: Callable[[Sequence[str], str], Answer],
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._catalogue, self._spots, self._no_data, self._today = catalogue, Spots(), no_data, today
        self._rows = Rows(catalogue, self._spots)

    def answer(
        self, reading: Reading, language: str, context: Context, location: tuple[float, float] | None = None
    ) -> tuple[Answer, Context]:
        """One message to an Answer and the thread to keep. Raises CatalogueError when the store is down."""
        telling = Telling(language, self._today(), {source.id: source for source in self._catalogue.sources()})
        if reading.about_one and context.shown:
            return self._rows.about(telling, reading, context)
        if reading.nth and context.shown and not reading.mentions:
            return self._rows.detail(telling, reading, context)
        sought = wanted(reading, context)
        if sought.kinds and not any(holding(telling, kind) for kind in sought.kinds):
            return self._no_data(sought.kinds, language), replace(context, kinds=sought.kinds, pending="")
        resolved = self._spots.resolve(telling, reading, context, location, home_only(telling, sought))
        if resolved.question is not None:
            return resolved.question, replace(resolved.keep, kinds=sought.kinds, hazards=sought.hazards)
        origin, end = resolved.origin, resolved.end
        kept = Context(sought.kinds, sought.hazards, _id(origin), _id(end))
        if sought.hazards:
            return self._hazards(telling, reading, sought, origin, end, kept)
        spot = end or origin
        if spot is None:
            return self._ask_place(telling, reading, kept)
        located = spot.here or spot.was_here
        kept = replace(kept, origin=spot.place_id, destination="", was_here=located)
        return self._places(telling, sought, spot, kept, context)

    def _places(
        self, telling: Telling, sought: Wanted, spot: Spot, kept: Context, before: Context
    ) -> tuple[Answer, Context]:
        several = self._shown_kinds(before) if sought.more_room and len(sought.kinds) != 1 else ()
        if several:
            return self._more_room_each(telling, several, spot, kept, before)
        if sought.any_shelter:
            return self._each_kind(telling, spot, kept, "answered" if sought.nothing else "clarify")
        if not sought.kinds:
            # what was shown for the same spot can still be spoken of
            shown = before.shown if before.origin == spot.place_id else ()
            return self._ask_kind(telling, spot, replace(kept, shown=shown))
        if len(sought.kinds) > 1:
            return self._several(telling, sought, spot, kept)
        return self._nearest(telling, sought, sought.kinds[0], spot, kept, before)

    # lookups ----------------------------------------------------------------------------------------

    def _nearest(
        self, telling: Telling, sought: Wanted, kind: str, spot: Spot, kept: Context, before: Context
    ) -> tuple[Answer, Context]:
        sources = holding(telling, kind)
        if not sources:
            return self._no_data((kind,), telling.language), kept
        if not covered(sources, spot):
            words = telling.say("not_covered", kinds=telling.say(f"kinds.{kind}"), place=self._called(telling, spot))
            return replace(compose_ask(telling, words), status="no_such_data"), kept
        found = self._catalogue.nearest(spot.lat, spot.lon, [kind], POOL + sought.skip)
        if sought.skip:
            # the spot may be another one than before (a neighbourhood after a shared location)
            found = [near for near in found if ref(near.record) not in before.shown]
        if not found:
            return self._listed(telling, kind, spot, kept)
        if found[0].distance_m > FAR_M:
            return self._none_designated(telling, kind, spot, found[0], sources), kept
        if sought.more_room:
            return self._more_room(telling, kind, spot, kept, before, found)
        shown = found[:SHOWN]
        if not shown:
            return compose_ask(telling, telling.say("no_more")), kept
        lead = "more" if sought.skip else "near"
        made = compose_nearest(telling, spot, kind, shown, lead, sought.skip + 1)
        seen = before.shown if sought.skip else ()
        return made, replace(kept, shown=(*seen, *_refs(shown)), seen=len(seen) + len(shown))

    def _more_room(
        self, telling: Telling, kind: str, spot: Spot, kept: Context, before: Context, found: Sequence[Near]
    ) -> tuple[Answer, Context]:
        if not any(near.record.plausible_capacity for near in found):
            words = telling.say("no_room", kinds=telling.say(f"kinds.{kind}"))
            return compose_ask(telling, words), replace(kept, shown=before.shown, seen=before.seen)
        first = next((n for n in found if before.shown and ref(n.record) == before.shown[0]), found[0])
        least = first.record.plausible_capacity or 0
        roomier = [near for near in found if (near.record.plausible_capacity or 0) > least][:SHOWN]
        if not roomier:
            words = telling.say("no_more_room", n=len(found))
            return compose_ask(telling, words), replace(kept, shown=before.shown, seen=before.seen)
        made = compose_nearest(telling, spot, kind, roomier, "room")
        return made, replace(kept, shown=_refs(roomier), seen=SHOWN)

    def _shown_kinds(self, context: Context) -> tuple[str, ...]:
        rows = (self._catalogue.get(*meant.partition("|")[::2]) for meant in context.shown)
        return tuple(dict.fromkeys(row.kind for row in rows if row is not None))

    def _more_room_each(
        self, telling: Telling, kinds: Sequence[str], spot: Spot, kept: Context, before: Context
    ) -> tuple[Answer, Context]:
        """Of each kind that was shown the nearest place with more room than the one shown."""
        first = {row.kind: row for meant in before.shown if (row := self._catalogue.get(*meant.partition("|")[::2]))}
        found, without = {}, []
        for kind in kinds:
            near = [n for n in self._catalogue.nearest(spot.lat, spot.lon, [kind], POOL) if n.distance_m <= FAR_M]
            if not any(each.record.plausible_capacity for each in near):
                without.append(kind)
            least = first[kind].plausible_capacity or 0
            roomier = next((each for each in near if (each.record.plausible_capacity or 0) > least), None)
            if roomier is not None:
                found[kind] = roomier
        lacks = telling.say("no_room", kinds=telling.kinds(without)) if without else ""
        kept = replace(kept, kinds=tuple(kinds))
        if not found:
            words = lacks or telling.say("no_more_room", n=POOL)
            return compose_ask(telling, words), replace(kept, shown=before.shown, seen=before.seen)
        made = compose_each_kind(telling, spot, found, "answered", lacks, "room")
        return made, replace(kept, shown=_refs(found.values()), seen=1)

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
        places = self._ancestors(spot.place_id)
        for place in reversed(places):
            if not any(place.name_ko[:2] in record.address[:8] for record in self._catalogue.rows([kind])):
                return name_of(place, telling.language)
        return self._called(telling, spot)

    def _ancestors(self, place_id: str) -> list[Place]:
        found: list[Place] = []
        place = gazetteer().get(place_id) if place_id else None
        while place is not None and len(found) < 6:
            found.append(place)
            place = gazetteer().get(place.parents[0]) if place.parents else None
        return [place for place in found if place.level in ("sido", "sigungu")]

    def _listed(self, telling: Telling, kind: str, spot: Spot, kept: Context) -> tuple[Answer, Context]:
        """Rows without points: by the neighbourhood that their address names, the nearest first."""
        records = self._by_neighbourhood(kind, spot)
        if not records:
            return self._no_data((kind,), telling.language), kept
        made = compose_listed(telling, spot, kind, records)
        return made, replace(kept, shown=tuple(ref(record) for record in records[:SHOWN]), seen=SHOWN)

    def _by_neighbourhood(self, kind: str, spot: Spot) -> list[Record]:
        return sorted(self._catalogue.rows([kind]), key=lambda record: (self._away(spot, record), record.key))

    def _first_listed(self, kind: str, spot: Spot) -> Near | None:
        """The likeliest row of a kind whose points are not published."""
        records = [record for record in self._by_neighbourhood(kind, spot) if record.lat is None]
        return Near(records[0], 0.0) if records else None

    def _away(self, spot: Spot, record: Record) -> float:
        from knowledge.catalogue.geodesy import distances

        place = _neighbourhood(record)
        if place is None or place.lat is None or place.lon is None:
            return float("inf")
        return distances(spot.lat, spot.lon, [place.lat], [place.lon])[0]

    def _several(self, telling: Telling, sought: Wanted, spot: Spot, kept: Context) -> tuple[Answer, Context]:
        """Two kinds named at once: the nearest of each, each with what it is for."""
        held = [kind for kind in sought.kinds if holding(telling, kind)]
        found = self._first_of(held, spot)
        found |= {kind: near for kind in held if kind not in found and (near := self._first_listed(kind, spot))}
        if not found:
            return self._no_data(sought.kinds, telling.language), kept
        missing = [kind for kind in sought.kinds if kind not in held]
        lacks = telling.say("held_not", kinds=telling.kinds(missing)) if missing else ""
        made = compose_each_kind(telling, spot, found, "answered", lacks)
        return made, replace(kept, shown=_refs(found.values()), seen=1)

    def _each_kind(self, telling: Telling, spot: Spot, kept: Context, status: str) -> tuple[Answer, Context]:
        found = self._first_of([kind for kind in OFFERED if holding(telling, kind)], spot)
        if not found:
            words = telling.say("not_covered", kinds=telling.kinds(OFFERED), place=self._called(telling, spot))
            return replace(compose_ask(telling, words), status="no_such_data"), kept
        made = compose_each_kind(telling, spot, found, status)
        return made, replace(kept, shown=_refs(found.values()), pending="kind")

    def _first_of(self, kinds: Iterable[str], spot: Spot) -> dict[str, Near]:
        nearest = {kind: self._catalogue.nearest(spot.lat, spot.lon, [kind], 1, FAR_M) for kind in kinds}
        return {kind: found[0] for kind, found in nearest.items() if found}

    def _hazards(
        self,
        telling: Telling,
        reading: Reading,
        sought: Wanted,
        origin: Spot | None,
        end: Spot | None,
        kept: Context,
    ) -> tuple[Answer, Context]:
        asked = sought.kinds or HAZARDS
        held = [kind for kind in asked if holding(telling, kind)]
        missing = [kind for kind in asked if kind not in held]
        if not held:
            return self._no_data(asked, telling.language), kept
        spot = origin or end
        if spot is None:
            return self._ask_place(telling, reading, kept)
        lacks = telling.say("held_not", kinds=telling.kinds(missing)) if missing else ""
        sources = [source for kind in held for source in holding(telling, kind)]
        if not covered(sources, spot):
            words = telling.say("not_covered", kinds=telling.kinds(held), place=self._called(telling, spot))
            return replace(compose_ask(telling, words), status="no_such_data"), kept
        if origin is not None and end is not None:
            found = self._catalogue.along((origin.lat, origin.lon), (end.lat, end.lon), held, CORRIDOR_M)
            values = {"origin": _origin_name(origin, telling), "destination": end.name, "radius": length(CORRIDOR_M)}
            if not found:
                words = " ".join([telling.say("none_along", **values), lacks]).strip()
                return self._none_listed(telling, words, origin, sources), kept
            made = compose_along(telling, replace(origin, name=values["origin"]), end, found, CORRIDOR_M, lacks)
            return made, replace(kept, shown=_shown(made), seen=len(made.places))
        found = self._catalogue.nearest(spot.lat, spot.lon, held, 50, HAZARD_RADIUS_M)
        start = telling.say("ask_start", destination=spot.name) if "along" in reading.signs and not spot.here else ""
        more = " ".join(each for each in (lacks, start) if each)
        if not found:
            key = "none_near_here" if spot.here else "none_near"
            words = telling.say(key, kinds=telling.kinds(held), radius=length(HAZARD_RADIUS_M), origin=spot.name)
            return self._none_listed(telling, " ".join([words, more]).strip(), spot, sources), kept
        made = compose_hazards(telling, spot, found, HAZARD_RADIUS_M, more)
        return made, replace(kept, shown=_shown(made), seen=len(made.places))

    def _none_listed(self, telling: Telling, words: str, spot: Spot, sources: Sequence[Source]) -> Answer:
        """None in the lists: that there is none is only said by lists that are complete here."""
        if all(source.coverage for source in sources):
            return compose_none(telling, words, spot, sources)
        told = compose_none(telling, f"{words} {telling.say('incomplete')}", spot, sources)
        return replace(told, status="no_evidence")

    # asking back -----------------------------------------------------------------------------

    def _ask_place(self, telling: Telling, reading: Reading, kept: Context) -> tuple[Answer, Context]:
        sought = kept.kinds or (OFFERED if "shelter" in reading.signs else ())
        held = [kind for kind in sought if holding(telling, kind)]
        if sought and not held:
            return self._no_data(sought, telling.language), kept
        if not (kept.kinds or kept.hazards or reading.seeks):
            return compose_ask(telling, telling.say("no_context")), kept
        return compose_ask(telling, telling.say("ask_place")), replace(kept, pending="place")

    def _ask_kind(self, telling: Telling, spot: Spot, kept: Context) -> tuple[Answer, Context]:
        chips = [*kind_chips(telling, spot, [kind for kind in OFFERED if holding(telling, kind)])]
        if not spot.here:
            chips.append(telling.say("chip.hazards", place=spot.name))
        words = telling.say("ask_kind", origin=self._called(telling, spot))
        return compose_ask(telling, words, chips, spot), replace(kept, pending="kind")

    def _called(self, telling: Telling, spot: Spot) -> str:
        return spot.name or text("nearby.your_location", telling.language)


def _neighbourhood(record: Record) -> Place | None:
    """The neighbourhood that a record's address names."""
    from nlu.places import find_places

    named = [m.candidates[0] for m in find_places(record.address, "ko") if m.candidates]
    dongs = [place for place in named if place.level in ("legal_dong", "admin_dong") and place.point]
    return dongs[-1] if dongs else None


def _id(spot: Spot | None) -> str:
    return spot.place_id if spot else ""


def _origin_name(spot: Spot, telling: Telling) -> str:
    return spot.name or text("nearby.your_location", telling.language)


def _refs(found: Iterable[Near]) -> tuple[str, ...]:
    return tuple(ref(near.record) for near in found)


def _shown(made: Answer) -> tuple[str, ...]:
    return tuple(str(place["id"]) for place in made.places)

