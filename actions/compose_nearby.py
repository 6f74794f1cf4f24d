"""Answers about places: the nearest of one kind, hazards around a point or along a line. Pure.

Kinds are never merged: an answer lists one kind, or says of each which danger it is for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.places_view import distance, length, line, particulars, place, spoken_name
from knowledge.catalogue.model import HAZARDS, SHELTERS, Near, Record, Source
from nlu.answer import Answer, Call
from nlu.texts import text

SHOWN = 5
HERE = "here"


@dataclass(frozen=True)
class Spot:
    """Where distances are measured from. ``what``: a level of the gazetteer, "point", or "here" for a shared
    location, whose coordinates are in no text. ``assumed``: the name exists elsewhere too."""

    name: str
    lat: float
    lon: float
    what: str
    place_id: str = ""
    dong_codes: tuple[str, ...] = ()
    assumed: bool = False
    was_here: bool = False
    """The neighbourhood of a location that was shared before."""

    @property
    def here(self) -> bool:
        return self.what == HERE


@dataclass(frozen=True)
class Telling:
    """What every answer here needs: the language, the day, and the sources by id."""

    language: str
    today: dt.date
    sources: Mapping[str, Source]

    def say(self, key: str, **values: object) -> str:
        return text(f"nearby.{key}", self.language, **values)

    def kinds(self, kinds: Sequence[str]) -> str:
        return ", ".join(self.say(f"kinds.{kind}") for kind in kinds)

    def called(self, spot: Spot) -> str:
        """The spot's name, in words where it is a shared location."""
        return spot.name or self.say("your_location")

    def place(self, near: Near, known_distance: bool = True) -> dict[str, Any]:
        return place(near, self.sources[near.record.source], self.language, self.today, known_distance)


def compose_nearest(
    telling: Telling, spot: Spot, kind: str, found: Sequence[Near], lead: str = "near", start: int = 1
) -> Answer:
    """The nearest places of one kind, nearest first. ``lead``: near, room or more."""
    places = [telling.place(near) for near in found[:SHOWN]]
    if lead == "near":
        away = distance(places[0]["distance_m"], places[0]["walk_min"], telling.language)
        name = spoken_name(places[0])
        first = _lead(telling, spot, "one", kind=telling.say(f"kind.{kind}"), name=name, distance=away)
    else:
        first = _lead(telling, spot, lead, kinds=telling.say(f"kinds.{kind}"))
    lines = [line(number, each, telling.language) for number, each in enumerate(places, start)]
    use = [telling.say(f"use.{kind}")] if kind in SHELTERS else []
    words = [first, *lines, "", *use, *_doubts(places), *closing(telling, spot, places)]
    chips = (telling.say("chip.more"), *_room_chip(telling, places))
    return answer(telling, "answered", first, words, places, spot, suggestions=chips)


def compose_each_kind(
    telling: Telling,
    spot: Spot,
    found: Mapping[str, Near],
    status: str = "clarify",
    lacks: str = "",
    lead: str = "which",
) -> Answer:
    """One of each of several kinds, each under its danger, and the kinds to choose from. ``lead``: which or room."""
    first = _lead(telling, spot, lead)
    places, lines = [], []
    for kind, near in found.items():
        shown = telling.place(near)
        places.append(shown)
        danger = f"{telling.say(f'danger.{kind}')} → " if kind in SHELTERS else ""
        head = f"{danger}{telling.say(f'kind.{kind}')}:"
        lines.append(f"{head}\n{line(len(places), shown, telling.language)}")
    words = [first, *lines, "", *closing(telling, spot, places), *([lacks] if lacks else [])]
    return answer(telling, status, first, words, places, spot, suggestions=kind_chips(telling, spot, tuple(found)))


def compose_hazards(telling: Telling, spot: Spot, found: Sequence[Near], radius_m: float, missing: str) -> Answer:
    """Recorded hazards around a point, by kind; ``missing``: what we hold no data on."""
    first = _lead(telling, spot, "hazards", radius=length(radius_m))
    return _hazards(telling, spot, None, found, first, missing)


