"""Answers about the data itself: dated, counted, and never "there is none" where we hold none."""

from __future__ import annotations

import re

import pytest

from actions.compose_sources import LISTED, compose_no_such_data, compose_sources
from knowledge.catalogue.model import Source
from knowledge.register.topics import topics
from nlu.language import LANGUAGES
from nlu.route import SOURCES, route
from nlu.say import payload


def source(name, as_of="2023-11"):
    title = {"ko": f"시험 목록 {name}", "en": f"test list {name}"}
    return Source(name, ("heat_shelter",), title, title, "x", "https://example.org", "x", as_of, 365)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_held_is_listed_with_rows_and_date(language):
    held = [source("a"), source("b", "2025-07-01"), source("empty")]
    counts = {("a", "heat_shelter"): 334, ("b", "heat_shelter"): 11000, ("b", "hydrant"): 4}
    answer = compose_sources(held, counts, language)
    assert answer.status == "answered"
    first, second = re.findall(r"^•.*$", answer.text, re.MULTILINE)
    assert held[1].title[language] in first
    assert "11,004" in first
    assert "2025-07-01" in first
    assert "334" in second
    assert "2023-11" in second
    assert answer.source_dates == ("2025-07-01", "2023-11")
    assert answer.computed[0] == {"source": "b", "rows": 11004, "as_of": "2025-07-01"}
    assert "docs/" not in answer.text
    offered = re.findall(r"“([^”]+\?)”", answer.text)
    assert len(offered) == 2
    for question in offered:
        assert route(question, language).skill == SOURCES, question
    assert payload(answer)["json_message"]["answer"]["status"] == "answered"


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_held_of_one_topic(language):
    counts = {("a", "heat_shelter"): 334, ("b", "hydrant"): 4}
    answer = compose_sources([source("a"), source("b")], counts, language, "heat-shelters")
    assert [row["source"] for row in answer.computed] == ["a"]
    assert answer.text.count("•") == 1
    assert compose_sources([source("b")], counts, language, "heat-shelters").status == "no_such_data"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_catalogue_is_said_to_be_empty(language):
    answer = compose_sources([source("empty")], {}, language)
    assert answer.status == "no_such_data"
    assert "•" not in answer.text
    assert answer.source_dates == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_is_cut(language):
    held = [source(f"s{n:03}") for n in range(50)]
    answer = compose_sources(held, {(s.id, "heat_shelter"): 1 for s in held}, language)
    assert answer.text.count("•") == LISTED
    assert len(answer.computed) == 50


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic_id", topics())
def test_every_topic_has_an_answer_in_both_languages(topic_id, language):
    topic = topics()[topic_id]
    answer = compose_no_such_data(topic_id, language)
    assert answer.status == "no_such_data"
    assert topic.name[language] in answer.lead
    assert "110" in answer.text
    assert "{" not in answer.text
    listed = [entry for entry in topic.datasets if entry.id and not entry.note]
    if listed:
        assert topic.publisher[language] in answer.text
        assert any(entry.id in answer.text for entry in listed)
    if topic.group == "responder":
        assert [call.number for call in answer.calls] == ["119", "112", "110"]
    bare = re.sub(r"“[^”]*”|https?\S+", "", answer.text)  # names of datasets stay as the portal lists them
    assert bool(re.search("[가-힣]", bare)) == (language == "ko")


@pytest.mark.parametrize(
    ("topic_id", "number"), [("lifts", "15151161"), ("aed", "15000652"), ("playgrounds", "15124524")]
)
def test_the_dataset_is_named_by_its_number(topic_id, number):
    for language in LANGUAGES:
        assert number in compose_no_such_data(topic_id, language).text


def test_what_we_do_not_know_is_said():
    for topic_id in ("childcare", "gas", "schools", "fire-inspections"):
        assert "I know no dataset number" in compose_no_such_data(topic_id, "en").text
        assert "데이터 번호는 알지 못합니다" in compose_no_such_data(topic_id, "ko").text
    assert "places of schools only" in compose_no_such_data("schools", "en").text
    assert "not verified" in compose_no_such_data("harm-areas", "en").text
    assert "number not known" in compose_no_such_data("public-use-businesses", "en").text


def test_the_provision_behind_a_disclosure_is_named():
    assert "Article 73-7 (1) 5" in compose_no_such_data("lifts", "en").text
    assert "제73조의7제1항제5호" in compose_no_such_data("lifts", "ko").text
    assert compose_no_such_data("aed", "en").suggestions == ()


def test_no_topic_is_an_error():
    with pytest.raises(KeyError):
        compose_no_such_data("all", "en")
