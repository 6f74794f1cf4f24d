"""The official Korean text of a provision, where it was imported. Pure but for the store's cached reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from knowledge.library import Shelf
from knowledge.statute import display


@dataclass(frozen=True)
class OfficialKorean:
    """``quote``: the words as people read them; ``raw``: the same span of the imported file, to the letter."""

    provision: str
    quote: str
    raw: str
    number: str
    promulgated: dt.date
    in_force: dt.date
    exact: bool


def official_korean(shelf: Shelf, provision_id: str, as_of: dt.date | None = None) -> OfficialKorean | None:
    """The provision in the version in force on that day (default: today); None when it is not imported."""
    if shelf.official is None:
        return None
    pair = shelf.official(provision_id, as_of)
    if pair is None:
        return None
    version = pair.version
    return OfficialKorean(
        pair.unit.id,
        display(pair.quote).strip(),
        pair.quote,
        version.number,
        version.promulgated,
        version.in_force,
        pair.exact,
    )
