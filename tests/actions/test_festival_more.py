"""Short questions after a festival check, answered from the check."""

from __future__ import annotations

import pytest

from actions.festival_more import more_about_this_festival
from actions.festival_result import festival_change
from nlu.festival_more import festival_more
from nlu.language import LANGUAGES
from nlu.texts import text

APPLIES = {
    "festival_people": {"low": 900, "high": None},
    "festival_venue": "other",
    "festival_materials": ["gas"],
    "festival_host": "private",
    "festival_dates": {"start": "2020-05-03", "end": None},
    "festival_plan": "none",
    "festival_note": {"over": True},
}
AHEAD = {**APPLIES, "festival_dates": {"start": "2090-05-03", "end": None}}
NOT = {**AHEAD, "festival_materials": []}


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("what do i miss?", "to_do"),
        ("what else?", "to_do"),
        ("is that everything?", "to_do"),
        ("is the plan late?", "late"),
        ("is it too late?", "late"),
        ("how many days are left?", "late"),
        ("can we still hand it in?", "late"),
        ("why does it apply?", "why"),
        ("does exactly 1000 count or not?", "why"),
        ("what happens if we skip it", "without"),
        ("what if we don't hand it in?", "without"),
        ("can I get the checklist", "files"),
        ("the pdf again please", "files"),
        ("제가 뭐 빠뜨린거 있어요?", "to_do"),
        ("이제 뭐 해야 돼요", "to_do"),
        ("계획서 늦은건가요?", "late"),
        ("이미 늦었나요?", "late"),
        ("지금 내도 돼요?", "late"),
        ("왜 해당돼요?", "why"),
        ("천명이면 해당되는거에요 아니에요?", "why"),
        ("안내면 어떻게 돼요", "without"),
        ("체크리스트 주세요", "files"),
        ("점검표 다시 보내줘", "files"),
        ("where is the nearest shelter?", None),
        ("who insures the building?", None),
        ("what must a drill report contain?", None),
        ("고잔동 대피소 어디예요?", None),
        ("훈련은 왜 해요?", None),
        ("thanks", None),
        ("고마워요", None),
    ],
)
def test_what_is_asked(words, matter):
    language = "ko" if any("가" <= sign <= "힣" for sign in words) else "en"
    assert festival_more(words, language) == matter


@pytest.mark.parametrize("language", LANGUAGES)
def test_whether_it_is_late_is_told_from_the_check(language):
    words = {"en": "is it too late?", "ko": "이미 늦었나요?"}[language]
    ahead = more_about_this_festival(words, language, AHEAD)
    assert ahead is not None
    assert {"en": "12 April 2090", "ko": "2090년 4월 12일"}[language] in ahead.text
    over = more_about_this_festival(words, language, APPLIES)
    assert over is not None
    assert {"en": "3 May 2020", "ko": "2020년 5월 3일"}[language] in over.text
    undated = more_about_this_festival(words, language, {**AHEAD, "festival_dates": None})
    assert undated is not None
    assert undated.lead == text("festival_form.more.no_day", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_is_the_grounds_and_nothing_else(language):
    words = {"en": "why does it apply?", "ko": "왜 해당돼요?"}[language]
    answer = more_about_this_festival(words, language, AHEAD)
    assert answer is not None
    assert [each.provision for each in answer.citations] == ["73-9/1/2/b"]
    neither = more_about_this_festival(words, language, NOT)
    assert neither is not None
    assert [each.provision for each in neither.citations] == ["73-9/1/1", "73-9/1/2/a", "73-9/1/2/b", "73-9/1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_done(language):
    words = {"en": "what do i miss?", "ko": "뭐 빠뜨린거 있어요?"}[language]
    answer = more_about_this_festival(words, language, AHEAD)
    assert answer is not None
    cited = [each.provision for each in answer.citations]
    assert {"73-9/2", "73-9/3", "73-9/4"} <= set(cited)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_follows_without_a_plan_is_not_in_the_text(language):
    words = {"en": "what happens if we skip it", "ko": "안내면 어떻게 돼요"}[language]
    answer = more_about_this_festival(words, language, AHEAD)
    assert answer is not None
    assert answer.status == "not_in_text"
    assert [each.provision for each in answer.citations] == ["89/0"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_can_be_asked_for_again(language):
    words = {"en": "can I get the checklist", "ko": "체크리스트 주세요"}[language]
    answer = more_about_this_festival(words, language, AHEAD)
    assert answer is not None
    assert [each["kind"] for each in answer.files] == ["checklist", "calendar", "docx", "pdf"]
    assert more_about_this_festival(words, language, NOT) is None


def test_without_a_festival_the_same_words_are_searched_for():
    assert more_about_this_festival("what do i miss?", "en", {}) is None


@pytest.mark.parametrize(
    ("words", "language", "low"),
    [("ok make it 1001", "en", 1001), ("so make it 1,200", "en", 1200), ("그럼 1001명으로 해주세요", "ko", 1001)],
)
def test_a_correction_may_begin_with_a_so(words, language, low):
    changed = festival_change(words, language, {**AHEAD, "last_skill": "rule"})
    assert changed is not None
    assert changed[1]["people"]["low"] == low
