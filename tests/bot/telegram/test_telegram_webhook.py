"""The webhook's door: who may knock, what is taken, and what happens when the line is full or Telegram refuses us."""

from __future__ import annotations

import asyncio
import json
import random
from types import SimpleNamespace

import httpx
import pytest

from bot.channels.telegram.channel import AGAIN_SECONDS, MAX_BODY, SECRET_HEADER, TelegramChannel
from bot.channels.telegram.lines import Claims, Line
from bot.channels.telegram.settings import read_settings
from tests.bot.telegram.bot_api import SECRET, TOKEN, ApiError
from tests.bot.telegram.helpers import serve, webhook

PATH = "/webhooks/telegram/webhook"
KNOWN = {SECRET_HEADER: SECRET}


async def post(address: str, body: bytes, headers: dict | None = None) -> httpx.Response:
    async with httpx.AsyncClient(timeout=30) as client:
        return await client.post(address + PATH, content=body, headers=KNOWN if headers is None else headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: "비밀".encode()},
    ],
    ids=["none", "empty", "short", "long", "not-ascii"],
)
async def test_without_the_secret_nothing_is_taken(api, dialogue, settings, headers):
    async with webhook(api, dialogue) as address:
        refused = await post(address, json.dumps({"update_id": 1}).encode(), headers)
        assert refused.status_code == 403
        assert dialogue.heard == []


@pytest.mark.parametrize(
    ("secret", "token"), [("", TOKEN), ("short", TOKEN), ("with spaces in the secret", TOKEN), (SECRET, "")]
)
async def test_it_is_off_without_secret_or_token(api, dialogue, settings, monkeypatch, secret, token):
    monkeypatch.setenv("ANSIM_TELEGRAM_SECRET", secret)
    monkeypatch.setenv("ANSIM_TELEGRAM_TOKEN", token)
    async with serve(TelegramChannel(), handler=dialogue) as (address, _):
        for headers in ({}, KNOWN, {SECRET_HEADER: secret}):
            assert (await post(address, b"{}", headers)).status_code == 404
        assert api.calls == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"[]", 400), (b"7", 400), (b"null", 400), (b'{"update_id": "7"}', 400),
     (b"\xff\xfe", 400),
     (b'{"update_id": true}', 400), (b"[" * 100_000, 400), (b'"' + b"a" * (MAX_BODY + 1) + b'"', 413),
     (b'{"update_id": 5}', 200), (b'{"update_id": 6, "message": null}', 200)],
)  # fmt: skip
async def test_what_is_no_update_is_4xx_with_a_sentence(api, dialogue, settings, body, status):
    async with webhook(api, dialogue) as address:
        answered = await post(address, body)
        assert answered.status_code == status
        assert status == 200 or answered.json()["error"].endswith(".")


async def test_it_answers_at_once_and_works_after_that(api, dialogue, settings):
    dialogue.gate.clear()
    async with webhook(api, dialogue) as address:
        for number in range(20):
            assert (await post(address, message(number))).status_code == 200
        assert api.texts(3) == []
        dialogue.gate.set()
        await api.until(lambda: len(api.texts(3)) == 20)


def message(number: int, text: str = "out-of-scope", chat: int = 3) -> bytes:
    return json.dumps(
        {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"},
         "from": {"id": chat, "is_bot": False, "first_name": "x"}, "text": text}}
    ).encode()  # fmt: skip


async def test_a_full_line_sends_the_update_back_and_takes_it_later(api, dialogue, settings, monkeypatch):
    monkeypatch.setattr("bot.channels.telegram.desk.Line", lambda *_: Line(2, 1))
    dialogue.seconds = 0.5
    async with webhook(api, dialogue) as address:
        statuses = [(await post(address, message(number))).status_code for number in range(5)]
        assert statuses == [200, 200, 503, 503, 503]
        await api.until(lambda: len(api.texts(3)) == 2)
        assert (await post(address, message(4))).status_code == 200
        await api.until(lambda: len(api.texts(3)) == 3)


