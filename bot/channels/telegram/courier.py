"""The way from the channel to the dialogue: within Rasa's process, or from another one over REST."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

from bot.forget import KEY_HEADER, ForgetError, door_key, forget
from bot.turn import Handler, as_reply, hashed, merge, run_turn, without_rasa
from nlu.message import clean

logger = logging.getLogger(__name__)
CHANNEL = "telegram"
Replies = list[dict[str, Any]]
Place = tuple[float, float]


class Courier(Protocol):
    """Brings a message to the dialogue and its replies (as ``run_turn`` gives them) back."""

    async def turn(self, person: str, words: str, language: str | None, location: Place | None) -> Replies:
        """Never empty, never raises."""
        ...

    async def forget(self, person: str) -> bool:
        """Whether the person's conversation was erased."""
        ...


class InProcess:
    """Within Rasa: ``handler`` answers, ``agent()`` is Rasa's agent once it is loaded."""

    def __init__(self, handler: Handler, agent: Callable[[], Any]) -> None:
        self._handler, self._agent = handler, agent

    async def turn(self, person: str, words: str, language: str | None, location: Place | None) -> Replies:
        return await run_turn(self._handler, person, words, CHANNEL, language, location)

    async def forget(self, person: str) -> bool:
        try:
            await forget(self._agent(), person, CHANNEL)
        except ForgetError:
            return False
        return True


class OverRest:
    """From a process of its own, to the REST channel of a running bot.

    The sender that it names is the salted hash of the Telegram ids: those are no secret, and whoever knew
    them could else speak on the REST channel as that person.
    """

    def __init__(self, address: str, seconds: float) -> None:
        self._address, self._seconds = address.rstrip("/"), seconds
        self._client: Any = None

    def _open(self) -> Any:
        import httpx

        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self._seconds, trust_env=False)
        return self._client

    async def turn(self, person: str, words: str, language: str | None, location: Place | None) -> Replies:
        place = {"lat": location[0], "lon": location[1]} if location else None
        metadata = {"language": language, "location": place}
        body = {"sender": hashed(person, CHANNEL), "message": clean(words).text, "metadata": metadata}
        try:
            answered = await self._open().post(f"{self._address}/webhooks/rest/webhook", json=body)
            answered.raise_for_status()
            replies = merge(answered.json())
        except Exception as error:  # down, slow, or something else answers there: the person gets a reply
            logger.error("The bot does not answer: %s", type(error).__name__)
            replies = []
        return replies or [as_reply(without_rasa(clean(words), language))]

    async def forget(self, person: str) -> bool:
        body = {"sender": hashed(person, CHANNEL), "channel": "rest"}
        try:
            done = await self._open().post(
                f"{self._address}/webhooks/telegram/forget", json=body, headers={KEY_HEADER: door_key()}
            )
        except Exception as error:  # whatever broke, the person is told that it was not erased
            logger.error("A conversation could not be erased: %s", type(error).__name__)
            return False
        return bool(done.status_code == 200)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

