from __future__ import annotations

import datetime as dt
import json

import pytest

from actions.report_asides import how_to_withdraw
from actions.report_desk import about_receipt, turn
from actions.report_draft import ReportDraft
from actions.report_telling import advance, belongs, offer
from knowledge.reports.sqlite import Limits, SqliteReports
from nlu.answer import Answer
from nlu.report import wants_it_back
from nlu.texts import text

NOON = dt.datetime(2026, 7, 15, 3, tzinfo=dt.timezone.utc)
TODAY = dt.date(2026, 7, 15)
STATION = (37.320646, 126.805913)


class Talk:
    """A conversation through the desk, the draft going through JSON between the messages as in a session."""

    def __init__(self, store, language, sender="u"):
        self.store, self.language, self.sender = store, language, sender
        self.draft = ReportDraft()

    def say(self, message, location=None, now=NOON) -> Answer:
        answer, draft = turn(
            self.draft, message, self.language, self.sender, now, location=location, store=self.store
        )
        self.draft = ReportDraft.read(json.loads(json.dumps(draft.to_json())))
        assert answer.language == self.language
        return answer


@pytest.fixture
def store(tmp_path):
    return SqliteReports(tmp_path / "reports.sqlite")


def receipt_of(answer):
    return answer.computed[0]["receipt"]


def test_one_sentence_is_read_back_and_kept(store):
    talk = Talk(store, "ko")
    back = talk.say("길에 싱크홀 생겼어요, 원곡초 앞")
    assert back.status == "clarify"
    for part in ("땅 꺼짐(싱크홀)", "원곡초등학교", "길에 싱크홀 생겼어요, 원곡초 앞", "사진"):
        assert part in back.text
    assert list(store.rows()) == []
    kept = talk.say("네 맞아요")
    assert kept.status == "answered"
    assert receipt_of(kept) in kept.lead
    assert not talk.draft.alive
    (report,) = store.rows()
    assert (report.kind, report.place, report.times) == ("sinkhole", "원곡초등학교", 1)


def test_only_what_is_missing_is_asked(store):
    talk = Talk(store, "en")
    assert talk.say("I'd like to report a hazard").text == text("reports.ask.what", "en")
    assert talk.say("the streetlight is out").text == text("reports.ask.place", "en")
    back = talk.say("Choji station exit 2")
    assert "Choji Station" in back.text
    assert "streetlight out" in back.text
    assert talk.say("yes").status == "answered"
    assert store.rows()[0].place == "초지역"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_known_district_is_said_and_another_is_not_made_up(store, language):
    talk = Talk(store, language)
    district = text("reports.read_back.district", language, district="")
    told = {"ko": "신길동 가로등이 꺼졌어요", "en": "streetlight out in Singil-dong"}[language]
    assert district in talk.say(told).text
    talk = Talk(store, language, "v")
    back = talk.say({"ko": "본오1동 가로등이 꺼졌어요", "en": "streetlight out in Bono 1-dong"}[language])
    assert district not in back.text
    talk.say({"ko": "네", "en": "yes"}[language])
    assert store.rows()[0].district is None


def test_corrections_at_the_reading_back(store):
    talk = Talk(store, "ko")
    talk.say("고잔동 난간이 부러졌어요")
    assert talk.say("아니요").text == text("reports.ask.wrong", "ko")
    assert "장소: 선부동" in talk.say("선부동이에요").text
    assert "2026년 7월 14일" in talk.say("어제부터예요").text
    assert "가로등" in talk.say("난간이 아니라 가로등이 꺼졌어요").text
    assert talk.say("잘 모르겠는데").status == "clarify"
    talk.say("맞아요")
    assert store.rows()[0].since == "2026-07-14"


def test_english_correction_with_a_place(store):
    talk = Talk(store, "en")
    talk.say("broken railing in Gojan since Monday")
    back = talk.say("no, it's in Seonbu-dong")
    assert "Seonbu-dong" in back.text
    assert "Place: Gojan" not in back.text
    talk.say("correct")
    report = store.rows()[0]
    assert (report.place, report.since) == ("선부동", "2026-07-13")


