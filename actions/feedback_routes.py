"""Puts ``POST /feedback`` on the action server: one count more, nothing about the person."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from typing import Any

from actions.feedback import BadFeedbackError, FeedbackStore, read_feedback

logger = logging.getLogger("ansim.actions")
MOST_BYTES = 1000


def take(body: bytes, store: FeedbackStore) -> tuple[int, dict[str, str]]:
    """(HTTP status, JSON): 200 when counted, 400 with a sentence for what is not of the closed lists, else 503."""
    try:
        given = read_feedback(json.loads(body[:MOST_BYTES]))
    except BadFeedbackError as error:
        return 400, {"error": str(error)}
    except (ValueError, RecursionError):
        return 400, {"error": "The request is not JSON."}
    try:
        store.add(given)
    except (OSError, sqlite3.Error) as error:
        logger.error("Feedback could not be counted: %s", type(error).__name__)
        return 503, {"error": "The feedback could not be counted now."}
    return 200, {"status": "ok"}


def attach(app: Any) -> None:
    """``app``: the SDK's Sanic app."""
    from rasa_sdk.endpoint import HTTPResponse

    async def handler(request: Any) -> Any:
        status, said = await asyncio.to_thread(take, request.body, FeedbackStore())
        return HTTPResponse(json.dumps(said), status=status, content_type="application/json")

    app.add_route(handler, "/feedback", methods=["POST"], name="ansim_feedback")
