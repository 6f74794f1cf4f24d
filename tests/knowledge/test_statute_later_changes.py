from __future__ import annotations

import datetime as dt
import json

import pytest

from knowledge.amended_since import Comparison
from knowledge.amended_since import facts as derived
from knowledge.enforcement_days import Instrument
from knowledge.later_changes import (
    FACTS,
    KINDS,
    LaterChangesError,
    decree_in_force_on,
    facts,
    later_changes,
    number_in,
    touching,
)
from knowledge.provision import Provision
from knowledge.statute_read import read_statute
from tests.knowledge.statute_samples import LAWS, framework, real, sample

NOW, THEN = dt.date(2026, 1, 2), dt.date(2023, 12, 12)


def test_two_samples_are_compared():
    old, new = sample(), sample("umbrella_102.md")
    index = (Instrument("102", dt.date(2023, 9, 5), dt.date(2024, 3, 6)),)
    rows = [(c.provision, c.kind, c.to, c.number, c.in_force) for c in Comparison(old.law, new.law, index).changes()]
    assert rows == [
        ("4/1", "amended", None, "102", dt.date(2024, 3, 6)),
        ("4/2", "inserted", None, "102", dt.date(2024, 9, 1)),  # the 다만 clause of the addenda
        ("4/2", "moved", "4/3", "102", dt.date(2024, 3, 6)),
    ]


def test_a_change_that_no_note_dates_is_listed_between():
    old = sample()
    text = old.source.replace("역 앞", "역 뒤").encode()
    (change,) = Comparison(old.law, read_statute(text).law, ()).changes()
    assert (change.provision, change.kind, change.promulgated) == ("2/0/1", "amended", None)
    assert change.between == ("101", "101")


def test_the_file_holds_facts_only(law):
    row = json.loads(FACTS.read_text("utf-8"))
    assert row["publisher"] == "law.go.kr"
    assert (row["text"]["number"], row["as_of"]["number"]) == ("33578", "35947")
    allowed = {"provision", "kind", "to", "number", "promulgated", "in_force", "lead", "between", "within"}
    numbers = {v["number"] for v in row["versions"]}
    for change in row["changes"]:
        assert set(change) <= allowed
        assert change["kind"] in KINDS
        Provision.parse(change["provision"], "", "")
        assert (change["number"] in numbers) != bool(change.get("between"))
        assert change["promulgated"] is None or change["promulgated"] > "2023-06-27"
        if change["kind"] != "inserted":
            assert law.has(change["provision"]), change
    assert "다." not in FACTS.read_text("utf-8")


def test_changes_of_a_paragraph():
    (moved,) = touching("73-9/4")
    assert (moved.kind, moved.to, moved.number, moved.promulgated) == ("moved", "73-9/6", "34354", dt.date(2024, 3, 26))
    assert touching("1") == ()
    assert touching("84-6/3/1") == ()


def test_changes_of_parts_and_of_holders():
    whole = {change.provision for change in touching("73-9")}
    assert {"73-9/1", "73-9/2/2", "73-9/4", "73-9/11"} <= whole
    assert {c.provision for c in touching("73-9/1/2/b")} == {"73-9/1"}  # its opening words changed
    assert {c.provision for c in touching("6/1/1")} == {"6/1", "6/1/1"}  # undated, so the paragraph's dates are told
    assert touching("6/1/4") == ()
    assert {c.kind for c in touching("43-2/1")} == {"deleted"}
    assert touching("4/0") == touching("4")


def test_a_new_provision_that_took_the_number_is_not_the_old_one():
    assert all(change.kind != "inserted" for change in touching("73-10"))
    assert [c.provision for c in touching("29-2") if c.kind == "inserted"] == ["29-3/2", "29-3/3"]
    assert all(c.provision != "29-3/2" for c in touching("29-3"))


def test_newest_first_and_by_provision():
    days = [change.promulgated for change in later_changes()["6/1"]]
    assert days == sorted(days, reverse=True)
    told = [change.promulgated or facts().as_of.promulgated for change in touching("6")]
    assert told == sorted(told, reverse=True)


def test_numbers_in_later_versions():
    assert number_in("73-9/4", NOW) == "73-9/6"
    assert number_in("73-9/4", THEN) == "73-9/4"
    assert number_in("79-5/2", NOW) == "79-6/2"
    assert number_in("79-5/2", THEN) == "79-5/2"
    assert number_in("79-5/2", dt.date(2024, 8, 1)) is None  # moved some day between two versions
    assert number_in("29-2/2", THEN) == "29-2/4"
    assert (number_in("44", NOW), number_in("44/0/1", NOW)) == ("44", "44/1/1")
    assert number_in("43", NOW) is None


def test_the_decree_in_force_on_a_day():
    assert decree_in_force_on(dt.date(2023, 8, 16)) is None
    assert decree_in_force_on(dt.date(2024, 4, 1)).number == "34354"
    assert decree_in_force_on(dt.date(2026, 6, 1)).number == "35947"


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(LaterChangesError, match="restore it"):
        facts(tmp_path / "none.json")


@real
def test_the_file_is_what_the_versions_give():
    assert json.loads(FACTS.read_text("utf-8")) == derived(LAWS / "framework_act")


@real
def test_no_changed_provision_is_left_out(law):
    """Every unit whose words differ in the newest version, however it is looked up, is touched by a change."""
    old, new = (read_statute(framework(number).read_bytes()).law for number in ("33578", "35947"))
    missed = []
    for unit in old.units():
        now = number_in(unit.id, NOW)
        same = now is not None and new.has(now) and _words(new.unit(now)) == _words(unit)
        if not same and not touching(unit.id) and not unit.deleted:
            missed.append(unit.id)
    assert missed == []


def _words(unit) -> str:
    return "".join(f"{unit.own} {unit.words()}".split())
