"""The boxes hold the circle; the nearest point of a line is the one that trying every point finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from knowledge.catalogue.geodesy import Line, box_around, box_of, least_distance

GEOD = Geod(ellps="WGS84")
LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)
NEAR_LATS, NEAR_LONS = st.floats(33, 39), st.floats(125, 131)


def holds(box, lat, lon):
    return box.lat[0] <= lat <= box.lat[1] and any(west <= lon <= east for west, east in box.lons)


@settings(max_examples=500, deadline=None)
@given(LATS, LONS, st.floats(0, 360), st.floats(0, 2.0004e7), st.floats(0, 1))
@example(37.32, 180.0, 90.0, 1000.0, 1.0)
@example(-89.9999, 10.0, 180.0, 50_000.0, 1.0)
def test_a_box_holds_all_that_lies_within_the_distance(lat, lon, azimuth, metres, part):
    there_lon, there_lat, _ = GEOD.fwd(lon, lat, azimuth, metres * part)
    assert holds(box_around(lat, lon, metres), there_lat, there_lon)


@settings(max_examples=500, deadline=None)
@given(LATS, LONS, LATS, LONS, LATS, LONS, st.floats(0, 1), st.floats(0, 1))
@example(10.0, 179.9, -10.0, -180.0, 20.0, -170.0, 0.5, 0.0)
@example(89.9, 0.0, 80.0, 170.0, 89.0, 180.0, 1.0, 1.0)
def test_no_point_of_a_bit_is_nearer_than_its_least_distance(lat, lon, lat_1, lon_1, lat_2, lon_2, up, right):
    south, north = sorted((lat_1, lat_2))
    west, east = sorted((lon_1, lon_2))
    least = least_distance(lat, lon, (south, north, west, east))
    there = min(south + up * (north - south), north), min(west + right * (east - west), east)
    assert least <= GEOD.inv(lon, lat, there[1], there[0])[2] + 1e-6


def test_the_least_distance_is_close_to_the_true_one():
    """From the south-west, west and north of a square near Ansan, to its corner, side and side."""
    bit = (37.3, 37.4, 126.8, 126.9)
    south_west, west, north = (37.2, 126.7), (37.35, 126.6), (37.6, 126.85)
    for place, nearest in ((south_west, (37.3, 126.8)), (west, (37.35, 126.8)), (north, (37.4, 126.85))):
        true = GEOD.inv(place[1], place[0], nearest[1], nearest[0])[2]
        assert 0.99 * true < least_distance(*place, bit) <= true
    assert least_distance(37.35, 126.85, bit) == 0


def test_a_box_is_not_much_larger_than_its_circle():
    box = box_around(37.32, 126.83, 1000)
    tall = GEOD.inv(126.83, box.lat[0], 126.83, box.lat[1])[2]
    wide = GEOD.inv(box.lons[0][0], 37.32, box.lons[0][1], 37.32)[2]
    assert 2000 <= tall < 2020
    assert 2000 <= wide < 2020


@settings(max_examples=200, deadline=None)
@given(LATS, LONS, st.floats(-0.5, 0.5), st.floats(-0.5, 0.5), st.floats(0, 1))
def test_the_box_of_a_section_holds_its_every_point(lat, lon, up, right, part):
    end_lat, end_lon = max(-90.0, min(90.0, lat + up)), (lon + right + 180) % 360 - 180
    line = Line.between(lat, lon, end_lat, end_lon)
    there = line.at(line.length * part)
    south, north, west, east = box_of(lat, lon, end_lat, end_lon)
    assert south <= there[0] <= north
    assert west <= there[1] <= east


@settings(max_examples=60, deadline=None)
@given(NEAR_LATS, NEAR_LONS, NEAR_LATS, NEAR_LONS, NEAR_LATS, NEAR_LONS)
@example(37.3, 126.8, 37.3, 126.8, 37.4, 126.9)
@example(37.3, 126.8, 37.4, 126.9, 37.3, 126.8)
def test_the_nearest_point_of_a_line(lat, lon, end_lat, end_lon, p_lat, p_lon):
    line = Line.between(lat, lon, end_lat, end_lon)
    distance, along = line.nearest(p_lat, p_lon)
    tried = [line.at(line.length * i / 2000) for i in range(2001)]
    best = min(GEOD.inv(p_lon, p_lat, x, y)[2] for y, x, _ in tried)
    assert 0 <= along <= line.length
    assert distance <= best + 1e-6
    assert GEOD.inv(p_lon, p_lat, *reversed(line.at(along)[:2]))[2] == pytest.approx(distance, abs=1e-3)


def test_the_nearest_end_for_a_point_beyond_or_on_the_other_side_of_the_earth():
    line = Line.between(37.3, 126.8, 37.4, 126.9)
    assert line.nearest(38, 128)[1] == line.length
    assert line.nearest(36, 126)[1] == 0
    for lat, lon in ((-37.35, -53.1), (-37.0, -53.0), (90, 0), (-90, 0)):
        ends = (GEOD.inv(lon, lat, 126.8, 37.3)[2], GEOD.inv(lon, lat, 126.9, 37.4)[2])
        assert line.nearest(lat, lon)[0] <= min(ends)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(37.2, 37.5), st.floats(126.7, 127.0)), min_size=4, max_size=4))
def test_where_two_lines_come_nearest(ends):
    one, other = Line.between(*ends[0], *ends[1]), Line.between(*ends[2], *ends[3])
    distance, along = one.nearest_to(other)
    tried = min(one.nearest(*other.at(other.length * i / 300)[:2])[0] for i in range(301))
    assert distance <= tried + 0.02
    assert other.nearest(*one.at(along)[:2])[0] == pytest.approx(distance, abs=0.05)
