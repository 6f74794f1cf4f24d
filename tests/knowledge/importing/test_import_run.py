"""Whole imports: kinds, keys, dates, duplicates, the report, all or nothing, the command."""

from __future__ import annotations

import csv
import datetime as dt
import json
import tracemalloc
from pathlib import Path

import pytest

from knowledge.catalogue.model import CatalogueError
from knowledge.importing.commands import import_data, run_import_data
from knowledge.importing.errors import ImportDataError, UnknownKindError
from knowledge.importing.kinds import kind_of
from knowledge.importing.reading import read_bytes

HEAT = ["무더위쉼터명", "위도", "경도", "전화번호"]
ROWS = [
    HEAT,
    ["느티경로당", "37.31234", "126.86543", "031-000-1111"],
    ["버들경로당", "37.32345", "126.85432", "null"],
    ["느티경로당", "37.31234", "126.86543", "031-000-1111"],
    ["느티경로당", "37.31234", "126.86543", ""],
    ["", "37.33", "126.87", ""],
    ["솔경로당", "33", "133", ""],
]


def held(catalogue, source):
    kinds = next(one for one in catalogue.sources() if one.id == source).kinds
    return {record.key: record for record in catalogue.rows(kinds, source)}


def test_the_report_accounts_for_every_row(made, catalogue, address):
    report = import_data([made("heat.csv", *ROWS, encoding="cp949")], as_of="2026-07", catalogue_address=address)
    file = report.files[0]
    assert (file.format, file.encoding, file.kind, file.kind_from) == (
        "CSV", "cp949", "heat_shelter", "the names of the columns",
    )  # fmt: skip
    assert (file.rows, file.kept, sum(file.dropped.values())) == (6, 3, 3)
    assert file.dropped == {"exact duplicate": 1, "same place as an earlier row": 1, "no name": 1}
    assert file.systems == {"degrees": 2}
    assert file.no_point == {"cut to whole degrees": 1}
    assert file.quality == {"official": 2, "none": 1}
    assert file.matched["lat"] == ["위도"]
    assert report.written == 3 == len(held(catalogue, "import-heat"))
    assert json.loads(json.dumps(report.plain()))["files"][0]["dropped"]["exact duplicate"] == 1
    for words in ("rows read 6, kept 3, dropped 3", "cp949", "as of 2026-07", "lat <- 위도", "3 records held"):
        assert words in report.text()


def test_rejected_rows_are_written_with_the_reason(made, address, own_home):
    report = import_data([made("heat.csv", *ROWS)], as_of="2026", catalogue_address=address)
    assert report.rejected_files == [str(own_home / "rejected" / "import-heat-heat.csv")]
    with Path(report.rejected_files[0]).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["row"], row["reason"]) for row in rows] == [
        ("3", "exact duplicate"), ("4", "same place as an earlier row"), ("5", "no name"),
    ]  # fmt: skip
    assert rows[0]["무더위쉼터명"] == "느티경로당"


def test_rejected_rows_name_and_reach_nobody(made, address):
    rows = [["시설명", "위도", "경도", "담당자", "전화번호", "운영상태"],
            ["가", "37.1", "127.1", "가나다", "031-000-1111", "사용중"],
            ["나", "37.2", "127.2", "라마바", "010-1234-5678", "사용중지"]]  # fmt: skip
    report = import_data([made("민방위.csv", *rows)], as_of="2026", catalogue_address=address)
    assert report.files[0].personal == ["담당자"]
    text = Path(report.rejected_files[0]).read_text("utf-8-sig")
    assert "사용중지" in text
    assert "라마바" not in text
    assert "1234" not in text


def test_importing_again_changes_nothing(made, catalogue, address):
    file = made("heat.csv", *ROWS)
    import_data([file], as_of="2026", catalogue_address=address)
    first = held(catalogue, "import-heat")
    import_data([file], as_of="2026", catalogue_address=address)
    assert held(catalogue, "import-heat") == first
    shuffled = made("heat.csv", ROWS[0], *reversed(ROWS[1:4]), ROWS[6])
    import_data([shuffled], as_of="2026", catalogue_address=address)
    assert set(held(catalogue, "import-heat")) == set(first)


def test_files_of_one_source_are_merged_and_repeated_rows_counted_once(made, catalogue, address):
    second = made("heat2.csv", HEAT, ROWS[1], ["벚경로당", "37.3", "126.8", ""])
    files = [made("heat1.csv", *ROWS[:3], encoding="cp949"), second]
    report = import_data(files, source_id="my-heat", as_of="2026", catalogue_address=address)
    assert [file.kept for file in report.files] == [2, 1]
    names = sorted(record.name for record in held(catalogue, "my-heat").values())
    assert names == ["느티경로당", "버들경로당", "벚경로당"]


