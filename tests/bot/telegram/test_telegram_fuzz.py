"""A thousand updates that no client would send: no 5xx, no hang, and the bot answers after them as before."""

from __future__ import annotations

import json
import random

import httpx
import pytest

from bot.channels.telegram.channel import SECRET_HEADER
from tests.bot.telegram.bot_api import SECRET
from tests.bot.telegram.helpers import webhook

pytestmark = pytest.mark.slow

UPDATES = 1000
ODD = [None, True, 0, -1, 2**70, 1.5, 1e308, "", "x", "/", "/help", "/forget", "가" * 3000, "😀", "\x00",
       "\ud800", "<b>",
       "l:xx", "s:", "d:", "불이 났어요", [], [None], {}, {"id": 1}, [[[]]], {"": {}}]  # fmt: skip


def whole(random_: random.Random, number: int) -> dict:
    chat = {
        "id": random_.choice([7, -1007]),
        "type": random_.choice(["private", "private", "private", "group", "supergroup", "channel"]),
    }
    person = {"id": 7, "is_bot": False, "first_name": "P", "language_code": random_.choice(["ko", "en", "vi"])}
    message = {
        "message_id": 5, "date": 1, "chat": chat, "from": person,
        "text": random_.choice(["/help", "out-of-scope", "@x y"]),
        "entities": [{"type": random_.choice(["bot_command", "mention", "text_mention"]), "offset": 0, "length": 5}],
        "reply_to_message": {"from": {"id": 123456789}}, "location": {"latitude": 37.3, "longitude": 126.8},
        "is_topic_message": True, "message_thread_id": 9, "caption": "help",
    }  # fmt: skip
    kind = random_.choice(["message", "message", "edited_message", "callback_query", "poll"])
    button = {"id": "1", "from": person, "message": message, "data": random_.choice(["s:help", "l:ko", "d:aaaa"])}
    return {"update_id": number, kind: button if kind == "callback_query" else message}


def spoil(random_: random.Random, value: object) -> object:
    """Change some parts of a well-formed update: lose a field, or put something else in its place."""
    if random_.random() < 0.12:
        return random_.choice(ODD)
    if isinstance(value, dict):
        kept = {key: spoil(random_, each) for key, each in value.items() if random_.random() > 0.06}
        return (
            {**kept, random_.choice(["new_field", "text", "from"]): random_.choice(ODD)}
            if random_.random() < 0.1
            else kept
        )
    return [spoil(random_, each) for each in value] if isinstance(value, list) else value


def bodies(seed: int = 20250101) -> list[bytes]:
    random_ = random.Random(seed)
    made = []
    for number in range(UPDATES):
        update = spoil(random_, whole(random_, number))
        if isinstance(update, dict) and random_.random() < 0.9:
            update["update_id"] = number
        body = json.dumps(update).encode()
        if random_.random() < 0.05:
            body = body[: random_.randrange(len(body))] + bytes(random_.randrange(256) for _ in range(3))
        made.append(body)
    return made


async def test_a_thousand_fuzzed_updates(api, dialogue, settings, monkeypatch):
    # flood limits are python-telegram-bot's matter; here they would only make the test wait
    monkeypatch.setattr("bot.channels.telegram.client.AIORateLimiter", lambda max_retries: None)
    async with webhook(api, dialogue) as address:
        url = f"{address}/webhooks/telegram/webhook"
        statuses: dict[int, int] = {}
        async with httpx.AsyncClient(timeout=30) as client:
            for body in bodies():
                answered = await client.post(url, content=body, headers={SECRET_HEADER: SECRET})
                while answered.status_code == 503:  # the line is full: delivered again, as Telegram does
                    await api.quiet(0.05)
                    answered = await client.post(url, content=body, headers={SECRET_HEADER: SECRET})
                statuses[answered.status_code] = statuses.get(answered.status_code, 0) + 1
        assert set(statuses) == {200, 400}, statuses
        assert statuses[200] > 800
        await api.quiet(1.0)
        answered_to_fuzz = len(api.of("sendMessage"))
        assert answered_to_fuzz > 100
        api.say("rule-due", chat=77)
        await api.until(lambda: api.texts(77))
