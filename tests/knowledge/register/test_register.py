"""The register: complete in both languages, its ids well formed, its states true, its page up to date."""

from __future__ import annotations

import json
import re

import pytest

from knowledge.catalogue.model import KINDS, CatalogueError, Record, Source
from knowledge.catalogue.opening import settings
from knowledge.catalogue.sqlite import SqliteCatalogue
from knowledge.errors import KnowledgeError
from knowledge.register.commands import run_sources
from knowledge.register.datasets import EVIDENCE, datasets, find
from knowledge.register.page import PAGE, page
from knowledge.register.states import STATES, register, standing
from knowledge.register.topics import GROUPS, topic_of, topics

WORDS = {"ko": "더위", "en": "heat"}
HEAT = Source("ansan-heat-shelters", ("heat_shelter",), WORDS, WORDS, "x", "https://example.org", "x", "2023-08", 180)


@pytest.fixture
def catalogue(monkeypatch, tmp_path):
    monkeypatch.setenv("ANSIM_CATALOGUE", str(tmp_path / "catalogue.sqlite"))
    settings.cache_clear()
    yield SqliteCatalogue(tmp_path / "catalogue.sqlite")
    settings.cache_clear()


def test_topics_are_whole():
    for topic in topics().values():
        assert topic.group in GROUPS
        assert topic.where, topic.id
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", topic.id)
        assert set(topic.kinds) <= set(KINDS)
        for texts in (topic.name, topic.publisher, topic.note or WORDS, *(e.note or WORDS for e in topic.datasets)):
            assert set(texts) == {"ko", "en"}
            assert re.search("[가-힣]", texts["ko"]), (topic.id, texts)
            assert not re.search("[가-힣]", texts["en"]), (topic.id, texts)
        for entry in topic.datasets:
            assert entry.evidence in EVIDENCE
            assert entry.id == "" or re.fullmatch(r"\d{8}", entry.id)
            assert entry.id in entry.url
        assert set(topic.fetch) <= datasets().keys()


def test_every_kind_of_the_catalogue_has_one_topic():
    listed = [kind for topic in topics().values() for kind in topic.kinds]
    assert sorted(listed) == sorted(KINDS)
    assert topic_of("aed").id == "aed"
    with pytest.raises(KeyError):
        topic_of("lift")


def test_every_service_belongs_to_a_topic():
    belonging = {id for topic in topics().values() for id in topic.fetch}
    elsewhere = {id for id, each in datasets().items() if id not in belonging}
    # map layers and older copies of a service that is listed, and services seen by their number only
    assert elsewhere == {
        *(f"DSSP-IF-{n}" for n in ("00103", "00106", "00706", "10748", "00026", "10187")),
        "tsunami-sites-old",
    }


def test_provisions_of_the_register_are_in_the_decree(law):
    cited = {provision for topic in topics().values() for provision in topic.law}
    assert cited == {"73-7/1/5", "39-4"}
    assert "results of inspections" in law.unit("73-7/1/5").own
    assert "Intensive Safety Inspection Period" in law.unit("39-4").own + str(vars(law.unit("39-4")))


def test_datasets_are_well_formed():
    assert len(datasets()) >= 50
    for each in datasets().values():
        assert each.path.startswith("/")
        assert each.evidence in EVIDENCE
        assert each.rows <= 1000
        assert set(each.name) == {"ko", "en"}
        assert bool(each.kind) == bool(each.source)
        if each.portal == "safetydata":
            assert re.fullmatch(r"DSSP-IF-\d{5}", each.id)
            assert each.path == f"/V2/api/{each.id}"
            assert each.parameters["returnType"] == "json"
    assert [each.id for each in datasets().values() if each.changes_forbidden] == ["DSSP-IF-00247", "DSSP-IF-10748"]


@pytest.mark.parametrize(
    "name", ["10942", "DSSP-IF-10942", "dssp-if-10942", "15138456", "korea-heat-shelters", " 10942 "]
)
def test_a_dataset_has_several_names(name):
    assert [each.id for each in find(name)] == ["DSSP-IF-10942"]


def test_no_name_finds_nothing():
    assert find("") == find("  ") == find("99999") == []


def test_states():
    def states(id, *held):
        return standing(topics()[id], held, {("ansan-heat-shelters", "heat_shelter"): 334}).states

    assert states("heat-shelters") == ("fetchable", "importable")
    assert states("heat-shelters", HEAT) == ("held", "fetchable", "importable")
    assert states("cold-shelters", HEAT) == ("fetchable", "importable")
    assert states("police") == ("importable",)
    assert states("playgrounds") == ("published",)
    assert states("disaster-messages") == ("published",)  # its licence forbids importing it
    assert states("childcare") == ("unknown",)
    assert {state for row in register() for state in row.states} <= set(STATES)


def test_a_source_that_is_held_but_empty_is_not_held():
    assert "held" not in standing(topics()["heat-shelters"], [HEAT], {}).states


def test_what_is_held_is_shown_with_rows_and_date(catalogue, capsys):
    catalogue.replace(HEAT, [Record(HEAT.id, str(n), "heat_shelter", f"쉼터 {n}", 37.3, 126.8) for n in range(3)])
    assert run_sources(state="held", language="ko") == 0
    shown = capsys.readouterr().out
    assert "무더위쉼터" in shown
    assert "ansan-heat-shelters: 3건, 2023-08 기준" in shown
    assert "승강기" not in shown
    assert run_sources(as_json=True) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)["topics"]}
    assert rows.keys() == topics().keys()
    assert rows["heat-shelters"]["states"][0] == "held"
    assert rows["heat-shelters"]["held"][0] | {"title": 0} == {
        "source": "ansan-heat-shelters",
        "rows": 3,
        "as_of": "2023-08",
        "title": 0,
    }
    assert rows["childcare"]["datasets"] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "no dataset id known to us"), ("ko", "데이터 번호를 알지 못함")]
)
def test_an_unknown_id_is_said_to_be_unknown(catalogue, capsys, language, words):
    catalogue.replace(HEAT, [])
    assert run_sources(state="unknown", language=language) == 0
    assert words in capsys.readouterr().out


def test_without_a_catalogue_the_register_is_shown_and_the_gap_said(catalogue, capsys):
    assert run_sources() == 1
    shown = capsys.readouterr()
    assert "lifts: " in shown.out
    assert "could not be looked up" in shown.err
    with pytest.raises(CatalogueError):
        run_sources(state="held")
    assert run_sources(as_json=True) == 1
    assert json.loads(capsys.readouterr().out)["looked"] is False


def test_a_state_that_is_none():
    with pytest.raises(KnowledgeError, match="there are: held, fetchable"):
        run_sources(state="lost")


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == page(), "run: python -m knowledge.register.page"
