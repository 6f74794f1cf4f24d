"""What is asked back about places: where to look, and for what."""

from __future__ import annotations

from dataclasses import replace

from actions.compose_nearby import Spot, Telling, compose_ask, kind_chips
from actions.nearby_coverage import NoData, holding
from actions.nearby_each_kind import OFFERED
from actions.nearby_thread import Context
from nlu.answer import Answer
from nlu.nearby import Reading


def ask_place(telling: Telling, reading: Reading, kept: Context, no_data: NoData) -> tuple[Answer, Context]:
    """Where to look is missing; kinds that no list holds are said at once."""
    sought = kept.kinds or (OFFERED if "shelter" in reading.signs else ())
    held = [kind for kind in sought if holding(telling, kind)]
    if sought and not held:
        return no_data(sought, telling.language), kept
    if not (kept.kinds or kept.hazards or reading.seeks):
        return compose_ask(telling, telling.say("no_context")), kept
    return compose_ask(telling, telling.say("ask_place")), replace(kept, pending="place")


def ask_kind(telling: Telling, spot: Spot, kept: Context) -> tuple[Answer, Context]:
    """What to look for is missing."""
    chips = [*kind_chips(telling, spot, [kind for kind in OFFERED if holding(telling, kind)])]
    if not spot.here:
        chips.append(telling.say("chip.hazards", place=spot.name))
    words = telling.say("ask_kind", origin=telling.called(spot))
    return compose_ask(telling, words, chips, spot), replace(kept, pending="kind")
