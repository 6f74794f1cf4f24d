from __future__ import annotations

import datetime as dt
import json

import pytest

from knowledge.errors import LawTextError
from knowledge.statute import DRF_JSON, DRF_XML, display
from knowledge.statute_read import read_statute
from tests.knowledge.statute_samples import raw, sample


def test_xml_and_json_give_the_same_statute():
    xml, other = sample("umbrella_101.xml"), sample("umbrella_101.json")
    assert xml == other
    assert (xml.form, other.form) == (DRF_XML, DRF_JSON)


@pytest.mark.parametrize("name", ["umbrella_101.xml", "umbrella_101.json"])
def test_it_is_the_statute_of_the_markdown_file(name):
    markdown, statute = sample(), sample(name)
    assert [(u.id, u.own, u.notes) for u in statute.units()] == [(u.id, u.own, u.notes) for u in markdown.units()]
    assert [(a.number, a.title, a.chapter, a.section, a.status, a.notes) for a in statute.articles] == [
        (a.number, a.title, a.chapter, a.section, a.status, a.notes) for a in markdown.articles
    ]
    assert statute.attachments == markdown.attachments
    assert [(a.id, a.in_force) for a in statute.law.addenda] == [(a.id, a.in_force) for a in markdown.law.addenda]
    assert (statute.number, statute.promulgated, statute.in_force) == ("101", markdown.promulgated, markdown.in_force)


@pytest.mark.parametrize("name", ["umbrella_101.xml", "umbrella_101.json"])
def test_quotes_are_spans_of_the_content_fields(name):
    statute = sample(name)
    for unit in statute.units():
        assert statute.quote(unit.id) in statute.source
    assert statute.quote("4/1") == "① 우산은 3일까지 빌릴 수 있다. <개정 2023.3.2>"
    assert statute.quote("2/0/1-2/a") == "가. 시립 도서관\n1) 본관\n2) 분관"
    assert statute.quote("1") == display(statute.quote("1")) == "제1조(목적) 이 영은 우산을 나누어 쓰는 일을 정한다."
    assert statute.quote("1/0").startswith("이 영은")


def test_an_articles_own_day_in_force_is_kept():
    assert sample("umbrella_101.xml").article_dates == (("2", dt.date(2023, 7, 1)),)


def test_missing_fields_do_no_harm():
    small = {
        "법령": {
            "기본정보": {
                "법령ID": "7", "법종구분": "법률", "공포번호": "1", "공포일자": "2020.1.2",
                "시행일자": "20200103", "법령명_한글": "짧은 법",
            },
            "조문": {"조문단위": {"조문번호": "1", "조문내용": "제1조(끝) 이 법은 짧다.", "항": None}},
        }
    }  # fmt: skip
    statute = read_statute(json.dumps(small).encode())
    assert [unit.id for unit in statute.units()] == ["1", "1/0"]
    assert statute.law.addenda == ()
    assert statute.law.amending == (("1", dt.date(2020, 1, 2)),)


BROKEN = (  # what is wrong, how it comes about, a text on the line that must be told, words of the error
    ("not well-formed", lambda t: t.replace("</조문>", ""), "</법령>", "well-formed"),
    ("doctype", lambda t: t.replace("<법령 ", '<!DOCTYPE a [<!ENTITY b "c">]>\n<법령 '), "<!DOCTYPE", "document type"),
    ("number differs", lambda t: t.replace("<조문번호>5<", "<조문번호>6<"), "<조문번호>6<", "조문번호"),
    ("paragraph twice", lambda t: t.replace("② 비가", "① 비가"), "제4조(빌리는 기간)", "twice"),
    ("no id", lambda t: t.replace("<법령ID>990001</법령ID>", ""), "<기본정보>", "법령ID"),
    ("no law", lambda t: "<Response><result>실패</result></Response>", "<Response>", "another answer"),
    ("addenda", lambda t: t.replace("<부칙공포번호>00012</부칙공포번호>", ""), "2020010100012", "부칙단위"),
    ("no words", lambda t: t.replace("<![CDATA[   1. 역 앞]]>", ""), "<조문제목>나눔 장소", "no words"),
    ("no number", lambda t: t.replace("<공포번호>00101", "<공포번호>백일"), "<기본정보>", "공포번호"),
)


@pytest.mark.parametrize(("name", "spoil", "at", "words"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_answer_is_refused_with_its_line(name, spoil, at, words):
    broken = spoil(raw("umbrella_101.xml").decode())
    with pytest.raises(LawTextError) as caught:
        read_statute(broken.encode())
    assert words in str(caught.value)
    assert caught.value.line == broken.count("\n", 0, broken.index(at)) + 1


def test_broken_json_is_refused_with_its_line():
    text = raw("umbrella_101.json").decode()
    with pytest.raises(LawTextError, match="line 3: not well-formed JSON"):
        read_statute(text.replace('"법령키"', "법령키", 1).encode())
    spoiled = text.replace("② 비가", "① 비가")
    with pytest.raises(LawTextError, match="twice") as caught:
        read_statute(spoiled.encode())
    first = next(i for i, line in enumerate(text.splitlines(), 1) if "제4조(빌리는 기간)" in line)
    assert first - 5 <= caught.value.line <= first
    with pytest.raises(LawTextError):
        read_statute(b'{"Law": "none"}')
