"""What a message wants where no pattern tells it: the learned reader, its weights, and what the route makes of it.

The messages of the tables were written for these tests; none of them is learned from.
"""

import datetime as dt

import numpy as np
import pytest

from nlu import skill_reader, train_skills
from nlu.language import LANGUAGES
from nlu.route import CARD, DEADLINE, DUTIES, FESTIVAL, NEARBY, REPORT, RULE, SOURCES, route

WANTED = [
    ("en", "Could somebody look over what we have written for our jazz picnic by the reservoir", FESTIVAL),
    ("ko", "저희 동아리 가을 행사 준비가 규정에 맞는지 같이 살펴봐 주실래요", FESTIVAL),
    ("en", "a wedding fair for 2,000 in the sports hall, are our safety papers in order?", FESTIVAL),
    ("ko", "마을 잔치 준비 서류 빠진 거 있나 같이 봐 주세요", FESTIVAL),
    ("en", "I was made manager of a cinema, list what is expected of me", DUTIES),
    ("ko", "영화관 관리인이 됐는데 제가 챙길 일들 쭉 알려주세요", DUTIES),
    ("en", "what falls to me as landlord of a bowling alley", DUTIES),
    ("ko", "볼링장 건물주인데 제가 챙길 건 뭐예요", DUTIES),
    ("en", "there's a paving slab missing outside the library and people keep tripping", REPORT),
    ("ko", "도서관 앞 보도블록이 빠져서 사람들이 자꾸 걸려 넘어져요", REPORT),
    ("en", "a bench on the river path has rusty nails sticking out", REPORT),
    ("ko", "하천 산책로 벤치에 못이 튀어나와 있어요", REPORT),
    ("en", "granny's flat gets far too hot, is there somewhere in Bono-dong she could sit", NEARBY),
    ("ko", "할머니 댁이 너무 더워서 그런데 본오동에 앉아 계실 데 있을까요", NEARBY),
    ("en", "it is boiling, anywhere cool for a baby near Gojan station", NEARBY),
    ("ko", "아기 데리고 더위 식힐 데 고잔역 근처에 없나요", NEARBY),
    ("en", "anywhere in Choji-dong that sells medicine on a Sunday, a pharmacy I mean", SOURCES),
    ("ko", "일요일에 초지동 쪽에 하는 약국 있나 모르겠네", SOURCES),
    ("en", "where did you get these shelter numbers and when", SOURCES),
    ("ko", "여기 나온 대피소 숫자 어디서 언제 가져온 거예요", SOURCES),
    ("en", "my first typhoon season here, tips for getting the flat ready", CARD),
    ("ko", "태풍 처음 겪는데 집에서 준비할 것들 팁", CARD),
    ("en", "quake at night, steps for a family of four", CARD),
    ("ko", "밤에 지진 나면 아이들이랑 어떻게 움직이나요", CARD),
]
FLOOR = 0.8
RULES = [
    ("en", "How often is the national safety plan drawn up?"),
    ("ko", "국가안전관리기본계획은 몇 년마다 세우나요"),
    ("en", "Who appoints the members of the working committee, and for how long?"),
    ("ko", "실무위원회 위원은 누가 위촉하고 임기는 얼마인가요"),
    ("en", "What counts as a regional festival with a risk of accidents?"),
    ("ko", "사고 위험이 있는 지역축제는 어떤 축제를 말하나요"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_in_other_words_finds_its_skill(language):
    mine = [(text, skill) for each, text, skill in WANTED if each == language]
    wrong = [text for text, skill in mine if route(text, language).skill != skill]
    assert len(wrong) <= (1 - FLOOR) * len(mine), wrong


@pytest.mark.parametrize(("language", "text"), RULES)
def test_a_question_about_a_rule_stays_one(language, text):
    assert route(text, language).skill == RULE


def test_weights_are_those_of_the_messages():
    with np.load(skill_reader.WEIGHTS, allow_pickle=False) as stored:
        assert str(stored["inputs"]) == train_skills.inputs(), "python -m nlu.train_skills"


def test_everyday_messages_are_distinct_and_as_many_in_each_language():
    rows = train_skills.everyday()
    assert len({row.text.casefold() for row in rows}) == len(rows)
    counts = [sum(row.language == language for row in rows) for language in LANGUAGES]
    assert min(counts) > 0.9 * max(counts)
    assert {row.want for row in rows} == {*train_skills.WANTS, skill_reader.OTHER}


def test_shares_sum_to_one_whatever_the_text():
    for text in ("", " ", "🔥", "a" * 5000, "축제", "\ud800"):
        assert abs(sum(skill_reader.shares(text).values()) - 1) < 1e-6


def test_without_weights_the_patterns_work_alone(monkeypatch):
    monkeypatch.setattr(skill_reader, "load", lambda: None)
    assert skill_reader.shares("anything") == {}
    assert route(WANTED[0][1], "en").skill == RULE
    assert route("원곡동 지진 대피소 어디야?", "ko").skill == NEARBY


@pytest.mark.parametrize("text", ["300", "500 people", "300명", "3 May", "5월 3일", "a draft", "초안이요", "river"])
def test_an_answer_to_a_question_of_ours_is_no_wish(text):
    assert route(text, "en").skill == RULE
    assert route(text, "ko").skill == RULE


def test_what_is_wanted_must_be_wanted_of_something():
    """A day, a danger or a holder that the message does not name is not made up."""
    assert route("by what day does it have to be in?", "en").skill == RULE
    assert route("언제까지 내야 하는지 날짜 좀 뽑아 주세요", "ko").skill == RULE
    found = route("our motel was registered on 3 May, which day is the insurance due", "en")
    assert found.skill == DEADLINE
    assert found.deadline is not None
    assert found.deadline.anchor is not None
    assert found.deadline.anchor.replace(year=2000) == dt.date(2000, 5, 3)
