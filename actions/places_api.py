"""The disclosed places for other programs: GeoJSON and a picture, from the catalogue. Knows no server."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from actions.places_query import LANGUAGES, BadQueryError, PlacesQuery, read_query
from actions.places_view import place, ref
from knowledge.catalogue.model import Catalogue, CatalogueError, Record, Source
from nlu.map_words import map_words

MOST = 5000
"""Features of one answer; what is beyond is said in "truncated"."""
Open = Callable[[], Catalogue]


@dataclass(frozen=True)
class Reply:
    """What goes out over HTTP."""

    status: int
    body: bytes
    content_type: str


def places_geojson(given: Mapping[str, str], open_store: Open) -> Reply:
    """A FeatureCollection of one kind with its sources; 400 for a bad query, 503 when the store is down."""

    def answer(query: PlacesQuery, store: Catalogue) -> Reply:
        found, matched = _found(query, store)
        sources = {source.id: source for source in store.sources()}
        collection = {
            "type": "FeatureCollection",
            "features": [feature(record, sources.get(record.source), distance) for record, distance in found],
            "sources": [_source(source) for source in sources.values() if query.kind in source.kinds],
            "generated": dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds"),
            "terms": {language: map_words(language)["terms"].strip() for language in LANGUAGES},
            "matched": matched,
            "truncated": matched > len(found),
        }
        return _json(200, collection, "application/geo+json")

    return _reply(given, open_store, answer)


def map_png(given: Mapping[str, str], open_store: Open) -> Reply:
    """The picture of the places nearest to a point; 400 for a bad query, 503 when the store is down."""

    def answer(query: PlacesQuery, store: Catalogue) -> Reply:
        from actions.map_picture import draw

        if query.near is None:
            raise BadQueryError('The picture needs "near", such as near=37.32,126.83.')
        sources = {source.id: source for source in store.sources()}
        near = store.nearest(*query.near, [query.kind], query.k)
        today = dt.date.today()
        places = [place(each, sources[each.record.source], query.language, today) for each in near]
        origin = {"name": "", "lat": query.near[0], "lon": query.near[1], "kind": "place"}
        drawn = draw(places, {"origin": origin, "destination": None, "dong_codes": []}, query.language)
        return Reply(200, drawn, "image/png")

    return _reply(given, open_store, answer)


def _reply(
    given: Mapping[str, str], open_store: Open, answer: Callable[[PlacesQuery, Catalogue], Reply]
) -> Reply:
    try:
        query = read_query(given)
        with _opened(open_store) as store:
            return answer(query, store)
    except BadQueryError as error:
        return _json(400, {"error": str(error)})
    except CatalogueError as error:
        return _json(503, {"error": str(error)})


@contextlib.contextmanager
def _opened(open_store: Open) -> Iterator[Catalogue]:
    store = open_store()
    try:
        yield store
    finally:
        store.close()


def _found(query: PlacesQuery, store: Catalogue) -> tuple[list[tuple[Record, float | None]], int]:
    """The records with their distances, MOST of them, and how many there are."""
    if query.near:
        near = store.nearest(*query.near, [query.kind], query.k)
        return [(each.record, each.distance_m) for each in near], len(near)
    records = store.inside(_polygon(query.bbox), [query.kind]) if query.bbox else store.rows([query.kind])
    return [(record, None) for record in records[:MOST]], len(records)


def _polygon(bbox: tuple[float, float, float, float]) -> dict[str, Any]:
    west, south, east, north = bbox
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(record: Record, source: Source | None, distance_m: float | None) -> dict[str, Any]:
    """A record as a GeoJSON Feature; a section of road is a line, a record without a point has none."""
    return {
        "type": "Feature",
        "id": ref(record),
        "geometry": _geometry(record),
        "properties": _fields(record, source, distance_m),
    }


def _fields(record: Record, source: Source | None, distance_m: float | None) -> dict[str, Any]:
    as_of = record.as_of or (source.as_of if source else "")
    return {
        "id": ref(record),
        "name": record.name,
        "kind": record.kind,
        "distance_m": None if distance_m is None else round(distance_m),
        "lat": record.lat,
        "lon": record.lon,
        "end_lat": record.end_lat,
        "end_lon": record.end_lon,
        "address": record.address,
        "district": record.district,
        "dong": record.dong,
        "capacity": record.capacity,
        "area_m2": record.area_m2,
        "phone": record.phone,
        "source": record.source,
        "as_of": as_of,
        "stale": source.stale(dt.date.today()) if source else False,
        "coordinate_quality": record.coordinate_quality,
        "flags": list(record.flags),
        "extra": dict(record.extra),
    }


def _geometry(record: Record) -> dict[str, Any] | None:
    if record.lat is None or record.lon is None:
        return None
    if record.end_lat is None or record.end_lon is None:
        return {"type": "Point", "coordinates": [record.lon, record.lat]}
    return {"type": "LineString", "coordinates": [[record.lon, record.lat], [record.end_lon, record.end_lat]]}


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": dict(source.title),
        "publisher": dict(source.publisher),
        "licence": source.licence,
        "as_of": source.as_of,
        "dataset": source.dataset,
        "url": source.url,
        "defects": dict(source.defects),
    }


def _json(status: int, value: Mapping[str, Any], content_type: str = "application/json") -> Reply:
    return Reply(status, json.dumps(value, ensure_ascii=False).encode(), content_type)