def compose_along(
    telling: Telling, start: Spot, end: Spot, found: Sequence[Near], radius_m: float, missing: str
) -> Answer:
    """Recorded hazards along the straight line between two places."""
    first = telling.say("lead.along", origin=start.name, destination=end.name, radius=length(radius_m))
    return _hazards(telling, start, end, found, first, missing)


def _hazards(
    telling: Telling, spot: Spot, end: Spot | None, found: Sequence[Near], first: str, missing: str
) -> Answer:
    places, words = [], [first]
    for kind in HAZARDS:
        of_kind = [near for near in found if near.record.kind == kind]
        if of_kind:
            words.append(f"{telling.say(f'kinds.{kind}')} ({len(of_kind)}):")
        for near in of_kind[:SHOWN]:
            places.append(telling.place(near))
            words.append(line(len(places), places[-1], telling.language))
    words += ["", *closing(telling, spot, places), *([missing] if missing else [])]
    return answer(telling, "answered", first, words, places, spot, end)


def compose_none(telling: Telling, words: str, spot: Spot | None = None, sources: Sequence[Source] = ()) -> Answer:
    """There is none, by a list that is complete for the place: the list is named."""
    said = [words, *(_source_line(telling, source, source.as_of) for source in sources)]
    return answer(telling, "none_nearby", words, said, [], spot)


def compose_detail(telling: Telling, near: Near, spot: Spot | None, known_distance: bool) -> Answer:
    """One place with everything that is known of it."""
    shown = telling.place(near, known_distance)
    first = f"{spoken_name(shown)} ({shown['kind_label']})"
    metres, minutes = shown["distance_m"], shown["walk_min"]
    away = "" if metres is None else distance(metres, minutes, telling.language)
    facts = [part for part in (away, particulars(shown, telling.language)) if part]
    use = [telling.say(f"use.{shown['kind']}")] if shown["kind"] in SHELTERS else []
    link = [telling.say("part.map", url=shown["map_url"])] if shown["map_url"] else []
    words = [first, *facts, *use, *shown["notes"], *link, *_sources(telling, [shown])]
    return answer(telling, "answered", first, words, [shown], spot)


def compose_about(telling: Telling, asked: str, near: Near, spot: Spot | None, known_distance: bool) -> Answer:
    """One fact of one place: ``asked`` is far (measured), hours or access (which no list discloses)."""
    shown = telling.place(near, known_distance)
    values = {"name": spoken_name(shown), "kind": shown["kind_label"], "address": shown["address"]}
    if asked == "far" and spot is not None and shown["distance_m"] is not None:
        away = distance(shown["distance_m"], shown["walk_min"], telling.language)
        key = "about.far_here" if spot.was_here or spot.here else "about.far"
        first = telling.say(key, **values, origin=spot.name, distance=away)
        words = [first, *closing(telling, spot, [shown])]
        return answer(telling, "answered", first, words, [shown], spot)
    first = telling.say("about.no_distance" if asked == "far" else f"about.{asked}", **values)
    ask = telling.say("about.ask", phone=shown["phone"]) if shown["phone"] else telling.say("about.ask_city")
    words = [first, *([ask] if asked != "far" else []), *_sources(telling, [shown])]
    return answer(telling, "answered" if asked == "far" else "no_such_data", first, words, [shown], spot)


def compose_listed(telling: Telling, spot: Spot, kind: str, records: Sequence[Record]) -> Answer:
    """Places whose points are not published, the likeliest first, without distances."""
    places = [telling.place(Near(record, 0.0), known_distance=False) for record in records[:SHOWN]]
    first = telling.say("lead.in_place", origin=spot.name, kinds=telling.say(f"kinds.{kind}"))
    lines = [line(number, each, telling.language) for number, each in enumerate(places, 1)]
    words = [first, *lines, "", *_sources(telling, places)]
    return answer(telling, "answered", first, words, places, spot)


def compose_ask(telling: Telling, words: str, suggestions: Sequence[str] = (), spot: Spot | None = None) -> Answer:
    """One question back."""
    return answer(telling, "clarify", words, [words], [], spot, suggestions=tuple(suggestions))


