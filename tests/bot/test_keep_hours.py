"""How long a conversation is kept: ANSIM_KEEP_HOURS, read once, and what the store then deletes."""

from __future__ import annotations

import time

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.settings import settings
from bot.tracker_store import AnsimTrackerStore

DOMAIN = Domain.from_dict(
    {"intents": ["help"], "slots": {"language": {"type": "any", "mappings": [{"type": "custom"}]}}}
)
HOUR = 3600


@pytest.fixture(autouse=True)
def fresh_settings():
    settings.cache_clear()
    yield
    settings.cache_clear()


def conversation(sender, hours_ago):
    at = time.time() - hours_ago * HOUR
    events = [ActionExecuted("action_listen", timestamp=at), SlotSet("language", "ko", timestamp=at)]
    return DialogueStateTracker.from_events(sender, events, DOMAIN.slots)


@pytest.mark.parametrize(
    ("hours", "kept"), [(None, {"new", "h2", "h20"}), ("1", {"new"}), ("72", {"new", "h2", "h20", "h30"})]
)
async def test_what_is_older_than_the_hours_is_deleted(tmp_path, monkeypatch, hours, kept):
    monkeypatch.delenv("ANSIM_KEEP_HOURS", raising=False)
    if hours:
        monkeypatch.setenv("ANSIM_KEEP_HOURS", hours)
    store = AnsimTrackerStore(DOMAIN, db=str(tmp_path / "t.sqlite"))
    store._purged = time.time()  # nothing is deleted while the old ones are written
    for sender, ago in (("h30", 30), ("h20", 20), ("h2", 2)):
        await store.save(conversation(sender, ago))
    store._purged = 0.0
    await store.save(conversation("new", 0))
    assert set(await store.keys()) == kept


@pytest.mark.parametrize("given", ["0", "-1", "a day", "1.5"])
def test_hours_that_are_none_are_one_sentence(monkeypatch, given):
    monkeypatch.setenv("ANSIM_KEEP_HOURS", given)
    with pytest.raises(ValueError, match=r"^ANSIM_KEEP_HOURS must be .*\.$"):
        settings()
