"""Every quote is a verbatim span of its source, for every provision, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from actions.compose_citation import EXCERPT, excerpt
from actions.compose_history import compose_addendum, compose_former
from actions.compose_rule import compose_found, compose_list, compose_other_law, compose_provision
from index.passages import targets

LANGUAGES = ("en", "ko")


def assert_verbatim(answer, source):
    for citation in answer.citations:
        assert citation.quote in source
        assert citation.heading in source
        assert all(note in source for note in citation.history)
        assert citation.text_date == "2023-06-27"
        assert citation.url.startswith("https://www.law.go.kr/")
    for piece in answer.text.split("“")[1:]:
        quoted = piece.split("”")[0]
        for part in quoted.split("[…]"):
            assert part.strip() in source, part


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_provision_is_quoted_verbatim(shelf, language):
    for unit in shelf.law.units():
        answer = compose_provision(shelf, unit.id, language)
        assert answer.citations, unit.id
        assert_verbatim(answer, shelf.law.source)
        assert answer.citations[0].label in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_found_answers_are_quoted_verbatim(shelf, language):
    found = targets(shelf)
    for i, target in enumerate(found):
        parts = [u.id for u in shelf.law.unit(target).walk()]
        hits = [(target, parts[-1]), (found[i - 1], found[i - 1])]
        answer = compose_found(shelf, hits, language)
        assert_verbatim(answer, shelf.law.source)
        assert answer.status == "answered"
        assert answer.matches == (target, found[i - 1])
        assert answer.source_dates == ("2023-06-27",)


def test_a_reply_is_short_and_shows_the_part_in_focus(shelf):
    for target in targets(shelf):
        unit = shelf.law.unit(target)
        for part in unit.walk():
            words = excerpt(shelf, target, part.id, "en")
            assert len(words) <= 2 * EXCERPT + 20
            if len(unit.children) and part.id != target and len(unit.own) < 400:
                child = next(c for c in unit.children if c.provision.holds(part.provision))
                assert shelf.law.quote(child.id)[:60] in words or len(shelf.law.quote(target)) <= EXCERPT


def test_korean_readers_get_our_rendering_marked_unofficial(shelf):
    answer = compose_found(shelf, [("73-9/4", "73-9/4")], "ko")
    assert "비공식" in answer.text
    assert "3주" in answer.text
    assert answer.citations[0].rendering == shelf.notes["73-9/4"].rendering_ko
    assert answer.citations[0].label == "제73조의9제4항"
    assert compose_found(shelf, [("73-9/4", "73-9/4")], "en").citations[0].rendering is None


@pytest.mark.parametrize(
    ("number", "status", "says"),
    [
        ("5", "no_evidence", "deleted"),
        ("85", "no_evidence", "Article 83-3"),
        ("999", "no_evidence", "no Article 999"),
        ("71/9", "answered", "no such part"),
    ],
)
def test_what_is_not_there_is_said_plainly(shelf, number, status, says):
    answer = compose_provision(shelf, number, "en")
    assert answer.status == status
    assert says in answer.lead
    assert_verbatim(answer, shelf.law.source)


def test_another_law_is_not_answered_from_this_one(shelf):
    for language in LANGUAGES:
        answer = compose_other_law("66-11", "the Act", language)
        assert answer.status == "not_in_text"
        assert answer.citations == ()


def test_the_past(shelf):
    answer = compose_former(shelf, "73-4", dt.date(2017, 12, 31), "en")
    assert "Article 73-6" in answer.lead
    assert "18 January 2018" in answer.lead
    assert answer.citations[0].provision == "73-6"
    assert compose_former(shelf, "71/1", dt.date(2020, 1, 1), "ko").citations[0].provision == "71/1"


def test_addenda(shelf):
    answer = compose_addendum(shelf, "33198", "en")
    assert "5 January 2023" in answer.lead
    assert_verbatim(answer, shelf.law.source)
    assert "33999" in compose_addendum(shelf, "33999", "ko").lead
    assert compose_addendum(shelf, "33999", "ko").status == "no_evidence"
    for addendum in shelf.law.addenda:
        assert_verbatim(compose_addendum(shelf, addendum.decree_number, "ko"), shelf.law.source)


def test_a_list_names_each_provision(shelf):
    answer = compose_list(shelf, ["71/1", "71/2"], "ko")
    assert answer.suggestions == ("제71조제1항", "제71조제2항")
    assert answer.text.count("•") == 2


def test_korean_readers_get_korean_headings(shelf):
    for article in shelf.law.living:
        (citation,) = compose_provision(shelf, article.number, "ko").citations
        assert all(any("가" <= c <= "힣" for c in part) for part in citation.path), citation.path
        assert any("가" <= c <= "힣" for c in citation.title)
        assert citation.heading in shelf.law.source
