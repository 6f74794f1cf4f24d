"""The whole bot, really running: conversation, failures behind it, restart, privacy."""

from __future__ import annotations

import json
import sqlite3
import urllib.error
import urllib.request
import uuid

import pytest

pytestmark = pytest.mark.slow


class Person:
    """Someone at a channel of the running bot."""

    def __init__(self, address: str, path: str = "/webhooks/rest/webhook") -> None:
        self.url, self.sender = address + path, uuid.uuid4().hex

    def post(self, body: bytes):
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.loads(reply.read())

    def ask(self, text, **more):
        messages = self.post(json.dumps({"sender": self.sender, "message": text, **more}).encode())
        return [m["custom"]["answer"] for m in messages if m.get("custom")]


def test_a_conversation_in_english(bot):
    me = Person(bot.address)
    assert me.ask("hello")[0]["status"] == "answered"
    (first,) = me.ask("When must a festival safety plan be handed in?")
    assert first["citations"][0]["provision"] == "73-9/4"
    assert "three weeks" in first["citations"][0]["quote"]
    (second,) = me.ask("Next match")
    assert second["citations"][0]["provision"] == first["matches"][1]
    (whole,) = me.ask("Show the whole article")
    assert whole["citations"][0]["provision"] == first["matches"][1].split("/")[0]
    (others,) = me.ask("Other matches")
    assert [c["provision"] for c in others["citations"]] == first["matches"][1:]
    (korean,) = me.ask("한국어로")
    assert korean["language"] == "ko"
    (answer,) = me.ask("When must a festival safety plan be handed in?")
    assert answer["language"] == "ko"


def test_a_conversation_in_korean(bot):
    me = Person(bot.address)
    (first,) = me.ask("축제 안전관리계획은 언제까지 내야 하나요?")
    assert first["language"] == "ko"
    assert first["citations"][0]["provision"] == "73-9/4"
    assert first["citations"][0]["label"] == "제73조의9제4항"
    assert me.ask("다음 결과")[0]["citations"][0]["provision"] == first["matches"][1]
    assert me.ask("조문 전체 보기")[0]["citations"][0]["provision"] == "73-9"
    assert me.ask("English")[0]["language"] == "en"
    assert me.ask("감사합니다")[0]["language"] == "en"


@pytest.mark.parametrize(
    ("text", "says"),
    [("Article 95", "no Article 95"), ("제95조", "제95조가 없습니다"), ("Article 71", "Article 71")],
)
def test_a_number_is_looked_up_whatever_was_shown_before(bot, text, says):
    me = Person(bot.address)
    me.ask("When must a festival safety plan be handed in?")
    assert says in me.ask(text)[0]["text"]


def test_next_match_without_a_question(bot):
    assert Person(bot.address).ask("next match")[0]["status"] == "clarify"


@pytest.mark.parametrize(
    "text",
    ["", "🙂", "x" * 100_000, "\x00\x07", "\U000e0041\U000e0042", "<script>alert(1)</script>", '{"a": [1,2]}',
     "/restart", '/inform{"language_choice": "en"}', "/action_switch_language", "' OR 1=1 --"],
    ids=["empty", "emoji", "long", "control", "tags", "script", "json", "slash", "slots", "action", "sql"],
)  # fmt: skip
def test_odd_messages_get_one_sentence_and_inject_nothing(bot, text):
    me = Person(bot.address)
    me.ask("축제 안전관리계획은 언제까지 내야 하나요?")
    found = me.ask(text)
    assert len(found) == 1
    assert found[0]["text"]
    # no slot and no intent was injected: the conversation is where it was, in the language it was
    assert me.ask("감사합니다")[0]["language"] == "ko"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"message": 7}', b'{"sender": "", "message": "a"}'])
def test_a_bad_request_is_400_with_a_sentence(bot, body):
    for path in ("/webhooks/rest/webhook", "/chat/messages"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            Person(bot.address, path).post(body)
        assert caught.value.code == 400
        assert json.loads(caught.value.read())["error"].endswith(".")


def test_the_page_and_nothing_else_is_served(bot):
    def get(path):
        with urllib.request.urlopen(bot.address + path) as reply:
            return reply.status, reply.headers, reply.read()

    status, headers, page = get("/chat/")
    assert status == 200
    assert b"Ansim" in page
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert get("/chat")[0] == 200
    for path in ("/chat/static/../channel.py", "/chat/static/%2e%2e%2fchannel.py", "/chat/static/none.js"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            get(path)
        assert caught.value.code == 404
    for path in ("/model", "/conversations/x/tracker", "/domain"):
        with pytest.raises(urllib.error.HTTPError):
            get(path)


def test_a_repeated_send_is_answered_once(bot):
    def send(key):
        body = json.dumps({"sender": "repeat", "text": "next match"}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        with urllib.request.urlopen(urllib.request.Request(bot.address + "/chat/messages", body, headers)) as reply:
            return reply.read()

    body = json.dumps({"sender": "repeat", "text": "When must a festival safety plan be handed in?"}).encode()
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(bot.address + "/chat/messages", body, headers)).close()
    first = send("k1")
    assert send("k1") == first
    assert send("k2") != first


def test_conversations_on_disk_hold_no_words(bot, home):
    me = Person(bot.address)
    me.ask("my neighbour Gildong hoards fireworks at 12 Elm street, who inspects that")
    with sqlite3.connect(home / "conversations.sqlite") as db:
        everything = "".join(str(row) for row in db.execute("select * from events"))
    assert "Gildong" not in everything
    assert me.sender not in everything
    logs = "".join(path.read_text("utf-8", "replace") for path in (home / "logs").glob("*.log"))
    assert "Gildong" not in logs


def test_no_turn_tripped_the_circuit_breaker(bot, home):
    assert "Circuit breaker" not in (home / "logs" / "rasa.log").read_text("utf-8", "replace")


def test_evaluation_over_rest(bot, tmp_path, capsys):
    from actions.evaluate import run_evaluate

    rows = tmp_path / "q.jsonl"
    row = {"id": "a", "lang": "en", "question": "When must a festival safety plan be handed in?", "gold": ["73-9/4"],
           "article": ["73-9"], "facts": ["three weeks before"]}  # fmt: skip
    rows.write_text(json.dumps(row), "utf-8")
    assert run_evaluate("provisions", [str(rows)], bot.address, None, True) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["en"]["recall_at"]["1"] == 1
    assert figures["en"]["facts"] == 1


def test_a_restart_loses_no_conversation(bot):
    me = Person(bot.address)
    (first,) = me.ask("When must a festival safety plan be handed in?")
    bot.rasa.stop()
    with pytest.raises(OSError):
        me.ask("Next match")
    bot.rasa.start()
    bot.wait()
    assert me.ask("Next match")[0]["citations"][0]["provision"] == first["matches"][1]


def test_life_first_with_the_action_server_down(bot):
    """Last: it stops the action server."""
    me = Person(bot.address)
    bot.actions.stop()
    for text, number in (("there is smoke coming under my door, help", "119"), ("누가 칼 들고 쫓아와요", "112")):
        (answer,) = me.ask(text)
        assert answer["status"] == "emergency"
        assert answer["text"].startswith(number)
    for text, language in (("When is the plan due?", "en"), ("계획은 언제까지 내나요?", "ko")):
        (answer,) = me.ask(text)
        assert answer["status"] == "unavailable"
        assert answer["language"] == language
        assert "119" in answer["text"]
    assert me.ask("hello")[0]["status"] == "answered"
