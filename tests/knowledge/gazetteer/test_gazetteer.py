"""Dongs of both kinds, the dong of a point, inside and outside."""

import pytest

from knowledge.gazetteer import CITY, dong_at, gazetteer, in_korea, outside, polygon

PLACES = gazetteer()
ADMIN = [place for place in PLACES if place.level == "admin_dong" and not outside(place)]


def one(name, level):
    (found,) = [place for place in PLACES.named(name) if place.level == level and not outside(place)]
    return found


@pytest.mark.parametrize(
    ("legal", "admin"),
    [
        ("고잔동", {"고잔동", "중앙동", "호수동"}),
        ("사동", {"사동", "사이동", "해양동"}),
        ("본오동", {"본오1동", "본오2동", "본오3동"}),
        ("선부동", {"선부1동", "선부2동", "선부3동"}),
        ("원곡동", {"원곡동", "백운동"}),
        ("부곡동", {"부곡동", "월피동"}),
        ("신길동", {"신길동"}),
        ("성곡동", {"초지동"}),
        ("원시동", {"초지동"}),
        ("목내동", {"초지동"}),
        ("양상동", {"월피동"}),
        ("건건동", {"반월동"}),
        ("사사동", {"반월동"}),
        ("팔곡일동", {"반월동"}),
        ("팔곡이동", {"본오1동"}),
        ("수암동", {"안산동"}),
        ("장상동", {"안산동"}),
        ("화정동", {"선부3동"}),
        ("대부북동", {"대부동"}),
        ("풍도동", {"대부동"}),
    ],
)
def test_a_legal_dong_lies_in_administrative_dongs(legal, admin):
    place = one(legal, "legal_dong")
    assert {dong.name_ko for dong in PLACES.admin_dongs(place)} == admin
    for name in admin:
        assert place in PLACES.legal_dongs(one(name, "admin_dong"))


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("고잔동", "legal_dong"),
        ("사동", "legal_dong"),
        ("원곡동", "legal_dong"),
        ("부곡동", "legal_dong"),
        ("초지동", "admin_dong"),
        ("월피동", "admin_dong"),
        ("일동", "admin_dong"),
        ("신길동", "admin_dong"),
    ],
)
def test_of_two_readings_the_one_that_covers_more_is_meant(name, level):
    admin, legal = one(name, "admin_dong"), one(name, "legal_dong")
    assert admin.also == (legal.id,)
    assert legal.also == (admin.id,)
    assert PLACES.usual(admin) == PLACES.usual(legal) == one(name, level)


@pytest.mark.parametrize("place", ADMIN, ids=lambda place: place.name_en)
def test_the_point_of_a_dong_falls_in_its_polygon(place):
    assert dong_at(*place.point) == place
    assert polygon(place.code)["type"] == "MultiPolygon"


@pytest.mark.parametrize("place", [p for p in PLACES if p.level == "legal_dong"], ids=lambda p: p.name_en)
def test_the_point_of_a_legal_dong_falls_in_one_of_its_dongs(place):
    assert place.quality == "derived"
    assert dong_at(*place.point).code in place.dongs


def test_a_point_elsewhere_is_in_no_dong():
    assert dong_at(37.5665, 126.978) is None
    assert dong_at(37.2, 126.5) is None
    assert dong_at(126.85, 37.3) is None


def test_a_border_belongs_to_a_dong():
    corner = polygon("4127151000")["coordinates"][0][0][0]
    assert dong_at(corner[1], corner[0]) is not None


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [
        (37.32, 126.83, True),
        (33.25, 126.5, True),
        (37.24, 131.87, True),
        (37.96, 124.67, True),
        (38.6, 128.36, True),
        (35.1, 129.04, True),
        (126.83, 37.32, False),
        (33.59, 130.4, False),
        (34.4, 129.3, False),
        (37.97, 126.55, False),
        (39.03, 125.75, False),
        (0.0, 0.0, False),
    ],
)
def test_in_korea(lat, lon, inside):
    assert in_korea(lat, lon) is inside


def test_outside_is_outside_ansan():
    assert not outside(PLACES.places[CITY])
    assert not outside(one("중앙동", "admin_dong"))
    assert not outside(PLACES.places["region:4100000000"])
    assert outside(PLACES.places["region:1100000000"])
    assert outside(PLACES.places["region:4139000000"])
    assert all(outside(place) for place in PLACES.named("강남역"))


def test_stations_without_a_point_offer_the_dong_of_their_very_name_only():
    offered = {p.name_ko: p.namesake for p in PLACES if p.level == "station" and p.point is None}
    named = {name: PLACES.places[place].name_ko for name, place in offered.items() if place}
    assert set(offered) == {"사리역", "달미역", "선부역", "시우역", "원시역"}
    assert named == {"선부역": "선부동", "원시역": "원시동"}


def test_only_the_dongs_of_singil_district_are_known():
    known = {p.name_en: p.dongs for p in PLACES if p.level == "safety_district" and p.dongs}
    assert set(known) == {"Singil District"}
    names = {PLACES.places[f"dong:{code}"].name_ko for code in known["Singil District"]}
    assert names == {"신길동", "원곡동", "백운동"}


def test_names_that_other_cities_have_too_are_known():
    assert PLACES.elsewhere["중앙동"] > 30
    assert PLACES.elsewhere["신길동"] == 1
    assert "초지동" not in PLACES.elsewhere
