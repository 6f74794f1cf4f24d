"""One row at a time: cleaning, filters, doubts, privacy."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.importing import cleaning
from knowledge.importing.areas import Areas
from knowledge.importing.columns import match
from knowledge.importing.filters import rejection
from knowledge.importing.mapping import Mapper, Recipe, digest_key
from knowledge.importing.plausibility import DENSEST, capacity_flags
from knowledge.importing.table import Row

TODAY = dt.date(2026, 11, 1)


def box(district: str, dong: str, west: float, south: float, size: float = 0.02) -> dict:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "properties": {"district_ko": district, "name_ko": dong},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


# two squares side by side (A dong in one district, B dong in the other), and one far from both
AREAS = Areas({
    "features": [
        box("상록구", "느티동", 126.86, 37.30),
        box("단원구", "버들동", 126.84, 37.30),
        box("상록구", "솔동", 126.80, 37.30),
    ]
})  # fmt: skip
IN_A, IN_B = {"위도": "37.31234", "경도": "126.87123"}, {"위도": "37.31234", "경도": "126.84543"}


def record(kind: str = "heat_shelter", areas: Areas | None = AREAS, notes: list[str] | None = None, **values: str):
    mapper = Mapper("test", Recipe(kind=kind), areas, TODAY)
    mapped = mapper.map(Row(1, values), (notes if notes is not None else []).append)
    assert mapped.record, mapped.reason
    return mapped.record


def noted(function, *arguments):
    notes: list[str] = []
    return function(*arguments, notes.append), notes


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("경기도 안산시 경기도 안산시 단원구 선부광장남로 63", "경기도 안산시 단원구 선부광장남로 63"),
        ("경기도 안산시 상록수 충장로 237 (본오동)", "경기도 안산시 상록구 충장로 237 (본오동)"),
        ("경기도  안산시   상록구 성호로 53", "경기도 안산시 상록구 성호로 53"),
        ("경기도 안산시 상록구 상록수로 1", "경기도 안산시 상록구 상록수로 1"),
        ("서울특별시 종로구 종로 1", "서울특별시 종로구 종로 1"),
    ],
)
def test_addresses_are_mended_and_it_is_said(text, clean):
    found, notes = noted(cleaning.address, text)
    assert found == clean
    assert bool(notes) == (text != clean)


@pytest.mark.parametrize(
    ("text", "parts", "said"),
    [
        ("안산시 상록구 각골서로3길 12(본오동)793-3", ("안산시 상록구 각골서로3길 12(본오동)", "793-3"), "split"),
        ("안산시 단원구 선감로 101-19 (선감동)400-3", ("안산시 단원구 선감로 101-19 (선감동)", "400-3"), "split"),
        ("안산시 단원구 대부로 5(대부동동)산12-1", ("안산시 단원구 대부로 5(대부동동)", "산12-1"), "split"),
        ("충청남도 예산군 그루고개로 46687", ("충청남도 예산군 그루고개로 46687", ""), "left whole"),
        ("경기도 안산시 단원구 선감동 산129-0", ("경기도 안산시 단원구 선감동 산129-0", ""), ""),
    ],
)
def test_a_glued_lot_is_split_only_where_the_seam_is_certain(text, parts, said):
    found, notes = noted(cleaning.split_glued, text)
    assert found == parts
    assert (said in " ".join(notes)) if said else not notes


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("경기도 안산시 상록구 일동", ("안산시", "상록구")),
        ("경기도 안산시상록구 일동", ("안산시", "상록구")),
        ("안산시 단원구", ("안산시", "단원구")),
        ("경기도 안산시 단원구7", ("안산시", "단원구")),
        ("경상북도 영덕군 축산면 경정리 24", ("", "영덕군")),
        ("부산광역시 동래구 사직동", ("", "동래구")),
        ("경기도 하남시 대청로116번길 30", ("하남시", "하남시")),
        ("대구광역시 하서동 28-1", ("", "")),
        ("세종특별자치시 한누리대로 1", ("", "")),
        ("", ("", "")),
    ],
)
def test_city_and_district_of_an_address(text, area):
    assert cleaning.stated_area(text) == area


@pytest.mark.parametrize(
    ("text", "value"),
    [("40㎡", 40.0), ("1,234.5", 1234.5), ("１５명", 15.0), ("-", None), ("", None), ("약 300 m2", 300.0)],
)
def test_numbers_with_units(text, value):
    assert cleaning.number(text) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023/09/16 11:00:00", "2023-09-16"),
        ("20230916", "2023-09-16"),
        ("2023년 9월 16일", "2023-09-16"),
        ("2023. 9. 16", "2023-09-16"),
        ("1694800800000", "2023-09-16"),
        ("2206-06-17", "2206-06-17"),
        ("2023-13-40", ""),
        ("없음", ""),
    ],
)
def test_dates(text, day):
    assert cleaning.date(text) == day


@pytest.mark.parametrize("number", ["031-481-2243", "02-6981-7593", "1577-0000", "031 481 2243"])
def test_telephones_of_facilities_are_kept(number):
    assert cleaning.phone(number, print) == number


@pytest.mark.parametrize(
    "number", ["010-1234-5678", "01012345678", "010 1234 5678", "+82 10-1234-5678", "(010)1234-5678", "016-123-4567"]
)
def test_mobile_numbers_are_dropped_wherever_they_stand(number):
    notes: list[str] = []
    values = {"시설명": f"느티 쉼터 {number}", "전화번호": number, "주소": f"느티로 1 ({number})"}
    kept = record(notes=notes, 세부위치명=f"문의 {number}", **values, **IN_A)
    assert kept.phone == ""
    assert number not in repr(kept)
    assert "5678" not in repr(kept)
    assert kept.name == "느티 쉼터"
    assert "mobile telephone numbers removed" in notes


def test_numbers_that_only_look_like_it_stay():
    assert record(시설명="느티 쉼터", 주소="느티로 101-1101 (010동)", **IN_A).address == "느티로 101-1101 (010동)"


def test_columns_of_persons_leave_no_trace():
    persons = {"clerkTel": "031-111-2222", "manager": "가나다", "managerTel": "031-333-4444"}
    kept = record("aed", org="느티관", buildPlace="1층", wgs84Lat="37.31234", wgs84Lon="126.87123", **persons)
    assert "가나다" not in repr(kept)
    assert "2222" not in repr(kept)
    assert kept.extra["detail"] == "1층"


def test_entities_in_names_are_resolved_and_ampersands_left():
    assert record(시설명="&#46382;게스트하우스", **IN_A).name == "딮게스트하우스"
    assert record(시설명="한일U&IA 경로당", **IN_A).name == "한일U&IA 경로당"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"OPER_STTS": "사용중지"}, "out of use (사용중지)"),
        ({"운영상태": "일시중지"}, "out of use (일시중지)"),
        ({"OPN_YN": "N"}, "not open (OPN_YN N)"),
        ({"USE_AT": "N"}, "not in use (USE_AT N)"),
        ({"useAt": "n"}, "not in use (USE_AT N)"),
        ({"DEL_YN": "Y"}, "deleted by the publisher (DEL_YN Y)"),
        ({"폐지여부": "폐지"}, "abolished (폐지)"),
        ({"해제일자": "2024-05-01"}, "abolished (day of removal set)"),
        ({"RMV_YMD": "20240501"}, "abolished (day of removal set)"),
        ({"RMV_YMD": "99991231"}, ""),
        ({"RMV_YMD": ""}, ""),
        ({"OPER_STTS": "사용중", "OPN_YN": "Y", "USE_AT": "Y", "DEL_YN": "N", "폐지여부": "존재"}, ""),
    ],
)
def test_rows_out_of_use_are_rejected_with_the_reason(values, reason):
    assert rejection(Row(1, values), match(values)) == reason


@pytest.mark.parametrize(
    ("capacity", "area", "flags"),
    [
        (842, 842.0, ["capacity_equals_area"]),
        (4_105_106, 4_105_106.0, ["capacity_equals_area", "capacity_beyond_density"]),
        (401, 100.0, ["capacity_beyond_density"]),
        (400, 100.0, []),
        (60_000, None, []),
        (100_001, None, ["capacity_beyond_density"]),
        (None, 100.0, []),
    ],
)
def test_capacities_that_cannot_be(capacity, area, flags):
    assert DENSEST == 4.0
    assert capacity_flags(capacity, area) == flags


def test_a_doubted_capacity_is_kept_but_is_not_plausible():
    kept = record("civil_defence_shelter", 시설명="느티 지하", 시설면적="842㎡", 최대수용인원="842", **IN_A)
    assert (kept.capacity, kept.area_m2, kept.plausible_capacity) == (842, 842.0, None)


def test_numbers_beyond_all_measure_are_none():
    kept = record(시설명="느티", 수용인원="9" * 400, 면적="9" * 20, **IN_A)
    assert (kept.capacity, kept.area_m2) == (None, None)


def test_a_recipe_can_say_that_all_points_were_looked_up():
    mapper = Mapper("test", Recipe(kind="heat_shelter", geocoded=True), AREAS, TODAY)
    with_point = mapper.map(Row(1, {"시설명": "느티", **IN_A}), print).record
    without = mapper.map(Row(1, {"시설명": "느티", "위도": "", "경도": ""}), print).record
    assert with_point is not None
    assert without is not None
    assert (with_point.coordinate_quality, without.coordinate_quality) == ("geocoded", "none")


def test_zero_persons_means_not_known():
    assert record(시설명="느티 쉼터", 수용인원="0", **IN_A).capacity is None


def test_areas_in_other_units_are_not_taken_for_square_metres():
    assert record(시설명="느티", FCLT_SCL="30", SCL_UNIT="평", **IN_A).area_m2 is None
    assert record(시설명="느티", FCLT_SCL="30", SCL_UNIT="㎡", **IN_A).area_m2 == 30


def test_a_date_ahead_is_doubted():
    assert record(시설명="느티", 지정일자="2206-06-17", **IN_A).flags == ("date_in_future",)
    assert record(시설명="느티", 지정일자="2020-06-17", **IN_A).flags == ()


def test_district_and_dong_come_from_the_row_then_the_address_then_the_point():
    bare = record(시설명="느티 쉼터", **IN_A)
    assert (bare.district, bare.dong) == ("상록구", "느티동")
    stated = record(시설명="느티 쉼터", 주소="경기도 안산시 단원구 버들로 1 (버들동)", 위도="", 경도="")
    assert (stated.district, stated.dong, stated.coordinate_quality) == ("단원구", "", "none")
    column = record(시설명="느티 쉼터", 시군구="안산시 단원구", 행정동="버들동", **IN_B)
    assert (column.district, column.dong) == ("단원구", "버들동")


def test_an_old_or_legal_dong_gives_way_to_the_one_the_point_lies_in():
    assert record(시설명="느티 쉼터", 행정읍면동="옛동", **IN_A).dong == "느티동"


def test_a_point_outside_the_stated_district_is_doubted_and_the_statement_stays():
    kept = record(시설명="느티 쉼터", 주소="경기도 안산시 상록구 느티로 1", **IN_B)
    assert kept.flags == ("outside_stated_district",)
    assert kept.district == "상록구"


def test_a_point_just_across_the_border_passes():
    assert record(시설명="느티 쉼터", 주소="안산시 상록구 느티로 1", 위도="37.31234", 경도="126.85900").flags == ()


def test_an_office_named_after_a_dong_must_lie_near_it():
    far = record("welfare_centre", 시설명="솔동행정복지센터", **IN_A)
    assert (far.flags, far.district, far.dong) == (("outside_stated_district",), "상록구", "솔동")
    assert record("welfare_centre", 시설명="느티동 행정복지센터", **IN_A).flags == ()


def test_an_office_of_the_same_name_in_another_city_is_not_doubted():
    assert record(시설명="솔동행정복지센터", 위도="35.11234", 경도="129.01234").flags == ()


def test_a_city_stated_and_a_point_elsewhere():
    away = {"위도": "37.51234", "경도": "127.01234"}
    assert record(시설명="느티", 주소="경기도 안산시 느티로 1", **away).flags == ("outside_stated_district",)
    assert record(시설명="느티", 주소="경기도 수원시 팔달구 느티로 1", **IN_A).flags == ("outside_stated_district",)
    assert record(시설명="느티", 주소="경기도 수원시 팔달구 느티로 1", **away).flags == ()


def test_without_borders_nothing_is_said_about_them():
    kept = record(시설명="느티", areas=None, 주소="경기도 안산시 상록구 느티로 1", **IN_B)
    assert (kept.flags, kept.dong) == ((), "")


def test_a_point_outside_korea_is_dropped_and_doubted():
    kept = record(시설명="느티", 위도="32.5739", 경도="126.8703")
    assert (kept.lat, kept.coordinate_quality, kept.flags) == (None, "none", ("outside_korea",))


@pytest.mark.parametrize(
    ("name", "doubted"),
    [("서수원 한빛(아)경로당", True), ("수원느티경로당", True), ("느티경로당", False), ("구룡체육관", False)],
)
def test_a_place_named_after_the_next_city(name, doubted):
    assert ("name_of_other_city" in record(시설명=name, **IN_A).flags) == doubted
    assert "name_of_other_city" not in record(시설명=name, 위도="37.26234", 경도="127.02234").flags


def test_things_without_a_name_get_the_one_of_their_kind():
    hydrant = record("hydrant", 지형지물부호="급수탑", 주소="안산시 상록구 느티동 1", **IN_A)
    assert (hydrant.name, hydrant.dong) == ("급수탑", "느티동")
    assert record("welfare_centre", 행정동="느티동", **IN_A).name == "느티동 행정복지센터"


def test_sections_keep_their_other_end():
    start = {"기점 위도": "37.31", "기점 경도": "126.87"}
    end = {"종점 위도": "37.32", "종점 경도": "126.88"}
    kept = record("ice_prone_section", **{"도로(노선)명": "느티로"}, **start, **end)
    assert (kept.lat, kept.lon, kept.end_lat, kept.end_lon) == (37.31, 126.87, 37.32, 126.88)


def test_the_key_of_a_place_is_stable_and_its_own():
    one = record(시설명="느티", **IN_A)
    assert digest_key(one) == digest_key(record(시설명="느티", 전화번호="031-111-2222", **IN_A))
    others = record(시설명="버들", **IN_A), record(시설명="느티", **IN_B)
    assert len({digest_key(one), *map(digest_key, others)}) == 3
    assert digest_key(one) == "df745a0b929c"  # pinned: bookmarks and references hold it
