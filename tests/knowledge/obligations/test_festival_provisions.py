"""Every number of a decree line stands in its provision; every line has its words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from knowledge import numbers
from knowledge.library import decree
from knowledge.obligations import festival
from knowledge.obligations.festival import Line
from tests.actions.test_festival import SCENARIOS, checked

NLU = Path(festival.__file__).parents[2] / "nlu"
TEXTS = {each: yaml.safe_load((NLU / each / "festival.yml").read_text("utf-8"))["texts"] for each in ("en", "ko")}
READ = {"en": numbers.numbers_en, "ko": numbers.numbers_ko}
PROVISIONS = {
    **dict.fromkeys(("ground_people", "ground_people_range", "people_exactly", "people_straddle"), "73-9/1/1"),
    **dict.fromkeys(("people_unknown", "not_people", "not_people_range"), "73-9/1/1"),
    **dict.fromkeys(("ground_mountain", "ground_water", "venue_unknown", "not_venue"), "73-9/1/2/a"),
    **dict.fromkeys(("ground_materials", "materials_unknown", "materials_other", "not_materials"), "73-9/1/2/b"),
    **dict.fromkeys(("not_covered", "term"), "73-9/1"),
    "opinions": "73-9/3",
    "parts": "73-9/2",
    **{f"part_{number}": f"73-9/2/{number}" for number in range(1, 6)},
    **dict.fromkeys(("private_host", "host_unknown", "local_host", "submit", "submit_undated"), "73-9/4"),
    **dict.fromkeys(("change", "change_undated", "first_day", "closed", "over", "submitted"), "73-9/4"),
    **{f"{what}_{how}": "73-9/4" for what in ("plan", "change") for how in ("left", "today", "late")},
    "manual": "73-9/5",
    "details": "73-9/6",
}
"""The provision of every line whose words are about the bundled text."""
SINCE = {
    f"{kind}_{when}" for kind in ("amended", "inserted", "moved", "deleted") for when in ("later", "between")
}
"""Lines about later decrees: all their numbers are values of the facts file."""
FIGURES = {
    "practice_manual_density": {"2024", "9", "134", "4"},
    "practice_local_staff": {"2022", "200", "50"},
    "practice_local_smaller": {"500", "14"},
    "practice_ordinance_opinion": {"21", "37", "500", "1000"},
    "practice_ansan": set(),
}
"""Figures of practice, none of them from the decree: the Ministry's manual of September 2024, the press on
South Chungcheong and Gumi, and opinion 21-0037 of the Ministry of Government Legislation."""


def stated(key, language):
    """Numbers of a template, its placeholders left out; a single one is no figure."""
    words = re.sub(r"\{\w+\}", "", TEXTS[language]["line"][key])
    return READ[language](words) - {"1"}


def keys_of(basis):
    return {line.key for line in every_line() if line.basis == basis}


def every_line():
    """Every line that any of the hand-checked scenarios gives."""
    found: dict[str, Line] = {}
    for row in SCENARIOS:
        for line in checked(row).lines:
            found.setdefault(line.key, line)
    return list(found.values())


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize("key", PROVISIONS)
def test_a_number_of_a_decree_line_stands_in_its_provision(key, language):
    quote = decree().law.quote(PROVISIONS[key])
    held = numbers.numbers_en(quote) | numbers.implied_en(quote)
    assert stated(key, language) <= held


@pytest.mark.parametrize("language", READ)
def test_the_numbers_of_the_rule_are_said(language):
    assert "1000" in stated("people_exactly", language)
    assert "3" in stated("submit", language)
    assert "3" in stated("submit_undated", language)
    assert "7" in stated("change", language)
    assert "7" in stated("change_undated", language)


def test_the_numbers_the_check_counts_with_are_those_of_the_text():
    law = decree().law
    assert f"exceed {festival.THRESHOLD:,} at one time" in law.quote(festival.BY_NUMBER)
    filing = law.quote(festival.FILING)
    assert "three weeks before date of the festival" in filing
    assert festival.PLAN_WEEKS == 3
    assert "no later than seven days before the date of the festival" in filing
    assert festival.CHANGE_DAYS == 7
    assert len(law.unit(festival.PARTS).children) == len(festival.REQUIRED_PARTS)
    assert [child.id for child in law.unit(festival.PARTS).children] == list(festival.REQUIRED_PARTS)


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize("key", sorted(SINCE))
def test_a_line_about_later_decrees_has_no_number_of_its_own(key, language):
    assert stated(key, language) == set()


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize("key", FIGURES)
def test_a_line_of_practice_has_the_figures_of_its_source_and_no_others(key, language):
    assert stated(key, language) == FIGURES[key]


@pytest.mark.parametrize("language", READ)
def test_advice_has_no_numbers(language):
    for key in TEXTS[language]["line"]:
        if key.startswith("advice_"):
            assert stated(key, language) == set(), key


def test_the_lines_given_have_the_provision_and_basis_expected_of_their_key():
    for line in every_line():
        if line.basis == "decree" and line.key not in SINCE:
            assert line.provision == PROVISIONS[line.key]
        assert (line.key in FIGURES) == (line.basis == "ministry")
        assert line.key.startswith("advice_") == (line.basis == "good_practice")


def test_both_languages_have_the_same_texts():
    def shape(node):
        return {key: shape(value) for key, value in node.items()} if isinstance(node, dict) else type(node)

    assert shape(TEXTS["en"]) == shape(TEXTS["ko"])
    for key, words in TEXTS["en"]["line"].items():
        assert sorted(re.findall(r"\{\w+\}", words)) == sorted(re.findall(r"\{\w+\}", TEXTS["ko"]["line"][key])), key


def test_every_text_of_a_line_is_one_the_check_can_give():
    given = {line.key for line in every_line()} | SINCE
    assert set(TEXTS["en"]["line"]) == given
    assert set(PROVISIONS) | SINCE | set(FIGURES) | keys_of("good_practice") == given


def test_what_changed_since_is_what_the_facts_file_says():
    from knowledge.later_changes import touching

    lines = [line for line in checked(SCENARIOS[0]).lines if line.key in SINCE]
    told = {(line.key.split("_")[0], provision) for line in lines for provision in line.values["provisions"]}
    assert {(change.kind, change.provision) for change in touching("73-9")} == told
