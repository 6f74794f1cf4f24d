"""What a channel sends for a reply, over real HTTP: for the channels whose wire is JSON."""

from __future__ import annotations

import asyncio
import functools
import threading
from typing import Any

import httpx
from rasa.core.channels.channel import InputChannel

from tests.bot.telegram.helpers import serve


class Served:
    """A channel on a server in a thread of its own, until the process ends; its dialogue says what it is given."""

    def __init__(self, channel: InputChannel) -> None:
        self._saying: dict[str, list[dict[str, Any]]] = {}
        self._address, ready = "", threading.Event()

        async def run() -> None:
            async with serve(channel, handler=self._answer) as (address, _):
                self._address = f"{address}/webhooks/{channel.url_prefix().strip('/')}"
                ready.set()
                await asyncio.Event().wait()

        threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
        assert ready.wait(30)
        self._client = httpx.Client(trust_env=False)

    async def _answer(self, message: Any) -> None:
        """Sends as Rasa does."""
        for reply in self._saying[message.text]:
            buttons = [{"title": each["title"], "payload": each["text"]} for each in reply["quick_replies"]]
            await message.output_channel.send_text_with_buttons(message.sender_id, reply["text"], buttons)
            await message.output_channel.send_custom_json(message.sender_id, {"answer": reply["answer"]})

    def sent(self, path: str, body: dict[str, Any], words: str, replies: list[dict[str, Any]]) -> Any:
        """The JSON that comes back when ``replies`` are the answer to ``body``, in which ``words`` are said."""
        text = f"question {len(self._saying)}"
        self._saying[text] = replies
        answered = self._client.post(f"{self._address}{path}", json={**body, words: text})
        assert answered.status_code == 200
        return answered.json()


@functools.cache
def served(channel: type[InputChannel]) -> Served:
    return Served(channel())
