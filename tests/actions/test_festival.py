"""The festival check on hand-checked scenarios, and what its answers say in both languages."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.compose_festival import SINCE, compose_festival, line_text
from knowledge.library import decree
from knowledge.obligations.festival import BASES, HOSTS, MATERIALS, PLANS, VENUES, FestivalFacts, check

SAMPLES = Path(__file__).parent / "samples" / "festival_scenarios.jsonl"
SCENARIOS = [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]
LANGUAGES = ("en", "ko")


def facts_of(row):
    given = dict(row["facts"])
    for name in ("start", "end"):
        if name in given:
            given[name] = dt.date.fromisoformat(given[name])
    if "materials" in given:
        given["materials"] = tuple(given["materials"])
    return FestivalFacts(**given)


def day(text):
    return dt.date.fromisoformat(text) if text else None


def checked(row):
    return check(facts_of(row), dt.date.fromisoformat(row["today"]))


def scenario(name):
    return next(row for row in SCENARIOS if row["id"] == name)


def test_the_table_is_large_and_names_each_scenario_once():
    assert len(SCENARIOS) >= 44
    assert len({row["id"] for row in SCENARIOS}) == len(SCENARIOS)


@pytest.mark.parametrize("row", SCENARIOS, ids=lambda row: row["id"])
def test_a_scenario_comes_out_as_checked_by_hand(row):
    found = checked(row)
    assert ("unclear" if found.applies is None else found.applies) == row["applies"]
    assert list(found.grounds) == row["grounds"]
    assert (found.plan_due, found.change_due) == (day(row["plan_due"]), day(row["change_due"]))
    assert found.late is row["late"]
    assert list(found.missing) == row["missing"]
    keys = {line.key for line in found.lines}
    assert set(row["has"]) <= keys
    assert not set(row["lacks"]) & keys


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", SCENARIOS, ids=lambda row: row["id"])
def test_a_scenario_reads_in_both_languages(row, language):
    found = checked(row)
    answer = compose_festival(found, facts_of(row), language)
    assert answer.text.startswith(answer.lead)
    assert "{" not in answer.text
    assert answer.status == ("clarify" if row["applies"] == "unclear" and row["missing"] else "answered")
    values = {each["name"]: each["value"] for each in answer.computed}
    assert values["festival_applies"] == row["applies"]
    assert values.get("plan_due") == row["plan_due"]
    assert values.get("change_due") == row["change_due"]
    if row["plan_due"] and not answer.text.count(str(day(row["plan_due"]).year)):
        pytest.fail("the due day is not in the text")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", SCENARIOS, ids=lambda row: row["id"])
def test_bases_stand_apart_and_in_order(row, language):
    found = checked(row)
    order = [BASES.index(line.basis) for line in found.lines]
    assert order == sorted(order)
    answer = compose_festival(found, facts_of(row), language)
    blocks = answer.text.split("\n\n")
    own = [line for line in found.lines if not line.key.endswith(SINCE)]
    for basis in BASES:
        said = [line_text(line, language) for line in own if line.basis == basis]
        holding = {number for number, block in enumerate(blocks) for line in said if line in block}
        assert len(holding) == 1, basis
        assert blocks[holding.pop()].count("\n") == len(said)
    since = [line_text(line, language) for line in found.lines if line.key.endswith(SINCE)]
    assert since
    assert all(f"\n※ {line}" in blocks[-1] for line in since)
    assert blocks[-1].count("\n") == len(since)


def test_what_is_missing_and_due_comes_first_and_what_changed_since_last():
    found = scenario("place unknown")
    for language in LANGUAGES:
        lead, missing, rules, *_ = compose_festival(checked(found), facts_of(found), language).text.split("\n\n")
        assert all(said not in lead for said in ("※", "•"))
        assert missing.startswith({"en": "Still needed: whether", "ko": "더 필요한 것: 장소"}[language])
        assert "2027" in rules.split("\n")[1]
    answer = compose_festival(checked(found), facts_of(found), "en", closing=("one", "two"))
    assert answer.text.split("\n\n")[-3:-1] == ["one", "two"]


@pytest.mark.parametrize("row", SCENARIOS, ids=lambda row: row["id"])
def test_every_decree_line_is_backed_by_a_verbatim_quote(row):
    shelf = decree()
    found = checked(row)
    cited = {c.provision: c.quote for c in compose_festival(found, facts_of(row), "en").citations}
    assert all(quote in shelf.law.source for quote in cited.values())
    for line in found.lines:
        if line.basis != "decree":
            assert line.provision is None
            continue
        words = shelf.law.quote(line.provision)
        assert words in shelf.law.source
        assert any(words in quote for quote in cited.values()), line.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decree_lines_carry_their_label(language):
    row = scenario("all three grounds")
    text = compose_festival(checked(row), facts_of(row), language).text
    labels = {
        "en": ("[Article 73-9 (1) 1]", "[Article 73-9 (1) 2 (a)]", "[Article 73-9 (1) 2 (b)]", "[Article 73-9 (4)]"),
        "ko": ("[제73조의9제1항제1호]", "[제73조의9제1항제2호가목]", "[제73조의9제1항제2호나목]", "[제73조의9제4항]"),
    }
    for label in labels[language]:
        assert label in text


def test_the_due_days_are_said_with_their_weekday_and_how_they_were_counted():
    row = scenario("ten days, counted from the first")
    english = compose_festival(checked(row), facts_of(row), "en")
    assert english.lead.endswith("The safety plan is due by 12 March 2027 (Friday).")
    assert "counted back from the first day, 2 April 2027 (Friday)" in english.text
    assert "It runs from 2 April 2027 (Friday) to 11 April 2027 (Sunday)." in english.text
    korean = compose_festival(checked(row), facts_of(row), "ko")
    assert korean.lead.endswith("안전관리계획은 2027년 3월 12일(금)까지 내야 합니다.")
    assert "첫날 2027년 4월 2일(금)부터 거꾸로 세어" in korean.text


SATURDAY = "22 May 2027 is a Saturday.", "2027년 5월 22일은 토요일입니다."
AFTER_SEOLLAL = "8 February 2027 is a public holiday (", "2027년 2월 8일은 공휴일(설날 다음날)입니다."
SUBSTITUTE = "9 February 2027 is a public holiday (", "2027년 2월 9일은 공휴일(설날 대체 휴일)입니다."
CHUSEOK = "15 September 2027 is a public holiday (Chuseok).", "2027년 9월 15일은 공휴일(추석)입니다."
CHILDREN = "5 May 2027 is a public holiday (Children's Day).", "2027년 5월 5일은 공휴일(어린이날)입니다."
CLOSED = {
    "both days on a Saturday": SATURDAY,
    "day after Seollal": AFTER_SEOLLAL,
    "substitute holiday of Seollal": SUBSTITUTE,
    "plan due on Chuseok": CHUSEOK,
    "change due on Chuseok": CHUSEOK,
    "Children's Day in mid-week": CHILDREN,
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_weekend_or_holiday_is_pointed_out_and_not_moved(name):
    row = scenario(name)
    english, korean = (compose_festival(checked(row), facts_of(row), each).text for each in LANGUAGES)
    assert CLOSED[name][0] in english
    assert CLOSED[name][1] in korean
    assert "The decree does not say that the day moves to another one." in english
    assert "다른 날로 옮겨진다고 하지 않습니다" in korean


OPEN = {
    "day after Seollal": dt.date(2027, 2, 5),
    "substitute holiday of Seollal": dt.date(2027, 2, 5),
    "plan due on Chuseok": dt.date(2027, 9, 13),
    "change due on Chuseok": dt.date(2027, 9, 13),
    "New Year's Day, across the year": dt.date(2026, 12, 31),
    "both days on a Saturday": dt.date(2027, 5, 21),
    "closed day already past is not advised": dt.date(2026, 12, 4),
}


@pytest.mark.parametrize("name", OPEN)
def test_the_last_working_day_before_is_advised(name):
    advised = [line.values["open"] for line in checked(scenario(name)).lines if line.key == "advice_open_day"]
    assert advised[0] == OPEN[name]


def test_a_holiday_on_a_sunday_is_both():
    facts = FestivalFacts(people=1500, venue="other", materials=(), host="private", start=dt.date(2027, 2, 28))
    found = check(facts, dt.date(2026, 11, 26))
    assert "2027년 2월 7일은 일요일이자 공휴일(설날)입니다" in compose_festival(found, facts, "ko").text
    assert "is a Sunday and public holiday (Korean New Year)" in compose_festival(found, facts, "en").text


def test_exactly_1000_says_both_texts():
    row = scenario("exactly 1,000")
    for language in LANGUAGES:
        answer = compose_festival(checked(row), facts_of(row), language)
        assert answer.status == "answered"
        assert "exceed 1,000" in answer.text
        assert "1천명 이상" in answer.text
    assert "exceed 1,000" in decree().law.quote("73-9/1/1")


def test_too_late_is_said_with_how_long_ago_and_what_to_do():
    row = scenario("due yesterday")
    english, korean = (compose_festival(checked(row), facts_of(row), each) for each in LANGUAGES)
    assert "too late already" in english.lead
    assert "25 November 2026 (Wednesday)" in english.lead
    assert "(days ago: 1)" in english.text
    assert "Hand it in at once" in english.text
    assert "이미 늦었습니다" in korean.lead
    assert "1일 지났습니다" in korean.text
    assert "곧바로 내고" in korean.text


def test_a_local_government_gets_no_filing_day():
    row = scenario("the city hosts, 5,000 people")
    english, korean = (compose_festival(checked(row), facts_of(row), each) for each in LANGUAGES)
    assert [each["name"] for each in english.computed] == ["festival_applies"]
    assert "makes and carries out its own plan" in english.text
    assert "지방자치단체나 중앙행정기관이 직접 여는 축제" in korean.text


def test_what_changed_since_is_said_with_decree_and_days():
    for row in SCENARIOS:
        english = compose_festival(checked(row), facts_of(row), "en").text
        assert (
            "Article 73-9 (4) stands as Article 73-9 (6) now, by Presidential Decree No. 34354 of 26 March 2024, "
            "in force from 27 March 2024." in english
        )
        korean = compose_festival(checked(row), facts_of(row), "ko").text
        assert "제73조의9제4항은 지금 제73조의9제6항입니다. 2024년 3월 26일 대통령령 제34354호, " in korean
        assert "Decree (text of 27 June 2023):" in english
        assert "시행령(2023년 6월 27일 기준):" in korean


def test_what_is_missing_is_named_and_offered():
    row = scenario("place unknown")
    answer = compose_festival(checked(row), facts_of(row), "en")
    assert "Still needed: whether it is held in the mountains" in answer.text
    assert "On the water" in answer.suggestions
    assert compose_festival(checked(row), facts_of(row), "ko").suggestions[0] == "산에서 해요"


@pytest.mark.parametrize(
    "facts",
    [
        FestivalFacts(venue="riverside"),
        FestivalFacts(materials=("helium",)),
        FestivalFacts(host="me"),
        FestivalFacts(plan="lost"),
        FestivalFacts(people=0),
        FestivalFacts(people=500, people_high=400),
        FestivalFacts(people=2000, start=dt.date(1, 1, 5)),
    ],
)
def test_a_word_or_number_that_means_nothing_is_refused(facts):
    with pytest.raises(ValueError, match=r"\.$"):
        check(facts, dt.date(2026, 11, 26))


FACTS = st.builds(
    FestivalFacts,
    people=st.none() | st.integers(1, 3000),
    venue=st.none() | st.sampled_from(VENUES),
    materials=st.none() | st.lists(st.sampled_from(MATERIALS), unique=True).map(tuple),
    host=st.none() | st.sampled_from(HOSTS),
    start=st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)),
    end=st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)),
    plan=st.none() | st.sampled_from(PLANS),
)


@settings(max_examples=150, deadline=None)
@given(FACTS, st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)))
def test_any_facts_give_a_whole_answer_that_holds_together(facts, today):
    found = check(facts, today)
    assert (found.applies is True) == bool(found.grounds)
    assert (found.plan_due is None) == (found.change_due is None)
    if found.plan_due:
        assert facts.start is not None
        assert (facts.start - found.plan_due).days == 21
        assert (facts.start - found.change_due).days == 7
        assert found.applies is not False
        assert facts.host != "local_government"
    assert not (found.late and found.plan_due is None)
    danger = facts.venue in ("mountain", "water") or set(facts.materials or ()) - {"other"}
    if danger or (facts.people or 0) > 1000:
        assert found.applies is True
    elif facts.venue == "other" and facts.materials == () and facts.people and facts.people != 1000:
        assert found.applies is False
    else:
        assert found.applies is None
    for language in LANGUAGES:
        assert "{" not in compose_festival(found, facts, language).text