@pytest.mark.parametrize(
    ("language", "word"), [("ko", "취소"), ("en", "cancel"), ("ko", "그만할래"), ("en", "never mind")]
)
def test_cancel_at_every_step(store, language, word):
    starts = {
        "ko": (["신고하고 싶어요"], ["가로등이 꺼졌어요"], ["초지역 가로등 꺼짐"], ["초지역 가로등 꺼짐", "아니요"]),
        "en": (["can I make a report?"], ["streetlight is out"], ["streetlight is out at Choji station"]),
    }[language]
    for messages in starts:
        talk = Talk(store, language)
        for message in messages:
            talk.say(message)
        assert talk.draft.alive
        assert talk.say(word).text == text("reports.cancelled", language)
        assert not talk.draft.alive
    assert list(store.rows()) == []


def test_a_shared_location_is_enough_for_the_place(store):
    talk = Talk(store, "ko")
    talk.say("맨홀 뚜껑이 열려 있어요")
    back = talk.say("📍", location=STATION)
    assert "초지동" in back.text
    talk.say("네")
    (report,) = store.rows()
    assert (report.lat, report.lon) == (37.321, 126.806)
    assert report.dong == "4127357000"


def test_a_location_or_a_place_outside_ansan_is_not_taken(store):
    talk = Talk(store, "ko")
    assert talk.say("수원시 팔달구 가로등이 꺼졌어요").status == "out_of_scope"
    talk = Talk(store, "en")
    talk.say("manhole is open")
    assert talk.say("📍", location=(37.5665, 126.9780)).text == text("reports.outside_point", "en")
    assert list(store.rows()) == []


def test_words_no_map_knows_stay_in_the_words(store):
    talk = Talk(store, "ko")
    talk.say("가로등이 꺼졌어요")
    assert talk.say("파란 대문 집 뒤").text == text("reports.ask.place_again", "ko")
    back = talk.say("김밥집 골목 010-1234-5678")
    assert "김밥집 골목" in back.text
    assert "1234" not in back.text
    talk.say("응")
    (report,) = store.rows()
    assert (report.place, report.lat, report.district) == ("", None, None)


def test_numbers_and_names_never_come_into_the_draft(store):
    talk = Talk(store, "ko")
    back = talk.say("제 이름은 김철수입니다 010-1234-5678 초지역 앞 맨홀이 열려 있어요")
    assert "김철수" not in str(talk.draft.to_json())
    assert "1234" not in str(talk.draft.to_json())
    assert text("reports.read_back.removed", "ko", mark="[***]") in back.text


@pytest.mark.parametrize(("language", "message"), [("ko", "사진 보내도 돼요?"), ("en", "can I send a photo?")])
def test_photos_are_not_kept_and_it_is_said(store, language, message):
    talk = Talk(store, language)
    talk.say({"ko": "초지역 가로등이 꺼졌어요", "en": "streetlight out at Choji station"}[language])
    step = talk.draft
    answer = talk.say(message)
    assert answer.text.startswith(text("reports.photo", language))
    assert talk.draft == step


def test_withdrawal_asks_first(store):
    talk = Talk(store, "ko")
    talk.say("초지역 가로등이 꺼졌어요")
    number = receipt_of(talk.say("네"))
    other = Talk(store, "en", "v")
    assert "streetlight out" in other.say(f"status of {number}").text
    sure = other.say(f"withdraw {number.lower()}")
    assert number in sure.text
    assert len(store.rows()) == 1
    assert other.say("no").text == text("reports.withdraw.kept", "en")
    assert len(store.rows()) == 1
    talk.say(f"접수번호 {number} 취소해줘")
    assert talk.say("네").text == text("reports.withdraw.done", "ko", receipt=number)
    assert list(store.rows()) == []
    assert talk.say(f"접수번호 {number} 어떻게 됐어?").text == text("reports.withdraw.unknown", "ko", receipt=number)


def test_a_receipt_that_is_missing_or_mistyped_is_asked_for(store):
    talk = Talk(store, "ko")
    number = receipt_of((talk.say("초지역 가로등이 꺼졌어요"), talk.say("네"))[1])
    assert talk.say("접수번호로 신고 취소하고 싶어요").text == text("reports.withdraw.which", "ko")
    assert "지울까요" in talk.say(number).text
    talk.say("아니요")
    wrong = number[:-1] + ("2" if number[-1] != "2" else "3")
    assert talk.say(f"{wrong} 취소").text == text("reports.withdraw.wrong", "ko", receipt=wrong)
    assert len(store.rows()) == 1


