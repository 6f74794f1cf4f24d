"""What a store of the catalogue does: the same tests for SQLite and for PostgreSQL with PostGIS."""

from __future__ import annotations

import dataclasses
import threading
import weakref

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from knowledge.catalogue import sqlite_search
from knowledge.catalogue.geodesy import Line
from knowledge.catalogue.model import CatalogueError, NotBuiltError, Record, Source

GEOD = Geod(ellps="WGS84")
TEXT = {"ko": "시험", "en": "Test"}


def keys(found):
    return [getattr(one, "record", one).key for one in found]


def test_a_record_comes_back_as_it_was_written(catalogue, source, row):
    full = row(
        "a\tb\\c\nd", name='경로당 "큰|집"', address="경기도 안산시 단원구 1\n2층", district="41273", dong="고잔동",
        capacity=40, area_m2=66.5, phone="031-000-0000", coordinate_quality="geocoded", as_of="2023-11-01",
        flags=("shared_point", "outside_korea"), end_lat=37.33, end_lon=126.84,
        extra={"type": "노인시설", "years": [2012, 2013], "per_year": {"2012": 4}, "open": True},
    )  # fmt: skip
    bare = row("b", lat=None, lon=None, coordinate_quality="none")
    held = source(coverage=("41270",), defects={"ko": "없음", "en": "none"}, digest="abc")
    assert catalogue.replace(held, [full, bare]) == 2
    assert catalogue.rows(["heat_shelter"]) == [full, bare]
    assert catalogue.get("shelters", full.key) == full
    assert catalogue.sources() == [held]
    assert catalogue.nearest(37.32, 126.83, ["heat_shelter"])[0].record == full


def test_the_distance_is_that_of_the_ellipsoid(catalogue, source, row):
    """Karney's example (GeographicLib, GeodSolve): 40.6 -73.8 to 51.6 -0.5 is 5551759.400 m."""
    catalogue.replace(source(), [row("heathrow", 51.6, -0.5)])
    (near,) = catalogue.nearest(40.6, -73.8, ["heat_shelter"])
    assert near.distance_m == pytest.approx(5551759.400, abs=0.001)


def test_only_the_kinds_asked_for_are_found(catalogue, source, row):
    kinds = ("heat_shelter", "temporary_housing", "hydrant")
    rows = [row(f"{kind}{i}", 37.3 + i / 1000, kind=kind) for kind in kinds for i in range(9)]
    catalogue.replace(source("shelters", *kinds), rows)
    found = catalogue.nearest(37.3, 126.83, ["temporary_housing", "hydrant"], k=4)
    assert keys(found) == ["hydrant0", "temporary_housing0", "hydrant1", "temporary_housing1"]
    assert catalogue.nearest(37.3, 126.83, []) == []
    assert catalogue.nearest(37.3, 126.83, ["police"]) == []
    assert catalogue.nearest(37.3, 126.83, ["hydrant"], k=0) == []


def test_a_limit_of_metres_leaves_out_what_is_further(catalogue, source, row):
    catalogue.replace(source(), [row("here"), row("1 km", 37.329), row("11 km", 37.42)])
    assert keys(catalogue.nearest(37.32, 126.83, ["heat_shelter"], within_m=1000)) == ["here", "1 km"]
    assert keys(catalogue.nearest(37.32, 126.83, ["heat_shelter"], within_m=998)) == ["here"]
    assert keys(catalogue.nearest(37.32, 126.83, ["heat_shelter"], within_m=0)) == ["here"]
    assert catalogue.nearest(37.5, 126.83, ["heat_shelter"], within_m=100) == []


def test_equal_distances_stand_by_source_and_key(catalogue, source, row):
    """Far more rows in one place than are asked for: the same ones each time."""
    for name in ("b", "a"):
        rows = [row(f"{i:04}", source=name, flags=("shared_point",)) for i in reversed(range(700))]
        catalogue.replace(source(name), rows)
    found = catalogue.nearest(37.5, 126.9, ["heat_shelter"], k=3)
    assert [(n.record.source, n.record.key) for n in found] == [("a", "0000"), ("a", "0001"), ("a", "0002")]
    assert keys(catalogue.nearest(37.32, 126.83, ["heat_shelter"], k=1, within_m=0)) == ["0000"]


def test_a_place_that_is_none_is_refused(catalogue):
    for lat, lon in ((91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))):
        with pytest.raises(ValueError, match="no latitude and longitude"):
            catalogue.nearest(lat, lon, ["heat_shelter"])


