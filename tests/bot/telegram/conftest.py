"""The Bot API server and the channel in both modes, in the test's own event loop."""

from __future__ import annotations

import pytest

from tests.bot.telegram.bot_api import SECRET, TOKEN, BotApi
from tests.bot.telegram.helpers import Dialogue, polling, webhook


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
def dialogue():
    return Dialogue()


@pytest.fixture
def settings(api, monkeypatch, tmp_path):
    """The environment of a configured bot; the address is added once it is known."""
    monkeypatch.setenv("ANSIM_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("ANSIM_TELEGRAM_SECRET", SECRET)
    monkeypatch.setenv("ANSIM_TELEGRAM_API", api.address)
    monkeypatch.setenv("ANSIM_SALT", "a salt for the tests")
    monkeypatch.delenv("ANSIM_TELEGRAM_ADDRESS", raising=False)
    monkeypatch.setenv("ANSIM_ACTIONS_URL", "http://127.0.0.1:9/webhook")
    from bot.turn import _salt

    _salt.cache_clear()
    yield
    _salt.cache_clear()


@pytest.fixture(
    params=[pytest.param(webhook, id="webhook"), pytest.param(polling, id="polling", marks=pytest.mark.slow)]
)
async def mode(request, api, dialogue, settings):
    """Both ways to get updates."""
    async with request.param(api, dialogue) as address:
        api.calls.clear()
        yield address
