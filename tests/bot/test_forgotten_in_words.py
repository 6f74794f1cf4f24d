"""Somebody asks in words to be forgotten: what is stored of the conversation is gone with that turn."""

from __future__ import annotations

import time

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.tracker_store import FORGOTTEN, AnsimTrackerStore, asked_to_forget
from tests.conftest import ROOT

DOMAIN = Domain.from_dict(
    {
        "intents": ["help", "forget"],
        "slots": {"language": {"type": "any", "mappings": [{"type": "custom"}]}},
        "responses": {FORGOTTEN: [{"text": "forgotten"}], "utter_help": [{"text": "help"}]},
    }
)


def tracker(sender, *names):
    """A turn for each name: a message and the reply to it."""
    events, at = [ActionExecuted("action_listen")], time.time()
    for name in names:
        events += [UserUttered("x", {"name": "help"}, timestamp=at), SlotSet("language", "ko"), ActionExecuted(name)]
        events.append(ActionExecuted("action_listen"))
    return DialogueStateTracker.from_events(sender, events, DOMAIN.slots)


@pytest.fixture
def store(tmp_path):
    return AnsimTrackerStore(DOMAIN, db=str(tmp_path / "t.sqlite"))


async def test_the_turn_that_asks_for_it_erases_all_before(store):
    await store.save(tracker("asks", "utter_help"))
    await store.save(tracker("stays", "utter_help"))
    assert set(await store.keys()) == {"asks", "stays"}
    await store.save(tracker("asks", "utter_help", FORGOTTEN))
    assert set(await store.keys()) == {"stays"}
    assert await store.retrieve("asks") is None


async def test_a_conversation_begins_anew_after_it(store):
    await store.save(tracker("asks", FORGOTTEN))
    await store.save(tracker("asks", "utter_help"))
    found = await store.retrieve("asks")
    assert found is not None
    assert not asked_to_forget(found)


def test_only_the_latest_turn_counts():
    assert asked_to_forget(tracker("a", "utter_help", FORGOTTEN))
    assert not asked_to_forget(tracker("a", FORGOTTEN, "utter_help"))
    assert not asked_to_forget(tracker("a"))


def test_the_reply_is_one_of_the_dialogue():
    said = "".join(path.read_text("utf-8") for path in (ROOT / "bot" / "domain").glob("*.yml"))
    assert f"{FORGOTTEN}:" in said
