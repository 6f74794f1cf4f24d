"""One row of a list that was shown: what is known of it, how far it is, what its list does not say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.compose_nearby import Spot, Telling, compose_about, compose_ask, compose_detail
from actions.nearby_spots import Spots
from actions.nearby_thread import Context
from knowledge.catalogue.model import Catalogue, Near, Record
from nlu.answer import Answer
from nlu.nearby import LAST, Reading

Compose = Callable[[Near, Spot | None, bool], Answer]
"""(row and metres, where one is, whether the distance is known) -> Answer."""


class Rows:
    """Answers about single rows of the thread's list."""

    def __init__(self, catalogue: Catalogue, spots: Spots) -> None:
        self._catalogue, self._spots = catalogue, spots

    def detail(self, telling: Telling, reading: Reading, context: Context) -> tuple[Answer, Context]:
        """All that is known of "the second one"."""
        return self._told(
            telling, reading.nth, context, lambda near, spot, measured: compose_detail(telling, near, spot, measured)
        )

    def about(self, telling: Telling, reading: Reading, context: Context) -> tuple[Answer, Context]:
        """How far it is, when it opens, whether a wheelchair gets in: of the row that "it" means."""
        return self._told(
            telling,
            reading.nth,
            context,
            lambda near, spot, measured: compose_about(telling, reading.about_one, near, spot, measured),
        )

    def _told(
        self, telling: Telling, nth: int | None, context: Context, compose: Compose
    ) -> tuple[Answer, Context]:
        number = len(context.shown) if nth == LAST else nth
        if number and number > len(context.shown):
            return compose_ask(telling, telling.say("no_more")), context
        meant = context.shown[number - 1] if number else context.spoken or context.shown[0]
        source, _, key = meant.partition("|")
        record = self._catalogue.get(source, key)
        if record is None:
            return compose_ask(telling, telling.say("no_more")), context
        spot = self._spots.remembered(telling, context)[0]
        metres = _distance(spot, record)
        return compose(Near(record, metres or 0.0), spot, metres is not None), replace(context, spoken=meant)


def _distance(spot: Spot | None, record: Record) -> float | None:
    """Metres between them; None where one of them has no point."""
    if spot is None or record.lat is None or record.lon is None:
        return None
    from knowledge.catalogue.geodesy import distances

    return distances(spot.lat, spot.lon, [record.lat], [record.lon])[0]