def compose_not_covered(telling: Telling, kinds: Sequence[str], spot: Spot) -> Answer:
    """The lists of these kinds are not meant to hold what lies around the spot."""
    words = telling.say("not_covered", kinds=telling.kinds(kinds), place=telling.called(spot))
    return replace(compose_ask(telling, words), status="no_such_data")


def kind_chips(telling: Telling, spot: Spot | None, kinds: Sequence[str]) -> tuple[str, ...]:
    """Ready questions, one a kind."""
    if spot is None or spot.here:
        return tuple(telling.say("chip.here", kind=telling.say(f"kind.{kind}")) for kind in kinds)
    return tuple(telling.say("chip.near", kind=telling.say(f"kind.{kind}"), place=spot.name) for kind in kinds)


def closing(telling: Telling, spot: Spot, places: Sequence[Mapping[str, Any]]) -> list[str]:
    """How it was measured, the sources with their dates, and what to check."""
    said = []
    if any(each["distance_m"] is not None for each in places):
        said.append(telling.say("straight"))
    if spot.was_here:
        said.append(telling.say("from_dong", origin=spot.name))
    elif not spot.here:
        what = telling.say(f"what.{spot.what}")
        said.append(telling.say("from_place", origin=spot.name, what=what))
    if spot.assumed:
        said.append(telling.say("assumed", place=spot.name))
    return [" ".join(said), *_sources(telling, places)] if said else _sources(telling, places)


def _sources(telling: Telling, places: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for each source, then one warning: old lists say so, the others ask to check."""
    said, old = [], None
    for source_id in dict.fromkeys(each["source"] for each in places):
        source = telling.sources[source_id]
        dates = sorted({each["as_of"] for each in places if each["source"] == source_id})
        said.append(_source_line(telling, source, dates[-1]))
        old = dates[-1] if source.stale(telling.today) and (old is None or dates[-1] < old) else old
    if said:
        said.append(telling.say("stale", as_of=old) if old else telling.say("check"))
    return said


def _source_line(telling: Telling, source: Source, as_of: str) -> str:
    return telling.say(
        "source", publisher=source.publisher[telling.language], title=source.title[telling.language], as_of=as_of
    )


def _doubts(places: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is doubtful about a row, with its number; what holds for all rows is said once."""
    everywhere = [note for note in (places[0]["notes"] if places else []) if all(note in p["notes"] for p in places)]
    own = [
        f"({number}) {note}"
        for number, each in enumerate(places, 1)
        for note in each["notes"]
        if note not in everywhere
    ]
    return [*everywhere, *own]


def _lead(telling: Telling, spot: Spot, key: str, **values: object) -> str:
    if spot.here:
        return telling.say(f"lead.{key}_here", **values)
    return telling.say(f"lead.{key}", origin=spot.name, **values)


def _room_chip(telling: Telling, places: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return (telling.say("chip.room"),) if any(each["capacity"] for each in places) else ()


def answer(
    telling: Telling,
    status: str,
    lead: str,
    words: Sequence[str],
    places: Sequence[dict[str, Any]],
    spot: Spot | None,
    end: Spot | None = None,
    suggestions: Sequence[str] = (),
) -> Answer:
    calls = tuple(Call(each["phone"], each["name"]) for each in places if each["phone"])
    return Answer(
        status,
        telling.language,
        lead,
        "\n".join(words).strip(),
        places=tuple(places),
        suggestions=tuple(suggestions),
        calls=calls,
        source_dates=tuple(dict.fromkeys(each["as_of"] for each in places)),
        map=_map(spot, end) if spot is not None and places else None,
    )


def _map(spot: Spot, end: Spot | None) -> dict[str, Any]:
    codes = tuple(dict.fromkeys([*spot.dong_codes, *(end.dong_codes if end else ())]))
    return {"origin": _point(spot), "destination": _point(end) if end else None, "dong_codes": list(codes)}


def _point(spot: Spot) -> dict[str, Any]:
    return {"name": spot.name, "lat": spot.lat, "lon": spot.lon, "kind": HERE if spot.here else "place"}
