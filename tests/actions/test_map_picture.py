"""The still picture of an answer's map: its pixels say what it shows."""

from __future__ import annotations

import io
import math
import warnings

import numpy as np
import pytest

from actions import map_picture
from actions.map_picture import COLOURS, View, draw, korean_font, look
from nlu.map_words import map_words

ORIGIN = {"name": "원곡동", "lat": 37.3308, "lon": 126.8, "kind": "place"}


def place(name, lat, lon, **more):
    return {"name": name, "lat": lat, "lon": lon, "end_lat": None, "end_lon": None, "distance_m": 165,
            "source_label": "지진 옥외대피장소", "publisher": "행정안전부", "as_of": "2023-11", **more}  # fmt: skip


PLACES = [
    place("원곡중학교 운동장", 37.331331412, 126.80173769),
    place("원곡고등학교 운동장", 37.332861608, 126.79868252),
    place("위치 없음", None, None),
]


def pixels(png):
    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def count(image, colour):
    wanted = [int(COLOURS[colour][at : at + 2], 16) for at in (1, 3, 5)]
    return int((np.abs(image - wanted).sum(axis=2) < 6).sum())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_has_the_size_and_the_marks(language):
    image = pixels(draw(PLACES, {"origin": ORIGIN, "destination": None, "dong_codes": []}, language))
    assert image.shape == (600, 800, 3)
    # a mark is a disc of about 21 points across: over 300 pixels even under its number
    assert 600 < count(image, "pin") < 2600
    assert count(image, "origin") > 80
    assert count(image, "dong") > 100_000


def test_a_chosen_dong_is_coloured():
    plain = pixels(draw(PLACES, {"origin": ORIGIN, "destination": None, "dong_codes": []}, "ko"))
    chosen = pixels(draw(PLACES, {"origin": ORIGIN, "destination": None, "dong_codes": ["4127358000"]}, "ko"))
    assert count(chosen, "chosen") > count(plain, "chosen") + 5000


def test_sections_are_lines_and_the_way_is_drawn():
    section = place("중앙로", 37.33244519, 126.7546514, end_lat=37.33417984, end_lon=126.7630861)
    goal = {**ORIGIN, "name": "", "lat": 37.3205, "lon": 126.8053}
    image = pixels(draw([section], {"origin": ORIGIN, "destination": goal, "dong_codes": []}, "ko"))
    point = pixels(draw(PLACES, {"origin": {**ORIGIN, "name": ""}, "destination": None, "dong_codes": []}, "ko"))
    assert count(image, "section") > 150
    assert count(image, "origin") > 2 * count(point, "origin") > 100


def test_outside_ansan_there_are_places_and_no_outlines():
    image = pixels(draw([place("부산", 35.1796, 129.0756)], None, "ko"))
    # the odd pixel at the edge of a letter has that colour too
    assert count(image, "dong") < 1000
    assert count(image, "pin") > 300


def test_without_a_korean_font_only_what_can_be_drawn_is(monkeypatch):
    with_font = pixels(draw(PLACES, {"origin": ORIGIN, "destination": None, "dong_codes": []}, "ko"))
    monkeypatch.setattr(map_picture, "korean_font", lambda: None)
    with warnings.catch_warnings():
        # matplotlib warns of every letter that it must draw as a box
        warnings.simplefilter("error")
        without = pixels(draw(PLACES, {"origin": ORIGIN, "destination": None, "dong_codes": []}, "ko"))
    assert count(without, "pin") > 600
    assert (with_font != without).any()


def test_no_point_is_an_error():
    with pytest.raises(ValueError, match="no place with a point"):
        draw([place("위치 없음", None, None)], {"origin": None, "destination": None, "dong_codes": []}, "ko")


def test_the_view_holds_all_points():
    points = [(37.30, 126.80), (37.36, 126.86), (37.33, 126.70)]
    view = look(points, 1.5)
    for lat, lon in points:
        x, y = view.xy(lat, lon)
        assert abs(x) < view.half_width
        assert abs(y) < view.half_height
    assert view.half_width == pytest.approx(1.5 * view.half_height)


def test_metres_are_metres():
    from pyproj import Geod

    view = View(37.33, 126.80, 1000, 1000)
    x, y = view.xy(37.34, 126.82)
    _, _, metres = Geod(ellps="WGS84").inv(126.80, 37.33, 126.82, 37.34)
    assert math.hypot(x, y) == pytest.approx(metres, rel=0.005)


def test_the_words_are_there_in_both_languages():
    assert map_words("ko").keys() == map_words("en").keys()
    assert all(words.strip() for language in ("ko", "en") for words in map_words(language).values())


def test_a_korean_font_is_found_where_debian_puts_it():
    from pathlib import Path

    if not list(Path("/usr/share/fonts").glob("**/NotoSansCJK-*.ttc")):
        pytest.skip("no Noto CJK font (apt-get install fonts-noto-cjk); .ci/run installs it")
    assert korean_font()
