"""The command ``festival check``: words of both languages, JSON, and sentences for bad values."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from actions.festival_commands import read_words, run_festival_check
from knowledge.obligations.festival import BASES, FestivalFacts

TODAY = dt.date(2026, 11, 26)
NOTHING = dict.fromkeys(("people", "venue", "materials", "date", "until", "host", "plan"))


def run(capsys, language="en", as_json=True, **given):
    assert run_festival_check(**{**NOTHING, **given}, language=language, as_json=as_json, today=TODAY) == 0
    printed = capsys.readouterr().out
    return json.loads(printed) if as_json else printed


def test_the_json_has_the_promised_fields(capsys):
    row = run(capsys, people="400", venue="water", materials=["firecrackers"], date="2027-05-03", host="private")
    assert row["applies"] is True
    assert row["grounds"] == ["73-9/1/2/a", "73-9/1/2/b"]
    assert (row["plan_due"], row["change_due"]) == ("2027-04-12", "2027-04-26")
    assert row["late"] is False
    assert row["missing"] == []
    assert all(set(line) == {"text", "basis", "provision"} for line in row["lines"])
    assert {line["basis"] for line in row["lines"]} == set(BASES)
    assert all((line["provision"] is not None) == (line["basis"] == "decree") for line in row["lines"])


def test_applies_is_true_false_or_unclear(capsys):
    given = {"venue": "other", "materials": ["none"], "date": "2027-05-03", "host": "private"}
    assert [run(capsys, people=people, **given)["applies"] for people in ("999", "1000", "1001", "1,001")] == [
        False,
        "unclear",
        True,
        True,
    ]


def test_both_languages_say_the_same_facts(capsys):
    english = run(capsys, people="800-1200", venue="river", materials=["fireworks"], date="2027-05-03", host="club")
    korean = run(
        capsys, "ko", people="800~1,200명", venue="강", materials=["불꽃놀이"], date="2027-05-03", host="민간"
    )
    assert [(line["basis"], line["provision"]) for line in english.pop("lines")] == [
        (line["basis"], line["provision"]) for line in korean.pop("lines")
    ]
    assert english == korean


def test_the_text_is_the_answer(capsys):
    english = run(capsys, as_json=False, people="2000", venue="park", materials=["none"], date="2027-05-03")
    assert english.startswith("Yes: the rules for festivals apply to yours (Article 73-9).")
    assert "Still needed: who hosts it" in english
    korean = run(capsys, "ko", as_json=False, people="100", venue="광장", materials=["없음"], host="시청")
    assert korean.startswith("아니요")


WORDS = [
    ({"venue": "mountain"}, FestivalFacts(venue="mountain")),
    ({"venue": "산"}, FestivalFacts(venue="mountain")),
    ({"venue": "on the water"}, FestivalFacts(venue="water")),
    ({"venue": "수면"}, FestivalFacts(venue="water")),
    ({"venue": "기타"}, FestivalFacts(venue="other")),
    ({"materials": ["none"]}, FestivalFacts(materials=())),
    ({"materials": ["없음"]}, FestivalFacts(materials=())),
    ({"materials": ["fire,gas"]}, FestivalFacts(materials=("fire", "gas"))),
    ({"materials": ["inflammable", "gas"]}, FestivalFacts(materials=("gas",))),
    ({"materials": ["inflammable gas", "petrol"]}, FestivalFacts(materials=("gas", "petroleum"))),
    ({"materials": ["모닥불", "폭죽", "석유류", "LPG"]}, FestivalFacts(
        materials=("fire", "firecrackers", "petroleum", "gas"))),
    ({"materials": ["other"]}, FestivalFacts(materials=("other",))),
    ({"host": "local-government"}, FestivalFacts(host="local_government")),
    ({"host": "지자체"}, FestivalFacts(host="local_government")),
    ({"host": "상인회"}, FestivalFacts(host="private")),
    ({"plan": "Handed in"}, FestivalFacts(plan="submitted")),
    ({"plan": "변경"}, FestivalFacts(plan="changing")),
    ({"people": "1,200"}, FestivalFacts(people=1200)),
    ({"people": "500~600"}, FestivalFacts(people=500, people_high=600)),
    ({"people": "천이백 명"}, FestivalFacts(people=1200)),
    ({"people": "1천명"}, FestivalFacts(people=1000)),
    ({"people": "1.2k"}, FestivalFacts(people=1200)),
    (
        {"date": "2027-05-03", "until": "2027-05-05"},
        FestivalFacts(start=dt.date(2027, 5, 3), end=dt.date(2027, 5, 5)),
    ),
]


@pytest.mark.parametrize(("given", "facts"), WORDS)
def test_words_of_both_languages_are_read(given, facts):
    assert read_words(**{**NOTHING, **given}) == facts


BAD = [
    {"people": "many"},
    {"people": "몇백 명"},
    {"people": "over 900"},
    {"people": "about 1200"},
    {"people": "0"},
    {"people": "-3"},
    {"people": "600-500"},
    {"venue": "riverside"},
    {"materials": ["helium"]},
    {"materials": ["none", "fire"]},
    {"date": "2027-02-29"},
    {"date": "3 May"},
    {"until": "2027-05-03"},
    {"date": "2027-05-03", "until": "2027-05-01"},
    {"host": "nobody"},
    {"plan": "maybe"},
    {"date": "0001-01-05", "people": "2000"},
]


@pytest.mark.parametrize("given", BAD)
def test_a_bad_value_is_one_sentence(given):
    with pytest.raises(ValueError, match=r"\.$") as caught:
        run_festival_check(**{**NOTHING, **given}, language="en", as_json=True, today=TODAY)
    assert "\n" not in str(caught.value)
