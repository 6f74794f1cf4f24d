"""A turn always ends in a reply, whatever is broken behind it."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.channels.web.once import Once
from bot.channels.wire import BadRequestError, read_request
from bot.turn import hashed, merge, run_turn


async def broken(message):
    raise RuntimeError("lock store is down")


async def silent(message):
    return None


async def slow(message):
    await asyncio.sleep(60)


@pytest.mark.parametrize("handler", [broken, silent])
@pytest.mark.parametrize(("text", "language"), [("when is the plan due", "en"), ("언제까지 내나요", "ko")])
async def test_a_broken_or_silent_dialogue_is_said_to_be_unavailable(handler, text, language):
    (reply,) = await run_turn(handler, "someone", text, "web")
    assert reply["answer"]["status"] == "unavailable"
    assert reply["answer"]["language"] == language
    assert "119" in reply["text"]


@pytest.mark.parametrize("handler", [broken, silent])
@pytest.mark.parametrize("text", ["the house is on fire help us", "물이 허리까지 찼어요 살려주세요"])
async def test_an_emergency_is_answered_when_the_dialogue_is_down(handler, text):
    (reply,) = await run_turn(handler, "someone", text, "web")
    assert reply["answer"]["status"] == "emergency"
    assert reply["text"].startswith("119")


async def test_a_slow_dialogue_is_cut_off(monkeypatch):
    from bot import turn
    from bot.settings import BotSettings, settings

    fast = BotSettings(**{**settings().__dict__, "turn_seconds": 0.05})
    monkeypatch.setattr(turn, "settings", lambda: fast)
    (reply,) = await run_turn(slow, "someone", "when is the plan due", "web")
    assert reply["answer"]["status"] == "unavailable"


async def test_rasa_never_sees_a_slash_or_a_raw_sender():
    seen = []

    async def remember(message):
        seen.append(message)

    await run_turn(remember, "kim@example.org", '/inform{"language_choice": "en"}', "web", "ko")
    assert not seen[0].text.startswith("/")
    assert "kim" not in seen[0].sender_id
    assert seen[0].metadata == {"language": "ko"}


def test_sender_ids_are_hashed_and_differ_by_channel():
    assert hashed("a", "web") == hashed("a", "web") != hashed("a", "rest")
    assert len(hashed("a", "web")) == 32


def test_parts_of_a_reply_are_joined():
    answer = {"text": "a\n\nb", "status": "answered"}
    parts = [{"text": "a"}, {"text": "b", "buttons": [{"title": "t", "payload": "p"}]}, {"custom": {"answer": answer}}]
    assert merge(parts) == [{"text": "a\n\nb", "quick_replies": [{"title": "t", "text": "p"}], "answer": answer}]
    assert merge([{"text": "only"}])[0]["answer"] is None
    assert merge([]) == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"nonsense", b"[]", b"7", b"null", b'{"sender": 7, "text": "a"}', b'{"sender": "", "text": "a"}',
        b'{"sender": "a"}', b'{"sender": "a", "text": ["x"]}', b"[" * 100_000,
        b'{"sender": "' + b"x" * 500 + b'", "text": "a"}',
        b"\xff\xfe", b'{"text": null}',
    ],
)  # fmt: skip
def test_a_bad_request_is_one_sentence(body):
    with pytest.raises(BadRequestError) as caught:
        read_request(body, "text")
    assert str(caught.value).endswith(".")


def test_a_good_request():
    body = {"sender": "a", "message": "hi", "metadata": {"language": "ko"}}
    asked = read_request(json.dumps(body).encode(), "message")
    assert (asked.sender, asked.text, asked.language) == ("a", "hi", "ko")
    assert read_request(b'{"sender": "a", "text": "hi", "language": "fr"}', "text").language is None


async def test_a_repeated_request_runs_once():
    runs = []

    async def turn(tell):
        runs.append(1)
        await asyncio.sleep(0.01)
        tell({"text": str(len(runs))})

    once = Once()
    both = await asyncio.gather(once.turn("a", "k", turn).all(), once.turn("a", "k", turn).all())
    assert both == [[{"text": "1"}], [{"text": "1"}]]
    assert await once.turn("b", "k", turn).all() == [{"text": "2"}]
    assert await once.turn("a", None, turn).all() == [{"text": "3"}]


async def test_who_comes_late_hears_all_from_the_first_and_whoever_leaves_stops_nothing():
    go = asyncio.Event()

    async def run(tell):
        tell({"text": "1"})
        await go.wait()
        tell({"text": "2"})

    once = Once()
    leaving = asyncio.ensure_future(once.turn("a", "k", run).all())
    early = once.turn("a", "k", run).each()
    assert await asyncio.wait_for(anext_(early), 20) == {"text": "1"}
    leaving.cancel()
    go.set()
    assert [each async for each in early] == [{"text": "2"}]
    assert await once.turn("a", "k", run).all() == [{"text": "1"}, {"text": "2"}]


async def anext_(replies):
    return await replies.__anext__()


async def test_a_reply_is_told_before_what_comes_after_it():
    """As Rasa sends them: paragraphs, then the Answer; a second one whose action hangs."""
    told, hangs = [], asyncio.Event()

    async def handler(message):
        channel = message.output_channel
        await channel.send_response("x", {"text": "119\n\nNow.", "custom": {"answer": {"text": "119\n\nNow."}}})
        hangs.set()
        await asyncio.sleep(60)

    turn = asyncio.ensure_future(run_turn(handler, "someone", "fire", "web", tell=told.append))
    await asyncio.wait_for(hangs.wait(), 20)
    assert [each["text"] for each in told] == ["119\n\nNow."]
    turn.cancel()
    assert await turn == told


async def test_what_is_told_is_what_is_returned():
    async def handler(message):
        for text in ("one", "two"):
            await message.output_channel.send_response(
                "x", {"text": text, "buttons": [{"title": "b", "payload": text}], "custom": {"answer": {"text": text}}}
            )
        await message.output_channel.send_response("x", {"text": "without an answer"})

    told = []
    replies = await run_turn(handler, "someone", "hi", "web", tell=told.append)
    assert replies == told
    assert [each["text"] for each in told] == ["one", "two", "without an answer"]
    assert [each["quick_replies"][:1] for each in told] == [[{"title": "b", "text": t}] for t in ("one", "two")] + [[]]
    assert [each["answer"]["status"] for each in await run_turn(handler, "someone", " ", "web")] == ["clarify"]


async def test_old_replies_are_forgotten():
    async def turn(tell):
        return None

    once = Once(keep_seconds=0, most=3)
    for i in range(10):
        await once.turn("a", str(i), turn).all()
    assert len(once._kept) <= 3
