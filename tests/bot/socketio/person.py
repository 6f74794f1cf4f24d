"""Somebody at a real socket.io client."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import socketio

if not hasattr(aiohttp, "ClientWSTimeout"):
    # the client's web sockets name a class of aiohttp 3.11; ws_connect of 3.9, which Rasa asks for, takes the seconds
    aiohttp.ClientWSTimeout = lambda ws_close: ws_close

TRANSPORTS = ("websocket", "polling")


class Person:
    """One client; ``heard``: every bot message in order; ``session``: what was confirmed last."""

    def __init__(self, address: str, transport: str = "websocket", session: object = None) -> None:
        self.address, self.transport, self.asked_for = address, transport, session
        self.session: Any = None
        self.heard: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self.client = socketio.AsyncClient(reconnection=False)
        self.client.on("session_confirm", self._confirmed)
        self.client.on("bot_uttered", self._uttered)
        self.client.on("disconnect", self._ended)

    async def __aenter__(self) -> Person:
        await self.client.connect(self.address, transports=[self.transport])
        if self.asked_for is not NOTHING:
            await self.client.emit("session_request", {"session_id": self.asked_for})
            await self.until(lambda: self.session)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.disconnect()

    async def ask(self, message: object, **more: object) -> list[dict[str, Any]]:
        """The Answers to one message, the first as soon as it is there."""
        return await self.send({"message": message, "session_id": self.session, **more})

    async def send(self, *payload: object) -> list[dict[str, Any]]:
        """The Answers to one ``user_uttered`` that carries these."""
        before = len(self.heard)
        given = payload[0] if len(payload) == 1 else payload
        await self.client.emit("user_uttered", given)
        await self.until(lambda: any("custom" in each for each in self.heard[before:]))
        return [each["custom"]["answer"] for each in self.heard[before:] if "custom" in each]

    async def until(self, there, seconds: float = 60.0) -> None:
        async def wait() -> None:
            while not there():
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(wait(), seconds)

    async def _confirmed(self, session: object) -> None:
        self.session = session
        self._news.set()

    async def _ended(self, *_: object) -> None:
        self._news.set()

    async def _uttered(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        self._news.set()


NOTHING = object()
"""As the session of somebody whose client asks for none."""
