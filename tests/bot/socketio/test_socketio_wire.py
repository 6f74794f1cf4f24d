"""Payloads of socket.io are read strictly; a reply becomes messages that widgets know. No server here."""

from __future__ import annotations

import uuid

import pytest

from bot.channels.socketio.server import ATTACHMENT, MAX_PACKET, UNREADABLE, ReadPacket
from bot.channels.socketio.settings import may_speak, read_origins
from bot.channels.socketio.wire import MAX_TITLE, messages, read_session, read_uttered, spoken
from bot.channels.wire import BadRequestError
from nlu.message import MAX_CHARACTERS, clean
from tests.bot import answers_folder as answers

RANDOM = uuid.UUID("3f2b8c1e-7d4a-4e6f-9a1b-5c0d2e8f7a63")
"""A random one (version 4), always the same: the tests are named after it."""


@pytest.mark.parametrize("given", [RANDOM.hex, str(RANDOM)])
def test_a_random_session_is_taken(given):
    assert read_session({"session_id": given}) == given


@pytest.mark.parametrize(
    "given",
    [None, "", "user-1", "kim@example.org", 7, True, [RANDOM.hex], {"a": 1}, "a" * 32, RANDOM.hex + "\n", "x" * 5000,
     "de080e8c-e974-11f1-836f-02fc00000001", RANDOM.hex[:31], str(RANDOM).replace("-", "", 1)],
    ids=range(14),
)  # fmt: skip
def test_a_session_that_could_be_guessed_is_none(given):
    assert read_session({"session_id": given}) is None


@pytest.mark.parametrize("data", [None, "text", 7, [RANDOM.hex], {}])
def test_no_object_no_session(data):
    assert read_session(data) is None


@pytest.mark.parametrize("text", ["hello", "언제까지 내나요?", "", "x" * 10_000, "/restart"])
def test_a_message_is_read(text):
    assert read_uttered({"message": text, "session_id": "whatever"}).text == text


def test_language_and_location_are_read_where_rasa_puts_them():
    here = {"lat": 37.3, "lon": 126.8, "accuracy_m": 20}
    for more in (
        {"metadata": {"language": "ko", "location": here}},
        {"metadata": '{"language": "ko", "location": {"lat": 37.3, "lon": 126.8}}'},
        {"language": "ko", "location": here},
    ):
        asked = read_uttered({"message": "", **more})
        assert (asked.language, asked.location) == ("ko", (37.3, 126.8))
    assert read_uttered({"message": "", "customData": {"language": "en"}}, "customData").language == "en"
    for metadata in ("nonsense", "[", 7, [], None, {"language": "fr"}, {"language": ["ko"]}):
        assert read_uttered({"message": "a", "metadata": metadata}).language is None


@pytest.mark.parametrize(
    "data",
    [None, "hello", 7, True, [], ["hello"], {}, {"message": None}, {"message": 7}, {"message": ["a"]},
     {"message": {"text": "a"}}, {"message": b"a"}, {"text": "a"}, {"message": "a", "location": "here"},
     {"message": "a", "location": {"lat": 91, "lon": 0}}, {"message": "a", "metadata": {"location": [1, 2]}},
     {"message": "a", "location": {"lat": b"1"}}, {"message": "a", "metadata": {"x": {1, 2}}}],
)  # fmt: skip
def test_what_is_no_message_is_said_in_a_sentence(data):
    with pytest.raises(BadRequestError) as caught:
        read_uttered(data)
    assert str(caught.value).endswith(".")


def test_words_are_found_in_what_is_no_message():
    assert spoken("fire") == spoken({"message": "fire", "location": 7}) == "fire"
    assert spoken(None) == spoken({"message": ["fire"]}) == spoken(["fire"]) == ""


def test_a_long_text_keeps_its_ends():
    read = clean(read_uttered({"message": "가" * 10_000 + " 살려주세요"}).text)
    assert len(read.text) <= MAX_CHARACTERS
    assert read.text.endswith("살려주세요")


@pytest.mark.parametrize("name", answers.names())
def test_every_answer_goes_out_whole_in_messages_that_a_widget_knows(name):
    reply = answers.reply(name)
    said, custom = messages(reply)
    assert said.keys() in ({"text"}, {"text", "quick_replies"})
    assert said["text"] == reply["answer"]["text"]
    assert custom == {"custom": {"answer": reply["answer"]}}
    assert [each["payload"] for each in said.get("quick_replies", [])] == [e["text"] for e in reply["quick_replies"]]
    for each in said.get("quick_replies", []):
        assert each.keys() == {"content_type", "title", "payload"}
        assert 0 < len(each["title"]) <= MAX_TITLE


def test_a_title_too_long_is_shortened_and_still_sends_itself():
    long = "a question " * 20
    (button,) = messages({"text": "a", "quick_replies": [{"title": long, "text": long}], "answer": {}})[0][
        "quick_replies"
    ]
    assert len(button["title"]) <= MAX_TITLE
    assert button["title"].endswith("…")
    assert button["payload"] == long


@pytest.mark.parametrize(
    "packet",
    ["", "2", "2{", "2[]", "2{}", "27", '2"a"', "2[7]", "2[[]]", "2[null]", '2["a"', "9", "x", "4", '51-["a",{}]', "6",
     '2["connect",{}]', '2["disconnect"]', '299999999999999999999-["a"]', "2" + "1" * 200 + '["a"]', "2" + "[" * 5000,
     '2["a",' + "9" * 500 + "]", '2["' + "x" * MAX_PACKET + '"]', {"a": 1}, [1], 7, True, "가"],
)  # fmt: skip
def test_a_packet_that_is_none_becomes_the_event_that_says_so(packet):
    read = ReadPacket(encoded_packet=packet)
    assert (read.packet_type, read.data, read.attachment_count) == (2, [UNREADABLE], 0)


def test_a_packet_is_read():
    read = ReadPacket(encoded_packet='2["user_uttered",{"message":"가"}]')
    assert read.data == ["user_uttered", {"message": "가"}]
    assert ReadPacket(encoded_packet="0").packet_type == 0
    assert ReadPacket(encoded_packet="1").packet_type == 1
    assert ReadPacket(encoded_packet=b"\xff\x00").data == [ATTACHMENT]
    assert ReadPacket(data=["bot_uttered", {"text": "가"}]).encode().startswith('2["bot_uttered"')


def test_origins():
    allowed = read_origins(" https://www.city.example/, http://localhost:3000 ")
    assert allowed == {"https://www.city.example", "http://localhost:3000"}
    check, own = may_speak(allowed), {"HTTP_HOST": "bot.example:5005"}
    for origin in ("https://www.city.example", "https://WWW.city.example", "http://bot.example:5005"):
        assert check(origin, own)
    for origin in (None, "null", "", "https://evil.example", "https://www.city.example.evil.example", "http://[",
                   "https://bot.example", "https://evil.example/bot.example:5005"):  # fmt: skip
        assert not check(origin, own)
    assert not may_speak(frozenset())("https://www.city.example", {})


@pytest.mark.parametrize("given", ["*", "www.city.example", "https://a.example/path", "ftp://a.example", "https://*"])
def test_what_is_no_origin_stops_the_start_with_a_sentence(given):
    with pytest.raises(ValueError, match=r"^ANSIM_SOCKETIO_ORIGINS must hold .*\.$"):
        read_origins(given)
