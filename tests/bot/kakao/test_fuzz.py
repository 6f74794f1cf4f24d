"""1,000 malformed requests over real HTTP: always a helpful sentence with 200, or 4xx for one that is forged."""

from __future__ import annotations

import copy
import json
import random
import time

import httpx

from bot.channels.kakao.limits import problems
from tests.bot.kakao.conftest import BOT, skill_request, skill_server

COUNT = 1000
ODD = (
    None, True, 0, -1, 1e308, 10**40, "", " ", "\x00", "\ud800", "가" * 3000, "🙂" * 50, [], {}, [[]],
    {"a": {"a": []}}, "/restart", "<script>alert(1)</script>", "' OR 1=1 --", "\u202e\u200b", "%s%n", "{{7*7}}",
    "불이야 살려주세요", "help fire", float("nan"), float("inf"), ["x"] * 50, {"id": None}, "https://kakao.com.example/x",
)  # fmt: skip


def paths(value, at=()):
    """Every place in a request."""
    found = [at] if at else []
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        found += paths(value[key], (*at, key))
    return found


def bent(chance):
    """A request with one to four values made odd, lost or renamed."""
    row = skill_request(chance.choice(["대피소", "shelter near Gojan", "heat-ko", "", "119"]))
    row["userRequest"] |= chance.choice([{}, {"callbackUrl": chance.choice(ODD)}])
    for _ in range(chance.randint(1, 4)):
        *above, last = chance.choice(paths(row))
        at = row
        for key in above:
            at = at[key]
        what = chance.random()
        if what < 0.7:
            at[last] = copy.deepcopy(chance.choice(ODD))
        elif what < 0.85 and isinstance(at, dict):
            del at[last]
        elif isinstance(at, dict):
            at[str(last) + "\x00"] = at.pop(last)
    return row


def broken(chance):
    """Bytes that are hardly JSON."""
    body = json.dumps(bent(chance)).encode()
    ways = (
        lambda: body[: chance.randrange(len(body))],
        lambda: body[:40] + bytes(chance.randrange(256) for _ in range(30)) + body[40:],
        lambda: body.replace(b'"', b"'"),
        lambda: b"[" * chance.randint(1, 20_000),
        lambda: body.decode().encode("utf-16"),
        lambda: bytes(chance.randrange(256) for _ in range(chance.randrange(500))),
        lambda: b'{"userRequest":' * 2000 + b"1" + b"}" * 2000,
        lambda: json.dumps({**skill_request(), "contexts": ["x" * 100_000]}).encode(),
    )
    return chance.choice(ways)()


async def test_a_thousand_malformed_requests(dialogue, caplog):
    chance = random.Random(20260302)
    slowest, statuses = 0.0, []
    async with skill_server(dialogue) as address, httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for number in range(COUNT):
            row = bent(chance) if number % 3 else None
            body = json.dumps(row).encode() if row is not None else broken(chance)
            begin = time.monotonic()
            found = await client.post(address, content=body, headers={"Content-Type": "application/json"})
            slowest = max(slowest, time.monotonic() - begin)
            statuses.append(found.status_code)
            made = found.json()
            if found.status_code == 200:
                assert problems(made) == [], body[:300]
            else:
                assert found.status_code == 403, (found.status_code, body[:300])
                assert made["error"].endswith(".")
                assert row is None or bot_of(row) != BOT
    print(f"{statuses.count(200)} answered, {statuses.count(403)} refused, the slowest in {slowest * 1000:.0f} ms")
    assert statuses.count(200) > 500
    assert statuses.count(403) > 20
    assert slowest < 5  # after which KakaoTalk has stopped waiting
    assert "A KakaoTalk reply failed" not in caplog.text


def bot_of(row):
    bot = row.get("bot")
    return bot.get("id") if isinstance(bot, dict) else None
