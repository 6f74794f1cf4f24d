"""``ansim fetch``: into the catalogue by the importer, or into a file; a part never takes the place of the whole."""

from __future__ import annotations

import json

import pytest

from knowledge.catalogue.model import Record, Source
from knowledge.catalogue.opening import settings
from knowledge.catalogue.sqlite import SqliteCatalogue
from knowledge.fetching.client import Patience
from knowledge.fetching.commands import choose, run_fetch
from knowledge.fetching.errors import FetchError
from knowledge.register.datasets import datasets
from tests.knowledge.fetching.portal import paged, site, v2, v2_error

QUICK = Patience(tries=2, first=0.01, longest=1, timeout=20)


@pytest.fixture
def catalogue(monkeypatch, tmp_path):
    """A catalogue file of the test's own that holds two older sources."""
    monkeypatch.setenv("ANSIM_CATALOGUE", str(tmp_path / "catalogue.sqlite"))
    monkeypatch.setenv("ANSIM_HOME", str(tmp_path))
    settings.cache_clear()
    held = SqliteCatalogue(tmp_path / "catalogue.sqlite")
    for name, kind in (("korea-tsunami-sites", "tsunami_site"), ("ansan-heat-shelters", "heat_shelter")):
        words = {"ko": "옛 목록", "en": "older list"}
        source = Source(name, (kind,), words, words, "x", "https://example.org", "x", "2023", 365)
        held.replace(source, [Record(name, "old", kind, "옛 곳", 37.3, 126.8)])
    yield held
    held.close()
    settings.cache_clear()


def names(catalogue, kind, source):
    return sorted(record.name for record in catalogue.rows([kind], source))


def shelter(number, lat, lon):
    """A row with official fields of DSSP-IF-10942; made up for the test."""
    return {
        "RSTR_FCLTY_NO": 1000 + number,
        "YEAR": "2025",
        "ARCD": "0000000000",
        "RSTR_NM": f"시험 쉼터 {number}",
        "RN_DTL_ADRES": None,
        "DTL_ADRES": None,
        "AR": 30 + number,
        "USE_PSBL_NMPR": 10 + number,
        "COLR_HOLD_ELEFN": 1,
        "LA": lat,
        "LO": lon,
    }


HOME = ("37.3210", "126.8300")
"""A point in Ansan (Danwon-gu), and one in Seoul."""
AWAY = ("37.5663", "126.9779")


def test_a_whole_dataset_takes_the_place_of_what_was_held(portal, catalogue, capsys):
    portal(paged(2300))
    assert run_fetch("korea-tsunami-sites", patience=QUICK) == 0
    rows = catalogue.rows(["tsunami_site"], "korea-tsunami-sites")
    assert len(rows) == 2300
    assert "옛 곳" not in {row.name for row in rows}
    assert rows[0].capacity
    source = next(each for each in catalogue.sources() if each.id == "korea-tsunami-sites")
    assert "DSSP-IF-10944" in source.dataset
    assert source.coverage == ("KR",)
    shown = capsys.readouterr()
    assert "page 3: 300 rows, 2300 of 2300" in shown.err
    assert "2,300" in shown.out or "2300" in shown.out


def test_the_home_city_and_the_rest_are_replaced_side_by_side(portal, catalogue):
    rows = [shelter(1, *HOME), shelter(2, *AWAY), shelter(3, "37.3215", "126.8310")]
    portal(lambda *_: (200, v2(rows, 3), {}))
    run_fetch("DSSP-IF-10942", patience=QUICK)
    assert names(catalogue, "heat_shelter", "ansan-heat-shelters") == ["시험 쉼터 1", "시험 쉼터 3"]
    assert names(catalogue, "heat_shelter", "korea-heat-shelters") == ["시험 쉼터 2"]
    coverage = {source.id: source.coverage for source in catalogue.sources()}
    assert coverage["ansan-heat-shelters"] == ("41270",)
    assert coverage["korea-heat-shelters"] == ("KR-41270",)
    near = catalogue.nearest(37.3210, 126.8300, ["heat_shelter"], k=10)
    assert [each.record.name for each in near].count("시험 쉼터 1") == 1


def test_a_city_without_rows_keeps_what_it_has(portal, catalogue, capsys):
    portal(lambda *_: (200, v2([shelter(2, *AWAY)], 1), {}))
    run_fetch("DSSP-IF-10942", patience=QUICK)
    assert names(catalogue, "heat_shelter", "ansan-heat-shelters") == ["옛 곳"]
    assert names(catalogue, "heat_shelter", "korea-heat-shelters") == ["시험 쉼터 2"]
    assert "ansan-heat-shelters: no fetched row belongs to it" in capsys.readouterr().err


def broken_off(query, _):
    page = int(query["pageNo"])
    return (503, "", {}) if page == 2 else (200, v2([site(n) for n in range(1000)], 1500, page), {})