spots = st.one_of(
    st.tuples(st.floats(37.25, 37.40), st.floats(126.7, 127.0)),  # a town
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),  # anywhere
    st.tuples(st.sampled_from([37.3, 37.31, -89.99, 89.99, 0.0]), st.sampled_from([126.8, 180.0, -180.0, 179.99])),
)
ends = st.one_of(st.none(), st.none(), st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)))
written = st.lists(st.tuples(spots, ends, st.sampled_from(["heat_shelter", "hydrant"])), max_size=40)


def brute_force(records, lat, lon, kinds, k, within):
    def metres(record):
        if record.end_lat is None:
            return GEOD.inv(lon, lat, record.lon, record.lat)[2]
        return Line.between(record.lat, record.lon, record.end_lat, record.end_lon).nearest(lat, lon)[0]

    ranked = sorted((metres(record), record.key) for record in records if record.kind in kinds)
    return [(key, distance) for distance, key in ranked if distance <= within][:k]


@pytest.mark.parametrize("crowd", [200, 1])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=written,
    place=spots,
    k=st.integers(1, 8),
    within=st.sampled_from([2e7 + 1e5, 2e6, 20_000.0, 300.0]),
    kinds=st.sampled_from([["heat_shelter"], ["hydrant"], ["heat_shelter", "hydrant"]]),
)
def test_nearest_is_what_measuring_every_row_finds(catalogue, monkeypatch, crowd, rows, place, k, within, kinds):
    """Also when a handful counts as a crowd, so that the search goes bit by bit."""
    monkeypatch.setattr(sqlite_search, "MANY", crowd)
    records = []
    for i, ((lat, lon), end, kind) in enumerate(rows):
        end_lat, end_lon = (None, None) if end is None else (lat + end[0], lon + end[1])
        if end_lat is not None and not (-90 <= end_lat <= 90 and -180 <= end_lon <= 180):
            end_lat = end_lon = None
        records.append(Record("s", f"{i:03}", kind, "n", lat, lon, end_lat=end_lat, end_lon=end_lon))
    catalogue.replace(Source("s", ("heat_shelter", "hydrant"), TEXT, TEXT, "", "", "", "2023", 365), records)
    found = catalogue.nearest(*place, kinds, k, within)
    assert [(near.record.key, near.distance_m) for near in found] == brute_force(records, *place, kinds, k, within)


@pytest.mark.parametrize("many", [1, 300, 5000])
def test_a_dense_crowd_far_away_is_found(catalogue, source, row, many):
    """Nothing near, then very many at once: the search must neither miss nor measure the whole country twice."""
    crowd = [row(f"{i:05}", 35.1 + (i % 71) * 1e-6, 129.0 + (i // 71) * 1e-6) for i in range(many)]
    catalogue.replace(source(), crowd)
    for place in ((37.32, 126.83), (35.1, 128.5), (35.4, 129.3)):
        found = catalogue.nearest(*place, ["heat_shelter"], k=5)
        assert [(n.record.key, n.distance_m) for n in found] == brute_force(crowd, *place, ["heat_shelter"], 5, 2e7)


def test_a_section_counts_by_its_nearest_point(catalogue, source, row):
    """Its two ends are 5 km away, its middle runs past at 98.2 m: 99.9 m to the parallel of the two ends, less the
    1.7 m by which the shortest line between them lies north of it (length² / 8 R, times tan of the latitude)."""
    section = row("road", 37.32, 126.77, end_lat=37.32, end_lon=126.89, kind="ice_prone_section")
    point = row("point", 37.32, 126.835, kind="ice_prone_section")
    catalogue.replace(source("shelters", "ice_prone_section"), [section, point])
    found = catalogue.nearest(37.3209, 126.83, ["ice_prone_section"])
    assert keys(found) == ["road", "point"]
    assert found[0].distance_m == pytest.approx(98.2, abs=0.05)


SQUARE = [[126.8, 37.3], [126.9, 37.3], [126.9, 37.4], [126.8, 37.4], [126.8, 37.3]]
HOLE = [[126.84, 37.34], [126.86, 37.34], [126.86, 37.36], [126.84, 37.36], [126.84, 37.34]]


def test_inside_knows_holes_edges_and_parts(catalogue, source, row):
    catalogue.replace(
        source(),
        [row("in", 37.31, 126.81), row("hole", 37.35, 126.85), row("edge", 37.3, 126.85), row("out", 37.29, 126.85),
         row("other", 35.05, 129.05), row("nowhere", None, None, coordinate_quality="none")],
    )  # fmt: skip
    one = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    away = [[[129, 35], [129.1, 35], [129.1, 35.1], [129, 35]]]
    both = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], away]}
    assert keys(catalogue.inside(one, ["heat_shelter"])) == ["edge", "in"]
    assert keys(catalogue.inside(both, ["heat_shelter"])) == ["edge", "in", "other"]
    assert keys(catalogue.inside(both, ["heat_shelter"], limit=2)) == ["edge", "in"]
    assert catalogue.inside(one, ["hydrant"]) == []
    assert catalogue.inside({"type": "Polygon", "coordinates": []}, ["heat_shelter"]) == []


