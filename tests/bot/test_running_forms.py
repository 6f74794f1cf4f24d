"""The guided festival check and hazard reports through the whole running bot, in both languages."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from knowledge.obligations import deadlines
from knowledge.obligations.festival import FestivalFacts, check
from nlu.festival_form import QUESTIONS
from nlu.texts import text, texts
from tests.bot.form_person import Teller, leftovers, let_time_pass, slots

pytestmark = pytest.mark.slow
BOTH = pytest.mark.parametrize("language", ["en", "ko"])
STATION = (37.32061, 126.80591)
SEA = (37.2, 126.4)


@pytest.fixture
def person(bot, home):
    """Makes a new person for a language; afterwards nothing that was said may be left."""
    people: list[Teller] = []

    def made(language: str) -> Teller:
        people.append(Teller(bot.address, language))
        return people[-1]

    yield made
    assert leftovers(home, people) == []


def day(language: str, date: dt.date) -> str:
    return f"{date.year}년 {date.month}월 {date.day}일" if language == "ko" else f"{date:%B} {date.day}, {date.year}"


def soon(days: int) -> dt.date:
    return deadlines.today() + dt.timedelta(days=days)


def question(name: str, language: str) -> str:
    return text(f"festival_form.ask.{name}", language)


def asks(answer, name: str, language: str) -> bool:
    return answer["status"] == "clarify" and answer["text"].endswith(question(name, language))


def computed(answer) -> dict[str, object]:
    return {each["name"]: each.get("value") for each in answer["computed"]}


def expected(facts: FestivalFacts) -> dict[str, object]:
    found = check(facts, deadlines.today())
    days = {"plan_due": found.plan_due, "change_due": found.change_due}
    applies = "unclear" if found.applies is None else found.applies
    return {"festival_applies": applies, **{name: due.isoformat() for name, due in days.items() if due}}


BEGIN = {"en": "festival check", "ko": "축제 점검"}
STOP, BACK = {"en": "stop", "ko": "그만"}, {"en": "back", "ko": "이전"}
ALL = {
    "en": "We are a private club holding a fireworks night on the river for 400 people on {day}, the plan is a draft",
    "ko": "저희 동호회가 직접 주최해서 {day}에 강 위에서 400명 불꽃놀이 축제를 해요. 계획은 초안이 있어요",
}
ANSWERS = {
    "en": ["300", "elsewhere", "no fire or gas", "we host it ourselves", "{day}", "not begun"],
    "ko": ["300명", "그 밖의 곳이요", "불이나 가스는 안 써요", "저희가 직접 주최해요", "{day}", "시작 전이요"],
}
ORDINARY = FestivalFacts(people=300, venue="other", materials=(), host="private", plan="none")


def answers(language: str, date: dt.date) -> dict[str, str]:
    given = (each.format(day=day(language, date)) for each in ANSWERS[language])
    return dict(zip(QUESTIONS, given, strict=True))


# ---- the festival check


@BOTH
def test_one_sentence_that_tells_all_gets_the_result_at_once(person, language):
    date = soon(90)
    answer = person(language).one(ALL[language].format(day=day(language, date)))
    facts = FestivalFacts(
        people=400, venue="water", materials=("firecrackers",), host="private", start=date, plan="draft"
    )
    assert (answer["status"], answer["language"]) == ("answered", language)
    assert computed(answer) == expected(facts)
    assert {each["provision"].split("/")[0] for each in answer["citations"]} == {"73-9"}


@BOTH
def test_a_sentence_fills_what_it_tells_and_only_the_rest_is_asked(person, language):
    me = person(language)
    told = {
        "en": "we're running a fireworks night on the river for 400 people on 3 May",
        "ko": "저희가 5월 3일에 강 위에서 400명 불꽃놀이 축제를 하려고 해요",
    }[language]
    first = me.one(told)
    assert first["text"].startswith(text("festival_form.begin", language))
    assert "400" in first["text"]
    assert asks(first, "host", language)
    given = answers(language, soon(60))
    assert asks(me.one(given["host"]), "plan", language)
    found = computed(me.one(given["plan"]))
    assert found["festival_applies"] is True
    assert str(found["plan_due"]).endswith("-04-12")


@BOTH
def test_six_questions_with_the_buttons_and_the_files(person, language):
    me, date = person(language), soon(60)
    answer = me.one(BEGIN[language])
    for name in QUESTIONS:
        assert asks(answer, name, language), name
        assert answer["suggestions"] == texts(f"festival_form.chip.{name}", language)
        answer = me.one(answer["suggestions"][0] if answer["suggestions"] else day(language, date))
    facts = FestivalFacts(
        people=300, venue="mountain", materials=("firecrackers",), host="private", start=date, plan="none"
    )
    assert computed(answer) == expected(facts)
    assert answer["citations"][0]["provision"].startswith("73-9")
    _files(me, answer, check(facts, deadlines.today()).plan_due)


def _files(me: Teller, answer, due: dt.date) -> None:
    types = {
        "checklist": "text/markdown",
        "calendar": "text/calendar",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
    }
    assert [each["kind"] for each in answer["files"]] == list(types)
    got = {}
    for each in answer["files"]:
        status, media, got[each["kind"]] = me.fetch(each["url"])
        assert (status, media) == (200, types[each["kind"]])
    import docx
    from icalendar import Calendar

    assert len(docx.Document(io.BytesIO(got["docx"])).paragraphs) > 5
    days = [event.decoded("dtstart") for event in Calendar.from_ical(got["calendar"]).walk("VEVENT")]
    assert due in days
    assert got["pdf"].startswith(b"%PDF")
    assert due.isoformat() in got["checklist"].decode() or str(due.day) in got["checklist"].decode()


@pytest.mark.parametrize(
    ("language", "correction"),
    [("en", "actually 1,200 people"), ("ko", "아니 1200명이요"), ("en", "sorry, 1.2k"), ("ko", "정정 천이백 명이에요")],
)
def test_a_correction_in_the_middle_and_after_the_result(person, language, correction):
    me, date = person(language), soon(60)
    given = list(answers(language, date).values())
    me.one(BEGIN[language])
    me.all(*given[:3])
    noted = me.one(correction)
    assert "1,200" in noted["text"]
    assert asks(noted, "host", language)
    answer = me.all(*given[3:])
    assert computed(answer)["festival_applies"] is True
    after = me.one({"en": "actually 200 people", "ko": "아니 200명이요"}[language])
    assert computed(after)["festival_applies"] is False


@BOTH
def test_back_goes_back_and_stops_at_the_first_question(person, language):
    me, given = person(language), answers(language, soon(60))
    me.one(BEGIN[language])
    me.all(given["people"], given["venue"])
    for name in ("venue", "people"):
        assert asks(me.one(BACK[language]), name, language)
    first = me.one(BACK[language])
    assert first["text"].startswith(text("festival_form.back_none", language))
    assert me.one(STOP[language])["text"] == text("festival_form.stopped", language)


@BOTH
def test_stop_and_come_back_with_what_was_said(person, language):
    me, given = person(language), answers(language, soon(60))
    me.one(BEGIN[language])
    me.all(given["people"], given["venue"])
    assert me.one(STOP[language])["text"] == text("festival_form.stopped", language)
    assert me.one({"en": "hello", "ko": "안녕하세요"}[language])["status"] == "answered"
    again = me.one(BEGIN[language])
    assert "300" in again["text"]
    assert asks(again, "materials", language)
    answer = me.all(*list(given.values())[2:])
    assert computed(answer) == expected(ORDINARY) | {"festival_applies": False}
    assert asks(me.one(BEGIN[language]), "people", language), "the next check is about another festival"


@BOTH
@pytest.mark.parametrize(
    ("en", "ko", "status"),
    [
        ("nearest heat shelter in Hwarang Park", "화랑유원지에서 가까운 무더위쉼터", "answered"),
        ("who has to give an opinion on the plan?", "계획에 누가 의견을 내나요?", None),
        ("where is the nearest earthquake shelter to Choji station?", "초지역 가까운 지진 대피소 어디야?", "answered"),
        ("what should I do in a flood", "홍수 나면 어떻게 해야 해?", "answered"),
        ("until when can I claim for a flood on 3 July?", "7월 3일 홍수 피해는 언제까지 신청하나요?", None),
        ("hello", "안녕하세요", "answered"),
        ("thank you", "감사합니다", "answered"),
        ("who are you", "너 누구야", "answered"),
    ],
)
def test_something_else_in_the_middle_is_answered_and_the_check_goes_on(person, language, en, ko, status):
    me = person(language)
    me.one(BEGIN[language])
    me.one(answers(language, soon(60))["people"])
    other, again = me.tell({"en": en, "ko": ko}[language])
    assert not asks(other, "venue", language)
    assert other["text"] != text("festival_form.note.again", language)
    assert status is None or other["status"] == status
    assert asks(again, "venue", language)
    assert asks(me.one({"en": "on a boat", "ko": "물 위에서요"}[language]), "materials", language)


def test_the_language_is_switched_in_the_middle(person):
    me = person("en")
    me.one(BEGIN["en"])
    switched, again = me.tell("한국어로")
    assert switched["language"] == "ko"
    assert asks(again, "people", "ko")
    assert asks(me.one("500"), "venue", "ko")
    switched, again = me.tell("English")
    assert asks(again, "venue", "en")


@pytest.mark.parametrize(
    ("language", "nonsense"), [("en", "asdf"), ("en", "purple elephants"), ("ko", "ㅁㄴㅇㄹ"), ("ko", "바나나")]
)
def test_nonsense_in_a_slot_is_no_answer(person, language, nonsense):
    me = person(language)
    me.one(BEGIN[language])
    me.one(answers(language, soon(60))["people"])
    answer = me.one(nonsense)
    assert answer["text"] == f"{text('festival_form.note.again', language)} {question('venue', language)}"


@BOTH
def test_days_that_are_unclear_impossible_or_past_are_asked_back(person, language):
    me, given = person(language), list(answers(language, soon(60)).values())
    me.one(BEGIN[language])
    me.all(*given[:4])
    impossible = me.one({"en": "February 30", "ko": "2월 30일"}[language])
    assert impossible["text"].startswith(text("festival_form.note.impossible", language).split(".")[0])
    vague = me.one({"en": "some time in spring", "ko": "내년 봄쯤"}[language])
    assert vague["status"] == "clarify"
    if language == "en":
        both = me.one("3/5")["text"]
        assert "-03-05" in both
        assert "-05-03" in both
    assert asks(me.one(day(language, soon(60))), "plan", language)


@BOTH
def test_what_is_not_known_is_noted_and_asked_for_at_the_end(person, language):
    me, unsure = person(language), {"en": "I don't know yet", "ko": "아직 모르겠어요"}[language]
    me.one(BEGIN[language])
    noted = me.one(unsure)
    assert noted["text"].startswith(text("festival_form.note.unsure", language))
    answer = me.all(*list(answers(language, soon(60)).values())[1:])
    assert computed(answer)["festival_applies"] == "unclear"


@BOTH
def test_exactly_a_thousand_is_told_as_the_boundary(person, language):
    me, given = person(language), answers(language, soon(60))
    me.one(BEGIN[language])
    answer = me.all({"en": "1,000", "ko": "천 명"}[language], *list(given.values())[1:])
    assert computed(answer)["festival_applies"] == "unclear"
    assert answer["text"].startswith(text("festival.lead.exactly", language)[:20])


@BOTH
def test_too_late_is_said_plainly(person, language):
    me, date = person(language), soon(5)
    given = answers(language, date) | {"people": {"en": "2,000", "ko": "2천 명"}[language]}
    me.one(BEGIN[language])
    answer = me.all(*given.values())
    facts = FestivalFacts(people=2000, venue="other", materials=(), host="private", start=date, plan="none")
    assert check(facts, deadlines.today()).late
    assert computed(answer) == expected(facts)
    assert {"en": "too late", "ko": "늦"}[language] in answer["lead"]
    assert text("festival.line.advice_late_now", language)[:12] in answer["text"]


@pytest.mark.parametrize(
    ("language", "said", "host"),
    [("ko", "지방자치단체", "local_government"), ("ko", "직접이요", "private"), ("en", "the school", "private"),
     ("en", "the local government", "local_government")],
)  # fmt: skip
def test_who_hosts_says_nothing_of_the_place(person, home, language, said, host):
    me = person(language)
    me.one(BEGIN[language])
    me.all({"en": "300", "ko": "300명"}[language], {"en": "on a boat", "ko": "물 위에서요"}[language],
           {"en": "none of these", "ko": "안 써요"}[language])  # fmt: skip
    assert asks(me.one(said), "dates", language)
    kept = slots(home, me.sender)
    assert (kept["festival_host"], kept["festival_venue"]) == (host, "water")


@BOTH
def test_an_emergency_in_the_middle_is_first_and_alone(person, language):
    me, given = person(language), answers(language, soon(60))
    me.one(BEGIN[language])
    me.one(given["people"])
    for cry in {
        "en": ["help my house is on fire", "a sinkhole opened and a car fell in at Choji station"],
        "ko": ["집에 불이 났어요 갇혔어요", "길에 싱크홀 생겼어요, 원곡초 앞"],
    }[language]:
        answer = me.one(cry)
        assert answer["status"] == "emergency"
        assert answer["text"].startswith("119")
    assert asks(me.one(given["venue"]), "materials", language)


@BOTH
def test_a_hazard_told_in_the_middle_is_taken_and_the_check_waits(person, language):
    me, given = person(language), answers(language, soon(60))
    me.one(BEGIN[language])
    me.one(given["people"])
    told = {"en": "there is a pothole in front of Choji Station", "ko": "초지역 앞 도로가 움푹 파였어요"}
    back = me.one(told[language])
    assert text("reports.read_back.title", language) in back["text"]
    assert me.one({"en": "cancel", "ko": "취소"}[language])["text"] == text("reports.cancelled", language)
    again = me.one(BEGIN[language])
    assert "300" in again["text"]
    assert asks(again, "venue", language)


@BOTH
def test_after_a_long_pause_the_conversation_begins_clean(person, home, language):
    me, given = person(language), answers(language, soon(60))
    me.one(BEGIN[language])
    me.all(given["people"], given["venue"])
    let_time_pass(home, me.sender, dt.timedelta(hours=25))
    assert me.one({"en": "hello", "ko": "안녕하세요"}[language])["text"] == text("greet", language)
    kept = slots(home, me.sender)
    assert not any(value for name, value in kept.items() if name.startswith("festival_") or name == "active_loop")
    assert asks(me.one(BEGIN[language]), "people", language)


# ---- hazard reports

YES, CANCEL = {"en": "yes", "ko": "네"}, {"en": "cancel", "ko": "취소"}
CAVED_IN = {
    "en": "the road caved in and a car fell in, people are trapped at Choji station",
    "ko": "길에 싱크홀 생겼어요, 원곡초 앞",
}


def receipt(answer) -> str:
    (row,) = answer["computed"]
    return row["receipt"]


@BOTH
def test_a_report_told_at_once_its_state_and_its_end(person, language):
    me = person(language)
    told = {"en": "the guardrail is bent in Wa-dong since Monday", "ko": "와동 난간이 월요일부터 부러져 있어요"}
    back = me.one(told[language])
    assert text("reports.read_back.title", language) in back["text"]
    assert text("reports.kind.railing", language) in back["text"]
    number = receipt(me.one(YES[language]))
    state = me.one({"en": f"status of {number}", "ko": f"접수번호 {number} 어떻게 됐어?"}[language])
    assert state["computed"][0]["status"] == "new"
    sure = me.one({"en": f"withdraw {number}", "ko": f"접수번호 {number} 취소해 줘"}[language])
    assert (sure["status"], number in sure["text"]) == ("clarify", True)
    assert me.one(YES[language])["text"] == text("reports.withdraw.done", language, receipt=number)
    gone = me.one({"en": f"status of {number}", "ko": f"접수번호 {number} 어떻게 됐어?"}[language])
    assert gone["status"] == "no_evidence"


@BOTH
def test_a_report_told_piece_by_piece_read_back_and_corrected(person, language):
    me = person(language)
    what = me.one({"en": "I'd like to report a hazard", "ko": "신고하고 싶어요"}[language])
    assert what["text"] == text("reports.ask.what", language)
    where = me.one({"en": "the manhole cover is loose", "ko": "맨홀 뚜껑이 덜컹거려요"}[language])
    assert where["text"] == text("reports.ask.place", language)
    assert "Choji" in (back := me.one("Choji Station"))["text"] or "초지" in back["text"]
    assert me.one({"en": "no", "ko": "아니요"}[language])["text"] == text("reports.ask.wrong", language)
    back = me.one({"en": "it is in Seonbu-dong", "ko": "선부동이에요"}[language])
    assert {"en": "Seonbu", "ko": "선부"}[language] in back["text"]
    assert me.one(YES[language])["computed"][0]["kind"] == "manhole"


@BOTH
def test_a_report_is_let_go(person, language):
    me = person(language)
    me.one({"en": "I'd like to report a hazard", "ko": "신고하고 싶어요"}[language])
    assert me.one(CANCEL[language])["text"] == text("reports.cancelled", language)
    me.one({"en": "the drain is blocked in Gojan-dong", "ko": "고잔동 배수구가 막혔어요"}[language])
    word = {"en": "never mind", "ko": "그만할래"}[language]
    assert me.one(word)["text"] == text("reports.cancelled", language)


@BOTH
def test_the_same_hazard_told_twice_is_one(person, language):
    told = {"en": "the stairs are broken at Jungang Station", "ko": "상록수역 계단이 깨졌어요"}[language]
    numbers = []
    for joined in (False, True):
        me = person(language)
        me.one(told)
        (row,) = me.one(YES[language])["computed"]
        assert row["joined"] is joined
        numbers.append(row["receipt"])
    assert numbers[0] != numbers[1]


@BOTH
def test_a_shared_location_says_where(person, home, language):
    me = person(language)
    me.one({"en": "the traffic light is broken", "ko": "신호등이 고장 났어요"}[language])
    outside = me.one("", location=SEA)
    assert outside["text"] == text("reports.outside_point", language)
    back = me.one("", location=STATION)
    assert {"en": "Choji-dong", "ko": "초지동"}[language] in back["text"]
    assert me.one(YES[language])["computed"][0]["kind"] == "traffic_signal"
    assert slots(home, me.sender)["report_draft"] is None


@BOTH
def test_something_else_in_the_middle_of_a_report(person, language):
    me = person(language)
    me.one({"en": "the railing is broken", "ko": "난간이 부러졌어요"}[language])
    place = text("reports.ask.place", language)
    for aside in {
        "en": ["when must a festival plan be handed in?", "what should I do in a flood", "hello", "thank you"],
        "ko": ["축제 계획은 언제까지 내나요?", "홍수 나면 어떻게 해야 해?", "안녕하세요", "감사합니다"],
    }[language]:
        other, again = me.tell(aside)
        assert other["text"] != place
        assert again["text"] == place
    switched, again = me.tell({"en": "한국어로", "ko": "English"}[language])
    there = {"en": "ko", "ko": "en"}[language]
    assert switched["language"] == there
    assert again["text"] == text("reports.ask.place", there)
    assert text("reports.read_back.title", there) in me.one("Bono-dong")["text"]
    assert me.one(CANCEL[there])["text"] == text("reports.cancelled", there)


@BOTH
def test_an_emergency_offers_to_record_what_will_stand(person, language):
    me = person(language)
    danger, offered = me.tell(CAVED_IN[language])
    assert danger["status"] == "emergency"
    assert danger["text"].startswith("119")
    assert offered["text"] == text("reports.emergency_offer", language)
    assert text("reports.kind.sinkhole", language) in me.one(YES[language])["text"]
    assert me.one(CANCEL[language])["text"] == text("reports.cancelled", language)


@BOTH
def test_an_emergency_while_a_report_is_told_loses_nothing(person, language):
    me = person(language)
    me.one({"en": "I'd like to report a hazard", "ko": "신고하고 싶어요"}[language])
    danger, offered = me.tell(CAVED_IN[language])
    assert danger["status"] == "emergency"
    assert offered["text"] == text("reports.emergency_offer", language)
    assert text("reports.kind.sinkhole", language) in me.one(YES[language])["text"]
    no_more = me.one({"en": "my dad is not breathing", "ko": "아빠가 숨을 안 쉬어요"}[language])
    assert no_more["status"] == "emergency"
    again = me.one(YES[language])  # said after something else, so what is to be saved is read back once more
    assert again["computed"] == []
    assert text("reports.kind.sinkhole", language) in again["text"]
    assert me.one(YES[language])["computed"][0]["kind"] == "sinkhole"


@BOTH
def test_abuse_is_refused_and_the_report_waits(person, language):
    me = person(language)
    me.one({"en": "the bench is broken", "ko": "벤치가 부서졌어요"}[language])
    for words, why in {
        "en": [("you stupid bot", "hostile"), ("see https://example.com/a in Gojan", "link")],
        "ko": [("병신 같은 거", "hostile"), ("고잔동 벤치는 https://example.com/a 에서 보세요", "link")],
    }[language]:
        assert me.one(words)["text"] == text(f"reports.refused.{why}", language)
    assert text("reports.read_back.title", language) in me.one({"en": "Gojan-dong", "ko": "고잔동"}[language])["text"]
    assert me.one(CANCEL[language])["text"] == text("reports.cancelled", language)


@BOTH
def test_many_reports_of_one_person_are_refused_calmly(person, language):
    me = person(language)
    told = {"en": "the fence is broken in {}", "ko": "{} 울타리가 부서졌어요"}[language]
    places = {"en": ["Seonggok-dong", "Mongnae-dong", "Wonsi-dong", "Singil-dong", "Suam-dong", "Jangsang-dong"],
              "ko": ["장하동", "월피동", "부곡동", "양상동", "성포동", "사동"]}[language]  # fmt: skip
    found = []
    for where in places:
        me.tell(told.format(where))
        found.append(me.one(YES[language])["status"])
    assert found[0] == "answered"
    assert found[-1] == "refused"


# ---- last: it stops the action server


def test_life_first_in_the_middle_of_a_form_with_the_action_server_down(bot, person):
    people = {language: person(language) for language in ("en", "ko")}
    reporter = person("en")
    for language, me in people.items():
        assert asks(me.one(BEGIN[language]), "people", language)
    reporter.one("I'd like to report a hazard")
    bot.actions.stop()
    cries = {
        "en": [("help my house is on fire", "119"), ("a man with a knife is following me", "112"),
               ("a sinkhole opened and a car fell in at Choji station", "119")],
        "ko": [("집에 불이 났어요 갇혔어요", "119"), ("누가 칼 들고 쫓아와요", "112"),
               ("길에 싱크홀 생겼어요, 원곡초 앞", "119")],
    }  # fmt: skip
    for me, (cry, number) in [
        *((people[language], each) for language, given in cries.items() for each in given),
        *((reporter, each) for each in cries["en"]),
    ]:
        answer = me.one(cry)
        assert answer["status"] == "emergency"
        assert answer["text"].startswith(number)
