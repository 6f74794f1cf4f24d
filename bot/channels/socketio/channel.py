"""Rasa's socket.io channel at ``/socket.io/``, made safe: for cities whose page already has a Rasa chat widget.

Its own class loses every message when sessions persist (it does not await the room it enters; Rasa issue
13027), takes a message with ``/`` for an intent, and lets any page on the web speak to it.
"""

from __future__ import annotations

from rasa.core.channels.socketio import SocketBlueprint, SocketIOInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.socketio.server import UNREADABLE, Server
from bot.channels.socketio.settings import may_speak, origins
from bot.channels.socketio.talk import Talk
from bot.turn import Handler


class SocketChannel(SocketIOInput):
    """In: ``session_request``, ``user_uttered``. Out: ``session_confirm``, ``bot_uttered``. Settings as Rasa's."""

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        sio = Server(may_speak(origins()))  # a wrong setting stops the start
        talk = Talk(sio, on_new_message, self)
        webhook = SocketBlueprint(sio, self.socketio_path, "ansim_socketio", "ansim_socketio")

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.listener("before_server_stop")
        async def end(*_: object) -> None:
            await sio.close()

        for event, handler in (
            ("connect", talk.connect),
            ("disconnect", talk.end),
            ("session_request", talk.begin),
            (self.user_message_evt, talk.hear),
            (UNREADABLE, talk.unreadable),
        ):
            sio.on(event, handler, namespace=self.namespace)
        return webhook
