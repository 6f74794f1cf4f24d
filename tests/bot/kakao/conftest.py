"""A skill server on a real port, requests as Kakao sends them, and a place that takes callbacks."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
from pathlib import Path

import pytest

from bot.channels.kakao import channel, render
from tests.bot import answers_folder as answers
from tests.listening import listening

PATH = "a-path-nobody-guesses-0123456789"
BOT = "example-bot-id"
SAMPLES = Path(render.__file__).parent / "samples"


def skill_request(utterance="안녕하세요", user="someone", lang="kr", bot=BOT, **more):
    """A request as the format has it (``samples/request-question-ko.json``) with other words."""
    row = copy.deepcopy(json.loads((SAMPLES / "request-question-ko.json").read_text("utf-8")))
    row["userRequest"] |= {"utterance": utterance, "lang": lang, **more}
    row["userRequest"]["user"]["id"] = user
    row["bot"]["id"] = bot
    return row


def words(body):
    """All that a person reads of a response."""
    return json.dumps(body["template"], ensure_ascii=False)


class Dialogue:
    """Answers like Rasa's: what is asked is the name of one of the Answers; "wait N name" takes N seconds."""

    def __init__(self):
        self.heard = []

    async def __call__(self, message):
        self.heard.append(message)
        said = message.text
        if said.startswith("wait "):
            _, seconds, said = said.split(" ", 2)
            await asyncio.sleep(float(seconds))
        if said == "break":
            raise RuntimeError("broken")
        if said in answers.names():
            reply = answers.reply(said)
            buttons = [{"title": b["title"], "payload": b["text"]} for b in reply["quick_replies"]]
            await message.output_channel.send_text_with_buttons(message.sender_id, reply["text"], buttons)
            await message.output_channel.send_custom_json(message.sender_id, {"answer": reply["answer"]})


@pytest.fixture
def dialogue():
    return Dialogue()


@contextlib.asynccontextmanager
async def skill_server(handler, deadline=channel.DEADLINE_SECONDS, **environment):
    """The channel as Rasa registers it; the address of the skill."""
    given = {"ANSIM_KAKAO_PATH": PATH, "ANSIM_KAKAO_BOT_ID": BOT, "ANSIM_KAKAO_CALLBACK_LOOPBACK": "1", **environment}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        patch.setattr(channel, "DEADLINE_SECONDS", deadline)
        channel.kakao_settings.cache_clear()
        made = channel.KakaoChannel()
        prefix = f"/webhooks/{made.url_prefix().strip('/')}"
        async with listening(lambda app: app.blueprint(made.blueprint(handler), url_prefix=prefix)) as (address, _):
            yield f"{address}{prefix}/{PATH}"
        channel.kakao_settings.cache_clear()


@contextlib.asynccontextmanager
async def callback_receiver(status=200, says="SUCCESS"):
    """Where callbacks are posted: (its address, what came)."""
    from sanic import response

    came: list[dict] = []

    async def take(request):
        came.append(request.json)
        return response.json({"taskId": "1", "status": says, "message": "", "timestamp": 0}, status=status)

    async with listening(lambda app: app.add_route(take, "/callback/once", methods=["POST"])) as (address, _):
        yield f"{address}/callback/once", came
