from __future__ import annotations

import re
import string

import pytest

from nlu.answer import STATUSES, Answer
from nlu.language import LANGUAGES
from nlu.replies import STATIC, static
from nlu.say import payload, quick_replies
from nlu.texts import load


def leaves(value, prefix=""):
    if isinstance(value, dict):
        return {k: v for key, inner in value.items() for k, v in leaves(inner, f"{prefix}.{key}").items()}
    if isinstance(value, list):
        return {f"{prefix}.{i}": each for i, each in enumerate(value)}
    return {prefix: value}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


def test_both_languages_have_every_text_with_the_same_placeholders():
    english, korean = leaves(load("en")), leaves(load("ko"))
    assert english.keys() == korean.keys()
    for key, text in english.items():
        assert str(text).strip(), key
        assert placeholders(text) == placeholders(korean[key]), key


def test_korean_texts_are_korean():
    for key, text in leaves(load("ko")).items():
        words = re.sub(r"\{\w+\}", "", str(text))  # a text of placeholders and signs has no language
        if not re.fullmatch(r"[\d\W]*|In English|\[…\]|.*https?.*", words):
            assert re.search("[가-힣]", str(text)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_static_reply_is_an_answer(language):
    for key in STATIC:
        answer = static(key, language)
        assert answer.status in STATUSES
        assert answer.text
        assert payload(answer)["json_message"]["answer"]["language"] == language


def test_could_not_look_says_whom_to_call():
    for language in LANGUAGES:
        assert "119" in static("unavailable", language).text
        assert [c.number for c in static("unavailable", language).calls] == ["119", "112"]


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="not a status"):
        Answer("done", "en", "", "")


def test_quick_replies_are_unique_and_typed_text():
    answer = Answer("answered", "en", "a", "a", next_steps=("next_match", "next_match"), suggestions=("Article 1",))
    assert quick_replies(answer) == [
        {"title": "Article 1", "text": "Article 1"},
        {"title": "Next match", "text": "Next match"},
    ]
