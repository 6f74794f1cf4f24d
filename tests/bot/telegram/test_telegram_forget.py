"""A conversation is erased from Rasa's own stores: what was stored is gone, and others' conversations stay."""

from __future__ import annotations

import sqlite3

import httpx
import pytest
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.rest.channel import RestChannel
from bot.channels.telegram.channel import TelegramChannel
from bot.forget import KEY_HEADER, ForgetError, door_key, forget
from bot.tracker_store import AnsimTrackerStore
from bot.turn import hashed
from tests.bot.telegram.helpers import serve

DOMAIN = Domain.from_dict(
    {"intents": ["help"], "slots": {"language": {"type": "any", "mappings": [{"type": "custom"}]}}}
)


class Agent:
    """What ``forget`` needs of Rasa's agent, with Rasa's own stores."""

    def __init__(self, store) -> None:
        self.tracker_store, self.lock_store = FailSafeTrackerStore(store), InMemoryLockStore()


@pytest.fixture(params=["sqlite", "memory"])
async def agent(request, tmp_path, monkeypatch):
    monkeypatch.setenv("ANSIM_SALT", "a salt for the tests")
    store = (
        AnsimTrackerStore(DOMAIN, db=str(tmp_path / "t.sqlite"))
        if request.param == "sqlite"
        else InMemoryTrackerStore(DOMAIN)
    )
    made = Agent(store)
    for sender in ("7:7", "8:8"):
        tracker = DialogueStateTracker(hashed(sender, "telegram"), DOMAIN.slots)
        said = UserUttered("x", {"name": "help"})
        for event in (
            ActionExecuted("action_session_start"),
            ActionExecuted("action_listen"),
            said,
            SlotSet("language", "ko"),
        ):
            tracker.update(event)
        await made.tracker_store.save(tracker)
    return made


async def stored(agent, sender: str):
    return await agent.tracker_store.retrieve(hashed(sender, "telegram"))


async def test_one_conversation_is_erased_and_no_other(agent):
    assert (await stored(agent, "7:7")).get_slot("language") == "ko"
    assert await forget(agent, "7:7", "telegram") > 0
    assert await stored(agent, "7:7") is None
    assert (await stored(agent, "8:8")).get_slot("language") == "ko"
    assert await forget(agent, "7:7", "telegram") == 0


async def test_nothing_of_it_is_left_in_the_file(agent, tmp_path):
    path = tmp_path / "t.sqlite"
    if not path.exists():
        pytest.skip("the conversations of this case are in memory")
    sender = hashed("7:7", "telegram").encode()
    assert sender in path.read_bytes()
    await forget(agent, "7:7", "telegram")
    assert sender not in path.read_bytes()
    with sqlite3.connect(path) as db:
        assert db.execute("select count(*) from events where sender_id = ?", (sender.decode(),)).fetchone() == (0,)


async def test_what_cannot_be_erased_is_said(agent):
    with pytest.raises(ForgetError):
        await forget(None, "7:7", "telegram")
    agent.tracker_store._tracker_store = object()
    with pytest.raises(ForgetError):
        await forget(agent, "7:7", "telegram")


async def test_only_a_process_with_the_salt_may_have_it_done(agent, monkeypatch):
    monkeypatch.delenv("ANSIM_TELEGRAM_TOKEN", raising=False)

    async def nobody(_) -> None:
        return None

    async with serve(TelegramChannel(), RestChannel(), handler=nobody) as (address, app), httpx.AsyncClient() as client:
        app.ctx.agent = agent
        door, body = f"{address}/webhooks/telegram/forget", {"sender": "7:7", "channel": "telegram"}
        for headers in ({}, {KEY_HEADER: ""}, {KEY_HEADER: door_key()[:-1] + "x"}):
            assert (await client.post(door, json=body, headers=headers)).status_code == 404
        assert (await stored(agent, "7:7")) is not None
        known = {KEY_HEADER: door_key()}
        for wrong in ({}, {"sender": 7, "channel": "telegram"}, {"sender": "7:7", "channel": "web"}, []):
            assert (await client.post(door, json=wrong, headers=known)).status_code == 400
        assert (await client.post(door, content=b"{", headers=known)).status_code == 400
        assert (await client.post(door, json=body, headers=known)).json()["events"] > 0
        assert (await stored(agent, "7:7")) is None
