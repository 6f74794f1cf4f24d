"""From a message about places to an Answer: looks up the records and keeps the thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from actions.compose_nearby import Spot, Telling
from actions.nearby_asking import ask_kind, ask_place
from actions.nearby_coverage import NoData, holding, home_only
from actions.nearby_each_kind import SeveralKinds
from actions.nearby_hazards import Hazards
from actions.nearby_one_kind import OneKind
from actions.nearby_room import Room
from actions.nearby_rows import Rows
from actions.nearby_spots import Spots
from actions.nearby_thread import Context, Wanted, wanted
from knowledge.catalogue.model import Catalogue
from nlu.answer import Answer
from nlu.nearby import Reading


class Guide:
    """Answers questions about places from one catalogue. Safe to use from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        no_data: NoData,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._catalogue, self._spots, self._no_data, self._today = catalogue, Spots(), no_data, today
        self._rows, self._room = Rows(catalogue, self._spots), Room(catalogue)
        self._kind, self._kinds = OneKind(catalogue, no_data, self._room), SeveralKinds(catalogue, no_data)
        self._hazards = Hazards(catalogue, no_data)

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
            return self._hazards.answer(telling, reading, sought, origin, end, kept)
        spot = end or origin
        if spot is None:
            return ask_place(telling, reading, kept, self._no_data)
        located = spot.here or spot.was_here
        kept = replace(kept, origin=spot.place_id, destination="", was_here=located)
        return self._places(telling, sought, spot, kept, context)

    def _places(
        self, telling: Telling, sought: Wanted, spot: Spot, kept: Context, before: Context
    ) -> tuple[Answer, Context]:
        several = self._room.shown_kinds(before) if sought.more_room and len(sought.kinds) != 1 else ()
        if several:
            return self._room.of_each(telling, several, spot, kept, before)
        if sought.any_shelter:
            return self._kinds.offered(telling, spot, kept, "answered" if sought.nothing else "clarify")
        if not sought.kinds:
            # what was shown for the same spot can still be spoken of
            shown = before.shown if before.origin == spot.place_id else ()
            return ask_kind(telling, spot, replace(kept, shown=shown))
        if len(sought.kinds) > 1:
            return self._kinds.named(telling, sought, spot, kept)
        return self._kind.answer(telling, sought, sought.kinds[0], spot, kept, before)


def _id(spot: Spot | None) -> str:
    return spot.place_id if spot else ""
