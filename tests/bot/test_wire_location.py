"""A shared place is read strictly, reaches the dialogue as metadata and is not kept."""

from __future__ import annotations

import json

import pytest

from bot.channels.web.once import Once
from bot.channels.wire import BadRequestError, read_request
from bot.turn import run_turn
from nlu.message import LOCATION_ONLY
from tests.waiting import until


def request(**more):
    return json.dumps({"sender": "a", "text": "", **more}).encode()


@pytest.mark.parametrize("location", [{"lat": 37.3, "lon": 126.8}, {"lat": -90, "lon": 180, "accuracy_m": 12.5}])
def test_a_place_is_read(location):
    expected = (float(location["lat"]), float(location["lon"]))
    assert read_request(request(location=location), "text").location == expected
    assert read_request(request(metadata={"location": location}), "text").location == expected


def test_no_place_is_none():
    assert read_request(request(), "text").location is None
    assert read_request(request(location=None), "text").location is None


@pytest.mark.parametrize(
    "location",
    [
        '"here"', "[37.3, 126.8]", "{}", '{"lat": 37.3}', '{"lat": "37.3", "lon": "126.8"}', '{"lat": true, "lon": 1}',
        '{"lat": NaN, "lon": 126.8}', '{"lat": Infinity, "lon": 126.8}', '{"lat": 90.1, "lon": 0}',
        '{"lat": 0, "lon": -180.1}', '{"lat": 1e400, "lon": 0}', '{"lat": 0, "lon": 0, "accuracy_m": -1}',
        '{"lat": 0, "lon": 0, "accuracy_m": "near"}', '{"lat": 0, "lon": 0, "accuracy_m": Infinity}', "false", "0",
    ],
)  # fmt: skip
def test_a_bad_place_is_one_sentence(location):
    body = f'{{"sender": "a", "text": "hi", "location": {location}}}'.encode()
    with pytest.raises(BadRequestError) as caught:
        read_request(body, "text")
    assert str(caught.value).endswith(".")
    assert "location" in str(caught.value) or "accuracy_m" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "text"), [("", LOCATION_ONLY), ("🙂", LOCATION_ONLY), ("지진 대피소", "지진 대피소")]
)
async def test_a_place_reaches_the_dialogue_with_or_without_words(typed, text):
    seen = []

    async def remember(message):
        seen.append(message)

    await run_turn(remember, "a", typed, "web", "ko", (37.3, 126.8))
    assert seen[0].text == text
    assert seen[0].metadata == {"language": "ko", "location": {"lat": 37.3, "lon": 126.8}}


async def test_without_a_place_nothing_typed_is_still_nothing():
    seen = []

    async def remember(message):
        seen.append(message)

    (reply,) = await run_turn(remember, "a", "", "web", "en")
    assert reply["answer"]["language"] == "en"
    assert seen == []


async def test_an_emergency_with_a_place_is_answered_when_the_dialogue_is_down():
    async def broken(message):
        raise RuntimeError("down")

    (reply,) = await run_turn(broken, "a", "집에 불이 났어요 살려주세요", "web", None, (37.3, 126.8))
    assert reply["answer"]["status"] == "emergency"


async def test_a_reply_about_a_place_is_dropped_by_itself():
    async def turn(tell):
        tell({"text": "37.3"})

    once = Once()
    await once.turn("a", "k", turn, keep=0.1).all()
    assert len(once._kept) == 1
    await until(lambda: len(once._kept) == 0)


def test_the_tracker_store_writes_no_place():
    from rasa.shared.core.events import UserUttered

    from bot.tracker_store import redact

    event = UserUttered("📍", metadata={"location": {"lat": 37.3, "lon": 126.8}})
    assert "37.3" not in json.dumps(redact(event).as_dict())