def test_inside_a_wide_area(catalogue, source, row):
    """The edges are straight in degrees, not great circles: 45 degrees of latitude at the middle stays the edge."""
    band = {"type": "Polygon", "coordinates": [[[-60, 45], [60, 45], [60, 50], [-60, 50], [-60, 45]]]}
    catalogue.replace(source(), [row("in", 45.1, 0), row("out", 50.1, 0), row("rim", 45.0, 59.9)])
    assert keys(catalogue.inside(band, ["heat_shelter"])) == ["in", "rim"]


@pytest.mark.parametrize("geometry", [{"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon"}, {},
                                      {"type": "Polygon", "coordinates": [[["a", "b"]]]}])  # fmt: skip
def test_an_area_that_is_none_is_refused(catalogue, source, geometry):
    catalogue.replace(source(), [])
    with pytest.raises(ValueError, match="GeoJSON"):
        catalogue.inside(geometry, ["heat_shelter"])


def test_along_is_in_the_order_of_the_walk(catalogue, source, row):
    kinds = ("heat_shelter", "ice_prone_section")
    road = row("crossing", 37.30, 126.855, end_lat=37.34, end_lon=126.855, kind="ice_prone_section")
    rows = [row("last", 37.3205, 126.89), row("first", 37.3205, 126.81), row("middle", 37.3195, 126.85),
            row("aside", 37.33, 126.85), row("behind", 37.32, 126.795), road]  # fmt: skip
    catalogue.replace(source("shelters", *kinds), rows)
    found = catalogue.along((37.32, 126.80), (37.32, 126.90), kinds, corridor_m=200)
    assert keys(found) == ["first", "middle", "crossing", "last"]
    assert found[2].distance_m == pytest.approx(0, abs=0.01)
    assert found[0].distance_m == pytest.approx(55, abs=3)
    assert keys(catalogue.along((37.32, 126.90), (37.32, 126.80), ["heat_shelter"], 200)) == ["last", "middle", "first"]
    assert keys(catalogue.along((37.32, 126.80), (37.32, 126.80), ["heat_shelter"], 500)) == ["behind"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.floats(34, 38), st.floats(126, 129.5)), max_size=40),
    start=st.tuples(st.floats(34, 38), st.floats(126, 129.5)),
    end=st.tuples(st.floats(34, 38), st.floats(126, 129.5)),
    corridor=st.sampled_from([50.0, 2000.0, 60_000.0]),
)
def test_along_finds_all_that_lies_in_the_corridor(catalogue, rows, start, end, corridor):
    records = [Record("s", f"{i:03}", "hydrant", "n", lat, lon) for i, (lat, lon) in enumerate(rows)]
    catalogue.replace(Source("s", ("hydrant",), TEXT, TEXT, "", "", "", "2023", 365), records)
    line = Line.between(*start, *end)
    expected = {r.key for r in records if line.nearest(r.lat, r.lon)[0] <= corridor}
    assert set(keys(catalogue.along(start, end, ["hydrant"], corridor))) == expected


def test_names_are_found_by_their_letters(catalogue, source, row):
    names = {"a": "고잔1동 경로당", "b": "고잔 경로당", "c": "GS 타워 Heat-Shelter", "d": "100%_쉼터"}
    names["e"] = "고잔경로당"
    rows = [row(key, name=name, kind="hydrant" if key == "e" else "heat_shelter") for key, name in names.items()]
    catalogue.replace(source("shelters", "heat_shelter", "hydrant"), rows)
    assert keys(catalogue.named("고잔")) == ["b", "e", "a"]
    assert keys(catalogue.named("고 잔 경로")) == ["b", "e"]
    assert keys(catalogue.named("고잔")) == keys(catalogue.named("\u1100\u1169\u110c\u1161\u11ab"))  # decomposed
    assert keys(catalogue.named("gs타워 HEAT")) == ["c"]
    assert keys(catalogue.named("%_")) == ["d"]
    assert keys(catalogue.named("고잔", ["hydrant"])) == ["e"]
    assert keys(catalogue.named("고잔", k=1)) == ["b"]
    assert catalogue.named(" ") == catalogue.named("없는 이름") == []


