"""The column matcher against the headers of the published datasets."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge.importing.columns import header_score, match, normalised, spellings

HEADERS = yaml.safe_load(Path(__file__).with_name("published_headers.yml").read_text("utf-8"))


@pytest.mark.parametrize("dataset", HEADERS)
def test_every_published_spelling_is_known(dataset):
    found = match(HEADERS[dataset]["header"])
    gives = HEADERS[dataset]["gives"]
    expected = {name: tuple(of) if isinstance(of, list) else (of,) for name, of in gives.items()}
    assert {name: found.fields.get(name) for name in expected} == expected
    assert sorted(found.unused) == HEADERS[dataset]["unused"]


def test_columns_of_persons_are_known_as_such_in_any_spelling():
    columns = ["clerkTel", "manager", "managerTel", "mngps_nm", "MNGPS_TELNO"]
    columns += ["담당자", "담당자 연락처", "관리 책임자", "대표자명"]
    assert match(columns).personal == tuple(columns)
    assert not match(columns).fields


def test_the_managing_office_is_no_person():
    assert match(["관리기관명", "MNG_INST_TELNO"]).personal == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("시설면적(㎡)", "시설 면적_m2"),
        ("최대수용인원_명", "최대 수용 인원(명)"),
        ("LAT_EPSG4326", "latEpsg4326"),
        ("쉼터명(칭)", "쉼터명칭"),
        ("ＬＡＴ", "lat"),
    ],
)
def test_spellings_are_compared_without_what_they_differ_in(one, other):
    assert normalised(one) == normalised(other)


def test_minutes_are_no_latitude():
    assert "lat" not in match(["LAT_M", "LAT_MIN"]).fields


def test_no_spelling_belongs_to_two_fields():
    from knowledge.importing import columns

    data = yaml.safe_load(columns._SPELLINGS.read_text("utf-8"))
    owners: dict[str, set[str]] = {}
    for field, names in (data["fields"] | data["extra"]).items():
        for name in names:
            owners.setdefault(normalised(str(name)), set()).add(field)
    assert {name: of for name, of in owners.items() if len(of) > 1} == {}
    assert not [name for name in owners if spellings().is_personal(name)]


def test_a_line_with_numbers_is_no_header():
    assert header_score(["위치명", "위도", "경도"]) == 3
    assert header_score(["위도초등학교", "37.1", "127.1"]) == 0
    assert header_score(["감골시민홀", "경기도 안산시", ""]) == 0
