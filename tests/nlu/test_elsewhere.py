"""Questions written for the scope decision: what other texts decide, look-alikes the decree answers, hostile ones."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "nlu" / "data"
FOLDER = {"elsewhere": ROOT / "knowledge" / "laws" / "disaster-safety-decree"}
FIELDS = {
    "id",
    "kind",
    "law_ko",
    "law_en",
    "article",
    "title_ko",
    "title_en",
    "topic_en",
    "topic_ko",
    "questions_en",
    "questions_ko",
}
AT_LEAST = {
    "act": 130,
    "ordinance": 30,
    "table": 8,
    "fine": 5,
    "other_law": 60,
    "current_fact": 45,
    "missing_article": 4,
}
LANGUAGES = ("en", "ko")
ARTICLE = re.compile(r"^##### 제(\d+)조(?:의(\d+))? \((.+)\)", re.M)
HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER.get(name, DATA) / f"{name}.jsonl").read_text("utf-8").splitlines()]


def folded(text: str) -> str:
    return " ".join(text.lower().split())


def letters(text: str) -> str:
    """Only letters and figures: questions that differ by a sign or a blank are the same question."""
    return re.sub(r"[\W_]+", "", text.lower()) or folded(text)


@pytest.fixture(scope="module")
def topics() -> list[dict[str, Any]]:
    return rows("elsewhere")


@pytest.fixture(scope="module")
def ours(topics) -> list[str]:
    """Every question and message of the three files."""
    asked = [q for t in topics for language in LANGUAGES for q in t[f"questions_{language}"]]
    return asked + [r["question"] for r in rows("answerable_lookalikes")] + [r["text"] for r in rows("hostile")]


def test_every_topic_is_complete(topics):
    for topic in topics:
        assert set(topic) == FIELDS, topic["id"]
        for language in LANGUAGES:
            assert topic[f"topic_{language}"], topic["id"]
            assert topic[f"title_{language}"], topic["id"]
            assert len(topic[f"questions_{language}"]) >= 5, topic["id"]
            assert bool(topic[f"law_{language}"]) == (topic["kind"] != "current_fact"), topic["id"]
        assert re.fullmatch(r"(\d+(-\d+)?)?", topic["article"]), topic["id"]


def test_each_id_once_and_enough_of_each_kind(topics):
    assert max(Counter(t["id"] for t in topics).values()) == 1
    found = Counter(t["kind"] for t in topics)
    assert set(found) == set(AT_LEAST)
    assert all(found[kind] >= least for kind, least in AT_LEAST.items()), found


def test_questions_are_in_their_language(topics):
    for topic in topics:
        assert not [q for q in topic["questions_en"] if HANGUL.search(q)], topic["id"]
        assert all(HANGUL.search(q) for q in topic["questions_ko"]), topic["id"]
    for row in rows("answerable_lookalikes"):
        assert bool(HANGUL.search(row["question"])) == (row["lang"] == "ko"), row


def test_lookalikes_name_provisions_of_the_decree(law):
    found = rows("answerable_lookalikes")
    assert all(set(row) == {"lang", "question", "provision"} for row in found)
    assert all(law.unit(row["provision"]) for row in found)
    assert all(Counter(row["lang"] for row in found)[language] >= 120 for language in LANGUAGES)


def test_hostile_messages_in_both_languages():
    found = rows("hostile")
    assert all(set(row) == {"lang", "text"} and row["text"].strip() for row in found)
    assert all(Counter(row["lang"] for row in found)[language] >= 120 for language in LANGUAGES)


def test_no_question_twice(ours):
    assert [text for text, count in Counter(map(letters, ours)).items() if count > 1] == []


def test_no_question_of_the_corpus_or_of_the_notes(ours, shelf):
    taken = {letters(row["question"]) for row in rows("scope_questions")}
    taken |= {letters(q) for note in shelf.notes.values() for q in note.questions_en + note.questions_ko}
    assert taken.intersection(map(letters, ours)) == set()


def test_no_question_is_one_of_the_question_sets(ours, eval_folder):
    mine = {folded(text) for text in ours}
    for name in ("provisions", "unanswerable", "emergency"):
        for line in (eval_folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            assert folded(row.get("question") or row["text"]) not in mine, f"{name} holds one of ours"


@pytest.mark.parametrize(("kind", "beginning"), [("act", "act_18685_"), ("ordinance", "rule_00371_")])
def test_every_living_article_has_a_topic_with_its_title(topics, eval_folder, kind, beginning):
    folder = eval_folder.parent / "data" / "law" / "framework_act"
    found = sorted(folder.glob(f"{beginning}*.md"))
    if not found:
        pytest.skip("the statute texts (../shared/data/law) are not on this machine")
    living = {f"{n}-{m}" if m else n: title for n, m, title in ARTICLE.findall(found[0].read_text("utf-8"))}
    written = [t for t in topics if t["kind"] == kind and t["article"]]
    assert {t["article"] for t in written} == set(living)
    assert [t["id"] for t in written if t["title_ko"] != living[t["article"]]] == []