def test_files_of_different_kinds_are_not_merged(made, address):
    files = [made("heat.csv", *ROWS), made("한파쉼터.csv", ["시설명", "위도", "경도"], ["가", "37.1", "127.1"])]
    with pytest.raises(UnknownKindError, match="cold_shelter, heat_shelter"):
        import_data(files, catalogue_address=address)


def test_an_unknown_source_says_that_its_publisher_is_unknown(made, catalogue, address):
    import_data([made("heat.csv", *ROWS)], source_id="My List", as_of="2026", catalogue_address=address)
    source = catalogue.sources()[0]
    assert (source.id, source.coverage, source.licence) == ("my-list", (), "not stated")
    assert source.publisher["en"] == "unknown, imported by the user from heat.csv"
    assert "알 수 없음" in source.publisher["ko"]


def test_a_known_source_takes_its_manifest_and_the_new_date(made, catalogue, address):
    file = made("new.csv", *ROWS)
    import_data([file], source_id="ansan-heat-shelters", as_of="2026-07", catalogue_address=address)
    source = catalogue.sources()[0]
    assert (source.publisher["en"], source.as_of) == ("Ministry of the Interior and Safety", "2026-07")
    assert source.defects["en"].startswith("Imported by the user from new.csv. What follows is about the older copy")
    assert source.defects["ko"].startswith("사용자가 가져온 파일: new.csv.")
    with pytest.raises(UnknownKindError, match="holds heat_shelter"):
        import_data([file], source_id="ansan-heat-shelters", kind="hydrant", catalogue_address=address)


@pytest.mark.parametrize(
    ("name", "columns", "expected", "told"),
    [
        ("a.csv", {"데이터기준일자": "2026-01-12"}, "2026-01-12", "the newest as-of date in the rows"),
        ("list_20260105.csv", {}, "2026-01-05", "the name of the file"),
        ("a.csv", {"MODF_TIME": "2025-05-02 15:56:05.000"}, "2025-05-02", "the newest change of a row"),
        ("list_20991231.csv", {"데이터기준일자": "2206-01-01"}, None, "the day of the file itself"),
    ],
)
def test_where_the_date_is_from(made, catalogue, address, name, columns, expected, told):
    row = {"무더위쉼터명": "가", "위도": "37.31234", "경도": "126.86543", **columns}
    report = import_data([made(name, list(row), list(row.values()))], catalogue_address=address)
    assert told in report.as_of_from
    assert report.as_of == (expected or dt.date.today().isoformat())
    assert ("day of the file" in catalogue.sources()[0].defects["en"]) == (expected is None)


@pytest.mark.parametrize("as_of", ["2026-13", "yesterday", "20260101", "2999", "2026-02-30"])
def test_a_date_that_is_none_is_refused(made, address, as_of):
    with pytest.raises(ImportDataError, match="as-of date"):
        import_data([made("heat.csv", *ROWS)], as_of=as_of, catalogue_address=address)


HERE, THERE = ("가", "느티로 1", "37.31234", "126.86543"), ("나", "느티로 2", "37.3", "126.8")


def official(*rows: tuple[str, ...]) -> list[list[object]]:
    return [["ARCD", "ACMDFCLTY_SN", "VT_ACMDFCLTY_NM", "EQK_ACMDFCLTY_ADRES", "LA", "LO"], *map(list, rows)]


def test_a_serial_that_is_unique_only_with_its_district_code(made, catalogue, address):
    rows = official(("41271", "1", *HERE), ("41273", "1", *THERE))
    report = import_data([made("eqk.csv", *rows)], as_of="2026", catalogue_address=address)
    assert report.key == "district_code + serial"
    assert set(held(catalogue, "import-eqk")) == {"41271-1", "41273-1"}


def test_a_key_that_is_not_unique_is_not_used(made, catalogue, address):
    rows = official(("41271", "1", *HERE), ("41271", "1", *THERE))
    report = import_data([made("eqk.csv", *rows)], as_of="2026", catalogue_address=address)
    assert "digest" in report.key
    assert len(held(catalogue, "import-eqk")) == 2


def test_an_exact_duplicate_does_not_spoil_the_official_key(made, catalogue, address):
    row = ("41271", "1", *HERE)
    report = import_data([made("eqk.csv", *official(row, row))], as_of="2026", catalogue_address=address)
    assert (report.key, report.files[0].dropped) == ("serial", {"exact duplicate": 1})


