"""What happens on a socket.io connection: a session is named, messages are answered, each reply at once."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from typing import Any

from rasa.core.channels.channel import decode_bearer_token
from rasa.core.channels.socketio import SocketIOInput

from bot.channels.socketio.server import Server
from bot.channels.socketio.wire import messages, read_session, read_uttered, spoken
from bot.channels.web.limit import Limit
from bot.channels.web.once import Turn
from bot.channels.wire import BadRequestError
from bot.turn import Handler, Reply, as_reply, run_turn
from nlu import emergency, replies
from nlu.language import choose
from nlu.message import clean

EACH, ALL = 30, 6000
"""Messages in a minute: of one connection, and of all."""
TOO_MUCH = "Too many messages at once; try again in a minute."
UNREADABLE = "The event is no JSON, binary or too long; send an object with a text as its message."


class Talk:
    """The handlers of a server's events; none raises. ``sid``: the id of one connection.

    A reply goes to the connection that asked; when that is gone, to one that meanwhile came back with its
    session. Whoever merely holds the session's id hears nothing else.
    """

    def __init__(self, sio: Server, handler: Handler, channel: SocketIOInput) -> None:
        self._sio, self._handler, self._channel = sio, handler, channel
        self._limit, self._whole = Limit(EACH, ALL), asyncio.Lock()
        self._sessions: dict[str, str] = {}

    async def connect(self, sid: str, _: object, auth: object = None) -> bool:
        """Whether this connection is taken: always, unless the credentials name a key for its token."""
        if self._channel.jwt_key:
            token = auth.get("token") if isinstance(auth, dict) else None
            known = isinstance(token, str) and decode_bearer_token(
                token, self._channel.jwt_key, self._channel.jwt_algorithm
            )
            if not known:
                return False
        self._sessions[sid] = uuid.uuid4().hex
        return True

    async def end(self, sid: str, *_: object) -> None:
        self._sessions.pop(sid, None)
        await self._sio.release(sid, self._channel.namespace)

    async def begin(self, sid: str, *given: object) -> None:
        """``session_request``: go on with the session that is named, else begin a new one; confirm its id."""
        session = self._named(given) or uuid.uuid4().hex
        await self._enter(sid, session)
        await self._emit("session_confirm", session, sid)

    async def hear(self, sid: str, *given: object) -> None:
        """``user_uttered``: a turn of the session that is named, else of this connection's own."""
        data = given[0] if given else None
        if not self._limit.allow(sid):
            await self._refuse(sid, data, "unavailable", TOO_MUCH)
            return
        try:
            asked = read_uttered(data, self._channel.metadata_key)
        except BadRequestError as error:
            await self._refuse(sid, data, "empty", str(error))
            return
        session = self._named(given) or self._sessions.get(sid) or uuid.uuid4().hex
        await self._enter(sid, session)
        turn = Turn(
            lambda tell: run_turn(
                self._handler, session, asked.text, self._channel.name(), asked.language, asked.location, tell
            )
        )
        async for reply in turn.each():
            await self._say(sid, session, reply)

    async def unreadable(self, sid: str, *_: object) -> None:
        """A packet that is none."""
        key, error = ("empty", UNREADABLE) if self._limit.allow(sid) else ("unavailable", TOO_MUCH)
        await self._refuse(sid, None, key, error)

    def _named(self, given: tuple[object, ...]) -> str | None:
        return read_session(given[0]) if given and self._channel.session_persistence else None

    async def _enter(self, sid: str, session: str) -> None:
        """One session to a connection, so that nobody can fill the memory with rooms."""
        before = self._sessions.get(sid)
        if before is None:  # it is gone
            return
        self._sessions[sid] = session
        with contextlib.suppress(KeyError, ValueError):  # it goes while we speak
            if before != session:
                await self._sio.leave_room(sid, before, namespace=self._channel.namespace)
            await self._sio.enter_room(sid, session, namespace=self._channel.namespace)

    async def _refuse(self, sid: str, data: object, key: str, error: str) -> None:
        """Say why this is not answered, in the person's language; an emergency is answered all the same."""
        message = clean(spoken(data))
        found = emergency.detect(message.text)
        chosen = data.get("language") if isinstance(data, dict) else None
        language = choose(message.text, chosen if isinstance(chosen, str) else None, None)
        answer = replies.emergency(found, found.language) if found else replies.static(key, language)
        await self._say(sid, sid, {**as_reply(answer), "error": error})

    async def _say(self, sid: str, session: str, reply: Reply) -> None:
        room = sid if sid in self._sessions else session
        async with self._whole:  # a reply's two messages stay together
            for message in messages(reply):
                await self._emit(self._channel.bot_message_evt, message, room)

    async def _emit(self, event: str, data: Any, room: str) -> None:
        await self._sio.emit(event, data, to=room, namespace=self._channel.namespace)
