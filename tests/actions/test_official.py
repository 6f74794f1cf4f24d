"""Official Korean text beside the English: what is quoted, which version, and what changed later."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from actions.compose_later import amended_later
from actions.compose_rule import compose_found, compose_provision
from index.passages import targets
from knowledge.later_changes import touching
from knowledge.statute import display
from knowledge.statute_store import StatuteStore
from tests.conftest import SHARED

DECREES = SHARED / "data" / "law" / "framework_act"


@pytest.fixture(scope="module")
def korean(shelf, tmp_path_factory):
    """The shelf with every version of the Korean decree that lies beside the repository."""
    if not DECREES.exists():
        pytest.skip("the Korean decrees (../shared/data/law) are not on this machine")
    store = StatuteStore(tmp_path_factory.mktemp("laws"))
    for path in sorted(DECREES.glob("decree_*.md")):
        store.add(path.read_bytes())
    return dataclasses.replace(shelf, official=lambda provision, day: store.pair(provision, as_of=day)), store


def test_korean_answers_quote_the_official_korean_words(korean):
    shelf, store = korean
    newest = store.newest_in_force("009708", dt.date.today()).statute()
    plain = display(newest.source)
    for target in targets(shelf):
        answer = compose_found(shelf, [(target, target)], "ko")
        (citation,) = answer.citations
        assert citation.quote == shelf.law.quote(target)
        if citation.quote_ko is None:
            assert citation.rendering
            continue
        assert citation.quote_ko in plain
        assert citation.quote_ko_version == "35947"
        assert "대통령령 제35947호" in answer.text
        for part in answer.text.split("“")[1].split("”")[0].split("[…]"):
            assert part.strip() in plain


def test_the_day_asked_about_chooses_the_version(korean):
    shelf, _ = korean
    for day, version in (
        (dt.date(2023, 7, 1), "33578"),
        (dt.date(2024, 1, 1), "33938"),
        (dt.date(2023, 2, 1), "33198"),
    ):
        (citation,) = compose_found(shelf, [("71/1", "71/1")], "ko", as_of=day).citations
        assert citation.quote_ko_version == version


def test_a_provision_that_moved_is_quoted_where_it_stands_now(korean):
    shelf, _ = korean
    (citation,) = compose_provision(shelf, "73-9/4", "ko").citations
    assert citation.label == "제73조의9제6항"
    assert citation.quote_ko.startswith("⑥")
    assert citation.provision == "73-9/4"


def test_english_readers_get_the_english_words(korean):
    shelf, _ = korean
    (citation,) = compose_provision(shelf, "73-9/4", "en").citations
    assert citation.quote_ko is None
    assert citation.amended_later


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_answer_says_what_was_changed_later(shelf, language):
    told = 0
    for target in targets(shelf):
        answer = compose_found(shelf, [(target, target)], language)
        sentence = amended_later(shelf, target, language)
        assert bool(sentence) == bool(touching(target)), target
        assert answer.citations[0].amended_later == sentence
        if sentence:
            told += 1
            assert sentence in answer.text
            assert "2023" in sentence
    assert told > 100


def test_what_is_said_of_a_change(shelf):
    assert amended_later(shelf, "71/1", "en") is None
    assert "26 March 2024" in amended_later(shelf, "73-9/1", "en")
    assert "34354" in amended_later(shelf, "73-9/1", "ko")
    assert "Article 73-9 (6)" in amended_later(shelf, "73-9/4", "en")
