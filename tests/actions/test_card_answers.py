"""Action cards as answers: the card, whom to call, what to ask next, the imported official lines."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from actions.compose_card import OfficialLine, compose_card, compose_card_list, official_lines
from knowledge.guides.store import GuideStore
from nlu import emergency_lexicon
from nlu.cards import cards, find_card, load
from nlu.first_calls import NUMBERS, TEXTING, WITHOUT
from nlu.language import LANGUAGES

GUIDES = Path(__file__).resolve().parents[3] / "shared" / "data" / "guides" / "official_api_responses"


def response(code: int, rows: list[tuple[int, int, str]]) -> bytes:
    items = [
        {
            "actRmks": words,
            "contentsType": 1,
            "mainOrd": main,
            "subOrd": sub,
            "safetyCate1": 1,
            "safetyCate2": code // 1000,
            "safetyCate3": code,
            "safetyCateNm1": "재난",
            "safetyCateNm2": "지진",
            "safetyCateNm3": "시험",
        }
        for main, sub, words in rows
    ]
    body = {"items": {"item": items}, "totalCount": len(items)}
    return json.dumps({"response": {"header": {"resultCode": 0}, "body": body}}, ensure_ascii=False).encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(cards("ko")))
def test_every_card_is_an_answer(name, language):
    answer, card = compose_card(name, language), cards(language)[name]
    assert (answer.status, answer.language, answer.lead) == ("answered", language, card.title)
    assert all(f"• {line}" in answer.text for line in card.lines)
    assert "safekorea.go.kr" in answer.text
    assert answer.source_dates == ("2023-07",)
    assert [call.number for call in answer.calls] == list(card.calls)
    assert all(call.number in call.label and call.number in answer.text for call in answer.calls)
    assert len(answer.suggestions) == len(card.kinds_of_shelter)
    assert answer.next_steps == ()
    assert len(answer.text) <= 1000  # one message of every channel


def test_an_earthquake_leads_to_an_earthquake_site_and_to_no_other_kind():
    assert compose_card("earthquake", "en").suggestions == ("Nearest earthquake site",)
    assert compose_card("earthquake", "ko").suggestions == ("가까운 지진 옥외대피장소",)
    assert compose_card("air_raid", "en").suggestions == ("Nearest civil defence shelter",)
    assert compose_card("fire_building", "en").suggestions == ()


def test_temporary_housing_is_said_to_open_only_when_the_city_opens_it():
    assert "opens only when the city opens it" in compose_card("typhoon", "en").text
    assert "시가 열 때만" in compose_card("typhoon", "ko").text
    assert "only when the city" not in compose_card("earthquake", "en").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_every_card_and_its_suggestions_find_cards(language):
    answer = compose_card_list(language)
    assert all(f"• {card.title}" in answer.text for card in cards(language).values())
    assert "119" in answer.text
    assert [call.number for call in answer.calls] == ["119", "112"]
    found = [find_card(title, language) for title in answer.suggestions]
    assert [match.card for match in found if match] == load(language)["list_first"]


def test_an_unknown_card_is_refused():
    with pytest.raises(KeyError):
        compose_card("volcano_god", "en")


def test_imported_official_lines_are_quoted_word_for_word_and_dated(tmp_path):
    store = GuideStore(tmp_path / "guides.json")
    assert official_lines("earthquake", store) == ()
    rows = [(10, 2, "탁자 밑 시험 문장"), (77, 1, "카드와 상관없는 문장"), (10, 3, "머리 시험 문장")]
    store.add(response(1011010, rows))
    official = official_lines("earthquake", store)
    assert [line.text for line in official] == ["탁자 밑 시험 문장", "머리 시험 문장"]
    today = dt.datetime.now(dt.timezone.utc).date()
    assert {(line.category, line.imported) for line in official} == {("지진 · 시험", today)}
    for language in LANGUAGES:
        answer = compose_card("earthquake", language, official=official)
        assert "“탁자 밑 시험 문장”\n“머리 시험 문장”" in answer.text
        assert "지진 · 시험" in answer.text
        assert "카드와 상관없는" not in answer.text
        assert answer.source_dates == ("2023-07", today.isoformat())
        assert answer.text.startswith(compose_card("earthquake", language).text)


def test_at_most_six_official_lines_are_quoted():
    many = tuple(OfficialLine(f"문장 {n}", "지진", dt.date(2026, 1, 2)) for n in range(9))
    assert compose_card("earthquake", "ko", official=many).text.count("“문장") == 6


def test_a_broken_store_does_not_take_the_card_away(tmp_path):
    file = tmp_path / "guides.json"
    file.write_text("{", "utf-8")
    assert official_lines("earthquake", GuideStore(file)) == ()


@pytest.mark.skipif(not GUIDES.exists(), reason="the official guidelines (../shared/data/guides) are not here")
def test_every_card_finds_its_official_lines_in_the_real_responses(tmp_path):
    store = GuideStore(tmp_path / "guides.json")
    for file in sorted(GUIDES.glob("*.json")):
        store.add(file.read_bytes())
    for name in cards("ko"):
        official = official_lines(name, store)
        assert official, name
        assert all(line.text in compose_card(name, "en", official=official).text for line in official[:6])


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_to_call_are_said_and_can_be_tapped(language):
    for name in (NUMBERS, TEXTING):
        told = compose_card(name, language)
        assert told.status == "answered"
        assert [call.number for call in told.calls] == ["119", "112"]
        assert "119" in told.lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_texting_says_what_the_emergency_reply_says(language):
    said = {"en": "text 119 or 112", "ko": "119나 112로 문자를 보내세요"}[language]
    assert said in emergency_lexicon.load(language)["kinds"]["other"]["text"]
    assert said in compose_card(TEXTING, language).lead


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_aid_without_a_card_is_no_such_data_with_119_and_the_cards_there_are(language):
    told = compose_card(WITHOUT, language)
    assert told.status == "no_such_data"
    assert [call.number for call in told.calls] == ["119"]
    for title in told.suggestions:
        assert find_card(title, language) is not None
        assert title in told.text
