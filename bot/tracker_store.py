"""Conversations without words: what is stored survives a restart and holds no message text.

Within a turn the tracker holds the message; what is written to the database is the intent, the
slots and the time. One slot holds words: a hazard report that is being told, in the teller's words without
names and numbers. Of it only the present state is kept, and nothing once the report is over.
Conversations are deleted ANSIM_KEEP_HOURS (a day unless set) after their last event.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import SESSION_START_METADATA_SLOT
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.forget import erase
from bot.settings import settings

PURGE_EVERY = 600
DRAFT = "report_draft"
"""The slot that holds words (bot/domain/report.yml)."""
FORGOTTEN = "utter_forgotten"
"""The reply to somebody who wants the conversation forgotten: what is stored of it goes with that turn."""


class AnsimTrackerStore(SQLTrackerStore):
    """SQLTrackerStore that redacts texts before writing and forgets in time."""

    def __init__(self, domain: Any = None, host: str | None = None, event_broker: Any = None, **kwargs: Any) -> None:
        self._purged = 0.0
        super().__init__(domain=domain, event_broker=event_broker, **kwargs)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Event]:
        for event in super()._additional_events(session, tracker):
            yield redact(event)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        self.empty_drafts(tracker.sender_id)
        if asked_to_forget(tracker):
            erase(self, tracker.sender_id)
        if time.time() - self._purged > PURGE_EVERY:
            self._purged = time.time()
            self.purge(self._purged - settings().keep_hours * 3600)

    def empty_drafts(self, sender: str) -> None:
        """Take the words out of all stored drafts but the one a report is going on with in this session."""
        import sqlalchemy as sa

        event = self.SQLEvent
        with self.session_scope() as session:
            drafts = sa.and_(event.type_name == SlotSet.type_name, event.action_name == DRAFT)
            rows = (
                session.query(event)
                .filter(event.sender_id == sender, sa.or_(drafts, event.type_name == SessionStarted.type_name))
                .order_by(event.id)
                .all()
            )
            for row in rows[:-1]:
                told = json.loads(row.data)
                if told.get("value") is not None:
                    # emptied, not deleted: Rasa counts the stored events to know which are new
                    row.data = json.dumps({**told, "value": None})
            session.commit()

    def purge(self, before: float) -> None:
        """Delete the conversations whose last event is older than ``before`` (seconds since 1970)."""
        import sqlalchemy as sa

        event = self.SQLEvent
        with self.session_scope() as session:
            stale = (
                session.query(event.sender_id).group_by(event.sender_id).having(sa.func.max(event.timestamp) < before)
            )
            for (sender,) in stale.all():
                session.query(event).filter(event.sender_id == sender).delete()
            session.commit()


def asked_to_forget(tracker: DialogueStateTracker) -> bool:
    """Whether the latest turn of a conversation was answered with FORGOTTEN."""
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted) and event.action_name == FORGOTTEN:
            return True
        if isinstance(event, UserUttered):
            return False
    return False


def redact(event: Event) -> Event:
    """A copy of an event without anything a person wrote or was told."""
    if isinstance(event, UserUttered):
        kept = copy.copy(event)
        kept.text, kept.entities, kept.metadata, kept.message_id = "", [], {}, None
        kept.parse_data = {"intent": event.intent, "entities": [], "text": "", "metadata": {}}  # type: ignore[assignment]  # Rasa's TypedDict
        return kept
    if isinstance(event, BotUttered):
        said = copy.copy(event)
        said.text, said.data, said.metadata = "", {}, {}
        return said
    if isinstance(event, SlotSet) and event.key == SESSION_START_METADATA_SLOT:
        # Rasa keeps the first message's metadata as a slot, and a shared location with it
        return SlotSet(event.key, None, event.timestamp)
    return event