def test_rows_and_counts(catalogue, source, row):
    catalogue.replace(source("shelters", "heat_shelter", "hydrant"), [row("2"), row("1"), row("3", kind="hydrant")])
    catalogue.replace(source("other"), [row("0", source="other", lat=None, lon=None, coordinate_quality="none")])
    assert [(r.source, r.key) for r in catalogue.rows(["heat_shelter"])] == [
        ("other", "0"), ("shelters", "1"), ("shelters", "2")
    ]  # fmt: skip
    assert keys(catalogue.rows(["heat_shelter", "hydrant"], source="shelters")) == ["1", "2", "3"]
    assert catalogue.rows(["heat_shelter"], source="nobody") == catalogue.rows([]) == []
    assert catalogue.counts() == {("other", "heat_shelter"): 1, ("shelters", "heat_shelter"): 2,
                                  ("shelters", "hydrant"): 1}  # fmt: skip
    assert [s.id for s in catalogue.sources()] == ["other", "shelters"]
    assert catalogue.get("other", "0").key == "0"
    assert catalogue.get("other", "1") is None
    assert catalogue.get("nobody", "0") is None


def test_replace_takes_the_place_of_that_source_only(catalogue, source, row):
    catalogue.replace(source(), [row("old"), row("kept", 37.4)])
    catalogue.replace(source("other"), [row("other", source="other")])
    catalogue.replace(source(as_of="2024"), [row("new"), row("kept", 37.5)])
    assert keys(catalogue.rows(["heat_shelter"])) == ["other", "kept", "new"]
    assert keys(catalogue.nearest(37.5, 126.83, ["heat_shelter"], k=9)) == ["kept", "other", "new"]
    assert [s.as_of for s in catalogue.sources()] == ["2023-11", "2024"]


def test_replace_with_the_same_rows_changes_nothing(catalogue, source, row):
    rows = [row("1"), row("2", 37.4)]
    catalogue.replace(source(), rows)
    before = catalogue.rows(["heat_shelter"]), catalogue.sources(), catalogue.counts()
    assert catalogue.replace(source(), rows) == 2
    assert (catalogue.rows(["heat_shelter"]), catalogue.sources(), catalogue.counts()) == before


def test_an_import_that_breaks_off_leaves_what_was_held(catalogue, source, row):
    catalogue.replace(source("shelters", "heat_shelter", "hydrant"), [row("old"), row("h", kind="hydrant")])

    def broken():
        yield from (row(f"new{i}") for i in range(5000))
        raise OSError("the stick was pulled out")

    with pytest.raises(OSError, match="the stick was pulled out"):
        catalogue.replace(source(as_of="2030"), broken())
    assert keys(catalogue.nearest(37.32, 126.83, ["heat_shelter", "hydrant"], k=9)) == ["h", "old"]
    assert catalogue.counts() == {("shelters", "heat_shelter"): 1, ("shelters", "hydrant"): 1}
    assert catalogue.sources()[0].as_of == "2023-11"


@pytest.mark.parametrize("again", [3, 4500])
def test_a_repeated_key_is_named_and_changes_nothing(catalogue, source, row, again):
    catalogue.replace(source(), [row("old")])
    rows = [row(f"k ({i}), x") for i in range(5000)]
    rows[again] = dataclasses.replace(rows[again], key=rows[1].key)
    with pytest.raises(CatalogueError, match=r"the key 'k \(1\), x' stands twice; give each row its own key"):
        catalogue.replace(source(), rows)
    assert keys(catalogue.rows(["heat_shelter"])) == ["old"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "other"}, "names another source"),
        ({"kind": "hydrant"}, "not one of the kinds of this source"),
        ({"kind": "pub"}, "'pub' is not one of the kinds"),
        ({"key": ""}, "no key"),
        ({"coordinate_quality": "good"}, "'good' is no coordinate quality"),
        ({"flags": ("odd",)}, "odd is no known flag"),
        ({"lon": None}, "half of a coordinate"),
        ({"end_lat": 37.0}, "half of a coordinate"),
        ({"lat": None, "lon": None, "end_lat": 37.0, "end_lon": 126.0}, "has no start"),
        ({"lat": 126.8, "lon": 37.3}, "no place on Earth"),
        ({"lat": float("nan")}, "no place on Earth"),
        ({"end_lat": 37.0, "end_lon": 190.0}, "no place on Earth"),
        ({"capacity": 2**70}, "no number that can be held"),
        ({"area_m2": float("nan")}, "no number that can be held"),
        ({"extra": {"when": object()}}, "not plain data"),
    ],
)
def test_a_row_that_cannot_be_held_is_refused(catalogue, source, row, change, said):
    bad = dataclasses.replace(row("bad"), **change)
    with pytest.raises(CatalogueError, match=f"(?s)row {bad.key!r}: .*{said}.*mend the row"):
        catalogue.replace(source(), [row("good"), bad])
    with pytest.raises(NotBuiltError):
        catalogue.sources()


