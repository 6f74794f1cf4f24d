"""Marks and names of the still map do not cover each other."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.map_picture_layout import NEAR, Box, around, beside, middle, spread

ROOM = Box(-400, -300, 400, 300)
WIDE = 33.0
NUMBER = st.floats(-250, 250)


@given(st.lists(st.tuples(NUMBER, NUMBER), max_size=6), st.lists(st.tuples(NUMBER, NUMBER), max_size=2))
def test_no_mark_stands_on_another_or_on_an_end(points, dots):
    spots = spread(points, dots, WIDE, ROOM)
    assert len(spots) == len(points)
    for one, other in combinations(spots, 2):
        assert math.dist(one, other) >= WIDE * NEAR - 1e-6
    assert all(math.dist(spot, dot) >= WIDE * 0.75 - 1e-6 for spot in spots for dot in dots)


def test_a_mark_that_has_room_stays_on_its_point():
    points = [(0.0, 0.0), (200.0, 0.0), (0.0, 0.0)]
    spots = spread(points, [], WIDE, ROOM)
    assert spots[:2] == points[:2]
    assert WIDE * NEAR <= math.dist(spots[2], points[2]) <= 2 * WIDE


@pytest.mark.parametrize(
    ("blocked", "side"),
    [([], (0, -1)), ([(0, -20)], (0, 1)), ([(0, -20), (0, 20)], (1, 0)), ([(0, -20), (0, 20), (40, 0)], (-1, 0))],
)
def test_a_name_stands_on_the_first_side_that_is_free(blocked, side):
    box = beside((0, 0), (60, 16), 10, 33, [around(each, 20, 20) for each in blocked], ROOM)
    found = ((box.left + box.right) / 2, (box.bottom + box.top) / 2)
    assert [each and math.copysign(1, each) for each in found] == list(side)


def test_a_dongs_name_covers_nothing_that_stands_there():
    from shapely.geometry import box

    area, taken = box(0, 0, 200, 100), [around((100, 50), 80, 40)]
    spot = middle(area, 60, 16, taken)
    assert spot is not None
    assert not around(spot, 60, 16).overlaps(taken[0])
    assert middle(area, 60, 16, [around((100, 50), 400, 400)]) is None
