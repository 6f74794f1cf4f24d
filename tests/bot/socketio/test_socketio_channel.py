"""The channel on a real server, spoken to by real socket.io clients; the dialogue behind it answers like Rasa's."""

from __future__ import annotations

import asyncio
import contextlib

import httpx
import jwt
import pytest
import socketio

from bot.channels.socketio import server, settings, talk
from bot.channels.socketio.channel import SocketChannel
from bot.turn import hashed
from nlu import emergency, replies
from nlu.language import detect
from nlu.texts import text
from tests.bot.socketio.person import NOTHING, TRANSPORTS, Person
from tests.bot.telegram.helpers import serve

pytestmark = pytest.mark.slow

FIRE = {"en": "my kitchen is on fire", "ko": "집에 불이 났어요"}
EITHER = pytest.mark.parametrize("transport", TRANSPORTS)
BOTH = pytest.mark.parametrize("language", ["en", "ko"])


class Dialogue:
    """Says an emergency's number or a greeting at once and, with "slowly" in it, a help text when the gate opens."""

    def __init__(self) -> None:
        self.gate, self.messages, self.down = asyncio.Event(), [], False

    async def __call__(self, message) -> None:
        self.messages.append(message)
        if self.down:
            return
        language, found = detect(message.text), emergency.detect(message.text)
        await self.say(message, replies.emergency(found, language) if found else replies.static("greet", language))
        if "slowly" in message.text:
            await self.gate.wait()
            await self.say(message, replies.static("help", language))

    async def say(self, message, answer) -> None:
        said = {"text": answer.text, "custom": {"answer": answer.to_json()}}
        await message.output_channel.send_response(message.sender_id, said)


@pytest.fixture(scope="module", autouse=True)
def warm():
    """The lexicon of emergencies is read once, as a started bot has it."""
    emergency.detect("my kitchen is on fire")


@contextlib.asynccontextmanager
async def speaking(dialogue, **credentials):
    """The channel as ``bot/credentials.yml`` makes it; its address."""
    settings.origins.cache_clear()
    channel = SocketChannel.from_credentials({"session_persistence": True, **credentials})
    async with serve(channel, handler=dialogue) as (address, _):
        yield address
    settings.origins.cache_clear()


@pytest.fixture
def dialogue(monkeypatch):
    monkeypatch.setenv("ANSIM_SALT", "a salt for the tests")
    return Dialogue()


@pytest.fixture
async def address(dialogue):
    async with speaking(dialogue) as found:
        yield found


@EITHER
@BOTH
async def test_an_emergency_is_heard_before_the_turn_has_ended(address, dialogue, transport, language):
    async with Person(address, transport) as me:
        (first,) = await me.ask(f"{FIRE[language]} slowly")
        assert (first["status"], first["language"]) == ("emergency", language)
        assert me.heard[0]["text"].startswith("119")
        dialogue.gate.set()
        await me.until(lambda: len(me.heard) == 4)
        assert me.heard[2]["text"] == text("help", language)


@EITHER
async def test_the_dialogue_sees_no_slash_no_raw_id_and_the_channels_name(address, dialogue, transport):
    async with Person(address, transport) as me:
        await me.ask('/inform{"language_choice": "en"}', metadata={"language": "ko", "location": {"lat": 1, "lon": 2}})
    (seen,) = dialogue.messages
    assert not seen.text.startswith("/")
    assert seen.sender_id == hashed(me.session, "socketio")
    assert seen.input_channel == "socketio"
    assert seen.metadata == {"language": "ko", "location": {"lat": 1.0, "lon": 2.0}}


@EITHER
async def test_who_comes_back_goes_on_and_hears_what_was_still_to_come(address, dialogue, transport):
    async with Person(address, transport) as before:
        await before.ask("hello slowly")
    async with Person(address, transport, before.session) as after:
        assert after.session == before.session
        dialogue.gate.set()
        await after.until(lambda: len(after.heard) == 2)
        assert after.heard[0]["text"] == text("help", "en")
        await after.ask("hello")
    assert len({seen.sender_id for seen in dialogue.messages}) == 1


