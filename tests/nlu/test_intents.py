from __future__ import annotations

from pathlib import Path

import pytest

from nlu.intent_examples import EXAMPLES, examples_in, no_small_talk
from nlu.intent_figures import MessagesError, cross_validate, figures, messages_in, read_all
from nlu.intents import EMERGENCY, QUESTIONS, IntentReader
from nlu.language import LANGUAGES
from nlu.language_wish import is_only_a_wish, wished_language
from nlu.linear_model import normal

ENOUGH = 25
BLIND = {language: Path(__file__).with_name(f"intent_blind_{language}.tsv") for language in LANGUAGES}


def examples(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text, intent in examples_in([path for path in EXAMPLES if path.parent.name == language]):
        found.setdefault(intent, []).append(text)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_examples_of_every_intent(language):
    fewest = {intent: len(texts) for intent, texts in examples(language).items() if len(texts) < ENOUGH}
    assert set(fewest) == {EMERGENCY}  # it has a detector of its own


def test_no_example_stands_twice():
    homes: dict[str, set[str]] = {}
    for text, intent in examples_in():
        homes.setdefault(normal(text), set()).add(intent)
    assert [text for text, intents in homes.items() if len(intents) > 1] == []
    for language in LANGUAGES:
        for intent, texts in examples(language).items():
            assert len({normal(t) for t in texts}) >= len(texts) - 1, intent


def test_both_languages_have_the_same_intents():
    assert set(examples("en")) == set(examples("ko"))


@pytest.fixture(scope="module")
def reader():
    return IntentReader.train(examples_in())


@pytest.mark.slow
def test_intents_are_read_right_cross_validated():
    reads = cross_validate([pair for pair in examples_in() if pair[1] != EMERGENCY])
    told = figures(reads)
    print(told)
    assert told["fewest"] >= ENOUGH
    assert told["accuracy"] >= 0.95
    assert all(part["accuracy"] >= 0.95 for part in told["languages"].values())


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_that_no_example_was_written_from(reader, language):
    known = {normal(text) for text, _ in examples_in()}
    unseen = [pair for pair in messages_in(BLIND[language]) if normal(pair[0]) not in known]
    reads = read_all(reader, unseen)
    print([(r.intent, r.got, r.text) for r in reads if not r.right])
    assert len(unseen) >= 150
    assert figures(reads)["accuracy"] >= 0.9


@pytest.mark.slow
def test_questions_are_not_taken_for_small_talk(reader):
    """Over questions of our notes that were not learned from."""
    from knowledge.library import decree

    learned = set(no_small_talk())
    asked = {q for note in decree().notes.values() for q in (*note.questions_en, *note.questions_ko)} - learned
    caught = [(q, intent) for q in sorted(asked)[::4] if (intent := reader.read(q)[0][0]) not in QUESTIONS]
    print(caught)
    assert len(caught) <= 0.005 * len(asked) / 4


@pytest.mark.slow
def test_a_reader_is_the_same_after_saving(reader, tmp_path):
    reader.save(tmp_path)
    loaded = IntentReader.load(tmp_path)
    for text, _ in messages_in(BLIND["en"])[::9] + messages_in(BLIND["ko"])[::9]:
        assert [name for name, _ in loaded.read(text)] == [name for name, _ in reader.read(text)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("english please", "en"),
        ("not english, korean", "ko"),
        ("i don't understand korean", "en"),
        ("my mother can't read english", "ko"),
        ("한국어 말고 영어로", "en"),
        ("영어 못 해요", "ko"),
        ("한글로 알려 주세요", "ko"),
        ("which languages do you speak", None),
        ("영어나 한국어 되나요", None),
    ],
)
def test_the_language_that_is_wished_for(text, language):
    assert wished_language(text) == language


@pytest.mark.parametrize(
    "text", ["write my complaint letter in english", "영문 시행령 있나요", "is there an english text of the decree"]
)
def test_a_wish_for_more_than_a_language_is_none(text):
    assert not is_only_a_wish(text)


def test_a_file_of_messages_that_is_wrong_is_named(tmp_path):
    wrong = tmp_path / "messages.tsv"
    wrong.write_text("greet\thi\nhello\n", "utf-8")
    with pytest.raises(MessagesError, match="line 2"):
        messages_in(wrong)
    with pytest.raises(MessagesError, match="cannot be read"):
        messages_in(tmp_path / "none.tsv")
