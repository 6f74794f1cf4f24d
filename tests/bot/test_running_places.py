"""The place questions through the whole running bot: channel, Rasa, action server, catalogue."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from nlu.route import NEARBY, RULE
from tests.actions import place_table as table
from tests.bot.test_running import Person

pytestmark = pytest.mark.slow
RIGHT = 0.95


def ask(bot, row):
    """What a new person gets for one question, in the shape that the table judges."""
    me = Person(bot.address)
    metadata = {"language": row["language"]} if not row["text"] else {}
    if "location" in row:
        metadata["location"] = dict(zip(("lat", "lon"), row["location"], strict=True))
    sent = {"sender": me.sender, "message": row["text"], "metadata": metadata}
    messages = me.post(json.dumps(sent).encode())
    answer = next(m["custom"]["answer"] for m in messages if m.get("custom"))
    said = SimpleNamespace(**answer)
    skill = RULE if not answer["places"] and answer["citations"] else NEARBY
    thread = SimpleNamespace(kinds=row["kinds"], origin=row.get("origin", ""))
    status = RULE if skill == RULE else answer["status"]
    ids = [place["id"] for place in answer["places"]]
    return SimpleNamespace(turn=SimpleNamespace(answer=said, skill=skill, thread=thread), status=status, ids=ids)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_place_questions_are_answered_right_through_rasa(bot, language):
    rows = [row for row in table.read("place_questions.jsonl") if row["language"] == language]
    asked = [row for row in rows if row["status"] != RULE]
    misses = {row["text"]: wrong for row in asked if (wrong := table.wrongs(row, ask(bot, row)))}
    for text, wrong in misses.items():
        print(text, wrong)
    assert 1 - len(misses) / len(asked) >= RIGHT


def test_a_shared_location_is_in_no_stored_event(bot, tmp_path_factory):
    import sqlite3

    me = Person(bot.address)
    here = {"location": {"lat": 37.32061, "lon": 126.81653}}
    for text in ("", "nearest heat shelter"):
        me.post(json.dumps({"sender": me.sender, "message": text, "metadata": here}).encode())
    path = list(tmp_path_factory.getbasetemp().rglob("conversations.sqlite"))[-1]
    with sqlite3.connect(path) as stored:
        written = " ".join(str(row) for row in stored.execute("select data from events"))
    assert "126.8165" not in written
    assert "37.3206" not in written
