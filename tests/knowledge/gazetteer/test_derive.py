"""The files come out of the disclosed data again, and the derivation withstands its slips."""

import pytest

from knowledge.gazetteer.derive import HERE, derive, main
from knowledge.gazetteer.derive_legal import crossings, hydrant_points, middle
from tests.conftest import SHARED

HYDRANTS = """연번,행정읍면동,법정읍면동,경도,위도
1,가동,윗동,126.80,37.30
2,가동,윗동,126.80,37.30
3,나동,윗동,126.90,37.30
4,가동,윗동,126.90,37.31
5,옛동,아랫동,126.80,37.30
6,,아랫동,126.80,37.30
7,나동,아랫동,126.91,37.30
"""
SHELTERS = "시설명,도로명주소,위도,경도\n경로당,가나로 1(윗동),37.30,126.90\n"
DEFENCE = "시설명,주소,위도_지오코딩,경도_지오코딩\n지하,가나로 1 (옆동),37.30,126.90\n지하2,가나로 1,37.30,126.90\n"


def dong_of(lat, lon):
    return "가동" if lon < 126.85 else "나동"


@pytest.fixture
def data(tmp_path):
    for folder, name, text in (
        ("responders", "ansan_fire_hydrants_1.csv", HYDRANTS),
        ("shelters", "ansan_temporary_housing.csv", SHELTERS),
        ("shelters", "ansan_civil_defence_shelters.csv", DEFENCE),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text, "utf-8")
    return tmp_path


def test_a_row_counts_where_its_own_dong_and_its_point_agree(data):
    found = crossings(data, dong_of)
    assert found["윗동"] == ("가동", "나동")
    assert found["아랫동"] == ("나동",)
    assert found["옆동"] == ("나동",)


def test_only_points_in_the_dongs_of_a_legal_dong_are_used(data):
    points = hydrant_points(data, dong_of, {"아랫동": ("나동",)})
    assert points == {"아랫동": [(37.3, 126.91)]}


def test_the_middle_is_one_of_the_points():
    points = [(37.30, 126.80), (37.30, 126.81), (37.30, 126.82), (37.40, 126.90)]
    assert middle(points) in points[1:3]


def test_without_the_folder_it_says_what_to_name(capsys):
    assert main([]) == 2
    assert "folder" in capsys.readouterr().err


def test_the_bundled_files_are_what_the_data_give(tmp_path):
    if not (SHARED / "data" / "gazetteer").exists():
        pytest.skip("the disclosed data (../shared/data) are not on this machine")
    derive(SHARED / "data", tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (HERE / path.name).read_bytes(), path.name


def test_official_english_names_agree_with_the_rule(tmp_path):
    """The list's own slips (Gongju-si for 철원군; names without a blank) are left aside."""
    import csv
    import re

    from knowledge.gazetteer.romanise import romanise_place

    path = SHARED / "data" / "gazetteer" / "national_sido_sigungu.csv"
    if not path.exists():
        pytest.skip("the disclosed data (../shared/data) are not on this machine")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["sigungu_ko"] and row["name_en_kostat2018"]]
    wrong = []
    for row in rows:
        parts = re.sub(r"(.시)(.+구)$", r"\1 \2", row["sigungu_ko"]).split()
        mine = [re.sub("[^a-z]", "", romanise_place(part).lower()) for part in parts]
        listed = re.sub("[^a-z]", "", row["name_en_kostat2018"].lower())
        if listed not in ("".join(mine), mine[-1]):
            wrong.append(row["sigungu_ko"])
    assert wrong == ["광주시", "철원군"]
    assert len(rows) > 240
