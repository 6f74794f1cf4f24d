"""Which question is answered behind the number to call: that of a doubt, never that of plain danger."""

import pytest

from nlu.emergency_aside import answered_too
from nlu.route import CARD, DUTIES, NEARBY


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("my mother cannot stand this heat at her age, any cooling centre in Sa-dong", NEARBY),
        ("우리 어머니가 더위를 못 참으시는데 사동에 무더위쉼터 있나요", NEARBY),
        ("list the duties of a building manager for me, all of it", DUTIES),
        ("건물 관리소장이 해야 할 일 쭉 정리해 줘", DUTIES),
        ("what do I do in an earthquake, I come from a country without any", CARD),
        ("지진 나면 어떻게 해야 하는지 아이가 자꾸 물어봐요", CARD),
    ],
)
def test_a_question_for_what_we_have(text, skill):
    assert answered_too(text) == skill


@pytest.mark.parametrize(
    "text",
    [
        "my kitchen is on fire, where is the nearest shelter in Wongok-dong",
        "집에 불났어요 원곡동 근처 대피소 어디예요",
        "he is not breathing, where is an AED",
        "숨을 안 쉬어요 심장충격기 어디 있어요",
        "FIRE!!",
        "불이야!!",
        "help me",
        "살려주세요",
        "I do not want to live any more",
        "살기 싫어요",
        "check our festival on the river, 400 people, fireworks",
        "축제 점검해 주세요",
        "",
    ],
)
def test_plain_danger_and_what_begins_a_form_get_the_number_only(text):
    assert answered_too(text) is None
