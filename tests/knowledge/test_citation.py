from __future__ import annotations

import datetime as dt

import pytest

from knowledge.citation import asks_which, find_citations, find_decree_number, find_part, label_en, label_ko
from knowledge.history import formerly, moves, now_at
from knowledge.pointers import find_pointers


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("art 73-9(4)", ["73-9/4"]),
        ("Article 73-9 (1) 2 (b)?", ["73-9/1/2/b"]),
        ("ARTICLE 71", ["71"]),
        ("art. 73-9 para 4", ["73-9/4"]),
        ("para 4 of article 73-9", ["73-9/4"]),
        ("show 73-9/4 please", ["73-9/4"]),
        ("73-9", ["73-9"]),
        ("Article 4, 4-2", ["4/0/4-2"]),
        ("article 12 within 30 days", ["12"]),
        ("73조의9 4항", ["73-9/4"]),
        ("제73조의9제1항제2호나목 보여줘", ["73-9/1/2/b"]),
        ("시행령 71조", ["71"]),
        ("제4조제4호의2", ["4/0/4-2"]),
        ("71조와 72조 차이", ["71", "72"]),
        ("compare article 71 and 73", ["71", "73"]),
        ("Articles 71, 72 and 73-9(4)", ["71", "72", "73-9/4"]),
        ("article 71 and 30 days", ["71"]),
        ("article 73-9 and 500 people", ["73-9"]),
        ("2023년 7월 기준 제73조의9", ["73-9"]),
        ("call 119 now", []),
        ("we expect 1,000 people on 3 May 2026", []),
        ("조 5명씩 나눠요", []),
        ("3조원이 들었대요", []),
    ],
)
def test_numbers_as_people_type_them(typed, found):
    assert [c.provision_id for c in find_citations(typed)] == found


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Article 66-11 of the Act", "Act"),
        ("Article 3 of the Framework Act on the Management", "Framework Act"),
        ("법 제66조의11", "법"),
        ("재난안전법 34조", "재난안전법"),
        ("시행규칙 3조", "시행규칙"),
    ],
)
def test_numbers_of_another_law_are_told_apart(typed, other):
    (citation,) = find_citations(typed)
    assert citation.of == "other"
    assert citation.other == other


def test_a_law_named_behind_a_list_is_said_of_all():
    assert [(c.provision_id, c.of) for c in find_citations("articles 66-11 and 3 of the Act")] == [
        ("66-11", "other"),
        ("3", "other"),
    ]
    assert [c.of for c in find_citations("Article 71 of the Act and article 73")] == ["other", "this"]


def test_labels_read_back(law):
    for unit in law.units():
        for label in (label_en(unit.id), label_ko(unit.id)):
            wanted = unit.id.removesuffix("/0") if unit.id.endswith("/0") else unit.id
            assert [c.provision_id for c in find_citations(label)] == [wanted], label


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Presidential Decree No. 33198", "33198"),
        ("대통령령 제33198호 시행일", "33198"),
        ("call 12345", None),
        ("제5호", None),
    ],
)
def test_decree_numbers(text, number):
    assert find_decree_number(text) == number


def test_an_article_as_it_was_before(law):
    assert now_at(law, "73-4", dt.date(2017, 12, 31)) == "73-6"
    assert now_at(law, "73-4", dt.date(2020, 1, 1)) == "73-4"
    assert now_at(law, "85-2", dt.date(2013, 1, 1)) == "83"
    assert now_at(law, "66-3", dt.date(2016, 1, 1)) == "66-4"
    assert formerly(law, "83-3")[0].old == "85" or formerly(law, "83-3")


def test_moves_are_told_once_and_oldest_first(law):
    found = moves(law)
    assert len(found) == len(set(found)) > 20
    dated = [m.date for m in found if m.date]
    assert dated == sorted(dated)


@pytest.mark.parametrize(
    ("words", "kind", "target"),
    [
        ("as specified in attached Table 1-2.", "attached_table", "1-2"),
        ("pursuant to Article 66-11 (1) of the Act", "act", "66-11"),
        ("prescribed by Ordinance of the Ministry of the Interior and Safety, which", "ordinance", None),
        ("prescribed by municipal ordinance", "ordinance", None),
    ],
)
def test_pointers(words, kind, target):
    found = [p for p in find_pointers(words) if p.kind == kind]
    assert found, words
    assert target is None or found[0].target == target


def test_every_attached_table_of_the_decree_is_recognised(law):
    tables = {p.target for u in law.units() for p in find_pointers(u.own) if p.kind == "attached_table"}
    assert tables == {"1", "1-2", "1-3", "2", "2-2", "3", "5"}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("read me the exact words of paragraph 4", "73-9/4"),
        ("paragraph 2, subparagraph 3", "73-9/2/3"),
        ("and (3)?", "73-9/3"),
        ("4항 원문 그대로 읽어줘", "73-9/4"),
        ("제2항제3호는?", "73-9/2/3"),
        ("article 71 paragraph 2", None),
        ("we expect (300) people", None),
        ("사항은요", None),
        ("3항목 알려줘", None),
        ("what must the plan contain?", None),
    ],
)
def test_a_part_of_what_was_shown_needs_no_article(words, part):
    assert find_part(words, "73-9") == part


def test_a_branch_article_takes_its_paragraph_in_words():
    assert find_citations("and what about 73-9 paragraph 3")[0].provision_id == "73-9/3"
    assert find_citations("43-12, para 2?")[0].provision_id == "43-12/2"


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("which article exactly?", True),
        ("what provision is that?", True),
        ("정확히 몇조 몇항이에요?", True),
        ("그건 몇 조예요?", True),
        ("어느 조문이에요?", True),
        ("which article governs drills?", False),
        ("which article is about festivals", False),
        ("훈련은 몇조에 나와요?", False),
        ("몇 조 원이 들었나요?", False),
    ],
)
def test_which_provision_was_told(words, asks):
    assert asks_which(words) is asks
