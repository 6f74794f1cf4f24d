"""Answers about duties: the day, how it was counted, quoted provisions, lists; and the commands."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from actions.compose_deadline import compose_deadline, compose_matter
from actions.compose_duty import compose_duties, compose_duty, compose_grades
from actions.duty_commands import run_deadline, run_duties
from actions.duty_parts import timed
from actions.respond import respond
from knowledge.library import decree
from knowledge.obligations.deadlines import holiday_name
from knowledge.obligations.duties import DutyError, duties, holders
from knowledge.obligations.said import when
from nlu.duties import TOPICS, DeadlineRequest, find_deadline, find_list
from nlu.duty_follow import DutyThread
from nlu.language import LANGUAGES
from nlu.route import DEADLINE
from nlu.texts import text

TODAY = dt.date(2026, 1, 20)


def deadline(text: str, language: str = "en") -> tuple[DeadlineRequest, object]:
    asked = find_deadline(text, language, TODAY)
    assert asked is not None
    return asked, compose_deadline(asked, language, TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("duty_id", list(duties()))
def test_every_duty_is_an_answer_with_its_provision_quoted(duty_id: str, language: str) -> None:
    row, answer = duties()[duty_id], compose_duty(duty_id, language)
    assert answer.status == "answered"
    (citation,) = answer.citations
    assert citation.provision == row.provision
    assert citation.quote == decree().law.quote(row.provision)
    assert citation.label in answer.text
    assert row.what[language][1:] in answer.text
    assert answer.computed[0]["provision"] == row.provision
    assert "{" not in answer.text
    if language == "ko":
        assert not re.search(r"\((이|가|은|는|을|를)\)", answer.text.replace(citation.quote, ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(TOPICS))
def test_every_topic_gives_a_day_or_says_there_is_none(name: str, language: str) -> None:
    topic = TOPICS[name]
    answer = compose_deadline(
        DeadlineRequest(topic.counted, dt.date(2025, 7, 3), topic.also, topic.note), language, TODAY
    )
    for value in answer.computed:
        row = duties()[value["duty"]]
        if row.period.structured:
            assert value["due"] == row.period.due(dt.date(2025, 7, 3)).isoformat()
    assert {c.provision for c in answer.citations} == {duties()[each].provision for each in topic.counted}


def test_the_flood_of_3_july() -> None:
    _, answer = deadline("the flood was on 3 July, until when can I claim?")
    assert [row["due"] for row in answer.computed] == ["2025-09-01", "2025-12-30"]
    assert "1 September 2025 (Monday)" in answer.text
    assert "passed already (141 days ago)" in answer.text
    assert "I took 3 July 2025 as the date the measures were taken" in answer.text
    assert "itself is not counted" in answer.text
    assert "Civil Act, which is not in this text" in answer.text
    assert "not from the disaster" in answer.text
    assert "within 60 days from the date of taking measures" in answer.text


def test_insurance_says_both_groups_and_that_the_table_is_not_here() -> None:
    _, answer = deadline("2026년 6월 1일에 준공 예정인데 보험은 언제까지 가입해야 해요?", "ko")
    assert [row["due"] for row in answer.computed] == ["2026-07-01", "2026-06-01"]
    assert "별표 3" in answer.text
    assert "이 본문에 없" in answer.text


def test_a_day_on_a_weekend_or_holiday_is_pointed_out() -> None:
    weekend = compose_deadline(DeadlineRequest(("festival-plan",), dt.date(2026, 5, 3)), "en", TODAY)
    assert "12 April 2026 (Sunday)" in weekend.text
    assert "weekend" in weekend.text
    holiday = compose_deadline(DeadlineRequest(("drill-notice",), dt.date(2026, 5, 20)), "en", TODAY)
    assert holiday.computed[0]["due"] == "2026-05-05"
    assert str(holiday_name(dt.date(2026, 5, 5), "en")) in holiday.text
    assert "공휴일" in compose_deadline(DeadlineRequest(("drill-notice",), dt.date(2026, 5, 20)), "ko", TODAY).text


def test_today_and_days_left() -> None:
    same = compose_deadline(DeadlineRequest(("drill-findings",), dt.date(2026, 1, 10)), "en", TODAY)
    assert "That day is today." in same.text
    ahead = compose_deadline(DeadlineRequest(("drill-findings",), dt.date(2026, 1, 12)), "en", TODAY)
    assert "2 days are left." in ahead.text
    tomorrow = compose_deadline(DeadlineRequest(("drill-findings",), dt.date(2026, 1, 11)), "en", TODAY)
    assert "That day is tomorrow." in tomorrow.text
    gone = compose_deadline(DeadlineRequest(("drill-findings",), dt.date(2026, 1, 9)), "ko", TODAY)
    assert "그 날은 어제였습니다." in gone.text


def test_the_day_stands_first() -> None:
    one = compose_deadline(DeadlineRequest(("drill-findings",), dt.date(2026, 1, 12)), "en", TODAY)
    assert one.lead == "The last day is 22 January 2026 (Thursday), counted from 12 January 2026."
    assert one.text.startswith(one.lead)
    one = compose_deadline(DeadlineRequest(("drill-findings",), dt.date(2026, 1, 12)), "ko", TODAY)
    assert one.lead == "마지막 날은 2026년 1월 22일(목)입니다. 2026년 1월 12일을 기준으로 셌습니다."
    several = compose_deadline(DeadlineRequest(TOPICS["loss"].counted, dt.date(2026, 1, 12)), "en", TODAY)
    assert several.text.splitlines()[1].startswith("• By 13 March 2026 (Friday): for a loss through mobilisation")


def test_a_line_is_a_sentence_to_read_out() -> None:
    listed = compose_duties(["festival-host"], "en").text
    assert "• If the plan is to be changed, they must submit the changed plan, no later than 7 days before" in listed
    assert "the date of the festival (Article 73-9 (4)). It goes to the head of the Si/Gun/Gu.\n" in listed
    listed = compose_duties(["festival-host"], "ko").text
    assert "• 계획을 변경하려는 때에는 변경된 계획을 제출해야 합니다. 시기: 축제 개최일 7일 전까지" in listed
    assert "낼 곳: 시장·군수·구청장" in listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_reads_as_a_sentence_and_says_its_time_once(language: str) -> None:
    for each in duties().values():
        line = timed(each, language, "list.row")
        if language == "en":
            assert line[2:].startswith(("They ", "If ", "For ", "After ", "While ", "As ", "In a ")), line
            assert line.endswith(")."), line
            assert not re.search(r", they (?!must|may|are|have|serve|follow|need)", line), line
        said = when(each.period, language)
        assert line.count(said) <= 1 + (each.condition is not None), line
        assert line.count("미리") <= 1, line
        assert not re.search(r"매년.*: 매년 \(", line), line
        doubled = ("beforehand", "in advance"), ("each year", "every year")
        for twice in doubled:
            assert not all(word in line for word in twice), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deadline_says_who_is_bound_and_where_the_paper_goes(language: str) -> None:
    told = compose_deadline(DeadlineRequest(("festival-change",), dt.date(2026, 5, 3)), language, TODAY).text
    assert {"en": "Who that is: festival hosts.", "ko": "대상: 지역축제를 개최하는 사람."}[language] in told
    assert {"en": "It goes to: the head of the Si/Gun/Gu.", "ko": "낼 곳(알릴 곳): 시장·군수·구청장."}[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_of_one_group_says_which_group(language: str) -> None:
    answer = compose_deadline(DeadlineRequest(TOPICS["insurance"].counted, dt.date(2026, 3, 2)), language, TODAY)
    for name in TOPICS["insurance"].counted:
        condition = duties()[name].condition
        assert condition is not None
        assert condition[language][1:] in answer.text


@pytest.mark.parametrize(("language", "date"), [("en", "27 June 2023"), ("ko", "2023년 6월 27일")])
def test_a_list_names_its_source_and_date(language: str, date: str) -> None:
    answer = compose_duties(("police",), language)
    assert decree().edition.short_title[language] in answer.text
    assert date in answer.text


def test_without_a_number_of_days_no_day_is_made_up() -> None:
    _, answer = deadline("House flooded on 3 July, until when do I report the damage for the relief money?")
    assert "without delay" in answer.text
    assert "no calendar day follows" in answer.text
    assert "due" not in answer.computed[0]


def test_an_unclear_or_impossible_day_is_asked_back() -> None:
    _, answer = deadline("The measures were taken 3/5/2025, deadline for the compensation claim?")
    assert answer.status == "clarify"
    assert "5 March 2025" in answer.text
    assert "3 May 2025" in answer.text
    _, answer = deadline("2월 30일에 조치가 있었는데 손실보상은 언제까지 청구하나요?", "ko")
    assert answer.status == "clarify"
    assert "달력에 없는 날" in answer.text


def test_later_changes_are_said() -> None:
    answer = compose_deadline(DeadlineRequest(("festival-plan",), dt.date(2026, 5, 3)), "en", TODAY)
    assert "Moved to Article 73-9 (6)" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("holder", list(holders()))
def test_a_list_for_every_holder(holder: str, language: str) -> None:
    answer = compose_duties((holder,), language)
    rows = [row for row in duties().values() if holder in row.holders]
    assert {value["duty"] for value in answer.computed} == {row.id for row in rows}
    assert answer.citations
    if len(rows) <= 20:
        assert all(row.what[language][1:] in answer.text for row in rows)


def test_a_restaurant_owner_gets_who_insures_and_what_is_unsure() -> None:
    asked = find_list("내가 식당 주인인데 뭘 해야 돼?", "ko")
    assert asked is not None
    answer = compose_duties(asked.holders, "ko")
    for provision in ("84-6/3/1", "84-6/3/2", "84-6/2/1", "84-6/2/2", "43-9/2"):
        assert provision in answer.matches
    assert "별표 3" in answer.text


def test_without_a_holder_it_asks_who() -> None:
    answer = compose_duties((), "en")
    assert answer.status == "clarify"
    assert "Duties of festival hosts" in answer.suggestions


def test_command_lists_by_word_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_duties("festival", None, False) == 0
    printed = capsys.readouterr().out
    assert "festival-plan" in printed
    assert "crisis-manual" not in printed
    assert run_duties(None, "ko", True) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["duty"] for row in rows} == set(duties())
    with pytest.raises(DutyError, match="no holder is called"):
        run_duties("wizard", None, False)


def test_command_counts_a_deadline(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_deadline("loss-consultation", "2025-07-03", None, True) == 0
    assert json.loads(capsys.readouterr().out)["computed"][0]["due"] == "2025-09-01"
    assert run_deadline("festival-plan", "2026-05-03", "ko", False) == 0
    assert "2026년 4월 12일" in capsys.readouterr().out
    with pytest.raises(ValueError, match="2026-05-03"):
        run_deadline("festival-plan", "3 May", None, False)
    with pytest.raises(DutyError, match="no period"):
        run_deadline("crisis-manual-drill", "2026-05-03", None, False)


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("rescuers broke my fence on 5 August 2025, until when can I claim", "en"),
        ("my gate was damaged by the rescue team on 5 August 2025. until when can I claim?", "en"),
        ("the loss was on 5 August 2025 and I want the decision, last day?", "en"),
        ("구조대가 2025년 8월 5일에 우리 담을 부쉈는데 언제까지 청구할 수 있나요", "ko"),
    ],
)
def test_what_rescuers_broke_is_a_loss_through_measures(raw: str, language: str) -> None:
    _, answer = deadline(raw, language)
    assert [row["due"] for row in answer.computed] == ["2025-10-04", "2026-02-01"]


def test_who_was_hurt_while_helping_is_no_such_loss() -> None:
    asked, _ = deadline("I was hurt while helping rescuers on 5 August 2025, until when can I claim compensation?")
    assert asked.duty == "compensation-procedure"


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("flood damaged my house on 5 Nov 2025, until when can I claim compensation", "en"),
        ("2025년 11월 5일에 홍수로 집이 피해를 입었는데 언제까지 보상 청구하나요", "ko"),
    ],
)
def test_the_periods_of_measures_are_said_not_to_be_those_of_the_flood(raw: str, language: str) -> None:
    asked, answer = deadline(raw, language)
    assert answer.lead == text(f"duties.note.{asked.note}", language)
    assert answer.text.startswith(answer.lead)
    assert answer.text.count(answer.lead) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("who", "holder"), [("school", "agency"), ("village", "sigungu"), ("dong", "official")])
def test_nobody_is_given_duties_that_the_decree_does_not_name(who: str, holder: str, language: str) -> None:
    answer = compose_duties([holder], language, who)
    assert answer.status == "no_evidence"
    words = text(f"duties.list.unnamed.{who}", language)
    assert answer.text.startswith(words)
    assert words.startswith(answer.lead)
    assert len(answer.lead) <= 80
    assert not answer.computed
    assert not answer.citations
    for chip in answer.suggestions:
        offered = find_list(chip, language)
        assert offered is not None
        assert offered.holders == (holder,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_single_minister_gets_what_binds_every_central_agency(language: str) -> None:
    answer = compose_duties(["central"], language, "minister")
    assert answer.status == "answered"
    assert answer.text.startswith(text("duties.list.unnamed.minister", language))
    shared = {key for key, row in duties().items() if "central" in row.holders}
    assert {row["duty"] for row in answer.computed} == shared


def test_a_school_has_no_duty_in_the_decree() -> None:
    """Where the word stands in the text: support for schools' research, and no "shall" for a school."""
    lines = decree().law.source.splitlines()
    named = [line.strip() for line in lines if re.search(r"\b(schools?|school principals?)\b", line, re.I)]
    assert len(named) == 1
    assert named[0].startswith("5. Support to schools, academic organizations")
    assert not re.search(r"\bheads? of (a |the )?(villages?|Ri|Tong|Ban|Eup|Myeon|Dong)\b", decree().law.source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deadline_that_was_told_says_where_it_goes_and_that_no_day_moves(language: str) -> None:
    request = DeadlineRequest(("festival-plan", "festival-change"), dt.date(2027, 9, 26))
    to = compose_matter("to", request, language)
    where = {"en": "it goes to the head of the Si/Gun/Gu (Article 73-9 (4))", "ko": "시장·군수·구청장 (제73조의9제4항)"}
    assert where[language] in to.text
    assert [each.provision for each in to.citations] == ["73-9/4"]
    assert compose_matter("weekend", request, language).text == text("duties.deadline.moves", language)
    nowhere = compose_matter("to", DeadlineRequest(("disaster-records-kept",), dt.date(2024, 6, 30)), language)
    assert text("duties.deadline.goes_nowhere", language, label="").split("(")[0].strip(" .") in nowhere.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_about_a_deadline_goes_on(language: str) -> None:
    first = {
        "en": "our drill was on 12 January 2026, by when must we submit the findings?",
        "ko": "2026년 1월 12일에 훈련했는데 결과는 언제까지 제출해요?",
    }
    again = {"en": "and who gets it?", "ko": "누구한테 내요?"}[language]
    begun = respond(first[language], language)
    kept = DutyThread.read(json.loads(json.dumps(begun.duty.to_json())))
    turn = respond(again, language, last=begun.skill, duty=kept)
    assert turn.skill == DEADLINE
    assert [each.provision for each in turn.answer.citations] == ["43-14/6"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_damage_is_reported_is_told_beside_a_claim(language: str) -> None:
    told = compose_matter("to", DutyThread("claim", dt.date(2026, 7, 3)).request, language)
    assert "73-3/2" in [each.provision for each in told.citations]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("grade", "item", "often"),
    [
        ("c", "34-2/3/1/a", {"en": "at least once each half-year", "ko": "반기별 1회 이상"}),
        ("d", "34-2/3/1/b", {"en": "at least once a month", "ko": "매월 1회 이상"}),
        ("e", "34-2/3/1/c", {"en": "at least twice a month", "ko": "매월 2회 이상"}),
    ],
)
def test_a_grade_is_told_with_its_interval_and_provision(
    grade: str, item: str, often: dict[str, str], language: str
) -> None:
    told = compose_grades((grade,), language)
    assert often[language] in told.lead
    assert [row["provision"] for row in told.computed] == [item]
    assert [each.provision for each in told.citations] == ["34-2/3"]
    assert text("duties.grades.other", language) in told.text