def test_what_is_about_a_receipt():
    assert about_receipt("접수번호 AS-2222-222 취소해줘", "ko")
    assert about_receipt("what happened to AS-2222-222?", "en")
    assert not about_receipt("축제 취소하면 어떻게 돼?", "ko")
    assert not about_receipt("cancel", "en")


def test_a_second_teller_is_joined_and_the_same_one_is_refused_calmly(store):
    for sender in ("u", "v"):
        talk = Talk(store, "ko", sender)
        talk.say("초지역 가로등이 꺼졌어요")
        assert talk.say("네").computed[0]["joined"] is (sender == "v")
    talk = Talk(store, "ko", "u")
    talk.say("초지역 가로등이 꺼졌어요")
    assert talk.say("네").text == text("reports.refused.repeated", "ko")
    assert store.rows()[0].times == 2


@pytest.mark.parametrize(
    ("language", "message", "why"),
    [
        ("ko", "씨발 가로등 꺼졌다고", "hostile"),
        ("en", "fucking pothole at Choji station", "hostile"),
        ("ko", "가로등 꺼짐 https://example.com/win", "link"),
        ("en", "see www.example.com pothole", "link"),
    ],
)
def test_abuse_is_refused_calmly(store, language, message, why):
    talk = Talk(store, language)
    answer = talk.say(message)
    assert (answer.status, answer.text) == ("refused", text(f"reports.refused.{why}", language))
    assert not talk.draft.alive


def test_a_light_that_is_out_is_not_abuse(store):
    assert Talk(store, "ko").say("초지역 가로등이 꺼져 있어요").status == "clarify"


def test_limits_are_said(tmp_path):
    store = SqliteReports(tmp_path / "r.sqlite", Limits(sender_hour=1))
    for message, status in (("초지역 가로등이 꺼졌어요", "answered"), ("중앙역 맨홀이 열려 있어요", "refused")):
        talk = Talk(store, "ko")
        talk.say(message)
        assert talk.say("네").status == status
    assert len(store.rows()) == 1


def test_a_store_that_is_down_is_said(tmp_path):
    broken = tmp_path / "r.sqlite"
    broken.write_bytes(b"x" * 5000)
    talk = Talk(SqliteReports(broken), "en")
    talk.say("streetlight out at Choji station")
    answer = talk.say("yes")
    assert answer.status == "unavailable"
    assert "119" in [call.number for call in answer.calls]


def test_nonsense_where_a_hazard_is_asked_for(store):
    talk = Talk(store, "ko")
    talk.say("신고할게요")
    for nonsense in ("ㅋ", "?", "123", "네"):
        assert talk.say(nonsense).text == text("reports.ask.what", "ko")
    assert "그 밖의 위험" in talk.say("벌집이 있어요 초지역 앞").text
    talk.say("네")
    assert store.rows()[0].kind == "other"


def test_after_an_emergency_the_report_is_offered(store):
    said, draft = offer("싱크홀에 차가 빠졌어요 원곡초 앞", "ko", TODAY)
    assert said == text("reports.emergency_offer", "ko")
    answer, after, done = advance(draft, "네", "ko", TODAY)
    assert "원곡초등학교" in answer.text
    assert after.step == "confirm"
    assert done is None
    answer, after, done = advance(draft, "아니요 괜찮아요", "ko", TODAY)
    assert not after.alive
    assert done is None
    assert offer("아빠가 숨을 안 쉬어요", "ko", TODAY) is None
    assert offer("help my dad is not breathing", "en", TODAY) is None


def test_a_hazard_that_sounds_like_an_emergency_goes_on_in_its_draft(store):
    draft = ReportDraft(step="what", place="초지역", lat=37.3206, lon=126.8059, dongs=("4127357000",))
    found = offer("전봇대가 기울어서 쓰러질 것 같아요", "ko", TODAY, draft=draft)
    assert found is not None
    answer, after, _ = advance(found[1], "네", "ko", TODAY)
    assert (after.step, after.kind, after.place) == ("confirm", "wire", "초지역")
    assert "초지역" in answer.text


def test_a_bare_wish_is_offered_and_then_asked(store):
    found = offer("I want to report something dangerous", "en", TODAY)
    assert found is not None
    assert advance(found[1], "yes", "en", TODAY)[0].text == text("reports.ask.what", "en")