def test_hydrants_at_one_address_stay_apart_by_their_number(made, catalogue, address):
    rows = [["연번", "지형지물부호", "소화전형식", "주소", "경도", "위도"]]
    rows += [[str(n), "소화전", "지상", "안산시 상록구 느티로 1", "126.86543", "37.31234"] for n in (1, 2)]
    import_data([made("hydrants.csv", *rows)], as_of="2026", catalogue_address=address)
    assert set(held(catalogue, "import-hydrants")) == {"1", "2"}


def test_running_numbers_do_not_hide_a_shelter_listed_twice(made, address):
    rows = [["연번", *HEAT], ["1", *ROWS[1]], ["2", *ROWS[1]]]
    report = import_data([made("heat.csv", *rows)], as_of="2026", catalogue_address=address)
    assert report.files[0].dropped == {"exact duplicate": 1}


def test_points_shared_by_different_names_are_doubted(made, catalogue, address):
    rows = [HEAT, ["가", "37.31234", "126.86543", ""], ["나", "37.31234", "126.86543", ""], ["다", "37.3", "126.8", ""]]
    import_data([made("heat.csv", *rows)], as_of="2026", catalogue_address=address)
    flags = {record.name: record.flags for record in held(catalogue, "import-heat").values()}
    assert flags == {"가": ("shared_point",), "나": ("shared_point",), "다": ()}


def test_one_file_with_several_kinds_is_sorted_out_row_by_row(made, catalogue, address):
    rows = [["MNG_SN", "REARE_NM", "RONA_DADDR", "LAT", "LOT", "SHLT_SE_CD", "SHLT_SE_NM"]]
    for code, name in enumerate(("한파쉼터", "무더위쉼터", "지진옥외대피장소", "지진해일긴급대피장소"), 1):
        rows.append([str(code), f"느티 {code}", "느티로 1", "37.31234", "126.86543", str(code), name])
    rows.append(["5", "느티 5", "느티로 1", "37.31234", "126.86543", "9", "기타"])
    report = import_data([made("all.csv", *rows)], as_of="2026", catalogue_address=address)
    kinds = {record.key: record.kind for record in held(catalogue, "import-all").values()}
    assert kinds == {"1": "cold_shelter", "2": "heat_shelter", "3": "earthquake_site", "4": "tsunami_site"}
    assert report.files[0].dropped == {"kind of the row not known": 1}


@pytest.mark.parametrize(
    ("columns", "name", "kind"),
    [
        ("시설명,위도,경도", "안산시_민방위대피시설.csv", "civil_defence_shelter"),
        ("OPER_STTS,FCLT_NM,MAX_ACTC_PERNE,FCLTLOC_GRND_UDGD", "x.csv", "civil_defence_shelter"),
        ("FCLT_NM,FCLT_ADDR_RONA,SHNT_PSBLTY_NOPE,LAT_PROVIN", "x.csv", "civil_defence_shelter"),
        ("무더위쉼터명,위도,경도", "x.csv", "heat_shelter"),
        ("RSTR_NM,COLR_HOLD_ELEFN,LA,LO", "x.csv", "heat_shelter"),
        ("reare_fclt_no,reare_nm,utztn_psblty_tnop", "x.csv", "cold_shelter"),
        ("VT_ACMDFCLTY_NM,RN_DTL_ADRES,EQK_ACMDFCLTY_ADRES", "x.csv", "earthquake_site"),
        ("VT_ACMDFCLTY_NM,RN_DTL_ADDR,VT_ACMD_PSBL_NMPR", "x.csv", "temporary_housing"),
        ("SHNT_PLACE_NM,EV_ANTCTY,LA,LO", "x.csv", "tsunami_site"),
        ("시설명,위도,경도", "지진해일_대피장소.csv", "tsunami_site"),
        ("시설명,위도,경도", "지진 옥외대피장소.csv", "earthquake_site"),
        ("시설명,위도,경도", "이재민 임시주거시설.csv", "temporary_housing"),
        ("시설명,위도,경도", "AED_2026.csv", "aed"),
        ("대피장소명,위도,경도,재난유형", "x.csv", "chemical_shelter"),
        ("급경사지명,안전점검결과코드", "x.csv", "steep_slope"),
        ("DST_RSK_DSTRCT_MNG_NO,DST_RSK_DSTRCT_NM", "x.csv", "risk_district"),
        ("SN,FLDN_GRD,FLDN_AREA,GEOM", "x.csv", "flood_mark"),
        ("관리청,도로(노선)명,기점 위도,종점 위도", "x.csv", "ice_prone_section"),
        ("지점명,위도,경도", "자전거사고다발지역.csv", "bicycle_hotspot"),
        ("연번,지형지물부호,소화전형식", "x.csv", "hydrant"),
        ("119안전센터명,주소", "x.csv", "fire_centre"),
        ("관서명,주소", "전국 지구대 파출소.csv", "police"),
        ("기관명,주소", "응급의료기관.csv", "hospital"),
        ("명칭,주소,위험등급", "산사태취약지역.csv", "landslide_area"),
    ],
)
def test_the_kind_is_told(columns, name, kind):
    table = read_bytes((columns + "\n" + ",".join("화학사고" for _ in columns.split(","))).encode())
    assert kind_of(table, name)[0] == kind