@pytest.mark.parametrize(
    "answer",
    [
        broken_off,
        lambda *_: (200, v2([site(1)], 9), {}),  # the same page again and again
        lambda query, _: (200, v2([site(1)] if query["pageNo"] == "1" else [], 2), {}),
        lambda *_: (200, v2(None, 0), {}),
        lambda *_: (200, v2_error("22", "LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR"), {}),
        lambda *_: (200, v2([{"A": "1", "B": "2", "C": "3"}], 1), {}),  # rows of something else
    ],
)
def test_what_is_held_stays_when_a_fetch_fails(portal, catalogue, answer):
    portal(answer)
    with pytest.raises(Exception) as caught:
        run_fetch("DSSP-IF-10944", patience=QUICK)
    assert "KnowledgeError" in {base.__name__ for base in type(caught.value).__mro__}
    assert names(catalogue, "tsunami_site", "korea-tsunami-sites") == ["옛 곳"]


def test_a_part_is_not_imported(portal, catalogue):
    server = portal(paged(2300))
    with pytest.raises(FetchError, match="--pages give --out"):
        run_fetch("DSSP-IF-10944", pages=1, patience=QUICK)
    assert server.asked == []
    assert names(catalogue, "tsunami_site", "korea-tsunami-sites") == ["옛 곳"]


def test_a_part_in_a_file(portal, tmp_path, capsys):
    portal(paged(2300))
    out = tmp_path / "rows.json"
    assert run_fetch("DSSP-IF-10944", pages=2, out=str(out), patience=QUICK) == 0
    assert json.loads(out.read_text("utf-8")) == [site(n) for n in range(2000)]
    assert "2000 rows written" in (told := capsys.readouterr().out)
    assert "a part (of 2300)" in told


def test_a_failed_fetch_leaves_the_file_alone(portal, tmp_path):
    out = tmp_path / "rows.json"
    out.write_text("[1]")
    portal(broken_off)
    with pytest.raises(FetchError):
        run_fetch("DSSP-IF-10944", out=str(out), patience=QUICK)
    assert out.read_text() == "[1]"
    assert [each.name for each in tmp_path.iterdir()] == ["rows.json"]


def test_messages_under_kogl_4_only_into_a_file(portal, tmp_path, capsys):
    message = {"SN": 1, "CRT_DT": "2023/09/16 11:00:00", "MSG_CN": "시험", "RCPTN_RGN_NM": "시험도"}
    server = portal(lambda *_: (200, v2([message], 1), {}))
    with pytest.raises(FetchError, match="KOGL type 4, which forbids changed or commercial use"):
        run_fetch("15134001", patience=QUICK)
    assert server.asked == []
    out = tmp_path / "messages.json"
    run_fetch("15134001", out=str(out), parameters=["crtDt=20230916"], patience=QUICK)
    assert json.loads(out.read_text("utf-8")) == [message]
    assert server.asked[0][1]["crtDt"] == "20230916"
    assert "your own reading" in capsys.readouterr().out


def test_a_dataset_without_a_kind_only_into_a_file(portal, tmp_path):
    server = portal(paged(1))
    with pytest.raises(FetchError, match="--out FILE"):
        run_fetch("DSSP-IF-10666", patience=QUICK)
    assert server.asked == []
    assert run_fetch("10666", out=str(tmp_path / "lifts.json"), patience=QUICK) == 0


def test_what_a_service_asks_for_must_be_given(portal, catalogue):
    xml = (
        "<response><header><resultCode>00</resultCode></header><body><items><item><org>시험 기관</org>"
        "<buildPlace>1층</buildPlace><buildAddress>경기도 안산시 단원구 시험로 1</buildAddress>"
        "<wgs84Lat>37.3210</wgs84Lat><wgs84Lon>126.8300</wgs84Lon><manager>홍길동</manager><managerTel>010-1234-5678</managerTel>"
        "<serialSeq>1</serialSeq></item></items><totalCount>1</totalCount></body></response>"
    )
    server = portal(lambda *_: (200, xml, {}))
    with pytest.raises(FetchError, match="--param Q0=… --param Q1=…"):
        run_fetch("aed", patience=QUICK)
    run_fetch("aed", parameters=["Q0=경기도", "Q1=안산시"], patience=QUICK)
    assert server.asked[0][1]["Q0"] == "경기도"
    (record,) = catalogue.rows(["aed"])
    assert record.source == "aed-경기도-안산시"
    assert record.lat == 37.321
    assert "홍길동" not in repr(record)
    assert "010-1234-5678" not in repr(record)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["serviceKey=abcdef0123456789"], "environment only"),
        (["ServiceKey=abcdef0123456789"], "environment only"),
        (["Q0"], "NAME=VALUE"),
        (["pageNo=7"], "counted by the command itself"),
    ],
)
def test_wrong_parameters(portal, wrong, says):
    portal(paged(1))
    with pytest.raises(FetchError, match=says) as caught:
        run_fetch("DSSP-IF-10944", parameters=wrong, patience=QUICK)
    assert "abcdef0123456789" not in str(caught.value)


def test_choosing():
    assert choose("10944") is choose("korea-tsunami-sites") is choose("DSSP-IF-10944") is choose("15138870")
    with pytest.raises(FetchError, match="several datasets"):
        choose("korea-risk-districts")
    with pytest.raises(FetchError, match=r"there are: .*korea-heat-shelters"):
        choose("nonsense")


def test_every_importable_dataset_has_a_kind_of_the_catalogue():
    from knowledge.catalogue.model import KINDS

    kinds = {each.kind for each in datasets().values() if each.kind}
    assert kinds <= set(KINDS)
    assert all(each.source for each in datasets().values() if each.kind)