@pytest.mark.parametrize(
    ("language", "message", "mine"),
    [
        ("ko", "네", True),
        ("ko", "원곡동이에요", True),
        ("ko", "취소", True),
        ("ko", "사진 있어요?", True),
        ("ko", "원곡동 지진 대피소 어디야?", False),
        ("ko", "안전점검은 얼마나 자주 하나요?", False),
        ("en", "yes", True),
        ("en", "by the school", True),
        ("en", "where is the nearest shelter?", False),
        ("en", "who must inspect steep slopes?", False),
    ],
)
def test_a_question_in_the_middle_is_somebody_elses(language, message, mine):
    draft = ReportDraft(step="place", kind="tree", what="tree")
    assert belongs(draft, message, language) is mine
    assert not belongs(ReportDraft(), message, language)


def test_a_draft_goes_through_json():
    told = ("confirm", "tree", "x", "초지역", 1.0, 2.0, ("1",), "2026-07-01")
    draft = ReportDraft(*told, ("a", "b"), 1, True, True, "r")
    assert ReportDraft.read(json.loads(json.dumps(draft.to_json()))) == draft
    for junk in (None, "x", [], {"step": "place", "junk": 1}, {"junk": []}):
        assert isinstance(ReportDraft.read(junk), ReportDraft)


def test_several_places_are_asked_between(store):
    draft = ReportDraft("which", "tree", "tree fell", choices=("Choji Station", "Jungang Station"))
    answer, after, _ = advance(draft, "2", "en", TODAY)
    assert after.place == "중앙역"
    assert "Jungang" in answer.text
    answer, after, _ = advance(draft, "Choji Station", "en", TODAY)
    assert after.place == "초지역"
    assert "Choji" in answer.text


YES_NO = {"en": ["yes", "no", "no no", "ok", "..."], "ko": ["네", "아니요", "아뇨", "응", "..."]}
TOLD = {"en": "the railing is loose in Gojan-dong", "ko": "고잔동 난간이 흔들려요"}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_bare_yes_or_no_is_no_hazard_and_no_place(store, language):
    wish = {"en": "I want to report a hazard", "ko": "신고하고 싶어요"}[language]
    hazard = {"en": "the railing is loose", "ko": "난간이 흔들려요"}[language]
    no = {"en": "no", "ko": "아니요"}[language]
    for begun in ([wish], [hazard], [TOLD[language], no]):
        talk = Talk(store, language)
        for message in begun:
            talk.say(message)
        before = talk.draft
        for word in YES_NO[language]:
            talk.say(word)
            assert talk.draft == before, (begun, word)
    assert list(store.rows()) == []


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "nearest shelter to Seonbu"), ("en", "heat shelter in Seonbu-dong"), ("ko", "선부동 대피소"),
     ("ko", "선부동에서 가까운 무더위쉼터")],
)  # fmt: skip
def test_a_question_about_places_leaves_the_report_as_it_is(store, language, message):
    talk = Talk(store, language)
    talk.say(TOLD[language])
    assert not belongs(talk.draft, message, language)
    assert not belongs(ReportDraft("what"), message, language)


