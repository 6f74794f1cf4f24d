"""The real disclosed files beside the repository; skipped where they are not on the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing.commands import import_data
from knowledge.importing.errors import KnowledgeError
from tests.conftest import SHARED

DATA = SHARED / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the disclosed files (../shared/data) are not there")

# file: kind, encoding, rows, kept, dropped, flags, quality
FILES = {
    "shelters/ansan_temporary_housing.csv": (
        "temporary_housing", "utf-8", 124, 124, {}, {"shared_point": 4}, {"official": 105, "coarse": 19}),
    "shelters/ansan_temporary_housing.raw.json": (
        "temporary_housing", "utf-8", 124, 124, {}, {"shared_point": 4}, {"official": 105, "coarse": 19}),
    "shelters/ansan_earthquake_outdoor_sites.csv": ("earthquake_site", "utf-8", 93, 93, {}, {}, {"official": 93}),
    "shelters/ansan_heat_shelters.csv": (
        "heat_shelter", "utf-8", 334, 334, {},
        {"shared_point": 2, "outside_stated_district": 1, "name_of_other_city": 1}, {"official": 264, "coarse": 70}),
    "shelters/ansan_civil_defence_shelters.csv": (
        "civil_defence_shelter", "utf-8", 155, 155, {}, {"shared_point": 8}, {"geocoded": 155}),
    "shelters/ansan_chemical_accident_shelters_sample.csv": (
        "chemical_shelter", "utf-8", 2, 2, {}, {}, {"official": 1, "coarse": 1}),
    "shelters/mois_tsunami_shelters_national.json": (
        "tsunami_site", "utf-8", 644, 644, {}, {}, {"official": 635, "coarse": 9}),
    "shelters/mois_civil_defence_shelters_busan_official_fields.json": (
        "civil_defence_shelter", "utf-8", 1498, 1316, {"out of use (사용중지)": 182},
        {"capacity_equals_area": 1316, "shared_point": 183, "capacity_beyond_density": 5}, {"official": 1316}),
    "shelters/mois_heat_shelters_sample_100rows_safetydata.csv": (
        "heat_shelter", "utf-8-sig", 100, 100, {}, {}, {"official": 99, "coarse": 1}),
    "shelters/national_earthquake_outdoor_sites_name_latlon.csv": (
        "earthquake_site", "utf-8", 11139, 10556, {"exact duplicate": 551, "same place as an earlier row": 32},
        {"shared_point": 1258}, {"official": 9721, "none": 806, "coarse": 29}),
    "shelters/raw_samples/HeatWaveShelter01.cp949.csv": (
        "heat_shelter", "cp949", 1000, 999, {"exact duplicate": 1}, {"shared_point": 26},
        {"official": 976, "coarse": 23}),
    "shelters/raw_samples/eqk1_double_header.cp949.csv": (
        "earthquake_site", "cp949", 1000, 1000, {}, {"shared_point": 46}, {"official": 805, "none": 191, "coarse": 4}),
    "hazards/ansan_ice_prone_road_sections.csv": ("ice_prone_section", "utf-8", 22, 22, {}, {}, {"official": 22}),
    "hazards/ansan_bicycle_accident_hotspots_2018-2022.csv": (
        "bicycle_hotspot", "utf-8", 54, 54, {}, {}, {"official": 54}),
    "responders/ansan_119_safety_centers_20250701.csv": ("fire_centre", "utf-8", 11, 11, {}, {}, {"none": 11}),
    "responders/nfa_119_safety_centers_20250701.cp949.csv": (
        "fire_centre", "cp949", 1144, 1144, {}, {}, {"none": 1144}),
    "responders/ansan_fire_hydrants_20260112.csv": (
        "hydrant", "utf-8-sig", 2104, 2104, {}, {"shared_point": 1309, "outside_stated_district": 2},
        {"official": 2088, "coarse": 16}),
    "responders/ansan_admin_welfare_centers.csv": (
        "welfare_centre", "utf-8", 25, 25, {}, {}, {"official": 21, "coarse": 4}),
    "responders/ansan_emergency_hospitals_sample.csv": ("hospital", "utf-8", 4, 4, {}, {}, {"official": 4}),
    "responders/ansan_police_stations_sample.csv": ("police", "utf-8", 2, 2, {}, {}, {"official": 2}),
    "api_samples/nmc_aed_manage_20260516.xml": ("aed", "utf-8", 5, 5, {}, {}, {"official": 5}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_file_gives_what_is_known_of_it(name, address):
    kind, encoding, rows, kept, dropped, flags, quality = FILES[name]
    report = import_data([str(DATA / name)], as_of="2026", catalogue_address=address)
    file = report.files[0]
    assert (file.kind, file.encoding, file.rows, file.kept, report.written) == (kind, encoding, rows, kept, kept)
    assert dict(file.dropped) == dropped
    assert dict(file.flags) == flags
    assert dict(file.quality) == quality


@pytest.mark.slow
def test_the_country_wide_heat_shelters(address):
    name = "shelters/national_heat_shelters_name_latlon.csv"
    file = import_data([str(DATA / name)], as_of="2023", catalogue_address=address).files[0]
    assert (file.rows, file.kept) == (64348, 62857)
    assert file.no_point == {"cut to whole degrees": 147, "outside Korea": 6}
    # of 15 swapped points 11 repeat a row that has them the right way round
    assert file.mended["latitude and longitude were swapped"] == 4
    assert file.mended["header line in mid-file skipped"] == 1


def test_both_forms_of_temporary_housing_are_the_same_places(catalogue, address):
    for name in ("csv", "raw.json"):
        file = str(DATA / f"shelters/ansan_temporary_housing.{name}")
        import_data([file], name, as_of="2026", catalogue_address=address)
    rows = {source: catalogue.rows(["temporary_housing"], source) for source in ("csv", "raw-json")}
    assert [one.key for one in rows["csv"]] == [one.key for one in rows["raw-json"]]
    assert sum(one.capacity or 0 for one in rows["csv"]) == 17023
    assert [one.address for one in rows["csv"]] == [one.address for one in rows["raw-json"]]
    assert [one.extra.get("lot") for one in rows["csv"]] == [one.extra.get("lot") for one in rows["raw-json"]]


def test_official_keys_are_used_where_they_are_unique(address):
    tsunami = import_data(
        [str(DATA / "shelters/mois_tsunami_shelters_national.json")], as_of="2025", catalogue_address=address
    )
    assert tsunami.key == "district_code + serial"


@pytest.mark.parametrize(
    "name",
    [
        "hazards/jeju_disaster_messages_20250410.csv",
        "guides/official_api_responses/life__cpr.json",
        "guides/action_guidelines_flat.csv",
        "glossary/decree_33578_article_titles_ko_en.csv",
        "law/framework_act/version_index.json",
        "PROVENANCE.md",
        "api_samples/mois_facility_safety_20260516.json",
    ],
)
def test_files_of_other_things_are_refused_in_one_sentence(name, address):
    with pytest.raises(KnowledgeError) as caught:
        import_data([str(DATA / name)], catalogue_address=address)
    assert "\n" not in str(caught.value)
    assert not Path(address).exists()


def test_the_aed_sample_leaves_no_person(catalogue, address):
    report = import_data([str(DATA / "api_samples/nmc_aed_manage_20260516.xml")], catalogue_address=address)
    assert report.files[0].personal == ["clerkTel", "manager", "managerTel"]
    assert "김**" not in repr(catalogue.rows(["aed"]))
