"""Short questions that go on from one about a deadline."""

from __future__ import annotations

import datetime as dt

import pytest

from nlu.duties import find_deadline, topic_of
from nlu.duty_follow import TO, WEEKEND, DutyThread, another_day, follow, matter

TODAY = dt.date(2026, 11, 26)
FESTIVAL = {
    "en": "festival safety plan deadline if the festival is on 26 September 2027?",
    "ko": "축제가 내년 9월 26일이면 안전관리계획 언제까지 내야돼요?",
}
DRILL = {
    "en": "we run a drill on 20 January 2027, by when must we tell the participating agencies?",
    "ko": "내년 1월 20일에 훈련하는데 참여기관엔 언제까지 알려야 해요?",
}
SANDBAGS = {
    "en": "a caller had his field used for sandbags by the fire brigade on 2 November, until when can he claim?",
    "ko": "민원인 밭을 11월 2일에 소방서가 모래주머니 쌓는데 썼대요 보상청구 언제까지 할 수 있어요?",
}
CONTINUITY = {
    "en": "do we need a function continuity plan? we're a private company",
    "ko": "저희 민간회사인데 기능연속성계획 세워야 하나요",
}


def thread_of(said, language):
    """What a message leaves, as the answer to it does."""
    found = find_deadline(said, language, TODAY)
    return DutyThread(found.topic, found.anchor) if found else DutyThread(topic_of(said, language) or "")


@pytest.mark.parametrize(
    ("said", "words", "language", "duty", "day"),
    [
        (DRILL, "and by when the results?", "en", "drill-findings", dt.date(2027, 1, 20)),
        (DRILL, "결과는 언제까지 내요", "ko", "drill-findings", dt.date(2027, 1, 20)),
        (SANDBAGS, "and the decision, until when can he apply", "en", "loss-consultation", dt.date(2026, 11, 2)),
        (SANDBAGS, "재결신청은 언제까지죠?", "ko", "loss-decision", dt.date(2026, 11, 2)),
        (SANDBAGS, "is it too late now?", "en", "loss-consultation", dt.date(2026, 11, 2)),
        (FESTIVAL, "and the changed one, until when?", "en", "festival-change", dt.date(2027, 9, 26)),
        (FESTIVAL, "변경은 언제까지예요?", "ko", "festival-change", dt.date(2027, 9, 26)),
        (CONTINUITY, "by when if we made it on 1 September 2026?", "en", "continuity-notice", dt.date(2026, 9, 1)),
        (CONTINUITY, "9월 1일에 만들었는데 언제까지 내야 해요?", "ko", "continuity-notice", dt.date(2026, 9, 1)),
    ],
)
def test_the_day_or_the_subject_of_a_message_before_counts(said, words, language, duty, day):
    found = follow(words, thread_of(said[language], language), language, TODAY)
    assert found is not None
    assert found.duty == duty
    assert found.anchor == day


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("when must a drill be announced?", "en"),
        ("when must the resource plan be submitted?", "en"),
        ("what does Article 71 say, and until when?", "en"),
        ("what is the fine if it is late?", "en"),
        ("안전관리책임관 임명은 언제까지 통보해야 하나요?", "ko"),
        ("보험은 언제까지 다시 들어야 하나요?", "ko"),
        ("고잔동 지진 대피소 어디예요?", "ko"),
    ],
)
def test_another_subject_does_not_go_on(words, language):
    assert follow(words, thread_of(FESTIVAL[language], language), language, TODAY) is None


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_goes_on_from_nothing(language):
    words = {"en": "and by when the results?", "ko": "결과는 언제까지 내요"}[language]
    assert follow(words, DutyThread(), language, TODAY) is None


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("and who gets it?", TO),
        ("where do I hand it in?", TO),
        ("누구한테 내요?", TO),
        ("어디에 제출해요?", TO),
        ("and if it falls on a sunday, does it move to monday?", WEEKEND),
        ("what if the last day is a public holiday?", WEEKEND),
        ("마감이 일요일이면 월요일로 미뤄져요?", WEEKEND),
        ("공휴일이면 다음날로 넘어가나요?", WEEKEND),
        ("how much is it?", None),
        ("얼마예요?", None),
    ],
)
def test_what_else_is_asked_of_a_deadline(words, asked):
    assert matter(words) == asked


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_is_kept_holds_no_words(language):
    thread = thread_of(FESTIVAL[language], language)
    kept = thread.to_json()
    assert kept == {"topic": "festival-plan", "anchor": "2027-09-26", "grades": False}
    assert DutyThread.read(kept) == thread
    assert DutyThread().to_json() is None
    for odd in (None, "x", {"topic": "nothing"}, {"topic": "festival-plan", "anchor": "tomorrow"}):
        assert DutyThread.read(odd) == DutyThread()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("소방서가 11월 2일에 우리 밭을 썼대요. 보상 언제까지 청구해요?", dt.date(2026, 11, 2)),
        ("10월 5일에 구청에서 담을 철거했다는데 손실보상 신청 언제까지예요?", dt.date(2026, 10, 5)),
    ],
)
def test_what_somebody_else_told_is_past(words, day):
    found = find_deadline(words, "ko", TODAY)
    assert found is not None
    assert found.anchor == day


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("no, it was 28 September 2027", "en", dt.date(2027, 9, 28)),
        ("5 March 2027", "en", dt.date(2027, 3, 5)),
        ("아니 9월 28일이요", "ko", dt.date(2027, 9, 28)),
        ("2027년 3월 5일", "ko", dt.date(2027, 3, 5)),
        ("thanks a lot", "en", None),
        ("고마워요", "ko", None),
        ("our drill is on 5 March and the findings?", "en", None),
    ],
)
def test_another_day_counts_anew(words, language, day):
    found = another_day(words, thread_of(FESTIVAL[language], language), language, TODAY)
    assert (found and found.anchor) == day
    assert found is None or found.topic == "festival-plan"
