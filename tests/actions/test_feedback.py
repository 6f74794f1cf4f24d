"""Feedback: counts only, closed lists, what the command prints."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from actions.feedback import REASONS, BadFeedbackError, Feedback, FeedbackStore, read_feedback
from actions.feedback_commands import report, run_feedback
from actions.feedback_routes import take

GIVEN = {"status": "answered", "language": "ko", "verdict": "not_useful", "reason": "unclear"}


@pytest.fixture
def store(tmp_path):
    return FeedbackStore(tmp_path / "new" / "feedback.sqlite")


def test_the_same_word_is_one_row_with_a_count(store):
    day = dt.date(2026, 3, 2)
    for _ in range(3):
        store.add(Feedback("answered", "ko", "useful"), day)
    store.add(read_feedback(GIVEN), day)
    assert store.rows() == [
        {**GIVEN, "day": "2026-03-02", "count": 1},
        {"day": "2026-03-02", "status": "answered", "language": "ko", "verdict": "useful", "reason": "", "count": 3},
    ]


def test_nothing_but_counts_is_in_the_file(store):
    store.add(read_feedback({**GIVEN, "text": "내 이름은", "sender": "abc"}))
    with sqlite3.connect(store.file) as opened:
        columns = [row[1] for row in opened.execute("PRAGMA table_info(feedback)")]
    assert columns == ["day", "status", "language", "verdict", "reason", "count"]
    assert "내 이름은".encode() not in store.file.read_bytes()


def test_many_at_once_are_all_counted(store):
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda _: store.add(read_feedback(GIVEN)), range(80)))
    assert [row["count"] for row in store.rows()] == [80]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "fine"}, {"language": "fr"}, {"verdict": "perhaps"}, {"reason": "because I say so"}, {"reason": ""},
        {"verdict": "useful"}, {"status": ["answered"]}, {"language": None}, {"verdict": {}},
    ],
)  # fmt: skip
def test_only_what_is_on_the_lists_is_taken(store, change):
    with pytest.raises(BadFeedbackError, match=r"^\"\w+\" must be one of .*\.$"):
        read_feedback({**GIVEN, **change})
    status, said = take(json.dumps({**GIVEN, **change}).encode(), store)
    assert (status, list(said)) == (400, ["error"])
    assert store.rows() == []


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 2000, b'{"status":"' + b"x" * 5000])
def test_what_is_no_feedback_is_refused(store, body):
    assert take(body, store)[0] == 400


def test_a_folder_that_cannot_be_written_is_could_not_count(tmp_path):
    (tmp_path / "file").write_text("x")
    assert take(json.dumps(GIVEN).encode(), FeedbackStore(tmp_path / "file" / "feedback.sqlite"))[0] == 503


def test_the_command_prints_counts(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ANSIM_HOME", str(tmp_path))
    assert run_feedback() == 0
    assert capsys.readouterr().out == "No feedback so far.\n"
    store = FeedbackStore()
    store.add(read_feedback(GIVEN))
    store.add(Feedback("emergency", "en", "useful"))
    run_feedback(as_json=True)
    assert [row["status"] for row in json.loads(capsys.readouterr().out)["feedback"]] == ["answered", "emergency"]
    lines = report(store.rows()).splitlines()
    assert lines[2].split() == ["answered", "ko", "0", "1"]
    assert lines[3].split() == ["emergency", "en", "1", "0"]
    assert lines[-1].split() == ["unclear", "1"]
    assert len(set(REASONS)) == 5
