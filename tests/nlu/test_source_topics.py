"""Questions about disclosed data are told from questions about rules, in both languages."""

from __future__ import annotations

import json

import pytest

from knowledge.library import LAWS
from knowledge.register.topics import ALL, topics
from nlu.language import LANGUAGES, detect
from nlu.source_topics import ASKS, LONGEST, find_topic, load
from tests.conftest import ROOT

ASKED = {
    # what there is
    "what data do you have?": ALL,
    "What data do you hold": ALL,
    "Which datasets are available?": ALL,
    "what kinds of data do you have": ALL,
    "list your data sources": ALL,
    "show me all the datasets you have": ALL,
    "where does your data come from?": ALL,
    "where did you get this data": ALL,
    "how old is your data?": ALL,
    "how up to date is your information": ALL,
    "data sources": ALL,
    "what information do you have": ALL,
    "어떤 데이터가 있어?": ALL,
    "무슨 데이터 가지고 있어요?": ALL,
    "어떤 자료를 갖고 있나요": ALL,
    "데이터 뭐 있어": ALL,
    "데이터는 어떤 게 있나요?": ALL,
    "보유하고 있는 데이터 알려줘": ALL,
    "데이터 목록 보여줘": ALL,
    "데이터 출처": ALL,
    "이 데이터는 어디서 가져온 거야?": ALL,
    "데이터 기준일이 언제예요?": ALL,
    "자료는 얼마나 최신이야": ALL,
    "어떤 공공데이터를 쓰나요?": ALL,
    # no place of it is held
    "AED 어디 있어?": "aed",
    "aed어딨어": "aed",
    "자동심장충격기 위치 알려줘": "aed",
    "근처에 제세동기 있나요": "aed",
    "where is the nearest defibrillator": "aed",
    "Is there an AED near here?": "aed",
    "AED Ansan": "aed",
    "find a defibrillator around here": "aed",
    "침수흔적도도 있어?": "flood-marks",
    "우리 동네 침수 이력 볼 수 있어?": "flood-marks",
    "do you have a flood history of this area": "flood-marks",
    "flood risk map please, can you show it": "flood-maps",
    "홍수위험지도 보여줘": "flood-maps",
    "산사태 위험지역 어디야": "landslide-areas",
    "show me landslide areas nearby": "landslide-areas",
    "급경사지 어디 있어요": "steep-slopes",
    "where are the steep slopes in Sangnok-gu": "steep-slopes",
    "재해위험지구 알려줘": "risk-districts",
    "한파쉼터 어디 있어?": "cold-shelters",
    "where is a warming centre": "cold-shelters",
    "화학사고 대피장소 있어?": "chemical-shelters",
    "교통사고 다발지역 알려줘": "accident-hotspots",
    "근처 응급실 어디예요": "hospitals",
    "nearest hospital": "hospitals",
    "가까운 파출소 어디야": "police",
    "where is the police station": "police",
    "그늘막 위치 알려줘": "heat-reducing",
    "방사능 수치 알려줘": "radiation",
    # inspections and grades
    "lift inspection results of our building": "lifts",
    "has our elevator passed its safety inspection?": "lifts",
    "Can I see the inspection record of the lift in my block?": "lifts",
    "우리 아파트 엘리베이터 검사 받았어?": "lifts",
    "승강기 안전검사 결과 조회": "lifts",
    "엘리베이터 안전점검 이력 볼 수 있나요": "lifts",
    "놀이터 안전검사": "playgrounds",
    "동네 놀이터 안전한지 알려줘": "playgrounds",
    "playground safety inspection results": "playgrounds",
    "is there data on playgrounds": "playgrounds",
    "정비된 저수지 등급": "dams-reservoirs",
    "저수지 안전등급 알려줘": "dams-reservoirs",
    "safety grade of the reservoir near us": "dams-reservoirs",
    "학교 안전점검 결과 있어?": "schools",
    "school safety inspection results in Ansan": "schools",
    "어린이집 안전점검 결과 보여줘": "childcare",
    "가스 안전점검 결과 조회": "gas",
    "gas inspection results for our flat": "gas",
    "전기 안전점검 결과 알려줘": "electricity",
    "electrical safety inspection records": "electricity",
    "전통시장 안전점검 결과": "traditional-markets",
    "여객선 안전검사 정보": "ships",
    "ferry inspection results": "ships",
    "우리 건물 안전등급 알려줘": "facility-grades",
    "아파트 안전진단 결과 알려줘": "facility-grades",
    "건물 안전등급 데이터 있어?": "facility-grades",
    "building safety grade data": "facility-grades",
    "이 다리 안전등급 몇 등급이야": "bridges-tunnels",
    "bridge safety rating, can you look up": "bridges-tunnels",
    "다중이용업소 현황 데이터": "public-use-businesses",
    "소방시설 점검 결과 볼 수 있어?": "fire-inspections",
    "fire safety inspection results of this building": "fire-inspections",
    "유해화학물질 사업장 현황 알려줘": "hazardous-chemicals",
    "수돗물 수질검사 결과": "water-quality",
    "tap water quality results": "water-quality",
    "식당 위생등급 조회": "food",
    "restaurant hygiene rating of this place": "food",
    "지하철 사고 통계 있어?": "railway",
    "집중안전점검 결과 보여줘": "intensive-inspection",
    # messages and weather
    "오늘 재난문자 보여줘": "disaster-messages",
    "show me the latest emergency alert messages": "disaster-messages",
    "기상특보 지금 있어?": "weather-warnings",
    "최근 지진 알려줘": "earthquake-notices",
    "하천 수위 지금 어때": "river-levels",
    # data about what has places in the catalogue; the places themselves are the catalogue's
    "무더위쉼터 데이터 있어?": "heat-shelters",
    "do you have data on heat shelters": "heat-shelters",
    "소화전 목록 데이터 줘": "hydrants",
    "list of earthquake shelters": "earthquake-sites",
    "민방위 대피소 자료 출처": "civil-defence-shelters",
}
NOT_ASKED = [
    "무더위쉼터 어디 있어?",
    "nearest heat shelter",
    "지진 대피소 어디야",
    "where is the closest earthquake shelter",
    "가까운 소화전",
    "우리 동네 민방위 대피소가 어디 있는지 주소 좀",
    "엘리베이터에 갇혔어요",
    "I am stuck in a lift",
    "승강기 점검 의무는 누구에게 있나요?",
    "How often must a lift be inspected?",
    "안전등급 D가 무슨 뜻이에요?",
    "What does safety grade D mean for an area?",
    "행안부가 우리 기관에 어떤 안전 자료 달라고 할 수 있나요?",
    "시설물 안전점검 결과도 제공 요청 자료에 들어가는지 확인 부탁드립니다",
    "재난문자 알림 소리 끄는 방법 알려줘요",
    "How often do the fire extinguishers in my building have to be checked?",
    "제73조의7",
    "Article 73-7 (1)",
    "축제 안전관리계획은 언제까지 내나요",
    "When is the festival safety plan due?",
    "Who owns the data collected by headquarters?",
    "불이 났어요",
    "안녕",
    "thanks",
    "",
    "????",
]


