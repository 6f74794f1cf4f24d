"""The answer service with the real index: what goes straight, what is searched, what needs no index."""

from __future__ import annotations

import pytest

from actions.respond import reply
from index.errors import IndexMissingError


@pytest.fixture
def ask(service):
    return lambda raw, language=None: reply(raw, language, lambda: service).answer


@pytest.mark.parametrize(
    ("question", "language", "provision"),
    [
        ("When must a festival safety plan be handed in?", "en", "73-9/4"),
        ("축제 안전관리계획은 언제까지 내야 하나요?", "ko", "73-9/4"),
        ("art 73-9(4)", "en", "73-9/4"),
        ("제71조제1항 보여줘", "ko", "71/1"),
        ("Article 73-4 as it was before 2018", "en", "73-6"),
        ("what happened to 43-12?", "en", "43-12"),
        ("When did Decree No. 33198 come into force?", "en", "addenda-33198"),
        ("대통령령 제33198호 시행일", "ko", "addenda-33198"),
    ],
)
def test_questions_reach_their_provision(ask, question, language, provision):
    answer = ask(question)
    assert answer.language == language
    assert answer.citations[0].provision == provision


def test_the_language_can_be_chosen(ask):
    assert ask("When must a festival safety plan be handed in?", "ko").language == "ko"
    assert ask("축제 안전관리계획은 언제까지 내나요?", "en").citations[0].provision == "73-9/4"


def test_another_law_is_said_to_be_another_law(ask):
    assert ask("Article 66-11 of the Act").status == "not_in_text"
    assert ask("법 제66조의11이 뭐예요").status == "not_in_text"


BAD = ["", "🙂🙂", "\x00\x01\x02", "<script>alert(1)</script>", "/", "…", "\U000e0068\U000e0069"]


@pytest.mark.parametrize("raw", BAD)
def test_nothing_to_answer_asks_for_words(ask, raw):
    assert ask(raw).status == "clarify"


@pytest.mark.parametrize(
    "raw",
    ["a" * 100_000, "축제 " * 50_000, '{"intent": "greet", "slots": {"x": 1}}', '/inform{"a":1}', "'; DROP TABLE x;--"],
    ids=["long", "long Korean", "JSON", "intent", "SQL"],
)
def test_odd_input_gets_an_answer(ask, raw):
    answer = ask(raw)
    assert answer.text
    assert raw[:40] not in answer.text


def test_an_emergency_needs_no_index():
    def missing():
        raise IndexMissingError("nowhere")

    assert reply("our kitchen is on fire, get help", None, missing).answer.status == "emergency"
    assert reply("집에 불이 났어요 살려주세요", None, missing).answer.text.startswith("119")
    with pytest.raises(IndexMissingError):
        reply("when is the plan due", None, missing)


def test_matches_are_kept_for_the_next_match(ask):
    answer = ask("Who pays compensation when rescuers damage my property?")
    assert len(answer.matches) >= 5
    assert answer.matches[0] == answer.citations[0].provision


@pytest.mark.parametrize("raw", ["compare article 71 and 73", "제71조와 제73조 비교해줘"])
def test_all_provisions_that_are_named_are_shown(ask, raw):
    answer = ask(raw)
    assert answer.status == "answered"
    assert [citation.provision for citation in answer.citations] == ["71", "73"]
    for citation in answer.citations:
        assert citation.quote.splitlines()[1][:60] in answer.text