@pytest.mark.parametrize(("language", "message"), [("en", "by the heat shelter in Gojan"), ("ko", "고잔동 대피소 앞")])
def test_a_shelter_may_be_where_a_hazard_is(store, language, message):
    draft = ReportDraft("place", "tree", "tree fell")
    assert belongs(draft, message, language)
    assert advance(draft, message, language, TODAY)[1].place.startswith("고잔동")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "also the street light is out"), ("en", "the street light is out too"),
        ("en", "and the drain is blocked at Choji Station"), ("en", "the drain is blocked"),
        ("ko", "가로등도 나갔어요"), ("ko", "그리고 배수구가 막혔어요"), ("ko", "초지역 배수구가 막혔어요"),
        ("ko", "또 고잔동 맨홀이 열려 있어요"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", ["place", "confirm"])
def test_a_second_hazard_does_not_take_the_place_of_the_first(language, message, step):
    if step == "place" and "초지역" in message:
        pytest.skip("where a place was asked for, a place is an answer")
    draft = ReportDraft(step, "railing", "the railing", "고잔동" if step == "confirm" else "")
    answer, after, new = advance(draft, message, language, TODAY)
    assert after == draft
    assert new is None
    assert answer.text.startswith(text("reports.one_only", language))
    assert len(answer.text) > len(text("reports.one_only", language))


@pytest.mark.parametrize(
    ("language", "message", "kind"),
    [
        ("en", "actually the street light is out", "streetlight"),
        ("en", "no, the drain is blocked", "drain"),
        ("ko", "난간이 아니라 가로등이 꺼졌어요", "streetlight"),
        ("ko", "아니요 배수구가 막혔어요", "drain"),
    ],
)
def test_a_correction_takes_the_place_of_the_first(language, message, kind):
    draft = ReportDraft("confirm", "railing", "the railing", "고잔동")
    after = advance(draft, message, language, TODAY)[1]
    assert (after.kind, after.place) == (kind, "고잔동")
    assert after.what == message


@pytest.mark.parametrize(
    ("language", "more"), [("en", "it is dangerous for children"), ("ko", "아이들이 다칠 뻔했어요")]
)
def test_more_words_on_the_same_hazard_stand_behind_the_first(store, language, more):
    talk = Talk(store, language)
    talk.say(TOLD[language])
    assert f"{TOLD[language]} / {more}" in talk.say(more).text
    assert talk.draft.kind == "railing"


@pytest.mark.parametrize(("language", "away"), [("en", "road in Suwon"), ("ko", "수원시 팔달구"), ("en", "you idiot")])
def test_what_is_not_taken_is_followed_by_the_reading_back(store, language, away):
    talk = Talk(store, language)
    talk.say(TOLD[language])
    before = talk.draft
    assert text("reports.read_back.title", language) in talk.say(away).text
    assert talk.draft == before


@pytest.mark.parametrize(
    ("language", "part", "asked"),
    [
        ("en", "the place", "place"), ("ko", "장소가 틀려요", "place"), ("en", "the date", "wrong"),
        ("ko", "내용이요", "what"),
    ],
)
def test_the_part_that_is_wrong_is_asked_for(store, language, part, asked):
    talk = Talk(store, language)
    talk.say(TOLD[language])
    talk.say({"en": "no", "ko": "아니요"}[language])
    assert talk.say(part).text == text(f"reports.ask.{asked}", language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", "어딘지 몰라요"), ("ko", "(어딘지 말하기 싫어)"), ("ko", "위치는 잘 모르겠어요"), ("ko", "주소 몰라"),
        ("en", "I don't know where it is"), ("en", "(rather not say)"), ("en", "no clue"), ("en", "I'm not sure"),
    ],
)  # fmt: skip
def test_who_cannot_or_will_not_say_where_need_not(store, language, words):
    talk = Talk(store, language)
    talk.say({"en": "the railing is loose", "ko": "난간이 흔들려요"}[language])
    assert belongs(talk.draft, words, language)
    talk.say(words)
    assert (talk.draft.step, talk.draft.own_words) == ("confirm", True)
    assert "(" not in talk.draft.what


ASKED = {
    "en": ["what is the status of my report", "withdraw my report", "any news on my report?"],
    "ko": ["내 신고 어떻게 됐어", "접수번호로 신고 조회하고 싶어요", "제 신고 삭제해 주세요"],
}


@pytest.mark.parametrize(
    ("language", "message"), [(language, message) for language, rows in ASKED.items() for message in rows]
)
def test_an_earlier_report_can_be_asked_about_in_the_middle(store, language, message):
    first = Talk(store, language, "v")
    first.say({"en": "streetlight out at Choji station", "ko": "초지역 가로등이 꺼졌어요"}[language])
    yes, no = {"en": ("yes", "no"), "ko": ("네", "아니요")}[language]
    number = receipt_of(first.say(yes))
    talk = Talk(store, language)
    talk.say(TOLD[language])
    waiting, read_back = talk.draft, text("reports.read_back.title", language)
    for let_go in (no, yes, {"en": "I don't know", "ko": "몰라요"}[language]):
        assert talk.say(message).text == text("reports.withdraw.which_other", language)
        assert read_back in talk.say(let_go).text
        assert talk.draft == waiting
    talk.say(message)
    assert number in talk.say(number).text
    if talk.draft.step == "withdraw":
        assert read_back in talk.say(no).text
    assert talk.draft == waiting
    assert len(store.rows()) == 1