@pytest.mark.parametrize(("text", "topic"), ASKED.items())
def test_asked(text, topic):
    assert find_topic(text, detect(text)) == topic


@pytest.mark.parametrize("text", NOT_ASKED)
def test_not_asked(text):
    for language in LANGUAGES:
        assert find_topic(text, language) is None


def test_the_table_is_large_and_wide():
    assert len(ASKED) >= 80
    assert len(set(ASKED.values())) >= 40


def test_spacing_and_case_do_not_matter():
    for text, topic in ASKED.items():
        if detect(text) == "ko":
            assert find_topic(text.replace(" ", ""), "ko") == topic, text
        else:
            assert find_topic(text.upper() + "??", "en") == topic, text


def test_both_lexicons_name_every_topic():
    for language in LANGUAGES:
        rows = load(language)["topics"]
        assert rows.keys() == topics().keys()
        assert {row["asks"] for row in rows.values()} <= ASKS.keys()


def test_both_files_hold_the_same_texts():
    def keys(value, prefix=""):
        if not isinstance(value, dict):
            return {prefix}
        return {key for name, inner in value.items() for key in keys(inner, f"{prefix}.{name}")}

    assert keys(load("en")["texts"]) == keys(load("ko")["texts"])


def test_a_long_or_strange_message_is_no_question():
    for text in ("데이터 " * 5000, "a" * 100_000, "어디" * (LONGEST // 2), "play " * 40, "1" * LONGEST):
        assert find_topic(text, "en") is None
    assert find_topic("\x00\ud800 AED 어디?", "ko") == "aed"
    assert find_topic("what data do you have " * 20, "en") is None


def test_questions_of_the_notes_are_not_taken():
    asked = [
        (question, language)
        for path in LAWS.glob("*/notes/*.jsonl")
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        for language in LANGUAGES
        for question in row.get(f"questions_{language}", ())
    ]
    assert len(asked) > 5000
    taken = [question for question, language in asked if find_topic(question, language)]
    assert len(taken) <= len(asked) / 1000, taken


def test_questions_that_the_decree_answers_are_not_taken(eval_folder):
    rows = [json.loads(line) for line in (eval_folder / "provisions.jsonl").read_text("utf-8").splitlines()]
    assert rows
    assert [row["question"] for row in rows if find_topic(row["question"], row["lang"])] == []


def test_texts_stand_with_the_languages():
    assert all((ROOT / "nlu" / language / "sources.yml").exists() for language in LANGUAGES)
