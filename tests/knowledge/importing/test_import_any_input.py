"""Whatever the bytes are: a table or one sentence, never another error; whatever the rows are, sound records."""

from __future__ import annotations

import contextlib
import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue.fields import fault
from knowledge.catalogue.model import FLAGS
from knowledge.importing.cleaning import date, number, phone, split_glued, stated_area
from knowledge.importing.columns import spellings
from knowledge.importing.coordinates import LAT, LON, pair
from knowledge.importing.errors import ImportDataError
from knowledge.importing.known import ad_hoc_source
from knowledge.importing.mapping import Mapper, Recipe, digest_key
from knowledge.importing.reading import read_bytes
from knowledge.importing.table import Row

TEXT = st.text(max_size=40)
LEAF = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | TEXT
JSON = st.recursive(
    LEAF, lambda one: st.lists(one, max_size=4) | st.dictionaries(TEXT, one, max_size=4), max_leaves=20
)
NAMES = ["시설명", "위도", "경도", "주소", "면적", "수용인원", "전화번호", "행정동", "비고", "연번", "지정일자"]
NAMES += ["GEOM", "XCORD", "YCORD", "LAT_DEGR", "LOT_DEGR", "LAT_SEC", "데이터기준일자", "종점 위도", "종점 경도"]
NUMBER = st.from_regex(r"-?[0-9]{1,30}(\.[0-9]{0,9})?", fullmatch=True)
VALUES = TEXT | NUMBER | st.sampled_from(["null", "37.3", "126.8"])
STARTS = st.sampled_from([b"{", b"[", b"<a>", b"PK\x03\x04"])


def read(data: bytes) -> None:
    with contextlib.suppress(ImportDataError):
        list(read_bytes(data).rows())


@given(st.binary(max_size=300) | st.builds(lambda start, rest: start + rest, STARTS, st.binary()))
@settings(max_examples=150, deadline=None)
def test_any_bytes(data):
    read(data)


@given(JSON)
@settings(max_examples=150, deadline=None)
def test_any_json(value):
    read(json.dumps(value, ensure_ascii=False).encode("utf-8", "ignore"))


@given(st.lists(st.lists(TEXT, min_size=1, max_size=5), max_size=8), st.sampled_from(",\t;"))
@settings(max_examples=100, deadline=None)
def test_any_lines(lines, separator):
    read("\n".join(separator.join(line) for line in lines).encode("utf-8", "ignore"))


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
@settings(max_examples=300, deadline=None)
def test_any_row_gives_a_record_that_a_store_takes_or_a_reason(values):
    mapper = Mapper("test", Recipe(kind="heat_shelter"), None, dt.date(2026, 1, 1))
    mapped = mapper.map(Row(1, values), lambda _: None)
    if mapped.record is None:
        assert mapped.reason
        return
    from dataclasses import replace

    record = replace(mapped.record, key=digest_key(mapped.record))
    assert fault(ad_hoc_source("test", "heat_shelter", []), record) is None
    assert set(record.flags) <= set(FLAGS)
    assert (record.lat is None) == (record.coordinate_quality == "none")


@given(VALUES, VALUES)
def test_a_pair_is_a_point_in_korea_or_says_why_not(north, east):
    found = pair(north, east)
    if found.lat is None or found.lon is None:
        assert found.problem
    else:
        assert LAT[0] <= found.lat <= LAT[1]
        assert LON[0] <= found.lon <= LON[1]


@given(TEXT)
def test_cleaning_takes_any_text(text):
    number(text)
    date(text)
    phone(text, lambda _: None)
    split_glued(text, lambda _: None)
    stated_area(text)
    spellings().is_personal(text)
