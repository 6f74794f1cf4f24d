"""What only long polling has: other pollers, a webhook in the way, cuts, a wrong token, and a quiet end."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.rest.channel import RestChannel
from bot.channels.telegram.poll import poll, run_poll
from bot.channels.telegram.settings import read_settings
from tests.bot.telegram.bot_api import TOKEN, ApiError
from tests.bot.telegram.helpers import polling, serve


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr("bot.channels.telegram.poll.PAUSES", (0.1,))


async def test_it_takes_the_webhook_away_and_keeps_what_waits(api, dialogue, settings):
    api.webhook = {"url": "http://127.0.0.1:9/", "secret_token": "x"}
    api.say("rule-due")
    async with polling(api, dialogue):
        await api.until(api.texts)
        assert api.webhook == {}
        assert str(api.of("deleteWebhook")[0].get("drop_pending_updates", False)).lower() == "false"


@pytest.mark.parametrize(
    "refusal",
    [
        ApiError(409, "Conflict: terminated by other getUpdates request"),
        ApiError(429, "Too Many Requests: retry after 1", retry_after=1),
        ApiError(502, "Bad Gateway"),
        ApiError(500, "Internal Server Error"),
    ],
    ids=["other-poller", "flood", "bad-gateway", "broken"],
)
async def test_it_asks_again_after_a_refusal(api, dialogue, settings, refusal):
    api.refusals["getUpdates"] = [refusal, refusal]
    async with polling(api, dialogue):
        api.say("rule-due")
        await api.until(api.texts)


async def test_of_two_pollers_both_live_and_each_message_is_answered(api, dialogue, settings):
    async with polling(api, dialogue):
        other = {"timeout": "1"}
        with pytest.raises(ApiError, match="terminated"):
            await asyncio.gather(api._getUpdates(other), api.until(lambda: False, 2.5))
        api.say("rule-due")
        await api.until(api.texts)


async def test_what_is_in_line_is_answered_before_it_ends(api, dialogue, settings, monkeypatch):
    dialogue.seconds = 0.5
    async with polling(api, dialogue):
        api.say("out-of-scope")
        await api.until(lambda: dialogue.heard)
    assert len(api.texts()) == 1


async def test_a_message_is_never_asked_for_twice(api, dialogue, settings):
    async with polling(api, dialogue):
        for text in ("out-of-scope", "refused", "out-of-scope"):
            api.say(text)
        await api.until(lambda: len(api.texts()) == 3)
    async with polling(api, dialogue):
        await api.quiet(0.5)
    assert len(api.texts()) == 3


async def test_an_update_that_cannot_be_read_stops_nothing(api, dialogue, settings):
    async with polling(api, dialogue):
        for odd in (7, {"chat": []}, {"date": "x"}, None):
            api.update(message=odd)
        api.update(callback_query={"id": 1})
        api.say("out-of-scope")
        await api.until(api.texts)


async def test_with_the_bot_down_an_emergency_is_answered_and_a_question_gets_its_reply(api, settings, monkeypatch):
    stop = asyncio.Event()
    running = asyncio.ensure_future(poll(read_settings(secret_needed=False), "http://127.0.0.1:9", stop, 1))
    api.say("집에 불이 났어요", chat=1)
    api.say("When is the plan due?", chat=2)
    await api.until(lambda: api.texts(1) and api.texts(2), 30)
    assert api.texts(1)[0].startswith("119")
    assert "could not look that up" in api.texts(2)[0]
    stop.set()
    await running


async def test_the_bot_learns_no_telegram_id(api, dialogue, settings):
    async with polling(api, dialogue):
        api.say("rule-due", chat=987654321)
        await api.until(lambda: api.texts(987654321))
        assert "987654321" not in dialogue.heard[0].sender_id
        assert len(dialogue.heard[0].sender_id) == 32


async def test_a_wrong_token_ends_it_with_a_sentence(api, dialogue, settings, monkeypatch):
    monkeypatch.setenv("ANSIM_TELEGRAM_TOKEN", TOKEN[:-1] + "1")
    async with serve(RestChannel(), handler=dialogue) as (address, _):
        with pytest.raises(ValueError, match="check ANSIM_TELEGRAM_TOKEN") as caught:
            await poll(read_settings(secret_needed=False), address, asyncio.Event(), 1)
        assert TOKEN[:-1] not in str(caught.value)


def test_without_a_token_it_says_what_to_do(monkeypatch):
    monkeypatch.delenv("ANSIM_TELEGRAM_TOKEN", raising=False)
    with pytest.raises(ValueError, match="BotFather"):
        run_poll()


@pytest.mark.slow
async def test_as_a_process_it_answers_ends_at_a_signal_and_shows_no_token(api, settings):
    import signal
    import sys

    code = "import sys; from bot.channels.telegram.poll import run_poll; sys.exit(run_poll('http://127.0.0.1:9'))"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    api.say("my house is on fire")
    await api.until(api.texts, 60)
    process.send_signal(signal.SIGTERM)
    out, _ = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0
    assert TOKEN.split(":")[1] not in out.decode()
    assert "Ctrl-C" in out.decode()