def test_a_kind_that_cannot_be_told_is_asked_for(made, address, capsys):
    file = made("list.csv", ["시설명", "위도", "경도"], ["가", "37.1", "127.1"])
    assert run_import_data([file], catalogue_address=address) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "--kind" in err
    assert run_import_data([file], kind="police", as_of="2026", catalogue_address=address) == 0
    assert run_import_data([file], kind="castle", catalogue_address=address) == 1
    assert "There is no kind 'castle'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "cannot be read"),
        ("empty.csv", "", "empty.csv: The file is empty"),
        ("poem.txt", "어제는 비가 왔다.\n오늘은 맑다.\n", "poem.txt: The file is no table"),
        ("무더위.csv", "날짜,문자전송내용\n2025-01-07,눈\n", "holds no places"),
        ("무더위.csv", "시설명,위도,경도\n", "No row of"),
        ("무더위.csv", "시설명,위도,경도,USE_AT\n가,37.1,127.1,N\n", "No row of"),
        ("e.json", '{"header": {"resultCode": "30", "resultMsg": "BAD"}}', "error 30 instead of data: BAD (in e.json)"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence_and_changes_nothing(
    tmp_path, catalogue, address, capsys, name, content, words
):
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    assert run_import_data([str(tmp_path / name)], as_of="2026", catalogue_address=address) == 1
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
    assert not Path(address).exists()


def test_a_long_file_tells_how_far_it_is(made, address, capsys):
    rows = [HEAT, *([f"느티경로당 {n}", f"37.{n:06d}1", "126.86543", ""] for n in range(20_000))]
    import_data([made("heat.csv", *rows)], as_of="2026", catalogue_address=address)
    assert capsys.readouterr().err == "… 20,000 rows looked at\n… 20,000 rows imported\n"


def test_the_command_speaks_json(made, address, capsys):
    assert run_import_data([made("heat.csv", *ROWS)], as_of="2026", as_json=True, catalogue_address=address) == 0
    assert json.loads(capsys.readouterr().out)["written"] == 3
    assert run_import_data(["none.csv"], as_json=True, catalogue_address=address) == 1
    assert "cannot be read" in json.loads(capsys.readouterr().err)["error"]


def test_a_failure_while_writing_leaves_everything_as_it_was(made, catalogue, address, own_home, monkeypatch):
    import_data([made("heat.csv", *ROWS)], as_of="2026", catalogue_address=address)
    before, rejected = held(catalogue, "import-heat"), (own_home / "rejected" / "import-heat-heat.csv").read_bytes()
    from knowledge.importing import run

    def breaks(row, columns, record, mode):
        return "" if record.name == "솔경로당" else record.name

    monkeypatch.setattr(run, "key_of", breaks)  # a record without a key is what a store refuses
    with pytest.raises(CatalogueError):
        import_data([made("heat.csv", *ROWS)], as_of="2026", catalogue_address=address)
    assert held(catalogue, "import-heat") == before
    assert (own_home / "rejected" / "import-heat-heat.csv").read_bytes() == rejected
    assert [path.name for path in (own_home / "rejected").iterdir()] == ["import-heat-heat.csv"]


def test_memory_stays_far_below_the_size_of_the_rows(made, address):
    count = 6_000
    rows = [[*HEAT, "비고"]]
    rows += [[f"느티경로당 {n}", f"37.{n:06d}1", f"126.{n:06d}1", "", "글" * 900] for n in range(count)]
    file = made("heat.csv", *rows)
    del rows
    tracemalloc.start()
    report = import_data([file], as_of="2026", catalogue_address=address)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.written == count
    assert peak < 9_000_000 < Path(file).stat().st_size