def test_records_are_taken_one_by_one(catalogue, source, row):
    """A source of rows that counts how many of its rows are still alive."""
    alive = most = 0

    def gone():
        nonlocal alive
        alive -= 1

    def rows():
        nonlocal alive, most
        for i in range(12_000):
            made = row(f"{i}", 37 + i / 1e5)
            weakref.finalize(made, gone)
            alive += 1
            most = max(most, alive)
            yield made

    assert catalogue.replace(source(), rows()) == 12_000
    assert 0 < most < 6000


def test_remove(catalogue, source, row):
    catalogue.replace(source(), [row("1")])
    catalogue.replace(source("other"), [row("2", source="other")])
    assert catalogue.remove("shelters") is True
    assert catalogue.remove("shelters") is False
    assert keys(catalogue.nearest(37.32, 126.83, ["heat_shelter"])) == ["2"]
    assert [s.id for s in catalogue.sources()] == ["other"]


def test_before_the_first_build_it_says_how_to_build(catalogue):
    for ask in (
        lambda: catalogue.nearest(37, 127, ["heat_shelter"]),
        lambda: catalogue.inside({"type": "Polygon", "coordinates": [SQUARE]}, ["heat_shelter"]),
        lambda: catalogue.along((37, 127), (37, 127.1), ["heat_shelter"], 50),
        lambda: catalogue.named("x"),
        lambda: catalogue.get("a", "b"),
        lambda: catalogue.rows(["heat_shelter"]),
        catalogue.sources,
        catalogue.counts,
        lambda: catalogue.remove("x"),
    ):
        with pytest.raises(NotBuiltError, match=r"build it with: ansim data build\."):
            ask()


def test_an_empty_catalogue_has_none_and_says_so(catalogue, source):
    """"None here" is not "could not look"."""
    assert catalogue.replace(source(), []) == 0
    assert catalogue.nearest(37, 127, ["heat_shelter"]) == []
    assert catalogue.counts() == {}
    assert len(catalogue.sources()) == 1


def test_readers_see_the_old_rows_or_the_new_never_a_part(catalogue, source, row):
    """Four threads ask while a source is replaced again and again."""
    def rows(version):
        return [row(f"{i}", 37 + i / 1e4, capacity=version) for i in range(300)]

    catalogue.replace(source(), rows(0))
    done, seen, wrong = threading.Event(), set(), []

    def read():
        try:
            while not done.is_set():
                versions = {near.record.capacity for near in catalogue.nearest(37.01, 126.83, ["heat_shelter"], k=20)}
                versions_of_all = {record.capacity for record in catalogue.rows(["heat_shelter"])}
                wrong.extend(found for found in (versions, versions_of_all) if len(found) != 1)
                seen.update(versions)
        except Exception as error:  # of a thread: shown by the test
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for version in range(1, 9):
        catalogue.replace(source(), rows(version))
        assert catalogue.rows(["heat_shelter"])[0].capacity == version  # the next call sees it
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) > 1


def test_reading_goes_on_while_an_import_is_under_way(catalogue, source, row):
    catalogue.replace(source(), [row("old")])
    seen = []

    def slow():
        for i in range(3):
            seen.append(keys(catalogue.rows(["heat_shelter"])))
            yield row(f"new{i}")

    catalogue.replace(source(), slow())
    assert seen == [["old"]] * 3
    assert keys(catalogue.rows(["heat_shelter"])) == ["new0", "new1", "new2"]


def test_two_imports_at_once_both_arrive(catalogue, source, row):
    names = [f"s{i}" for i in range(6)]
    wrong = []

    def write(name):
        try:
            catalogue.replace(source(name), [row(f"{i}", source=name) for i in range(50)])
        except Exception as error:  # of a thread: shown by the test
            wrong.append(error)

    catalogue.replace(source(), [])
    threads = [threading.Thread(target=write, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert catalogue.counts() == {(name, "heat_shelter"): 50 for name in names}
