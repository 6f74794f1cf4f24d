"""A place with more room than those that were shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.compose_nearby import SHOWN, Spot, Telling, compose_ask, compose_each_kind, compose_nearest
from actions.nearby_coverage import FAR_M
from actions.nearby_thread import Context
from actions.places_view import ref, refs
from knowledge.catalogue.model import Catalogue, Near
from nlu.answer import Answer

POOL = 20
"""Nearest places among which one with more room is looked for."""


class Room:
    """Answers to "is there a bigger one?"."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def shown_kinds(self, context: Context) -> tuple[str, ...]:
        """The kinds of the rows that were shown."""
        rows = (self._catalogue.get(*meant.partition("|")[::2]) for meant in context.shown)
        return tuple(dict.fromkeys(row.kind for row in rows if row is not None))

    def of_one(
        self, telling: Telling, kind: str, spot: Spot, kept: Context, before: Context, found: Sequence[Near]
    ) -> tuple[Answer, Context]:
        """Of one kind, those with more room than the place shown first. ``found``: the nearest, by distance."""
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
        return made, replace(kept, shown=refs(roomier), seen=SHOWN)

    def of_each(
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
        return made, replace(kept, shown=refs(found.values()), seen=1)
