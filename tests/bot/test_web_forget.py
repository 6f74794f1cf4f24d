"""A conversation of the page is erased for whoever has its random id, and nobody else's."""

from __future__ import annotations

import httpx
import pytest
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.web.channel import WebChannel
from bot.channels.web.once import Once
from bot.tracker_store import AnsimTrackerStore
from bot.turn import hashed
from tests.bot.telegram.helpers import serve

DOMAIN = Domain.from_dict(
    {"intents": ["help"], "slots": {"language": {"type": "any", "mappings": [{"type": "custom"}]}}}
)
MINE, OTHER = "11111111-2222-4333-8444-555555555555", "11111111-2222-4333-8444-666666666666"
PLAIN = "kim"


class Agent:
    """What erasing needs of Rasa's agent, with Rasa's own stores."""

    def __init__(self, store) -> None:
        self.tracker_store, self.lock_store = FailSafeTrackerStore(store), InMemoryLockStore()


@pytest.fixture
async def chat(tmp_path, monkeypatch):
    monkeypatch.setenv("ANSIM_SALT", "a salt for the tests")
    agent = Agent(AnsimTrackerStore(DOMAIN, db=str(tmp_path / "t.sqlite")))
    for sender in (MINE, OTHER, PLAIN):
        tracker = DialogueStateTracker(hashed(sender, "web"), DOMAIN.slots)
        for event in (ActionExecuted("action_listen"), SlotSet("language", "ko")):
            tracker.update(event)
        await agent.tracker_store.save(tracker)

    async def nobody(_) -> None:
        return None

    async with serve(WebChannel(), handler=nobody) as (address, app):
        app.ctx.agent = agent
        async with httpx.AsyncClient(base_url=f"{address}/webhooks/chat") as client:
            client.agent = agent
            yield client


async def stored(chat, sender):
    return await chat.agent.tracker_store.retrieve(hashed(sender, "web"))


async def test_one_conversation_is_erased_and_no_other(chat):
    assert await stored(chat, MINE) is not None
    for _ in range(2):
        found = await chat.post("/forget", json={"sender": MINE})
        assert (found.status_code, found.json()) == (200, {"status": "ok"})
    assert await stored(chat, MINE) is None
    assert await stored(chat, OTHER) is not None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b"[" * 400, b'{"sender": 7}', b'{"sender": "kim"}', b"x" * 5000,
             b'{"sender": "11111111-2222-1333-8444-555555555555"}', b'{"sender": "%s "}' % MINE.encode()]
)  # fmt: skip
async def test_an_id_that_could_be_guessed_erases_nothing(chat, body):
    found = await chat.post("/forget", content=body)
    assert found.status_code == 400
    assert found.json()["error"].endswith(".")
    assert await stored(chat, PLAIN) is not None


async def test_a_store_that_is_down_is_no_error_for_the_page(chat):
    chat.agent.tracker_store._tracker_store = object()
    assert (await chat.post("/forget", json={"sender": MINE})).json() == {"status": "ok"}


async def test_not_too_many_at_once(chat):
    codes = [(await chat.post("/forget", json={"sender": MINE})).status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]


async def test_kept_replies_are_dropped_with_it():
    ran = []

    async def turn(tell):
        ran.append(1)

    once = Once()
    for sender in (MINE, OTHER):
        await once.turn(sender, "k", turn).all()
    once.drop(MINE)
    for sender in (MINE, OTHER):
        await once.turn(sender, "k", turn).all()
    assert len(ran) == 3
