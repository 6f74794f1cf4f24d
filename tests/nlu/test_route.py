"""Which skill a message is for: the examples of the intents, and what must stay a question about rules."""

from __future__ import annotations

import pytest

from nlu import nearby
from nlu.message import LOCATION_ONLY
from nlu.route import CARD, NEARBY, RULE, SOURCES, route
from tests.nlu.test_intents import examples

SKILL = {"ask_nearby": NEARBY, "ask_card": CARD, "ask_sources": SOURCES, "ask_rule": RULE}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("intent", SKILL)
def test_examples_go_to_their_skill(intent, language):
    texts = examples(language)[intent]
    wrong = [(text, got) for text in texts if (got := route(text, language).skill) != SKILL[intent]]
    print(wrong)
    assert len(wrong) <= 0.1 * len(texts)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_follow_ups_go_on_from_an_answer_about_places(language):
    texts = examples(language)["follow_up"]
    wrong = [text for text in texts if route(text, language, thread=True, last=NEARBY).skill != NEARBY]
    print(wrong)
    assert len(wrong) <= 0.1 * len(texts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Article 73-9 (4)", "en"),
        ("who designates temporary housing for evacuees", "en"),
        ("임시주거시설은 누가 지정하나요", "ko"),
        ("지진 대피훈련은 얼마나 자주 하나요", "ko"),
        ("what does the decree say about earthquake drills", "en"),
        ("제34조의2 알려줘", "ko"),
    ],
)
def test_rules_stay_rules(text, language):
    assert route(text, language, thread=True, last=NEARBY).skill == RULE


def test_a_shared_location_alone_is_about_places():
    asked = route(LOCATION_ONLY, "ko", located=True)
    assert asked.skill == NEARBY
    assert asked.reading == nearby.read("", "ko")


@pytest.mark.parametrize(
    ("text", "language", "rest"),
    [
        ("nearest earthquake shelter to Gojan, and when is the safety plan due?", "en", "when is the safety plan due"),
        ("고잔동 지진 대피소 어디야? 안전관리계획은 언제까지 내나요?", "ko", "안전관리계획은 언제까지 내나요"),
    ],
)
def test_a_place_and_a_rule_in_one_message(text, language, rest):
    asked = route(text, language)
    assert asked.skill == NEARBY
    assert rest in asked.rest
    assert asked.reading is not None
    assert asked.reading.kinds == ("earthquake_site",)


def test_commas_in_numbers_do_not_cut_a_message():
    asked = route("stage in Gojan for 1,200 people: nearest shelter, and when is the plan due?", "en")
    assert asked.skill == NEARBY
    assert "1,200 people" in asked.rest


@pytest.mark.parametrize("language", ["en", "ko"])
def test_our_own_buttons_are_understood(language):
    from knowledge.catalogue.model import SHELTERS
    from nlu.texts import text

    for name in ("more", "room"):
        asked = route(text(f"nearby.chip.{name}", language), language, thread=True, last=NEARBY)
        assert asked.skill == NEARBY
        assert asked.reading is not None
        assert {"more": "more", "room": "more_room"}[name] in asked.reading.signs
    for kind in SHELTERS:
        label = text(f"nearby.kind.{kind}", language)
        for chip in ("near", "here"):
            asked = route(text(f"nearby.chip.{chip}", language, kind=label, place="원곡동"), language)
            assert asked.skill == NEARBY
            assert asked.reading is not None
            assert asked.reading.kinds == (kind,)
