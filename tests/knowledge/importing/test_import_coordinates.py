"""Points in every system, and the pairs that are none."""

from __future__ import annotations

import pytest

from knowledge.importing.columns import match
from knowledge.importing.coordinates import end_of, pair, point_of
from knowledge.importing.table import Row


def point(**values: str):
    return point_of(Row(1, values), match(values))


def near(found, lat, lon, within=2e-5):
    return found.lat == pytest.approx(lat, abs=within) and found.lon == pytest.approx(lon, abs=within)


def test_degrees():
    found = point(위도="37.314441", 경도="126.875271")
    assert (found.lat, found.lon, found.system, found.quality) == (37.314441, 126.875271, "degrees", "official")


def test_longitude_before_latitude_and_misspelt_columns():
    assert near(point(LOT_EPST4326="129.064679", LAT_EPSG4326="35.194288"), 35.194288, 129.064679)


def test_swapped_values_are_put_right_and_told():
    found = point(위도="127.507212", 경도="38.10478")
    assert found.swapped
    assert near(found, 38.10478, 127.507212)


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (("XCORD", "YCORD"), ("975534.217931", "1948863.751492")),
        (("YCORD", "XCORD"), ("975534.217931", "1948863.751492")),
        (("CRD_INFO_X_EPSG5179", "CRD_INFO_Y_EPSG5179"), ("975534.217931", "1948863.751492")),
        (("좌표정보X(EPSG5179)", "좌표정보Y(EPSG5179)"), ("975,534.217931", "1,948,863.751492")),
        (("x", "y"), ("14162406.669", "4514473.007")),
    ],
)
def test_metres(names, values):
    found = point(**dict(zip(names, values, strict=True)))
    assert near(found, 37.5387713, 127.2230637)
    assert found.system == ("EPSG:3857" if values[0].startswith("14") else "EPSG:5179")
    assert found.swapped == (names[0] == "YCORD")


def test_the_same_column_names_hold_degrees_elsewhere():
    found = point(xcord="126.875271", ycord="37.314441")
    assert near(found, 37.314441, 126.875271)
    assert (found.system, found.swapped) == ("degrees", False)


def test_degrees_come_before_metres_and_metres_help_out():
    both = {"LA": "", "LO": "", "XCORD": "975534.217931", "YCORD": "1948863.751492"}
    assert point(**both).system == "EPSG:5179"
    assert point(**{**both, "LA": "37.3", "LO": "126.8"}).system == "degrees"


@pytest.mark.parametrize(
    "names",
    [
        ("LAT_PROVIN", "LAT_MIN", "LAT_SEC", "LOT_PROVIN", "LOT_MIN", "LOT_SEC"),
        ("LAT_DEGR", "LAT_MINT", "LAT_SEC", "LOT_DEGR", "LOT_MINT", "LOT_SEC"),
        ("위도(도)", "위도(분)", "위도(초)", "경도(도)", "경도(분)", "경도(초)"),
        tuple(f"GIS좌표시점{axis}{unit}" for axis in ("위도", "경도") for unit in "도분초"),
    ],
)
def test_degrees_minutes_seconds(names):
    found = point(**dict(zip(names, ("35", "11", "39.4", "129", "3", "52.99"), strict=True)))
    assert near(found, 35.1942778, 129.0647194, 1e-7)
    assert (found.system, found.quality) == ("degrees, minutes, seconds", "official")


def test_whole_seconds_are_coarse():
    values = {"LAT_DEGR": "35", "LAT_MINT": "11", "LAT_SEC": "39", "LOT_DEGR": "129", "LOT_MINT": "3", "LOT_SEC": "52"}
    assert point(**values).quality == "coarse"


def test_degrees_minutes_seconds_in_one_text():
    assert near(pair("37도 18분 52.0초", "126° 52' 31.0\""), 37.314444, 126.875278)


def test_sixty_minutes_are_unreadable():
    assert point(LAT_DEGR="35", LAT_MINT="70", LAT_SEC="1.5", LOT_DEGR="129", LOT_MINT="3", LOT_SEC="1.5").lat is None


def test_a_shape_in_metres_gives_a_point_inside():
    wkt = "POLYGON((14162300 4514373, 14162500 4514373, 14162500 4514573, 14162300 4514573, 14162300 4514373))"
    found = point(GEOM=wkt)
    assert found.system == "EPSG:3857 shape"
    assert near(found, 37.5387, 127.223, 2e-3)
    hole = "MULTIPOLYGON(((126.8 37.3,126.9 37.3,126.9 37.4,126.8 37.4,126.8 37.3)))"
    assert point(GEOM=f"SRID=4326;{hole}").system == "degrees shape"


@pytest.mark.parametrize("wkt", ["POLYGON((1 2", "POLYGON EMPTY", "no shape"])
def test_a_broken_shape_is_no_point(wkt):
    assert point(GEOM=wkt).lat is None


@pytest.mark.parametrize(
    ("north", "east", "why"),
    [
        ("33", "133", "cut to whole degrees"),
        ("31", "121", "cut to whole degrees"),
        ("37", "126.8", "cut to whole degrees"),
        ("37.0", "126.0", "cut to whole degrees"),
        ("0", "0", "coordinates zero"),
        ("0.0", "126.8", "coordinates zero"),
        ("", "126.8", "no coordinates"),
        ("-", "-", "coordinates unreadable"),
        ("32.5739", "126.8703", "outside Korea"),
        ("37.819607", "120.2646", "outside Korea"),
        ("450000.2", "200000.1", "coordinates of an unknown system"),
    ],
)
def test_what_is_no_point_says_why(north, east, why):
    found = pair(north, east)
    assert (found.lat, found.lon, found.problem, found.quality) == (None, None, why, "none")


@pytest.mark.parametrize(
    ("north", "east", "quality"),
    [("37.31444", "126.87527", "official"), ("37.3144", "126.875271", "coarse"), ("37.31444", "126.9", "coarse")],
)
def test_the_coarser_coordinate_decides(north, east, quality):
    assert pair(north, east).quality == quality


def test_points_that_somebody_else_looked_up_are_told_by_their_columns():
    assert point(위도_지오코딩="37.3296335", 경도_지오코딩="126.8458829").quality == "geocoded"


def test_the_ends_of_a_section():
    values = {"기점 위도": "37.33", "기점 경도": "126.75", "종점 위도": "37.34", "종점 경도": "126.76"}
    found = end_of(Row(1, values), match(values))
    assert (found.lat, found.lon) == (37.34, 126.76)
