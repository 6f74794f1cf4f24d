"""Files and bytes to tables: characters, separators, headers in odd places, envelopes."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest

from knowledge.importing.decoding import decoded, encoding_of
from knowledge.importing.errors import NotATableError, RefusedByPublisherError
from knowledge.importing.reading import read_bytes, read_file

PLAIN = (
    "시설명,위도,경도,전화번호\n"
    "느티나무 쉼터,37.31234,126.85678,031-000-1111\n"
    "버드나무 쉼터,37.32345,126.84567,null\n"
)
NAMES = ["느티나무 쉼터", "버드나무 쉼터"]


def values(data: bytes, column: str = "시설명") -> list[str]:
    return [row[column] for row in read_bytes(data).rows()]


@pytest.mark.parametrize(
    ("codec", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp949", "cp949"), ("euc-kr", "cp949"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found_and_told(codec, told, tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(PLAIN.encode(codec))
    table = read_file(file)
    assert (table.encoding, table.columns[0]) == (told, "시설명")
    assert [row["시설명"] for row in table.rows()] == NAMES
    assert values(PLAIN.encode(codec)) == NAMES


def test_letters_that_only_cp949_has_are_read():
    assert values("시설명,위도\n똠방각하 펲시,37.3\n".encode("cp949")) == ["똠방각하 펲시"]


def test_one_damaged_byte_in_a_long_file_is_told_and_not_fatal():
    data = (PLAIN * 40).encode("cp949") + "끝,37.3,126.8,\n".encode("cp949") + b"\xff\xfe,37.3,126.8,\n"
    text, encoding = decoded(data)
    assert encoding.name == "cp949"
    assert encoding.unreadable >= 1
    assert "unreadable" in str(encoding)
    assert "느티나무" in text


def test_a_character_cut_at_the_edge_of_a_block_is_no_damage():
    data = PLAIN.encode("utf-8")
    assert encoding_of(lambda: iter([data[:1], data[1:5], data[5:]])).name == "utf-8"


def test_literal_null_is_nothing_and_trailing_empty_columns_go():
    text = "무더위쉼터명,위도,경도,전화번호" + "," * 27 + "\n느티나무,37.1,127.1,null" + "," * 27 + "\n"
    table = read_bytes(text.encode("cp949"))
    assert table.columns == ("무더위쉼터명", "위도", "경도", "전화번호")
    assert [row.values for row in table.rows()] == [
        {"무더위쉼터명": "느티나무", "위도": "37.1", "경도": "127.1", "전화번호": ""}
    ]


def test_tabs_and_crlf():
    table = read_bytes(PLAIN.replace(",", "\t").replace("\n", "\r\n").encode("cp949"))
    assert table.format == "TSV"
    assert [row["시설명"] for row in table.rows()] == NAMES


def test_a_comma_and_a_line_break_inside_quotes_stay_in_their_cell():
    assert values('시설명,주소\n"가,\n나","다, 라"\n'.encode(), "주소") == ["다, 라"]


def test_a_description_line_under_the_header_is_no_row():
    text = "RSTR_NM,LA,LO,AR\n쉼터명칭,위도,경도,면적\n느티나무,37.3,126.8,40\n"
    table = read_bytes(text.encode("utf-8-sig"))
    assert [row.values for row in table.rows()] == [{"RSTR_NM": "느티나무", "LA": "37.3", "LO": "126.8", "AR": "40"}]
    assert table.notes == {"second header line under the first skipped": 1}


def test_a_header_in_mid_file_renames_the_columns_after_it():
    text = "위치명 ,위도,경도\n가 운동장,37.1,127.1\n지진해일대피소명,경도,위도\n나 광장,127.2,37.2\n"
    rows = [row.values for row in read_bytes(text.encode("cp949")).rows()]
    assert rows[0] == {"위치명": "가 운동장", "위도": "37.1", "경도": "127.1"}
    assert rows[1] == {"지진해일대피소명": "나 광장", "경도": "127.2", "위도": "37.2"}


def test_title_lines_above_the_header_are_told_apart_and_kept_as_title():
    table = read_bytes("느티시 무더위쉼터 현황,,\n,,\n시설명,위도,경도\n가,37.1,127.1\n".encode())
    assert table.columns == ("시설명", "위도", "경도")
    assert "무더위쉼터" in table.title


ROW = {"FCLT_NM": "느티 지하", "LAT_EPSG4326": "37.10", "LOT_EPST4326": 127.10}
HEADER = {"resultMsg": "NORMAL SERVICE", "resultCode": "00", "errorMsg": None}


@pytest.mark.parametrize(
    "body",
    [
        [ROW],
        {"header": HEADER, "numOfRows": 1, "pageNo": 1, "totalCount": 1, "body": [ROW]},
        {"response": {"header": HEADER, "body": {"items": {"item": [ROW]}}}},
        {"response": {"header": HEADER, "body": {"item": [ROW], "pageNo": 1, "numOfRows": 5}}},
        {"response": {"header": HEADER, "body": {"items": {"item": ROW}}}},
        {"response": {"header": HEADER, "body": {"items": {"item": [{"item": [ROW]}]}}}},
        {"response": {"header": HEADER, "body": {"items": {"item": [[ROW]]}}}},
        {"northern": [ROW], "southern": []},
        {"fields": [{"id": "x"}], "records": [ROW]},
        {"fields": list(ROW), "rows": [list(ROW.values())]},
        [list(ROW), list(ROW.values())],
        {name: [value] for name, value in ROW.items()},
    ],
)
def test_json_in_every_known_envelope(body):
    table = read_bytes(json.dumps(body, ensure_ascii=False).encode())
    rows = [row.values for row in table.rows()]
    assert len(rows) == 1
    assert rows[0]["FCLT_NM"] == "느티 지하"
    assert rows[0]["LAT_EPSG4326"] == "37.10"  # the decimals are kept: they say how exact the point is
    assert rows[0]["LOT_EPST4326"] == "127.1"


def test_rows_of_several_lists_follow_one_another_and_have_the_same_columns():
    table = read_bytes(json.dumps({"a": [{"x": 1, "y": 2}], "b": [{"x": 3, "z": 4}]}).encode())
    assert [row.values for row in table.rows()] == [{"x": "1", "y": "2", "z": ""}, {"x": "3", "y": "", "z": "4"}]


@pytest.mark.parametrize("empty", [None, [], {"items": ""}])
def test_an_answer_without_rows_is_an_empty_table(empty):
    table = read_bytes(json.dumps({"header": HEADER, "totalCount": 0, "body": empty}).encode())
    assert list(table.rows()) == []


def test_an_error_inside_an_answer_is_an_error_and_its_code_is_kept():
    bad = {"header": {"resultCode": "32", "resultMsg": "UNREGISTERED IP ERROR", "errorMsg": None}, "body": None}
    with pytest.raises(RefusedByPublisherError, match="UNREGISTERED IP ERROR") as caught:
        read_bytes(json.dumps(bad).encode())
    assert caught.value.code == "32"


XML = """<?xml version="1.0" encoding="UTF-8"?><response><header><resultCode>00</resultCode></header><body><items>
<item><org>느티관</org><wgs84Lat>37.10</wgs84Lat></item><item><org>버들관</org><wgs84Lon>127.1</wgs84Lon></item>
</items></body></response>"""


def test_xml_items_with_different_fields():
    rows = [row.values for row in read_bytes(XML.encode()).rows()]
    assert rows[0] == {"org": "느티관", "wgs84Lat": "37.10", "wgs84Lon": ""}
    assert rows[1]["wgs84Lon"] == "127.1"


def test_xml_in_the_characters_it_declares():
    data = XML.replace('encoding="UTF-8"', 'encoding="EUC-KR"').encode("euc-kr")
    assert values(data, "org") == ["느티관", "버들관"]


def test_an_error_in_xml():
    text = (
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        "<returnAuthMsg>SERVICE_KEY_IS_NOT_REGISTERED_ERROR</returnAuthMsg><returnReasonCode>30</returnReasonCode>"
        "</cmmMsgHeader></OpenAPI_ServiceResponse>"
    )
    with pytest.raises(RefusedByPublisherError, match="NOT_REGISTERED") as caught:
        read_bytes(text.encode())
    assert caught.value.code == "30"


def test_xml_that_reaches_for_other_files_is_refused():
    text = '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><response><item><a>&e;</a><b>1</b></item></response>'
    with pytest.raises(NotATableError):
        read_bytes(('<?xml version="1.0"?>' + text).encode())


def test_geojson_points_lines_and_areas():
    square = [[[126.8, 37.3], [126.9, 37.3], [126.9, 37.4], [126.8, 37.3]]]
    geometries = [
        {"type": "Point", "coordinates": [126.81234, 37.31234]},
        {"type": "LineString", "coordinates": [[126.8, 37.3], [126.85, 37.35], [126.9, 37.4]]},
        {"type": "Polygon", "coordinates": square},
    ]
    features = [{"type": "Feature", "properties": {"name": "a"}, "geometry": one} for one in geometries]
    table = read_bytes(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    point, line, area = table.rows()
    assert table.format == "GeoJSON"
    assert (point["geometry_latitude"], point["geometry_longitude"]) == ("37.31234", "126.81234")
    assert (line["geometry_end_latitude"], line["geometry_end_longitude"]) == ("37.4", "126.9")
    assert area["geometry"].startswith("POLYGON ((126.8 37.3")


def workbook(*sheets: list[list[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for place, lines in enumerate(sheets):
        sheet = book.create_sheet(f"시트{place}")
        for line in lines:
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_with_a_title_a_cover_sheet_and_two_sheets_of_rows(tmp_path):
    head = ["시설명", "위도", "경도", "최대수용인원"]
    data = workbook(
        [["표지"]],
        [["민방위대피시설 현황"], [], head, ["가", 37.1, 127.1, 20.0], [None, None, None, None]],
        [head, ["나", 37.2, 127.2, None]],
    )
    file = tmp_path / "list.bin"
    file.write_bytes(data)
    for table in (read_file(file), read_bytes(data)):
        assert table.format == "XLSX"
        assert "민방위" in table.title
        for _ in range(2):  # the rows can be read again
            assert [row.values for row in table.rows()] == [
                dict(zip(head, ["가", "37.1", "127.1", "20"], strict=True)),
                dict(zip(head, ["나", "37.2", "127.2", ""], strict=True)),
            ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel"),
        (b"PK\x03\x04 not really", "workbook cannot be read"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        ("어제는 비가 왔다.\n오늘은 맑다.\n".encode(), "no table"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"<html><body>login</body></html>", "web page"),
        (b"<a><b>1</b></a>", "no rows"),
        (b"<a><b>1</a>", "broken"),
        (b'{"a": 1', "broken"),
        (b'{"a": 1}', "no list of rows"),
        (bytes(range(128, 256)) * 20, "neither UTF-8 nor CP949"),
    ],
)
def test_what_is_no_table_gets_one_clear_sentence(data, words):
    with pytest.raises(NotATableError, match=words) as caught:
        list(read_bytes(data).rows())
    assert str(caught.value).count(".") <= 3
    assert "\n" not in str(caught.value)


def test_a_large_csv_is_streamed(tmp_path):
    file = tmp_path / "large.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("시설명,위도,경도\n")
        for number in range(60_000):
            out.write(f"느티나무 쉼터 {number},37.{number:06d},126.{number:06d}\n")
    tracemalloc.start()
    table = read_file(file)
    count = sum(1 for _ in table.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 2_500_000 < file.stat().st_size
