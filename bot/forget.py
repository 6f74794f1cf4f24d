"""Erases a conversation: what somebody may ask for on any channel, and what Rasa has no call of its own for.

Rasa's ``/restart`` only adds an event to the tracker and keeps all before it. Here the stored events are
deleted, under the conversation's lock, so that a turn in progress cannot write them back.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.settings import salt
from bot.turn import hashed

logger = logging.getLogger(__name__)
KEY_HEADER = "X-Ansim-Key"


class ForgetError(RuntimeError):
    """The conversation could not be erased; the message is one sentence."""


async def forget(agent: Any, sender: str, channel: str) -> int:
    """Erase the conversation of ``sender`` (as ``run_turn`` gets it) on ``channel``; how many events there were.

    ``agent``: ``app.ctx.agent`` of the Sanic app that Rasa runs. Raises ForgetError.
    """
    if agent is None or agent.tracker_store is None:
        raise ForgetError("The dialogue is not loaded yet; ask again in a moment.")
    conversation = hashed(sender, channel)
    try:
        async with agent.lock_store.lock(conversation):
            return sum(erase(store, conversation) for store in stores(agent.tracker_store))
    except Exception as error:  # whatever the store raises, the person must be told that it was not erased
        logger.error("A conversation could not be erased: %s", type(error).__name__)
        raise ForgetError("The conversation could not be erased; ask again in a moment.") from error


def stores(tracker_store: Any) -> list[Any]:
    """The stores behind Rasa's fail-safe wrapper: the one that is set, and the one in memory it falls back to."""
    found = [getattr(tracker_store, name, None) for name in ("_tracker_store", "_fallback_tracker_store")]
    inner = [store for store in found if store is not None]
    return [each for store in inner for each in stores(store)] or [tracker_store]


def erase(store: Any, conversation: str) -> int:
    """Delete what one store holds of a conversation; the number of events. Raises TypeError for an unknown store."""
    from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore

    if isinstance(store, InMemoryTrackerStore):
        return 0 if store.store.pop(conversation, None) is None else 1
    if isinstance(store, SQLTrackerStore):
        return _erase_rows(store, conversation)
    raise TypeError(f"conversations in a {type(store).__name__} cannot be erased")


def _erase_rows(store: Any, conversation: str) -> int:
    import sqlalchemy as sa

    event = store.SQLEvent
    with store.session_scope() as session:
        if session.get_bind().dialect.name == "sqlite":
            # else the bytes stay in the file until their page is used again
            session.execute(sa.text("PRAGMA secure_delete = ON"))
        deleted = session.query(event).filter(event.sender_id == conversation).delete()
        session.commit()
    return int(deleted)


def door_key() -> str:
    """What another process of this installation shows to have a conversation erased; only the salt's holder has it."""
    return hmac.new(salt(), b"forget", hashlib.sha256).hexdigest()


def add_door(blueprint: Blueprint, *channels: str) -> None:
    """``POST …/forget {sender, channel}`` for processes that hold the salt; 404 for everybody else."""

    @blueprint.route("/forget", methods=["POST"])
    async def door(request: Request) -> HTTPResponse:
        shown = (request.headers.get(KEY_HEADER) or "").encode("utf-8", "replace")
        if not hmac.compare_digest(shown, door_key().encode()):
            return response.json({"error": "Not found."}, status=404)
        asked = request.json if isinstance(request.json, dict) else {}
        sender, channel = asked.get("sender"), asked.get("channel")
        if not isinstance(sender, str) or channel not in channels:
            return response.json({"error": '"sender" and "channel" are needed.'}, status=400)
        try:
            return response.json({"events": await forget(getattr(request.app.ctx, "agent", None), sender, channel)})
        except ForgetError as error:
            return response.json({"error": str(error)}, status=503)
