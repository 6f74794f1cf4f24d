"""The disclosed places for other programs: from the store to GeoJSON and a picture, over the real servers."""

from __future__ import annotations

import json

import httpx
import pytest

from actions.places_api import map_png, places_geojson
from actions.places_query import BadQueryError, read_query
from knowledge.catalogue.model import CatalogueError, Record, Source
from knowledge.catalogue.sqlite import SqliteCatalogue
from tests.listening import listening

SITES = Source(
    "ansan-earthquake-sites", ("earthquake_site",), {"ko": "지진 옥외대피장소", "en": "Earthquake sites"},
    {"ko": "행정안전부", "en": "Ministry of the Interior and Safety"}, "15138868", "https://www.data.go.kr", "",
    "2023-11", 730, ("41270",),
)  # fmt: skip
ICE = Source(
    "ansan-ice-prone-sections", ("ice_prone_section",), {"ko": "상습결빙구간", "en": "Ice-prone sections"},
    {"ko": "안산시", "en": "Ansan City"}, "", "", "", "2023", 730,
)  # fmt: skip
POINTS = (
    ("안산서초등학교 운동장", 37.330968366, 126.80017249),
    ("원곡중학교 운동장", 37.331331412, 126.80173769),
    ("원곡고등학교 운동장", 37.332861608, 126.79868252),
    ("원일초등학교 운동장", 37.333007305, 126.80388625),
)
NEAR = {"kind": "earthquake_site", "near": "37.3308,126.8", "k": "3"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"
    catalogue = SqliteCatalogue(path)
    rows = [Record(SITES.id, str(at), "earthquake_site", *point) for at, point in enumerate(POINTS)]
    lost = Record(SITES.id, "9", "earthquake_site", "위치 없음", None, None, flags=("outside_korea",))
    catalogue.replace(SITES, [*rows, lost])
    section = {"end_lat": 37.33417984, "end_lon": 126.7630861}
    catalogue.replace(ICE, [Record(ICE.id, "0", "ice_prone_section", "중앙로", 37.33244519, 126.7546514, **section)])
    catalogue.close()
    return lambda: SqliteCatalogue(path)


def get(given, store):
    reply = places_geojson(given, store)
    return reply.status, json.loads(reply.body)


def test_the_nearest_come_first_with_their_source(store):
    status, found = get(NEAR, store)
    assert status == 200
    assert [each["properties"]["name"] for each in found["features"]] == [name for name, _, _ in POINTS[:3]]
    first = found["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [126.80017249, 37.330968366]}
    assert 15 < first["properties"]["distance_m"] < 35
    assert first["properties"]["as_of"] == "2023-11"
    assert [source["id"] for source in found["sources"]] == [SITES.id]
    assert found["sources"][0]["publisher"]["ko"] == "행정안전부"
    assert set(found["terms"]) == {"ko", "en"}
    assert found["generated"].endswith("+00:00")
    assert not found["truncated"]


def test_all_rows_are_given_also_those_without_a_point(store):
    _, found = get({"kind": "earthquake_site"}, store)
    assert found["matched"] == len(found["features"]) == 5
    lost = [each["properties"]["flags"] for each in found["features"] if each["geometry"] is None]
    assert lost == [["outside_korea"]]


def test_a_box_holds_what_lies_in_it(store):
    _, found = get({"kind": "earthquake_site", "bbox": "126.80,37.33,126.802,37.332"}, store)
    assert {each["properties"]["name"] for each in found["features"]} == {POINTS[0][0], POINTS[1][0]}


def test_a_section_is_a_line(store):
    _, found = get({"kind": "ice_prone_section"}, store)
    assert found["features"][0]["geometry"] == {
        "type": "LineString", "coordinates": [[126.7546514, 37.33244519], [126.7630861, 37.33417984]]
    }  # fmt: skip


def test_no_data_of_a_kind_is_an_empty_collection_without_sources(store):
    status, found = get({"kind": "tsunami_site"}, store)
    assert (status, found["features"], found["sources"]) == (200, [], [])


@pytest.mark.parametrize(
    "given",
    [
        {}, {"kind": "shelter"}, {"kind": "police", "bbox": "1,2,3"}, {"kind": "police", "bbox": "3,2,1,4"},
        {"kind": "police", "bbox": "a,b,c,d"}, {"kind": "police", "near": "91,0"}, {"kind": "police", "near": "nan,1"},
        {"kind": "police", "near": "37"}, {"kind": "police", "near": "37,127", "k": "0"}, {"kind": "police", "k": "5"},
        {"kind": "police", "near": "37,127", "k": "51"}, {"kind": "police", "near": "37,127", "k": "５"},
        {"kind": "police", "near": "37,127", "bbox": "126,36,128,38"}, {"kind": "police", "lang": "fr"},
        {"kind": "police", "limit": "3"},
    ],
)  # fmt: skip
def test_a_bad_query_is_400_with_one_sentence(given, store):
    with pytest.raises(BadQueryError):
        read_query(given)
    for answer in (places_geojson, map_png):
        reply = answer(given, store)
        assert reply.status == 400
        assert json.loads(reply.body)["error"].endswith(".")


def test_a_store_that_is_down_is_503_with_its_sentence(tmp_path):
    def gone():
        raise CatalogueError("There is no catalogue; run `ansim data build`.")

    for answer in (places_geojson, map_png):
        for broken in (gone, lambda: SqliteCatalogue(tmp_path / "none.sqlite")):
            reply = answer(NEAR, broken)
            assert reply.status == 503
            assert json.loads(reply.body)["error"].endswith(".")


def test_the_picture_is_a_png(store):
    for language in ("ko", "en"):
        reply = map_png({**NEAR, "lang": language}, store)
        assert (reply.status, reply.content_type) == (200, "image/png")
        assert reply.body.startswith(b"\x89PNG")
    assert map_png({"kind": "earthquake_site"}, store).status == 400


@pytest.fixture
async def action_server(store, monkeypatch):
    """The SDK's app with our routes on a free port."""
    from rasa_sdk.endpoint import create_app
    from sanic import Sanic

    from actions import places_routes

    monkeypatch.setattr(Sanic, "test_mode", True)
    monkeypatch.setattr(places_routes, "_catalogue", store)
    app = create_app("actions.places_routes", cors_origins=[])
    async with listening(places_routes.attach, app) as (address, _):
        yield address


async def test_the_chat_passes_the_places_on(action_server, monkeypatch):
    from bot.channels.data.channel import forward

    monkeypatch.setenv("ANSIM_ACTIONS_URL", f"{action_server}/webhook")
    found = await forward("/data/places.geojson", "kind=earthquake_site&near=37.3308,126.8&k=2")
    assert found.status == 200
    assert found.content_type == "application/geo+json"
    assert len(json.loads(found.body)["features"]) == 2
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert (await forward("/data/map.png", "kind=earthquake_site&near=37.33,126.8")).body.startswith(b"\x89PNG")
    bad = await forward("/data/places.geojson", "kind=nothing")
    assert bad.status == 400
    assert json.loads(bad.body)["error"].endswith(".")
    assert (await forward("/data/places.geojson", "x" * 501)).status == 400
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{action_server}/health")).status_code == 200


async def test_an_action_server_that_is_down_is_503(monkeypatch):
    from bot.channels.data.channel import forward
    from bot.launcher import free_port

    monkeypatch.setenv("ANSIM_ACTIONS_URL", f"http://127.0.0.1:{free_port()}/webhook")
    found = await forward("/data/places.geojson", "kind=police")
    assert found.status == 503
    assert json.loads(found.body)["error"].endswith(".")


def test_the_sdk_is_made_to_attach_the_routes():
    from rasa_sdk.plugin import plugin_manager

    from actions.festival_files import PATH
    from actions.places_routes import ROUTES, attach
    from actions.sdk_routes import register

    register("data", attach)
    added = []

    class App:
        def add_route(self, handler, path, name):
            added.append(path)

    try:
        plugin_manager().hook.attach_sanic_app_extensions(app=App())
    finally:
        plugin_manager().unregister(name="ansim_data")
    assert added == [*ROUTES, PATH]
