"""Replies as lines over a real server: each goes out when the dialogue has it, and a repeat hears all of them."""

from __future__ import annotations

import asyncio
import contextlib
import json

import httpx
import pytest

from bot.channels.web import lines
from bot.channels.web.channel import WebChannel
from nlu import emergency, replies
from nlu.language import detect
from tests.bot.telegram.helpers import serve

LINES = {"Accept": f"{lines.TYPE}, application/json;q=0.5"}
FIRE = {"en": "my kitchen is on fire", "ko": "집에 불이 났어요"}


class Dialogue:
    """Says the emergency's number or a greeting at once, then one more thing when the gate opens."""

    def __init__(self) -> None:
        self.gate, self.runs = asyncio.Event(), 0

    async def __call__(self, message) -> None:
        self.runs += 1
        language, found = detect(message.text), emergency.detect(message.text)
        answer = replies.emergency(found, language) if found else replies.static("greet", language)
        await self.say(message, answer)
        await self.gate.wait()
        await self.say(message, replies.static("help", language))

    async def say(self, message, answer) -> None:
        said = {"text": answer.text, "custom": {"answer": answer.to_json()}}
        await message.output_channel.send_response(message.sender_id, said)


@pytest.fixture
async def chat(monkeypatch):
    monkeypatch.setenv("ANSIM_SALT", "a salt for the tests")
    emergency.detect(FIRE["en"])  # what it reads with is loaded with the first message
    dialogue = Dialogue()
    async with (
        serve(WebChannel(), handler=dialogue) as (address, _),
        httpx.AsyncClient(base_url=f"{address}/webhooks/chat", timeout=30) as client,
    ):
        client.dialogue = dialogue
        yield client


def asking(client, text, headers=LINES, **more):
    body = {"sender": "me", "text": text, **more}
    return client.stream("POST", "/messages", json=body, headers={**headers, "Idempotency-Key": text.encode().hex()})


async def read(found):
    return [json.loads(line) async for line in found.aiter_lines() if line]


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_an_emergency_is_there_before_a_later_action_has_answered(chat, language):
    async with asking(chat, FIRE[language]) as found:
        coming = found.aiter_lines()
        first = json.loads(await asyncio.wait_for(coming.__anext__(), 20))
        assert not chat.dialogue.gate.is_set()
        assert (first["message"]["answer"]["status"], first["message"]["answer"]["language"]) == ("emergency", language)
        assert first["message"]["answer"]["calls"][0]["number"] == "119"
        chat.dialogue.gate.set()
        rest = [json.loads(line) async for line in coming if line]
    assert [each.get("message", {}).get("text") for each in rest] == [replies.static("help", language).text, None]
    assert rest[-1] == {"end": True}
    assert found.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    assert found.headers["x-accel-buffering"] == "no"


@pytest.mark.parametrize("headers", [{}, {"Accept": "*/*"}, {"Accept": "application/json"}])
async def test_whoever_asks_for_no_lines_gets_all_at_once(chat, headers):
    chat.dialogue.gate.set()
    async with asking(chat, "hello", headers) as found:
        assert found.headers["content-type"] == "application/json"
        messages = json.loads(await found.aread())["messages"]
    assert [each["text"] for each in messages] == [replies.static(key, "en").text for key in ("greet", "help")]


async def test_a_dropped_connection_does_not_stop_the_turn_and_the_repeat_hears_all(chat):
    with contextlib.suppress(httpx.HTTPError):
        async with asking(chat, "hello") as found:
            await found.aiter_lines().__anext__()
    chat.dialogue.gate.set()
    async with asking(chat, "hello") as found:
        again = await read(found)
    async with asking(chat, "hello", {"Accept": "application/json"}) as found:
        whole = json.loads(await found.aread())["messages"]
    assert [each["message"] for each in again[:-1]] == whole
    assert len(whole) == 2
    assert chat.dialogue.runs == 1


async def test_a_dialogue_that_hangs_is_cut_off_and_what_it_said_stays(chat, monkeypatch):
    from bot import turn
    from bot.settings import BotSettings, settings

    soon = BotSettings(**{**settings().__dict__, "turn_seconds": 1.0})
    monkeypatch.setattr(turn, "settings", lambda: soon)
    async with asking(chat, FIRE["en"]) as found:
        said = await asyncio.wait_for(read(found), 6)  # less than the 8 s of a turn otherwise
    assert [each.get("message", {}).get("answer", {}).get("status") for each in said] == ["emergency", None]
    assert said[-1] == {"end": True}


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
async def test_an_empty_message_is_answered_too(chat, text):
    async with asking(chat, text) as found:
        said = await read(found)
    assert [set(each) for each in said] == [{"message"}, {"end"}]
    assert said[0]["message"]["text"]
    assert chat.dialogue.runs == 0


async def test_a_bad_request_is_no_stream(chat):
    found = await chat.post("/messages", content=b"{", headers=LINES)
    assert found.status_code == 400
    assert found.json()["error"].endswith(".")
