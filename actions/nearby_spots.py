"""Where a question about places is asked from: names, a shared location, or the thread, made points.

An ambiguous name is asked back with its candidates; a name without a point says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from actions.compose_nearby import HERE, Spot, Telling, compose_ask
from actions.nearby_thread import Context
from knowledge.gazetteer import Place, dong_at, gazetteer, outside
from nlu.answer import Answer
from nlu.nearby import Reading
from nlu.places import Mention


@dataclass(frozen=True)
class Resolved:
    """The origin and the destination as far as they are known, or a question back and the thread to keep."""

    origin: Spot | None = None
    end: Spot | None = None
    question: Answer | None = None
    keep: Context = field(default_factory=Context)


WHAT = {
    "admin_dong": "admin_dong",
    "legal_dong": "legal_dong",
    "station": "station",
    "sido": "legal_dong",
    "sigungu": "legal_dong",
    "district": "legal_dong",
}
"""Level of a place -> how its point is described."""
OFFERED = 4
"""Candidates of an ambiguous name that are offered; Ansan's come first."""


class Spots:
    """Resolves messages to spots by the gazetteer."""

    def resolve(
        self,
        telling: Telling,
        reading: Reading,
        context: Context,
        location: tuple[float, float] | None,
        home_only: bool = False,
    ) -> Resolved:
        """A shared location is the origin unless two places are named.

        ``home_only``: what is looked for is held for Ansan only.
        """
        found: list[Spot] = []
        for mention in reading.mentions[:2]:
            candidates = self._chosen(reading, context, mention.candidates, telling.language)
            if len(candidates) > 1 and home_only and all(outside(each) for each in candidates):
                # whichever is meant, it lies outside of what is held
                candidates = [replace(candidates[0], name_ko=mention.surface, name_en=mention.surface)]
            if len(candidates) > 1:
                labels = self._labels(candidates, telling.language)[:OFFERED]
                words = telling.say("ask_which", name=mention.surface)
                keep = Context(pending="choice", choices=tuple(place.id for place in candidates))
                return Resolved(question=compose_ask(telling, words, labels), keep=keep)
            if candidates[0].point is None:
                name = name_of(candidates[0], telling.language)
                chips = self._neighbour_chips(mention, telling.language)
                asked = compose_ask(telling, telling.say("no_point", place=name), chips)
                return Resolved(question=asked, keep=Context(pending="place"))
            found.append(self._spot(candidates[0], telling.language, mention.assumed_home))
        if not found and location is not None:
            found.append(self._here(telling, location))
        if not found and context.pending == "choice":
            chosen = self._choice(reading, context, telling.language)
            found += [self._spot(chosen, telling.language, False)] if chosen else []
        if not found and context.origin and ("here" not in reading.signs or context.was_here):
            return Resolved(*self.remembered(telling, context))
        if len(found) == 1 and context.hazards and context.destination and not context.origin:
            # asked "from where?" before
            return Resolved(found[0], self.remembered(telling, context)[1])
        if "along" in reading.signs and len(found) == 1 and location is not None and not found[0].here:
            return Resolved(self._here(telling, location), found[0])
        if "along" in reading.signs and len(found) == 1:
            return Resolved(None, found[0])
        return Resolved(found[0] if found else None, found[1] if len(found) > 1 else None)

    def remembered(self, telling: Telling, context: Context) -> tuple[Spot | None, Spot | None]:
        spots: list[Spot | None] = []
        for place_id in (context.origin, context.destination):
            place = gazetteer().get(place_id) if place_id else None
            spots.append(self._spot(place, telling.language, False) if place and place.point else None)
        if spots[0] is not None and context.was_here:
            spots[0] = replace(spots[0], was_here=True)
        return spots[0], spots[1]

    def _spot(self, place: Place, language: str, assumed: bool) -> Spot:
        assert place.lat is not None
        assert place.lon is not None
        what = WHAT.get(place.level, "point")
        return Spot(name_of(place, language), place.lat, place.lon, what, place.id, place.dongs, assumed)

    def _here(self, telling: Telling, location: tuple[float, float]) -> Spot:
        dong = dong_at(*location)
        return Spot("", *location, HERE, dong.id if dong else "", dong.dongs if dong else ())

    def _chosen(
        self, reading: Reading, context: Context, candidates: Sequence[Place], language: str
    ) -> Sequence[Place]:
        """What was asked back decides between candidates."""
        if context.pending != "choice":
            return candidates
        chosen = self._choice(reading, context, language)
        if chosen is not None:
            return (chosen,)
        offered = [place for place in candidates if place.id in context.choices]
        if len(offered) == 1:
            return offered
        regions = {place.id for place in candidates}
        inside = [place for place in map(gazetteer().get, context.choices) if place and regions & set(place.parents)]
        return inside if len(inside) == 1 else candidates

    def _choice(self, reading: Reading, context: Context, language: str) -> Place | None:
        offered = [place for place in map(gazetteer().get, context.choices) if place is not None]
        said = "".join(reading.text.split()).casefold()
        for spoken in (language, "ko", "en"):
            for place, label in zip(offered, self._labels(offered, spoken), strict=True):
                if "".join(label.split()).casefold() == said:
                    return place
        return None

    def _labels(self, places: Sequence[Place], language: str) -> list[str]:
        """Names that tell the candidates apart: with the parent's name where two are called the same."""
        names = [name_of(place, language) for place in places]
        labels = []
        for place, name in zip(places, names, strict=True):
            parent = gazetteer().get(place.parents[0]) if place.parents else None
            labels.append(f"{name_of(parent, language)} {name}" if names.count(name) > 1 and parent else name)
        return labels

    def _neighbour_chips(self, mention: Mention, language: str) -> tuple[str, ...]:
        near = mention.alternative
        return (name_of(near, language),) if near is not None and near.point else ()


def name_of(place: Place, language: str) -> str:
    """The place's name in the reader's language."""
    return place.name_ko if language == "ko" or not place.name_en else place.name_en
