"""Reading questions for a day or a list of duties: tables of phrasings, and what must not be caught."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from knowledge.library import decree
from knowledge.obligations.duties import duties, holders
from nlu.duties import TOPICS, find_deadline, find_list, load
from nlu.language import LANGUAGES
from nlu.texts import text

TODAY = dt.date(2026, 1, 20)
HERE = Path(__file__).parent


def table(name: str) -> list[dict[str, str]]:
    with (HERE / f"test_duties_{name}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def read(text: str, language: str) -> tuple[str, str, str]:
    asked, listed = find_deadline(text, language, TODAY), find_list(text, language)
    if asked is not None:
        return "deadline", "|".join(asked.duties), asked.anchor.isoformat() if asked.anchor else ""
    return ("list", "|".join(listed.holders), "") if listed is not None else ("none", "", "")


def test_the_table_is_large_enough_in_both_languages() -> None:
    rows = table("phrasings")
    assert len(rows) >= 60
    assert min(sum(row["language"] == language for row in rows) for language in LANGUAGES) >= 30
    for what in ("deadline", "list"):
        rows = [row for row in table("families") if row["what"] == what]
        assert min(sum(row["language"] == language for row in rows) for language in LANGUAGES) >= 60
    assert min(sum(row["language"] == language for row in table("rules")) for language in LANGUAGES) >= 60


@pytest.mark.parametrize("row", table("phrasings"), ids=lambda row: row["text"])
def test_phrasings(row: dict[str, str]) -> None:
    assert read(row["text"], row["language"]) == (row["what"], row["ids"], row["anchor"])


@pytest.mark.parametrize("row", table("blind"), ids=lambda row: row["text"])
def test_phrasings_written_before_they_were_tried(row: dict[str, str]) -> None:
    """26 of 30 were right at first sight; all since the words of the four missed were added."""
    assert read(row["text"], row["language"]) == (row["what"], row["ids"], row["anchor"])


@pytest.mark.parametrize("row", table("families"), ids=lambda row: row["text"])
def test_families_of_phrasings(row: dict[str, str]) -> None:
    """Before the grammar of 2026-11: of deadlines 55 of 65 in English and 55 of 63 in Korean, of lists 15 of 62
    and 23 of 62."""
    assert read(row["text"], row["language"]) == (row["what"], row["ids"], row["anchor"])


@pytest.mark.parametrize("row", table("fresh"), ids=lambda row: row["text"])
def test_fresh_phrasings(row: dict[str, str]) -> None:
    """Written after the grammar and tried once, in two rounds. Of 20 each: deadlines 14 in English and 17 in Korean,
    lists 7 and 13; then lists were read by what else a message says, and of 15 each: 13 and 15, 13 and 12."""
    assert read(row["text"], row["language"]) == (row["what"], row["ids"], row["anchor"])


@pytest.mark.parametrize("row", table("rules"), ids=lambda row: row["text"])
def test_questions_about_rules_are_left_to_the_index(row: dict[str, str]) -> None:
    """With days, periods and holders in them."""
    assert read(row["text"], row["language"])[0] == "none"


def test_an_unclear_day_keeps_its_candidates() -> None:
    asked = find_deadline("The measures were taken on 3/5/2025, deadline for the compensation claim?", "en", TODAY)
    assert asked is not None
    assert set(asked.candidates) == {dt.date(2025, 3, 5), dt.date(2025, 5, 3)}


def test_a_day_that_does_not_exist_is_told_apart() -> None:
    asked = find_deadline("2월 30일에 조치가 있었는데 손실보상은 언제까지 청구하나요?", "ko", TODAY)
    assert asked is not None
    assert (asked.anchor, asked.candidates) == (None, ())
    assert "2월 30일" in asked.surface


def test_ids_of_the_lexicon_are_those_of_the_data() -> None:
    for topic in TOPICS.values():
        assert {*topic.counted, *topic.also} <= duties().keys()
    for language in LANGUAGES:
        written = load(language)["lexicon"]
        assert list(written["topics"]) == list(TOPICS)
        assert {each for row in written["holders"] for each in row["ids"]} <= holders().keys()


def test_notes_stay_questions_about_rules() -> None:
    questions = [
        (question, language)
        for note in decree().notes.values()
        for language, asked in (("en", note.questions_en), ("ko", note.questions_ko))
        for question in asked
    ]
    caught = [q for q, language in questions if find_deadline(q, language, TODAY) or find_list(q, language)]
    assert len(questions) > 5_000
    assert len(caught) <= len(questions) / 1_000, caught


NAMES_A_DAY = {"d-en-082", "d-ko-053"}
"""These name the day that the period is counted from."""


@pytest.mark.parametrize("name", ["provisions", "unanswerable", "emergency"])
def test_questions_of_the_sets_stay_what_they_are(name: str, eval_folder: Path) -> None:
    rows = [json.loads(line) for line in (eval_folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        said = row.get("question") or row["text"]
        assert find_list(said, row["lang"]) is None
        if row["id"] not in NAMES_A_DAY:
            assert find_deadline(said, row["lang"], TODAY) is None, said


@pytest.mark.parametrize(
    ("words", "language", "who"),
    [
        ("what must a school principal do?", "en", "school"),
        ("duties of a kindergarten director", "en", "school"),
        ("I am a headteacher. what are my responsibilities?", "en", "school"),
        ("I'm a village head (ri), what are my duties under this decree?", "en", "village"),
        ("what must the head of the dong do", "en", "dong"),
        ("what does the minister of health have to do under the decree?", "en", "minister"),
        ("What are the duties of the Minister of Land, Infrastructure and Transport?", "en", "minister"),
        ("duties of the Minister of the Interior and Safety", "en", "interior"),
        ("교장이 해야 하는 일", "ko", "school"),
        ("초등학교 교장 선생님은 뭘 해야 하나요?", "ko", "school"),
        ("유치원 원장 의무 알려줘", "ko", "school"),
        ("저는 이장인데 뭘 해야 하나요?", "ko", "village"),
        ("통장은 뭘 해야 하나요", "ko", "village"),
        ("동장의 의무", "ko", "dong"),
        ("보건복지부장관이 해야 하는 일이 뭐예요?", "ko", "minister"),
        ("행정안전부장관 의무", "ko", "interior"),
    ],
)
def test_who_the_decree_names_no_duty_for_is_known(words: str, language: str, who: str) -> None:
    found = find_list(words, language)
    assert found is not None
    assert found.unnamed == who
    assert set(found.holders) <= set(holders())


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("what must a school do when an earthquake hits?", "en"),
        ("which school is the shelter for my dong?", "en"),
        ("does the village head have to hold a drill?", "en"),
        ("학교 지진 대피소 어디예요", "ko"),
        ("이장이 신고하면 누가 와요?", "ko"),
        ("지진 나면 선생님은 뭘 해야 하나요?", "ko"),
    ],
)
def test_another_question_that_names_them_is_no_list(words: str, language: str) -> None:
    assert find_list(words, language) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("holder", list(holders()))
def test_every_name_of_a_holder_can_be_said_as_it_is_offered(holder: str, language: str) -> None:
    name = holders()[holder].name[language]
    for words in (name, text("duties.list.chip", language, holder=name[0].lower() + name[1:])):
        found = find_list(words, language)
        assert found is not None
        assert found.holders == (holder,)