async def test_rasas_own_channel_loses_the_message_that_ours_delivers(address, dialogue):
    """Rasa issue 13027; when this fails, Rasa has mended it."""
    from rasa.core.channels.socketio import SocketIOInput

    theirs = SocketIOInput.from_credentials({"session_persistence": True})
    async with serve(theirs, handler=dialogue) as (rasas, _), Person(rasas) as lost:
        await lost.client.emit("user_uttered", {"message": "hello", "session_id": lost.session})
        with pytest.raises(asyncio.TimeoutError):
            await lost.until(lambda: lost.heard, seconds=1)
    async with Person(address) as me:
        assert await me.ask("hello")


@pytest.mark.parametrize(
    "guess", ["user-1", "", 7, ["a"], {"a": 1}, "x" * 5000, "de080e8c-e974-11f1-836f-02fc00000001"], ids=range(7)
)
async def test_a_session_that_can_be_guessed_is_nobodys(address, dialogue, guess):
    async with Person(address, session=guess) as me, Person(address, session=guess) as other:
        assert me.session != other.session
        for person in (me, other):
            await person.ask("hello", session_id=guess)
            await person.ask("hello", session_id=person.session)
    senders = [seen.sender_id for seen in dialogue.messages]
    assert senders[0] == senders[1] != senders[2] == senders[3]


async def test_a_message_before_any_session_is_answered(address):
    async with Person(address, session=NOTHING) as me:
        assert await me.ask("hello")


async def test_who_knows_a_session_does_not_overhear_it(address):
    async with Person(address) as me, Person(address, session=me.session) as thief:
        await me.ask("hello")
        await thief.ask("안녕")
        assert [each["language"] for each in answers(me)] == ["en"]
        assert [each["language"] for each in answers(thief)] == ["ko"]


@EITHER
async def test_two_at_once_hear_only_their_own(address, transport):
    async with Person(address, transport) as one, Person(address, transport) as other:
        await asyncio.gather(*(who.ask(said) for who, said in [(one, "hello"), (other, "안녕")] for _ in range(10)))
        await one.until(lambda: len(one.heard) == 20)
        await other.until(lambda: len(other.heard) == 20)
        assert {each["language"] for each in answers(one)} == {"en"}
        assert {each["language"] for each in answers(other)} == {"ko"}
        # a reply's text and its Answer are not parted by another reply
        assert ["text" in each for each in one.heard] == [True, False] * 10


@EITHER
@BOTH
async def test_a_silent_dialogue_is_said_and_an_emergency_answered(address, dialogue, transport, language):
    dialogue.down = True
    async with Person(address, transport) as me:
        (answer,) = await me.ask({"en": "when is it due", "ko": "언제까지 내나요"}[language])
        assert (answer["status"], answer["language"]) == ("unavailable", language)
        assert "119" in answer["text"]
        (answer,) = await me.ask(FIRE[language])
        assert answer["status"] == "emergency"
        assert answer["text"].startswith("119")


@BOTH
async def test_an_unreadable_payload_gets_a_sentence_and_an_emergency_in_it_is_answered(address, dialogue, language):
    async with Person(address) as me:
        (answer,) = await me.send({"language": language, "message": 7})
        assert answer["text"] == text("empty", language)
        assert me.heard[-1]["custom"]["error"] == '"message" must be a text.'
        for payload in (FIRE[language], {"message": FIRE[language], "location": "here"}):
            (answer,) = await me.send(payload)
            assert answer["text"].startswith("119")
    assert dialogue.messages == []


@BOTH
async def test_too_many_messages_are_refused_calmly_but_not_an_emergency(address, dialogue, language):
    hello = {"en": "hello", "ko": "안녕"}[language]
    async with Person(address) as me, Person(address) as other:
        for _ in range(talk.EACH):
            assert (await me.ask(hello))[0]["status"] == "answered"
        (answer,) = await me.ask(hello)
        assert answer["text"] == text("unavailable", language)
        assert me.heard[-1]["custom"]["error"] == talk.TOO_MUCH
        (answer,) = await me.ask(FIRE[language])
        assert answer["text"].startswith("119")
        assert (await other.ask(hello))[0]["status"] == "answered"
    assert len(dialogue.messages) == talk.EACH + 1


