"""The data files keep their schema."""

import csv
import json
import re

import pytest

from knowledge.gazetteer import CITY, LEVELS, QUALITIES, gazetteer, in_korea, outside
from knowledge.gazetteer.gazetteer import FOLDER
from knowledge.gazetteer.table import COLUMNS, read_places, write_places

FILES = ("ansan_places.csv", "korea_places.csv")
ANSAN = [place for place in gazetteer() if not outside(place)]


def of(level):
    return [place for place in ANSAN if place.level == level]


def manifest():
    return json.loads((FOLDER / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_the_columns_are_the_schema(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(COLUMNS)


def test_ids_are_unique_and_links_lead_somewhere():
    rows = [place for name in FILES for place in read_places(FOLDER / name)]
    ids = {place.id for place in rows}
    assert len(ids) == len(rows)
    for place in rows:
        linked = {*place.parents, *place.also, *filter(None, [place.namesake])}
        assert linked <= ids, place.id
        assert {f"dong:{code}" for code in place.dongs} <= ids, place.id


def test_values_are_of_the_closed_sets():
    sources = manifest()["sources"]
    for place in gazetteer():
        assert place.level in LEVELS
        assert place.quality in QUALITIES
        assert place.source in sources
        assert sources[place.source]["as_of"] == place.as_of
        assert re.search("[가-힣]", place.name_ko)
        assert place.name_en.isascii()
        assert place.name_en
        assert not place.code or re.fullmatch(r"\d{10}", place.code)


def test_a_place_has_a_point_in_korea_or_says_that_it_has_none():
    for place in gazetteer():
        assert (place.point is None) == (place.quality == "none")
        assert place.point is None or in_korea(*place.point), place.id


def test_ansan_is_complete():
    assert len(of("admin_dong")) == 25
    assert len(of("legal_dong")) == 30
    assert len(of("welfare_centre")) == 25
    assert len(of("district")) == 2
    assert len(of("station")) == 13
    assert len(of("safety_district")) == 10
    assert {place.name_ko for place in of("district")} == {"상록구", "단원구"}


def test_korea_is_there_for_telling_apart():
    assert len([place for place in gazetteer() if place.level == "sido"]) == 17
    assert len([place for place in gazetteer() if outside(place) and place.level == "admin_dong"]) > 3500


def test_every_dong_lies_in_its_district_and_city():
    for place in (*of("admin_dong"), *of("legal_dong")):
        assert place.parents[1] == CITY
        assert place.code[:5] == place.parents[0][7:12]


def test_the_four_sources_of_doubt_are_told():
    told = manifest()["sources"]
    for source in ("kma-districts", "legal-dong-codes", "station-points", "ansan-safety-districts"):
        assert set(told[source]["defects"]) == {"en", "ko"}
    for entry in (*told.values(), *manifest()["files"].values()):
        for field in ("title", "publisher", "what", "defects"):
            assert field not in entry or set(entry[field]) == {"en", "ko"}


def test_the_manifest_names_every_data_file():
    files = {path.name for path in FOLDER.iterdir() if path.suffix in (".csv", ".geojson")}
    assert set(manifest()["files"]) == files


def test_spellings_are_of_known_places():
    for spelling in gazetteer().spellings:
        assert gazetteer().get(spelling.place_id), spelling
        assert spelling.note in ("", "stem", "spelling", "old_name", "road", "loose"), spelling


def test_polygons_are_small_and_one_for_each_dong():
    path = FOLDER / "ansan_dongs.geojson"
    assert path.stat().st_size < 100_000
    features = json.loads(path.read_text("utf-8"))["features"]
    assert {f["properties"]["code"] for f in features} == {place.polygon_code for place in of("admin_dong")}
    for feature in features:
        assert set(feature["properties"]) == {"code", "name_ko", "name_en", "district_ko", "district_en"}
        place = gazetteer().places[f"dong:{feature['properties']['code']}"]
        assert (place.name_ko, place.name_en) == (feature["properties"]["name_ko"], feature["properties"]["name_en"])


def test_polygons_still_join_edge_to_edge():
    import shapely
    from shapely.geometry import shape

    features = json.loads((FOLDER / "ansan_dongs.geojson").read_text("utf-8"))["features"]
    assert shapely.coverage_is_valid([shape(feature["geometry"]) for feature in features])


def test_a_table_is_read_back_as_written(tmp_path):
    places = [place for place in ANSAN if place.level in ("admin_dong", "safety_district")]
    write_places(tmp_path / "places.csv", places)
    assert read_places(tmp_path / "places.csv") == places
