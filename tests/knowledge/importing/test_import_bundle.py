"""The rows that come with the product: their number, their schema, and that they can be made anew."""

from __future__ import annotations

import dataclasses
import gzip
import json
import re

import pytest

from knowledge.catalogue.build import bundled
from knowledge.importing.bundle import as_csv, bundled_rows, main, packed
from knowledge.importing.known import SOURCES, known_ids, known_source, recipe_text
from tests.conftest import SHARED

pytestmark = pytest.mark.slow

DATA = SHARED / "data"
COUNTS = {
    "ansan-temporary-housing": 124,
    "ansan-earthquake-sites": 93,
    "ansan-heat-shelters": 334,
    "ansan-civil-defence-shelters": 155,
    "ansan-fire-centres": 11,
    "ansan-welfare-centres": 25,
    "ansan-ice-prone-sections": 22,
    "ansan-bicycle-hotspots": 54,
    "ansan-hydrants": 2104,
    "korea-earthquake-sites": 9657,
    "korea-heat-shelters": 62370,
    "korea-tsunami-sites": 644,
}
MOBILE = re.compile(r"(?<!\d)01[016789]-?\d{3,4}-?\d{4}(?!\d)")


def body(source_id: str) -> bytes:
    plain = SOURCES / source_id / "rows.csv"
    return plain.read_bytes() if plain.exists() else gzip.decompress((SOURCES / source_id / "rows.csv.gz").read_bytes())


@pytest.fixture(scope="module")
def records():
    return {one.source.id: list(one.records()) for one in bundled()}


def test_every_source_has_its_rows(records):
    assert {source: len(rows) for source, rows in records.items()} == COUNTS


def test_no_file_is_large():
    assert [path for path in SOURCES.rglob("*") if path.is_file() and path.stat().st_size > 2_500_000] == []


@pytest.mark.parametrize("source_id", COUNTS)
def test_manifests_say_what_a_reader_must_know_in_both_languages(source_id):
    source, recipe = known_source(source_id), recipe_text(source_id)
    for told in (source.title, source.publisher, source.defects):
        assert set(told) == {"ko", "en"}
        assert all(told.values())
        assert re.search("[가-힣]", told["ko"])
    assert source.licence
    assert source.dataset
    assert source.url.startswith("https://")
    assert recipe["stale_after_days_because"]
    assert recipe["kind"] in source.kinds
    assert all(not name.startswith(("/", "..")) for name in recipe["files"])


def test_coverage_is_what_the_rows_are_complete_for():
    assert {one: known_source(one).coverage for one in known_ids()} == {
        **{one: ("41270",) for one in COUNTS if one.startswith("ansan")},
        "ansan-ice-prone-sections": (),  # the island and the eastern edge of the city were not seen
        "korea-earthquake-sites": ("KR-41270",),
        "korea-heat-shelters": ("KR-41270",),
        "korea-tsunami-sites": ("KR",),
    }


@pytest.mark.parametrize("source_id", COUNTS)
def test_no_row_reaches_a_person(source_id, records):
    assert not [one for one in records[source_id] if MOBILE.search(repr(dataclasses.replace(one, key="")))]


def test_country_wide_lists_hold_name_and_point_only(records):
    for source in ("korea-earthquake-sites", "korea-heat-shelters"):
        for one in records[source]:
            assert one.lat is not None
            assert not any((one.address, one.phone, one.capacity, one.district, one.dong, one.extra))


def test_known_defects_are_flagged_or_mended(records):
    by_name = {(one.source, one.name): one for rows in records.values() for one in rows}
    office = by_name["ansan-heat-shelters", "안산동행정복지센터"]
    assert (office.flags, office.district, office.dong) == (("outside_stated_district",), "상록구", "안산동")
    right = by_name["ansan-welfare-centres", "안산동 행정복지센터"]
    assert (right.lat, right.lon, right.flags) == (37.36188, 126.87327, ())
    assert by_name["ansan-heat-shelters", "서수원 쌍용스윗닷홈(아)경로당"].flags == ("name_of_other_city",)
    assert by_name["ansan-fire-centres", "상록수119안전센터"].address == "경기도 안산시 상록구 충장로 237 (본오동)"
    assert by_name["ansan-welfare-centres", "대부동 행정복지센터"].as_of == "2023"
    assert {one.coordinate_quality for one in records["ansan-civil-defence-shelters"]} == {"geocoded"}
    assert not any("안산시 경기도" in one.address for one in records["ansan-civil-defence-shelters"])
    assert all(one.end_lat for one in records["ansan-ice-prone-sections"])


def test_every_row_of_ansan_has_its_district(records):
    for source, rows in records.items():
        if source.startswith("ansan"):
            assert {one.district for one in rows} == {"상록구", "단원구"}, source


def test_packing_leaves_no_date():
    assert packed(b"x" * 100) == packed(b"x" * 100)
    assert packed(b"x")[4:8] == b"\0\0\0\0"


def test_a_missing_folder_is_one_sentence(tmp_path, capsys):
    assert main([str(tmp_path)]) == 1
    assert "check the folder" in capsys.readouterr().err
    assert main([]) == 2


@pytest.mark.skipif(not DATA.exists(), reason="the disclosed files (../shared/data) are not on this machine")
@pytest.mark.parametrize("source_id", COUNTS)
def test_the_rows_can_be_made_anew_byte_for_byte(source_id):
    rows, _ = bundled_rows(source_id, DATA)
    assert as_csv(rows) == body(source_id)


def test_recipes_are_plain_json():
    for source_id in known_ids():
        json.loads((SOURCES / source_id / "recipe.json").read_text("utf-8"))
