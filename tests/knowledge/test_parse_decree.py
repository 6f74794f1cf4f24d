from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from knowledge.errors import LawTextError, UnknownProvisionError
from knowledge.parse_decree import parse_decree
from knowledge.provision import Provision, sort_key


def parse(source: str):
    return parse_decree(source, "law", "200")


SMALL = """ENFORCEMENT DECREE OF SOMETHING

Presidential Decree No. 100, May 29, 2004
Amended by Presidential Decree No. 200, Jun. 1, 2005
CHAPTER I GENERAL
\u00a0Article 1 (Purpose)
The purpose. <Amended on Jun. 1, 2005>
1. First thing;
1-2. Second thing;
\u00a0Article 2 (Duties)
(1) Do this.
1. One:
(a) Item a;
(i) Sub one;
(ii) Sub two;
(b) Item b.
(2) Do that. <Newly Inserted on Jun. 1, 2005>
[This Article Newly Inserted on May 29, 2004]
\u00a0Article 3 Deleted. <Jun. 1, 2005>
ADDENDUM <Presidential Decree No. 200, Jun. 1, 2005>
This Decree shall enter into force on June 5, 2005.
"""


def test_the_decree_has_all_its_articles(law):
    count = Counter(article.status for article in law.articles)
    assert count == {"living": 161, "deleted": 12, "moved": 6}
    assert sum("-" in article.number for article in law.articles) == 90
    assert len({article.chapter for article in law.articles}) == 9


def test_round_trip_every_line_of_the_body_is_claimed_once(law):
    lines = law.source.split("\n")
    claimed = [n for article in law.articles for n in article.unit.lines]
    assert len(claimed) == len(set(claimed))
    rest = [lines[n - 1] for n in law.body_lines if n not in set(claimed)]
    assert all(line.startswith(("CHAPTER ", "SECTION ")) for line in rest)
    assert len(rest) == 17


def test_round_trip_the_quotes_give_back_the_text(law):
    body = "\n".join(law.source.split("\n")[n - 1].strip("\u00a0 ") for n in law.body_lines)
    joined, divisions = [], set()
    for article in law.articles:
        for part in article.path[:-1]:
            if (part, article.chapter) not in divisions:
                divisions.add((part, article.chapter))
                joined.append(part)
        joined.append(law.quote(article.number))
    assert "\n".join(line.strip() for line in "\n".join(joined).split("\n")) == body


def test_every_unit_lies_inside_its_parent_and_begins_with_its_number(law):
    for article in law.articles:
        for unit in (u for p in article.paragraphs for u in p.walk()):
            parent = law.unit(unit.provision.parent.id)
            assert parent.start <= unit.start < unit.end <= parent.end
            number = unit.provision.item or unit.provision.subparagraph or unit.provision.paragraph
            quote = law.quote(unit.id)
            assert unit.provision.paragraph == "0" or quote.lstrip("(").startswith(number)


def test_notes_are_data_not_words(law):
    unit = law.unit("73-9/4")
    assert unit.notes[0].kind == "inserted"
    assert unit.notes[0].dates == (dt.date(2020, 6, 2),)
    assert "<" not in unit.own
    assert all("<Amended" not in u.own and "<Newly" not in u.own for u in law.units())


def test_odd_numbers(law):
    assert law.quote("4/0/4-2").startswith("4-2. Emergency medical institutions")
    assert law.quote("42/1/3-2").startswith("3-2; Current status")
    assert law.article("73-5").heading.startswith("Articles 73-5 (")
    assert [u.provision.subparagraph for u in law.unit("39-2/1").children] == ["1", "2", "4"]
    assert "Articles 54 and 55 shall apply mutatis" in law.article("57").paragraphs[-1].own or any(
        "Articles 54 and 55" in p.own for p in law.article("57").paragraphs
    )


def test_sub_items_belong_to_their_item_and_the_ninth_item_is_an_item(law):
    assert "(ii) Where it is impracticable" in law.quote("74/0/2/a")
    ninth = [u for u in law.units() if u.provision.item == "i"]
    assert len(ninth) == 1


def test_addenda_are_kept_apart(law):
    assert len(law.addenda) == 101
    assert law.source.count("Article 1 (Enforcement Date") == 84
    assert law.addenda[-1].in_force == dt.date(2023, 6, 27)
    by_number = {a.decree_number: a for a in law.addenda}
    assert by_number["33198"].in_force == dt.date(2023, 1, 5)
    assert by_number["18407"].in_force == dt.date(2004, 6, 1)


def test_the_table_of_decrees(law):
    assert len(law.amending) == 101
    assert law.amending[0] == ("18407", dt.date(2004, 5, 29))
    assert law.amending[-1] == ("33578", dt.date(2023, 6, 27))


def test_ids_resolve_both_ways(law):
    for unit in law.units():
        assert law.unit(unit.id) is unit
        assert Provision.parse(unit.id, law.law, law.version) == unit.provision
    ids = [u.id for u in law.units()]
    assert ids == sorted(ids, key=sort_key)


@pytest.mark.parametrize("bad", ["", "abc", "73-9/x", "1/2/3/4", "73_9", "0x1", "73-9/4/"])
def test_an_id_of_another_form_is_refused(bad):
    with pytest.raises(UnknownProvisionError):
        Provision.parse(bad, "law", "1")


def test_a_small_text():
    law = parse(SMALL)
    assert [a.status for a in law.articles] == ["living", "living", "deleted"]
    assert law.quote("1/0/1-2") == "1-2. Second thing;"
    assert law.quote("2/1/1/a") == "(a) Item a;\n(i) Sub one;\n(ii) Sub two;"
    assert law.unit("2/1").words() == "Do this. One: Item a; (i) Sub one; (ii) Sub two; Item b."


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("CHAPTER I GENERAL", "PART ONE"), 1, "CHAPTER I"),
        (("\u00a0Article 2 (Duties)", "\u00a0Article 1 (Duties)"), 10, "stands twice"),
        (("(2) Do that", "(1) Do that"), 17, "stands twice"),
        (("1. First thing;", "stray line"), 8, "no number"),
        (("ADDENDUM <Presidential Decree No. 200, Jun. 1, 2005>\n", ""), 21, "cut off"),
        (("No. 200, Jun. 1, 2005\nCHAPTER", "No. 300, Jun. 1, 2005\nCHAPTER"), 4, "not 200"),
        (("This Decree shall enter", "It enters"), 20, "without an enforcement date"),
        (("Article 3 Deleted. <Jun. 1, 2005>", "Article 3 Deleted."), 19, "without a date"),
    ],
)
def test_a_broken_text_is_refused_with_its_line(change, line, says):
    broken = SMALL.replace(*change)
    assert broken != SMALL
    with pytest.raises(LawTextError, match=says) as caught:
        parse(broken)
    assert caught.value.line == line


@pytest.mark.parametrize("foreign", ["", "Hello", "<html></html>", "\x00" * 50, "제1조(목적) 이 영은"])
def test_a_foreign_text_is_refused(foreign):
    with pytest.raises(LawTextError):
        parse(foreign)
