"""What the lists are meant to hold: which sources a kind has, and whether they cover where somebody is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from actions.compose_nearby import Spot, Telling
from actions.nearby_thread import Wanted
from knowledge.catalogue.model import Source
from knowledge.gazetteer import dong_at, gazetteer, in_korea, outside
from nlu.answer import Answer

HOME = "41270"
"""District code of Ansan."""
FAR_M = 20_000.0
"""Beyond this a complete list holds none "here"."""
NoData = Callable[[Sequence[str], str], Answer]
"""(kinds, language) -> what is said of kinds that no list holds."""


def holding(telling: Telling, kind: str) -> list[Source]:
    """The sources that hold rows of a kind."""
    return [source for source in telling.sources.values() if kind in source.kinds]


def home_only(telling: Telling, sought: Wanted) -> bool:
    """Whether everything that is looked for is held for Ansan only."""
    sources = [source for kind in sought.kinds for source in holding(telling, kind)]
    return bool(sources) and all(set(source.coverage) <= {HOME} for source in sources)


def covered(sources: Sequence[Source], spot: Spot) -> bool:
    """Whether one of the lists is meant to hold what lies around the spot."""
    home = _at_home(spot)
    if spot.here and not in_korea(spot.lat, spot.lon):
        return False
    codes = {code for source in sources for code in source.coverage}
    if not codes:
        return home or not all(source.id.startswith("ansan-") for source in sources)
    return bool(codes & ({"KR", HOME} if home else {"KR", f"KR-{HOME}"}))


def _at_home(spot: Spot) -> bool:
    if spot.here:
        return dong_at(spot.lat, spot.lon) is not None
    place = gazetteer().get(spot.place_id)
    return place is not None and not outside(place)
