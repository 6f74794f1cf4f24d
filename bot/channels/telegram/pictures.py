"""What the action server makes for an answer: a map, when it shows the very places of the list, and files."""

from __future__ import annotations

import json
import logging
import urllib.parse
from collections.abc import Mapping
from typing import Any

from bot.channels.data.channel import MADE_SECONDS, forward
from bot.channels.data.names import file_name
from bot.channels.telegram.outgoing import Document, Photo, Venue, caption, placed, venue

logger = logging.getLogger(__name__)


async def picture(answer: Mapping[str, Any] | None) -> Photo | Venue | None:
    """The map, or the nearest place as a venue when no map shows the same list; None where neither is right.

    ``/data/map.png`` draws the nearest places of a kind. An answer may be about others (the next five, those of
    one district), whose numbers would then not be the map's: ``/data/places.geojson``, which takes the same
    question, says which places the map has.
    """
    places = placed(answer)
    if not places or answer is None:
        return None
    query = question(answer, places)
    if query and await _same_places(query, answer["places"]):
        drawn = await forward("/data/map.png", query, MADE_SECONDS)
        if drawn.status == 200 and drawn.content_type == "image/png" and drawn.body:
            return Photo(drawn.body, caption(answer))
    return venue(answer)


async def document(address: str) -> Document | None:
    """A file of an answer, by its address within this service; None when it cannot be made now."""
    path, _, query = address.partition("?")
    if not path.startswith("/data/"):
        return None
    made = await forward(path, query, MADE_SECONDS)
    return Document(made.body, file_name(address)) if made.status == 200 and made.body else None


def question(answer: Mapping[str, Any], places: list[Mapping[str, Any]]) -> str | None:
    """The query of the data channel for these places; None when the answer was not measured from a point."""
    origin = (answer.get("map") or {}).get("origin")
    if not origin or (answer.get("map") or {}).get("destination"):
        return None
    near = f"{origin['lat']:.6f},{origin['lon']:.6f}"
    asked = {"kind": places[0]["kind"], "near": near, "k": len(answer["places"]), "lang": answer["language"]}
    return urllib.parse.urlencode(asked, safe=",")


async def _same_places(query: str, places: list[Mapping[str, Any]]) -> bool:
    without_language = "&".join(part for part in query.split("&") if not part.startswith("lang="))
    found = await forward("/data/places.geojson", without_language)
    if found.status != 200:
        return False
    try:
        features = json.loads(found.body)["features"]
        return [each["id"] for each in features] == [place["id"] for place in places]
    except (ValueError, KeyError, TypeError):
        logger.warning("The list of places could not be read.")
        return False
