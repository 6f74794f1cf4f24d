"""Real socket.io clients at the whole running bot: both transports, both languages, and what else it serves."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import uuid

import httpx
import pytest

from bot.channels.socketio import talk
from nlu.texts import text
from tests.bot.socketio.person import NOTHING, TRANSPORTS, Person

pytestmark = pytest.mark.slow
EITHER = pytest.mark.parametrize("transport", TRANSPORTS)
BOTH = pytest.mark.parametrize("language", ["en", "ko"])
DUE = {"en": "When must a festival safety plan be handed in?", "ko": "축제 안전관리계획은 언제까지 내야 하나요?"}
NEXT = {"en": "Next match", "ko": "다음 결과"}
SHELTER = {"en": "nearest heat shelter", "ko": "가까운 무더위쉼터"}
THANKS = {"en": "thank you", "ko": "감사합니다"}
WIDGETS = ({"text"}, {"text", "quick_replies"}, {"custom"})
"""The keys of a message by which a widget knows what it is."""


@EITHER
@BOTH
async def test_a_conversation_goes_on_after_a_reconnect(bot, transport, language):
    async with Person(bot.address, transport) as me:
        (first,) = await me.ask(DUE[language])
        assert first["citations"][0]["provision"] == "73-9/4"
        assert first["language"] == language
        assert all(each.keys() in WIDGETS for each in me.heard)
        assert me.heard[0]["quick_replies"]
    for other in TRANSPORTS:
        async with Person(bot.address, other, me.session) as me:
            (answer,) = await me.ask(NEXT[language])
            assert answer["citations"][0]["provision"] in first["matches"][1:]
    async with Person(bot.address, transport) as stranger:
        (answer,) = await stranger.ask(NEXT[language])
        assert answer["status"] == "clarify"


@EITHER
@BOTH
async def test_a_location_counts_for_its_message_and_is_in_nothing_kept(bot, home, transport, language):
    async with Person(bot.address, transport) as me:
        here = {"location": {"lat": 37.32061, "lon": 126.81653}, "language": language}
        (answer,) = await me.ask(SHELTER[language], metadata=here)
        assert answer["map"]["origin"]["kind"] == "here"
        assert answer["places"][0]["distance_m"] is not None
        (answer,) = await me.ask("", metadata=here)
        assert answer["language"] == language
        assert answer["map"]["origin"]["kind"] == "here"
        await me.ask("my neighbour Gildong hoards fireworks at 12 Elm street, who inspects that")
    kept = everything_kept(home)
    for secret in ("37.3206", "126.8165", "Gildong", me.session):
        assert secret not in kept


@EITHER
@BOTH
async def test_a_slash_injects_nothing(bot, transport, language):
    async with Person(bot.address, transport) as me:
        await me.ask(DUE[language])
        there = {"en": "ko", "ko": "en"}[language]
        for said in ("/restart", f'/inform{{"language_choice": "{there}"}}', "/action_switch_language"):
            assert len(await me.ask(said)) == 1
        assert (await me.ask(THANKS[language]))[0]["language"] == language


async def test_two_people_at_once_get_only_their_own(bot):
    async def go(transport, language):
        async with Person(bot.address, transport) as me:
            for said in (DUE, NEXT, THANKS) * 3:
                await me.ask(said[language])
            return [each["custom"]["answer"]["language"] for each in me.heard if "custom" in each]

    talks = [(transport, language) for transport in TRANSPORTS for language in ("en", "ko")]
    heard = await asyncio.gather(*(go(*each) for each in talks))
    assert heard == [[language] * 9 for _, language in talks]


GUESSES = ("user-1", 7, ["a"], "x" * 5000, {"a": None})
"""Sessions that no server made."""


def malformed(number: int) -> object:
    """One of many payloads that hold no message; the same for the same number."""
    chance = random.Random(number)
    kinds = [
        lambda: None, lambda: chance.randint(-(10**18), 10**18), lambda: chance.random(), lambda: number % 2 == 0,
        list, lambda: ["hello", number], lambda: "x" * chance.randint(1, 5000), dict,
        lambda: {"text": "hello"}, lambda: {"message": None}, lambda: {"message": number}, lambda: {"message": ["a"]},
        lambda: {"message": {"text": "a"}}, lambda: {"message": "a", "location": "here"},
        lambda: {"message": "a", "location": {"lat": 1e300, "lon": number}}, lambda: {"message": "z" * 250_000},
        lambda: {"message": "a", "metadata": {"location": [1, 2]}}, lambda: b"\x00\xff" * chance.randint(1, 99),
        lambda: {"message": b"bytes"}, lambda: {"message": False, "session_id": ["a"]},
        lambda: {"session_id": "\x00" * number}, lambda: {"message": "", "session_id": {"a": "b"}},
        lambda: nested(chance.randint(10, 150)),
    ]  # fmt: skip
    return kinds[number % len(kinds)]()


def nested(depth: int) -> object:
    found: object = "deep"
    for _ in range(depth):
        found = {"message": [found]}
    return found


@EITHER
async def test_300_malformed_payloads_each_get_a_sentence_and_stop_nothing(bot, home, transport):
    payloads = [malformed(number) for number in range(300)]
    for begin in range(0, 300, 25):
        async with Person(bot.address, transport, session=GUESSES[begin // 25 % len(GUESSES)]) as me:
            for payload in payloads[begin : begin + 25]:
                (answer, *_) = await me.send(payload)
                assert answer["text"] in {text("empty", language) for language in ("en", "ko")}, str(payload)[:80]
            assert (await me.ask(THANKS["en"]))[0]["status"] == "answered"
    logs = "".join(path.read_text("utf-8", "replace") for path in (home / "logs").glob("*.log"))
    assert "Traceback" not in logs
    assert "never retrieved" not in logs


@EITHER
async def test_odd_messages_are_answered_in_one_reply(bot, transport):
    async with Person(bot.address, transport) as me:
        for said in ("x" * 10_000, "가" * 10_000, "🙂", "\x00\x07", "<script>alert(1)</script>", "' OR 1=1 --"):
            (answer,) = await me.ask(said)
            assert answer["text"]
        (answer,) = await me.ask("가나다 " * 2500 + "집에 불이 났어요")
        assert answer["text"].startswith("119")
        for guess in GUESSES:
            assert (await me.ask(THANKS["en"], session_id=guess))[0]["status"] == "answered"
    async with Person(bot.address, transport, session=NOTHING) as me:
        assert (await me.ask(THANKS["ko"]))[0]["language"] == "ko"


async def test_too_large_a_frame_ends_its_connection_and_the_client_comes_back(bot):
    async with Person(bot.address) as me, Person(bot.address) as other:
        await me.ask(DUE["en"])
        await me.client.emit("user_uttered", {"message": "x" * 3_000_000})
        await me.until(lambda: not me.client.connected or me.heard[2:])
        assert (await other.ask(THANKS["en"]))[0]["status"] == "answered"
    async with Person(bot.address, session=me.session) as me:
        assert (await me.ask(NEXT["en"]))[0]["citations"]


async def test_flooding_is_refused_and_other_people_are_served(bot):
    async with Person(bot.address) as me, Person(bot.address) as other:
        said = [await me.ask(THANKS["en"]) for _ in range(talk.EACH + 5)]
        assert [answer["status"] for (answer,) in said] == ["answered"] * talk.EACH + ["unavailable"] * 5
        assert "119" in said[-1][0]["text"]
        assert (await me.ask("집에 불이 났어요"))[0]["text"].startswith("119")
        assert (await other.ask(THANKS["ko"]))[0]["status"] == "answered"


async def test_the_page_and_the_other_channels_are_as_they_were(bot):
    async with Person(bot.address), httpx.AsyncClient(base_url=bot.address, trust_env=False, timeout=30) as web:
        page = await web.get("/chat/")
        assert page.status_code == 200
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in page.headers
        assert (await web.get("/chat/health")).json() == {"status": "ok"}
        assert (await web.get("/chat/static/none.js")).status_code == 404
        assert (await web.get("/webhooks/socketio/")).json() == {"status": "ok"}
        asked = {"sender": uuid.uuid4().hex, "text": DUE["en"], "language": "auto"}
        (message,) = (await web.post("/chat/messages", json=asked)).json()["messages"]
        assert message["answer"]["citations"][0]["provision"] == "73-9/4"
        too_large = b'{"sender": "a", "message": "' + b"x" * 2_000_000 + b'"}'
        assert (await web.post("/webhooks/rest/webhook", content=too_large)).status_code == 413
        evil = {"Origin": "https://evil.example"}
        refused = await web.get("/socket.io/?EIO=4&transport=polling", headers=evil)
        assert refused.status_code == 400
        assert "Access-Control-Allow-Origin" not in refused.headers
        assert (await web.get("/socket.io/?EIO=3&transport=polling")).status_code == 400


async def test_what_clients_do_leaves_no_error_in_the_log(bot, home):
    """After all that went wrong above."""
    lines = (home / "logs" / "rasa.log").read_text("utf-8", "replace").splitlines()
    assert [line for line in lines if " ERROR " in line] == []


async def test_a_restart_loses_no_conversation(bot):
    async with Person(bot.address) as me, Person(bot.address, "polling") as other:
        (first,) = await me.ask(DUE["en"])
        await asyncio.to_thread(bot.rasa.stop)
        await me.until(lambda: not me.client.connected)
        await other.until(lambda: not other.client.connected)
        assert bot.rasa.process.returncode >= 0, "it had to be killed"
    await asyncio.to_thread(bot.rasa.start)
    await asyncio.to_thread(bot.wait)
    async with Person(bot.address, session=me.session) as me:
        assert (await me.ask(NEXT["en"]))[0]["citations"][0]["provision"] == first["matches"][1]


CRIES = (
    ("there is smoke coming under my door, help", "119"),
    ("집에 불이 났어요 갇혔어요", "119"),
    ("a man with a knife is following me", "112"),
    ("누가 칼 들고 쫓아와요", "112"),
)


async def test_life_first_with_the_action_server_down(bot):
    """Last: it stops the action server."""
    await asyncio.to_thread(bot.actions.stop)
    for transport in TRANSPORTS:
        async with Person(bot.address, transport) as me:
            for said, number in CRIES:
                (answer, *_) = await me.ask(said)
                assert answer["status"] == "emergency"
                assert answer["text"].startswith(number)
        for language in ("en", "ko"):
            async with Person(bot.address, transport) as me:
                (answer,) = await me.ask(DUE[language])
                assert (answer["status"], answer["language"]) == ("unavailable", language)
                assert "119" in answer["text"]


def everything_kept(home) -> str:
    with sqlite3.connect(home / "conversations.sqlite") as db:
        rows = [json.dumps(json.loads(data), ensure_ascii=False) for (data,) in db.execute("select data from events")]
        rows += [sender for (sender,) in db.execute("select sender_id from events")]
    return "\n".join([*rows, *(path.read_text("utf-8", "replace") for path in (home / "logs").glob("*.log"))])