AFTER = {
    "en": ["what happens with my report?", "who sees my name", "when will it be fixed?", "is it anonymous?",
           "what happens if I report something?"],
    "ko": ["신고하면 어떻게 돼요", "언제 고쳐줘요", "제 이름은 누가 보나요?", "익명인가요?",
           "신고한 뒤에는 어떻게 되나요?"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "message"), [(language, message) for language, rows in AFTER.items() for message in rows]
)
def test_what_becomes_of_a_report_is_said(store, language, message):
    talk = Talk(store, language)
    said = text("reports.aftercare", language)
    assert about_receipt(message, language)
    assert talk.say(message).text == said
    assert not talk.draft.alive
    talk.say(TOLD[language])
    before = talk.draft
    assert belongs(before, message, language)
    answer = talk.say(message)
    assert answer.text.startswith(said)
    assert text("reports.read_back.title", language) in answer.text
    assert talk.draft == before
    assert {"110", "120", "119"} == {call.number for call in answer.calls}


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [("en", "withdraw my report", "the drain is blocked"), ("ko", "내 신고 삭제해 줘", "배수구가 막혔어요")],
)
def test_a_hazard_where_a_number_was_asked_for_is_a_report(store, language, first, other):
    talk = Talk(store, language)
    assert talk.say(first).text == text("reports.withdraw.which", language)
    assert talk.say("AS-222").text == text("reports.withdraw.wrong", language, receipt="AS-222")
    assert talk.draft.step == "receipt"
    assert talk.say(other).text == text("reports.ask.place", language)
    assert talk.draft.kind == "drain"


@pytest.mark.parametrize(
    ("language", "told", "more"),
    [
        ("en", "streetlight is out on the path at Choji Station", "no wait, two streetlights"),
        ("en", "broken railing at Ansan Station", "oh, three of them"),
        ("ko", "초지역 산책로에 가로등 나갔어요", "아 두 개예요"),
        ("ko", "안산역 육교 난간이 부러졌어요", "아니 난간이 세 군데요"),
    ],
)
def test_what_is_more_exact_goes_behind_the_words(store, language, told, more):
    talk = Talk(store, language)
    talk.say(told)
    back = talk.say(more)
    assert f"{told} / {more}" in back.text
    assert talk.draft.step == "confirm"


@pytest.mark.parametrize(
    ("language", "told", "more"),
    [
        ("en", "streetlight is out at Choji Station", "no, that's not right"),
        ("en", "streetlight is out at Choji Station", "dunno since when"),
        ("ko", "초지역 가로등 나갔어요", "아니요"),
        ("ko", "초지역 가로등 나갔어요", "아 몰라요"),
    ],
)
def test_a_mere_no_adds_no_words(store, language, told, more):
    talk = Talk(store, language)
    talk.say(told)
    talk.say(more)
    assert talk.draft.what == told


def test_another_place_is_told_in_the_words_too(store):
    talk = Talk(store, "ko")
    talk.say("화랑유원지 산책로에 가로등 나갔어요")
    back = talk.say("유원지 말고 원곡초등학교 앞이요")
    assert "원곡초등학교" in back.text
    assert talk.draft.what == "화랑유원지 산책로에 가로등 나갔어요 (유원지 말고 원곡초등학교 앞이요)"


@pytest.mark.parametrize(
    ("words", "language", "wants"),
    [
        ("withdraw it", "en", True),
        ("how do I withdraw it?", "en", True),
        ("please delete that", "en", True),
        ("cancel", "en", True),
        ("철회할게요", "ko", True),
        ("취소하려면 어떻게 해요?", "ko", True),
        ("can an order be withdrawn under Article 31?", "en", False),
        ("who removes a fallen tree?", "en", False),
        ("지정은 어떤 규정으로 취소되나요?", "ko", False),
        ("고마워요", "ko", False),
    ],
)
def test_who_wants_a_report_back_needs_no_number(words, language, wants):
    assert wants_it_back(words, language) is wants


@pytest.mark.parametrize("language", ["en", "ko"])
def test_how_to_withdraw_asks_for_the_number_which_no_slot_holds(language):
    assert "AS-" in how_to_withdraw(language).text