async def test_other_pages_may_not_speak_unless_they_are_named(dialogue, monkeypatch):
    named, evil = "https://www.city.example", "https://evil.example"
    async with speaking(dialogue) as address:
        assert await opens(address, None) == (200, None)
        assert await opens(address, address) == (200, address)
        assert await opens(address, named) == await opens(address, evil) == (400, None)
        assert not await connects(address, named)
    monkeypatch.setenv(settings.SETTING, named)
    async with speaking(dialogue) as address:
        assert await opens(address, named) == (200, named)
        assert await opens(address, evil) == (400, None)
        for transport in TRANSPORTS:
            assert await connects(address, named, transport)
            assert not await connects(address, evil, transport)


async def test_a_key_in_the_credentials_shuts_out_who_has_no_token(dialogue):
    key = "a key of thirty-two signs or more"
    async with speaking(dialogue, jwt_key=key) as address:
        for auth in (None, "text", ["a"], {"token": 7}, {"token": "nonsense"},
                     {"token": jwt.encode({"a": 1}, key + "x", "HS256")}):  # fmt: skip
            assert not await connects(address, auth=auth)
        assert await connects(address, auth={"token": jwt.encode({"a": 1}, key, "HS256")})


async def test_too_many_connections_are_refused_and_those_that_are_there_go_on(address, monkeypatch):
    async with Person(address) as me:
        monkeypatch.setattr(server, "MOST", 1)
        assert not await connects(address)
        assert await me.ask("hello")
        monkeypatch.setattr(server, "MOST", 2)
        assert await connects(address)


async def test_what_is_no_engine_io_gets_a_status_and_the_others_go_on(address):
    async with Person(address) as me, httpx.AsyncClient(base_url=address, trust_env=False, timeout=30) as client:
        for query in ("", "?EIO=3&transport=polling", "?EIO=4&transport=nonsense", "?EIO=4&transport=websocket",
                      "?EIO=4&transport=polling&sid=nobody", "?EIO=4&transport=polling&j=x"):  # fmt: skip
            assert (await client.get(f"/socket.io/{query}")).status_code == 400, query
        assert (await client.post("/socket.io/?EIO=4&transport=polling&sid=x", content=b"4\xff")).status_code == 400
        opened = await client.get("/socket.io/?EIO=4&transport=polling")
        sid = opened.json()["sid"] if opened.text.startswith("{") else opened.text.split('"sid":"')[1].split('"')[0]
        for body in (b"", b"\xff\xfe", b"x", b"4", b"\x1e" * 40, b"d=", b"9", b"0", b"b%%%", b"4" + b"[" * 3000):
            await client.post(f"/socket.io/?EIO=4&transport=polling&sid={sid}", content=body)
        assert (await client.get("/webhooks/socketio/")).json() == {"status": "ok"}
        assert await me.ask("hello")


async def test_a_raw_frame_that_is_none_ends_only_its_own_connection(address):
    import aiohttp

    async with Person(address) as me, aiohttp.ClientSession() as session:
        for frame in ("x", "", "9", "가"):
            async with session.ws_connect(f"{address}/socket.io/?EIO=4&transport=websocket") as ws:
                await ws.receive()
                await ws.send_str(frame)
        assert await me.ask("hello")


def answers(person):
    return [each["custom"]["answer"] for each in person.heard if "custom" in each]


async def opens(address, origin):
    """(status of a handshake from a page of that origin, which origin may read it)."""
    headers = {"Origin": origin} if origin else {}
    async with httpx.AsyncClient(trust_env=False) as client:
        got = await client.get(f"{address}/socket.io/?EIO=4&transport=polling", headers=headers)
    return got.status_code, got.headers.get("Access-Control-Allow-Origin")


async def connects(address, origin=None, transport="websocket", auth=None):
    client = socketio.AsyncClient(reconnection=False)
    try:
        headers = {"Origin": origin} if origin else {}
        await client.connect(address, headers, auth, transports=[transport])
    except socketio.exceptions.ConnectionError:
        return False
    else:
        await client.disconnect()
        return True
