"""A draft plan pasted into the chat."""

from __future__ import annotations

import pytest

from actions.draft_pasted import about_a_draft
from nlu.draft_request import CUT, asks_for_draft_check
from nlu.language import LANGUAGES
from nlu.texts import text

PLAN = {
    "en": (
        "Safety plan\n1. Overview: Lantern Night, 3 May 2027, Hwarang park, 1,500 visitors\n"
        "2. People in charge and their duties: Kim (chair) is responsible for the venue, Lee for safety\n"
        "3. Fire prevention: 10 fire extinguishers, no smoking area\n4. Safety staff: 30 guards at the gates"
    ),
    "ko": (
        "안전관리계획\n1. 축제 개요: 등불의 밤, 2027년 5월 3일, 화랑유원지, 1,500명\n"
        "2. 안전관리 조직과 임무: 위원장이 총괄하고 안전담당이 현장을 관리한다\n"
        "3. 화재예방: 소화기 10대, 금연구역\n4. 안전요원 배치: 정문에 안전요원 30명"
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_plan_is_checked_part_by_part(language):
    answer = about_a_draft(PLAN[language], language)
    assert answer is not None
    parts = {row["part"]: row["state"] for row in answer.computed if row["name"] == "draft_part"}
    assert len(parts) == 5
    assert list(parts.values()).count("found") == 4
    assert parts["emergency"] == "missing"
    assert [each.provision for each in answer.citations] == ["73-9/2"]
    assert text("draft.limits_pasted", language).split("(")[0][:40] in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_whose_middle_was_cut_is_not_checked(language):
    answer = about_a_draft(PLAN[language] + "\n" + "x " * (CUT // 2), language)
    assert answer is not None
    assert answer.text == text("draft.too_long", language)
    assert not answer.computed


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("can you check my draft plan?", True),
        ("please review our safety plan", True),
        ("is our safety plan good enough?", True),
        ("초안 좀 봐주실래요?", True),
        ("안전관리계획서 검토해 주세요", True),
        ("계획서 이 정도면 괜찮은지 봐주세요", True),
        ("who reviews the city's safety management plan?", False),
        ("what must the plan contain?", False),
        ("계획에는 뭐가 들어가야 해요?", False),
        ("시·군·구안전관리계획은 누가 심의하나요?", False),
    ],
)
def test_who_asks_for_a_check_is_told_how(words, asks):
    assert asks_for_draft_check(words) is asks
    language = "ko" if "가" <= words[-3] <= "힣" else "en"
    answer = about_a_draft(words, language)
    assert (answer is not None) is asks
    assert answer is None or answer.text == text("draft.how", language)


@pytest.mark.parametrize(
    "words",
    [
        "hello\nI have a question\nabout the festival\nwhen is the plan due?",
        "안녕하세요\n질문이 있어요\n축제 계획을\n언제까지 내나요?",
    ],
)
def test_a_question_in_several_lines_is_no_plan(words):
    assert about_a_draft(words, "en") is None
