"""A socket.io server that nothing sent to it can stop, and that says nothing of it in a log."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from engineio.exceptions import EngineIOError
from engineio.packet import NOOP
from engineio.packet import Packet as EnginePacket
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from socketio import AsyncServer
from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

from bot.channels.socketio.settings import Check

logger = logging.getLogger(__name__)
UNREADABLE = "unreadable"
"""The event that a packet becomes which is none."""
ATTACHMENT = "attachment"
"""The event, heard by nobody, that binary data become: the packet before them, which named them, was unreadable."""
MAX_PACKET = 200_000
"""Characters of a packet that are read: many times the longest message. Longer ones are answered unread."""
MAX_BYTES = 1_000_000
"""What is taken off the line; a longer message ends its connection, which the client then opens anew."""
MOST = 500
"""Connections at once. Below a process's usual 1,024 open files, so that the other channels go on."""
POST_SECONDS, CLOSE_SECONDS = 5, 2
_OURS = frozenset({"connect", "disconnect"})
"""Handlers that the server itself calls."""


class ReadPacket(Packet):
    """A packet of JSON; what cannot be read is the event UNREADABLE, for a person may be waiting for an answer."""

    uses_binary_events = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if not self._is_whole():
            self.packet_type, self.data, self.id, self.attachment_count = EVENT, [UNREADABLE], None, 0

    def decode(self, encoded_packet: Any) -> int:
        try:
            if len(encoded_packet) > MAX_PACKET:
                raise ValueError("too long")
            if isinstance(encoded_packet, bytes | bytearray):
                self.data = [ATTACHMENT]
            else:
                super().decode(encoded_packet)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            self.packet_type, self.namespace = None, None
        return 0

    def _is_whole(self) -> bool:
        if self.packet_type != EVENT:
            return self.packet_type in (CONNECT, DISCONNECT)
        named = isinstance(self.data, list) and bool(self.data) and isinstance(self.data[0], str)
        return named and self.data[0] not in _OURS


class Server(AsyncServer):
    """As python-socketio's, mounted on Sanic with a limit of connections, open to the pages that ``check`` lets in."""

    def __init__(self, check: Check) -> None:
        quiet = logging.getLogger(f"{__name__}.engine")
        quiet.setLevel(logging.CRITICAL)  # its lines quote what was sent
        super().__init__(
            async_mode="sanic",
            serializer=ReadPacket,
            cors_allowed_origins=check,
            cors_credentials=False,
            max_http_buffer_size=MAX_BYTES,
            logger=quiet,
            engineio_logger=quiet,
        )
        self._tasks: set[asyncio.Task[Any]] = set()
        self.eio.start_background_task = self._begin

    def attach(self, app: Sanic, socketio_path: str = "socket.io") -> None:
        """Serve polling and web sockets at that path."""
        app.add_route(self._serve, f"/{socketio_path.strip('/')}/", methods=["GET", "POST", "OPTIONS"])
        app.enable_websocket()

    async def release(self, sid: str, namespace: str | None) -> None:
        """Let the poll of a connection that ends return now: with the server's next ping its client waits for it."""
        transport_sid = self.manager.eio_sid_from_sid(sid, namespace or "/")
        with contextlib.suppress(KeyError, EngineIOError):
            if self.eio.transport(transport_sid) == "polling":
                await self.eio.send_packet(transport_sid, EnginePacket(NOOP))

    async def close(self) -> None:
        """End every connection: a server that stops would wait for them, longer than whoever stops it."""
        await self.shutdown()
        ending = [asyncio.ensure_future(self.eio.disconnect(sid)) for sid in list(self.eio.sockets)]
        if ending:
            await asyncio.wait(ending, timeout=CLOSE_SECONDS)
        for task in self._tasks:
            task.cancel()

    def _begin(self, target: Callable[..., Coroutine[Any, Any, Any]], *given: Any, **named: Any) -> asyncio.Task[Any]:
        """The engine's own, but that its tasks (a ping in half a minute) can be ended with the server."""
        task = asyncio.ensure_future(target(*given, **named))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _serve(self, request: Request) -> HTTPResponse:
        if "sid" not in request.args and len(self.eio.sockets) >= MOST:
            return response.json({"error": "Too many are connected; try again in a minute."}, status=503)
        taken = self.eio.handle_request(request)
        try:  # a packet only begins what it asks for; a POST that takes longer waits for a client that is gone
            return await (asyncio.wait_for(taken, POST_SECONDS) if request.method == "POST" else taken)
        except Exception as error:  # a frame that is no engine.io ends its own connection and nothing else
            logger.error("A socket.io request failed: %s", type(error).__name__)
            return response.json({"error": "The request is no engine.io, version 4."}, status=400)
