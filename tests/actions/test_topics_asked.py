from __future__ import annotations

import sqlite3

import pytest

from actions.nearby_thread import Context
from actions.respond import Turn
from actions.topics_asked import count_topic, topic_of
from nlu import replies
from nlu.answer import Answer, Citation


def rule(provision: str, status: str = "answered") -> Answer:
    cited = Citation(provision, "l", "law", "v", "h", "t", (), "q", "en", (), "2023-06-27", "u")
    return Answer(status, "en", "lead", "text", (cited,))


@pytest.mark.parametrize(
    ("turn", "topic"),
    [
        (Turn(replies.static("help", "en"), "nearby", Context(kinds=("heat_shelter",))), "nearby/heat_shelter"),
        (Turn(replies.static("help", "en"), "nearby", Context()), "nearby"),
        (Turn(rule("73-9/4"), "rule", Context()), "rule/73-9"),
        (Turn(rule("73-9/4", "no_evidence"), "rule", Context()), "rule"),
        (Turn(replies.static("help", "ko"), "card", Context()), "card"),
    ],
)
def test_a_topic_is_a_skill_and_a_kind(turn, topic):
    assert topic_of(turn) == topic


def test_a_person_counts_once_a_day_and_no_words_are_kept(tmp_path, monkeypatch):
    from knowledge.reports import opening

    path = tmp_path / "reports.sqlite"
    monkeypatch.setenv("ANSIM_REPORTS", str(path))
    opening.address.cache_clear()
    for sender in ("a", "a", "b"):
        count_topic(Turn(rule("73-9/4"), "rule", Context()), sender)
    with sqlite3.connect(path) as stored:
        assert stored.execute("SELECT topic, n FROM topic").fetchall() == [("rule/73-9", 2)]
    opening.address.cache_clear()


def test_a_count_that_fails_costs_no_answer(tmp_path, monkeypatch, caplog):
    from knowledge.reports import opening

    monkeypatch.setenv("ANSIM_REPORTS", str(tmp_path))  # a folder is no store
    opening.address.cache_clear()
    count_topic(Turn(rule("73-9/4"), "rule", Context()), "a")
    assert "could not be counted" in caplog.text
    opening.address.cache_clear()