async def test_what_failed_for_a_cut_network_is_answered_when_it_comes_again(api, dialogue, settings, monkeypatch):
    monkeypatch.setattr("bot.channels.telegram.client.RETRY_SECONDS", ())
    from bot.channels.telegram import client

    monkeypatch.setattr(client.Client.__init__, "__defaults__", ((0.01,),))
    async with webhook(api, dialogue) as address:
        api.cuts = ["before", "before"]
        assert (await post(address, message(1))).status_code == 200
        await api.until(lambda: not api.cuts)
        await api.quiet()
        assert api.texts(3) == []
        assert (await post(address, message(1))).status_code == 200
        await api.until(lambda: len(api.texts(3)) == 1)
        assert (await post(address, message(1))).status_code == 200
        await api.quiet()
        assert len(api.texts(3)) == 1


async def test_redelivered_in_any_order_each_update_is_answered_once(api, dialogue, settings):
    numbers = [number for number in range(40) for _ in range(3)]
    random.Random(7).shuffle(numbers)
    async with webhook(api, dialogue) as address:
        async with httpx.AsyncClient(timeout=30) as client:
            for number in numbers:
                body = message(number, chat=3 + number % 5)
                answered = await client.post(address + PATH, content=body, headers=KNOWN)
                assert answered.status_code == 200
        await api.until(lambda: len(api.of("sendMessage")) == 40, 30)
        await api.quiet()
        assert len(api.of("sendMessage")) == 40


async def test_it_starts_and_serves_while_telegram_refuses_it(api, dialogue, settings, monkeypatch, caplog):
    monkeypatch.setenv("ANSIM_TELEGRAM_ADDRESS", "https://bot.example")
    monkeypatch.setattr("bot.channels.telegram.channel.AGAIN_SECONDS", (0.1,))
    api.refusals["setWebhook"] = [
        ApiError(400, "Bad Request: bad webhook: Failed to resolve host"),
        ApiError(429, "Too Many Requests: retry after 1", retry_after=1),
    ]
    async with serve(TelegramChannel(), handler=dialogue) as (address, _):
        assert (await post(address, message(1))).status_code == 200
        await api.until(lambda: api.texts(3))
        await api.until(lambda: len(api.of("setMyCommands")) == 2)
    assert api.webhook["url"] == "https://bot.example" + PATH
    assert api.webhook["secret_token"] == SECRET
    assert api.webhook["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert "refused our start (BadRequest)" in caplog.text
    assert AGAIN_SECONDS[-1] >= 60


async def test_settings_never_show_token_or_secret(settings, monkeypatch):
    shown = repr(read_settings())
    assert TOKEN not in shown
    assert SECRET not in shown
    monkeypatch.setenv("ANSIM_TELEGRAM_TOKEN", "not a token")
    with pytest.raises(ValueError, match="BotFather") as caught:
        read_settings()
    assert "not a token" not in str(caught.value)


def test_a_claim_is_taken_once_until_it_is_released_or_old(monkeypatch):
    clock = SimpleNamespace(monotonic=lambda: now)
    monkeypatch.setattr("bot.channels.telegram.lines.time", clock)
    now, claims = 0.0, Claims(seconds=5, most=3)
    assert [claims.claim(1), claims.claim(1)] == [True, False]
    claims.release(1)
    assert claims.claim(1)
    now = 5.1
    assert claims.claim(1)
    assert [claims.claim(number) for number in (2, 3, 4, 1)] == [True, True, True, True]


async def test_a_job_that_fails_stops_no_other_and_the_line_ends(caplog):
    done, line = [], Line(10, 2)

    async def fails() -> None:
        raise RuntimeError("words of somebody")

    async def works() -> None:
        done.append(1)

    async def hangs() -> None:
        await asyncio.sleep(60)

    assert line.put("a", fails)
    assert line.put("a", works)
    assert line.put("b", hangs)
    await line.close(0.2)
    assert done == [1]
    assert len(line) == 0
    assert "words of somebody" not in caplog.text
