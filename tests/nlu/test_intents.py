from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu.linear_model import LinearModel, normal

NLU = Path(__file__).resolve().parents[2] / "nlu"


def examples(language: str) -> dict[str, list[str]]:
    data = yaml.safe_load((NLU / language / "intents.yml").read_text("utf-8"))
    return {
        block["intent"]: [line.removeprefix("- ").strip() for line in block["examples"].splitlines() if line.strip()]
        for block in data["nlu"]
    }


@pytest.mark.parametrize("language", ["en", "ko"])
def test_enough_examples_and_none_twice(language):
    found = examples(language)
    for intent, texts in found.items():
        if intent == "emergency" or intent == f"switch_to_{'korean' if language == 'en' else 'english'}":
            continue
        assert len(texts) >= 20, intent
        assert len({normal(t) for t in texts}) >= len(texts) - 1, intent
    everything = [normal(t) for intent, texts in found.items() for t in texts]
    for text in set(everything):
        homes = {intent for intent, texts in found.items() if text in {normal(t) for t in texts}}
        assert len(homes) == 1, (text, homes)


def test_both_languages_have_the_same_intents():
    english, korean = set(examples("en")), set(examples("ko"))
    assert korean | {"switch_to_english"} == english | {"switch_to_english"}


@pytest.fixture(scope="module")
def held_out():
    """A model trained on four fifths of the examples, and the last fifth."""
    train, test = [], []
    for language in ("en", "ko"):
        for intent, texts in examples(language).items():
            if intent != "emergency":
                for i, text in enumerate(texts):
                    (test if i % 5 == 4 else train).append((text, intent))
    return LinearModel.train([t for t, _ in train], [i for _, i in train]), test


def test_small_talk_is_told_from_questions(held_out):
    model, test = held_out
    right = taken = 0
    questions = [t for t, intent in test if intent == "ask_rule"]
    for text, intent in test:
        shares = model.probabilities(text)
        best = max(shares, key=lambda name: shares[name])
        right += best == intent
        taken += intent == "ask_rule" and best != "ask_rule" and shares[best] >= 0.7
    assert right / len(test) >= 0.65
    assert taken / len(questions) <= 0.1


def test_a_model_is_the_same_after_saving(held_out, tmp_path):
    model, test = held_out
    model.save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    for text, _ in test[:20]:
        assert loaded.probabilities(text) == pytest.approx(model.probabilities(text), abs=1e-5)
