"""The skill server over real HTTP: in time whatever happens, callbacks, secrets, what is kept and what is not."""

from __future__ import annotations

import asyncio
import json
import logging

import httpx
import pytest

from bot.channels.kakao import callback, channel
from bot.channels.kakao.limits import problems
from bot.channels.kakao.pending import Pending
from bot.channels.kakao.settings import read_settings
from bot.channels.kakao.wire import UnreadableError, read_skill
from nlu.texts import text
from tests.bot import answers_folder as answers
from tests.bot.kakao import surface
from tests.bot.kakao.conftest import BOT, PATH, callback_receiver, skill_request, skill_server, words
from tests.waiting import until

SEE = {language: text("kakao.button.pending", language) for language in ("ko", "en")}


async def post(address, row, timeout=10.0):
    async with httpx.AsyncClient(trust_env=False, timeout=timeout) as client:
        return await client.post(address, content=json.dumps(row))


async def ask(address, *args, **more):
    found = await post(address, skill_request(*args, **more))
    assert found.status_code == 200
    assert problems(found.json()) == []
    return found.json()


@pytest.mark.parametrize("name", ["rule-due-ko", "rule-due-en", "fire-centre-ko", "emergency-fire-en", "help-ko"])
async def test_an_answer_comes_as_its_cards(dialogue, name):
    async with skill_server(dialogue) as address:
        found = await ask(address, name)
    assert found == surface.render(answers.reply(name))


async def test_the_user_is_hashed_and_no_language_is_forced(dialogue):
    async with skill_server(dialogue) as address:
        await ask(address, "rule-due-en", user="a-real-user-key", lang="kr")
        await ask(address, "119?", lang="en")
    assert "a-real-user-key" not in dialogue.heard[0].sender_id
    assert [message.metadata for message in dialogue.heard] == [{}, {"language": "en"}]


async def test_off_without_path_or_bot(dialogue):
    for environment in ({"ANSIM_KAKAO_PATH": ""}, {"ANSIM_KAKAO_BOT_ID": ""}, {"ANSIM_KAKAO_PATH": "short"}):
        async with skill_server(dialogue, **environment) as address:
            for path in (address, address.replace(PATH, "short"), address.replace(PATH, "x")):
                assert (await post(path, skill_request())).status_code == 404
    assert dialogue.heard == []


async def test_a_wrong_path_or_bot_is_refused(dialogue):
    async with skill_server(dialogue) as address:
        wrong = await post(address[:-1] + "x", skill_request())
        forged = await post(address, skill_request(bot="another-bot"))
        nobody = await post(address, {"userRequest": {"utterance": "rule-due-ko"}})
        odd = await post(address, skill_request(bot="\ud800한글"))
        got = await httpx.AsyncClient(trust_env=False).get(address)
    assert [each.status_code for each in (wrong, forged, nobody, odd)] == [404, 403, 403, 403]
    assert "error" in forged.json()
    assert got.status_code == 405
    assert dialogue.heard == []


def test_settings_say_why_it_is_off(caplog):
    assert not read_settings({}).on
    assert caplog.text == ""
    for environment in (
        {"ANSIM_KAKAO_PATH": PATH},
        {"ANSIM_KAKAO_BOT_ID": BOT},
        {"ANSIM_KAKAO_PATH": "too-short", "ANSIM_KAKAO_BOT_ID": BOT},
        {"ANSIM_KAKAO_PATH": PATH + "/한", "ANSIM_KAKAO_BOT_ID": BOT},
    ):
        caplog.clear()
        assert not read_settings(environment).on
        assert "KakaoTalk is off" in caplog.text
        assert environment.get("ANSIM_KAKAO_PATH", "none") not in caplog.text
    both = read_settings({"ANSIM_KAKAO_PATH": PATH, "ANSIM_KAKAO_BOT_ID": f"{BOT}, second"})
    assert both.is_bot("second")
    assert not both.is_bot("")
    assert not both.is_path("")


@pytest.mark.slow
async def test_a_slow_answer_is_fetched_with_the_button(dialogue):
    async with skill_server(dialogue, deadline=0.3) as address:
        first = await ask(address, "wait 3 heat-ko")
        (button,) = first["template"]["quickReplies"]
        assert button["messageText"] == SEE["en"]
        assert "119" in words(first)
        again = await ask(address, SEE["ko"])
        assert again["template"]["quickReplies"][0]["messageText"] == SEE["ko"]
        await asyncio.sleep(3)
        other = await ask(address, SEE["ko"], user="somebody else")
        assert text("kakao.nothing_waiting", "ko") in words(other)
        found = await ask(address, SEE["ko"])
        assert found == surface.render(answers.reply("heat-ko"))
        gone = await ask(address, SEE["ko"])
        assert text("kakao.nothing_waiting", "ko") in words(gone)
    assert len(dialogue.heard) == 1


async def test_waiting_for_the_answer_gets_it_within_the_same_deadline(dialogue):
    async with skill_server(dialogue, deadline=0.4) as address:
        await ask(address, "wait 0.6 heat-en", lang="en")
        assert await ask(address, SEE["en"]) == surface.render(answers.reply("heat-en"))


async def test_an_emergency_never_waits(dialogue):
    async with skill_server(dialogue, deadline=0.2) as address:
        cries = {"집에 불이 났어요 살려주세요": "119", "help a man is stabbing people": "112"}
        for said, number in cries.items():
            found = await ask(address, f"wait 5 {said}", user=said)
            assert surface.dialled(found)[0] == number


async def test_a_broken_dialogue_still_answers(dialogue):
    async with skill_server(dialogue) as address:
        found = await ask(address, "break")
        assert found["data"]["answer"]["status"] == "unavailable"
        assert surface.dialled(found) == ["119", "112"]
        silent = await ask(address, "nothing of that name")
        assert silent["data"]["answer"]["status"] == "unavailable"
        fire = await ask(address, "break 집에 불이 났어요 살려주세요")
        assert fire["data"]["answer"]["status"] == "emergency"


async def test_a_crowd_is_told_so_and_danger_is_not(dialogue, monkeypatch):
    monkeypatch.setattr(channel, "MOST", 1)
    async with skill_server(dialogue, deadline=0.2) as address:
        await ask(address, "wait 2 heat-ko")
        assert text("kakao.crowded", "ko") in words(await ask(address, "지진 대피소", user="second"))
        fire = await ask(address, "집에 불이 났어요 살려주세요", user="third")
        assert surface.dialled(fire) == ["119"]


async def test_nothing_typed_and_block_events(dialogue):
    async with skill_server(dialogue) as address:
        empty = await ask(address, "")
        assert empty["data"]["answer"]["status"] == "clarify"
        english = await ask(address, "🙂", lang="en")
        assert "write your question" in words(english)
        event = skill_request("")
        event["flow"] = {"trigger": {"type": "EVENT"}}
        event["userRequest"]["block"] = None
        assert (await post(address, event)).json()["template"]
        bare = await post(address, {"bot": {"id": BOT}})
        assert bare.status_code == 200
    assert dialogue.heard == []


async def test_a_callback_is_posted_once(dialogue):
    async with callback_receiver() as (where, came), skill_server(dialogue, deadline=0.2) as address:
        first = await ask(address, "wait 2 fire-centre-en", callbackUrl=where)
        assert came == []
        assert first["useCallback"] is True
        assert "template" not in first
        assert first["data"]["text"] == text("kakao.callback", "en")
        await until(lambda: came)
        assert came == [surface.render(answers.reply("fire-centre-en"))]
        await asyncio.sleep(0.3)
        assert len(came) == 1
        gone = await ask(address, SEE["ko"])
        assert text("kakao.nothing_waiting", "ko") in words(gone)


@pytest.mark.parametrize(("status", "says"), [(500, "ERROR"), (200, "FAIL"), (302, "SUCCESS")])
async def test_a_callback_that_fails_is_not_repeated_and_its_answer_stays(dialogue, caplog, status, says):
    caplog.set_level(logging.INFO)
    async with callback_receiver(status, says) as (where, came), skill_server(dialogue) as address:
        await ask(address, "quake-ko", callbackUrl=where)
        await until(lambda: "callback" in caplog.text)
        assert len(came) == 1
        assert await ask(address, SEE["ko"]) == surface.render(answers.reply("quake-ko"))
    assert where not in caplog.text


async def test_an_emergency_in_a_callback_block_is_said_at_once_and_posted(dialogue):
    said = "wait 0.1 집에 불이 났어요 살려주세요"
    async with callback_receiver() as (where, came), skill_server(dialogue) as address:
        first = await ask(address, said, callbackUrl=where)
        assert first["data"]["text"].startswith("119")
        await until(lambda: came)
        assert surface.dialled(came[0]) == ["119"]


@pytest.mark.parametrize(
    "address",
    [
        "", "http://bot-api.kakao.com/c", "https://kakao.com.evil.example/c", "https://evilkakao.com/c",
        "https://user@bot-api.kakao.com/c", "https://bot-api.kakao.com@evil.example/c", "https://bot-api.kakao.com:8443/c",
        "https://127.0.0.1/c", "http://localhost/c", "https://[::1]/c", "file:///etc/passwd", "https://kakao.com\\@evil/c",
        "https://bot-api.kakao.com/c\r\nX: y", "https://kakao.com:99999/c", "https://[kakao.com/c", "//kakao.com/c",
        "https://ｋakao.com/c", "gopher://kakao.com/", "https://169.254.169.254/kakao.com",
    ],
)  # fmt: skip
def test_only_kakao_gets_callbacks(address):
    assert not callback.is_callback(address)


@pytest.mark.parametrize("address", ["https://bot-api.kakao.com/v1/callback/x?y=1", "https://kakao.com:443/c"])
def test_kakao_gets_callbacks(address):
    assert callback.is_callback(address)
    assert not callback.is_callback("http://127.0.0.1:1/c")
    assert callback.is_callback("http://127.0.0.1:1/c", loopback=True)
    assert not callback.is_callback("http://10.0.0.1/c", loopback=True)


async def test_an_address_that_is_not_kakaos_gets_the_usual_reply(dialogue):
    async with skill_server(dialogue) as address:
        found = await ask(address, "heat-ko", callbackUrl="https://example.com/steal")
    assert found == surface.render(answers.reply("heat-ko"))


async def test_what_waits_is_bounded_and_short_lived():
    async def nothing():
        return []

    pending = Pending(keep_seconds=0.05, most=3)
    turns = [asyncio.ensure_future(nothing()) for _ in range(5)]
    for number, turn in enumerate(turns):
        pending.put(str(number), turn)
    assert len(pending) == 3
    assert pending.get("0") is None
    pending.put("4", turns[0])
    pending.take("4", turns[4])
    assert pending.get("4") is turns[0]
    await until(lambda: len(pending) == 0)


async def test_no_words_and_no_ids_in_the_log(dialogue, caplog):
    caplog.set_level(logging.INFO, logger="bot")
    async with skill_server(dialogue) as address:
        await ask(address, "break my neighbour Gildong hoards fireworks", user="a-real-user-key")
        await post(address, skill_request(bot="another-bot"))
    assert "Gildong" not in caplog.text
    assert "a-real-user-key" not in caplog.text
    assert PATH not in caplog.text


@pytest.mark.parametrize(
    ("utterance", "lang", "language", "chosen"),
    [
        ("대피소", "kr", "ko", None), ("shelter", "kr", "en", None), ("대피소", "en", "ko", None),
        ("?", "kr", "ko", None),
        ("?", "en", "en", "en"), ("?", None, "ko", None), ("shelter", None, "en", None), ("?", "EN", "en", "en"),
        ("71", "ko", "ko", None),
    ],
)  # fmt: skip
def test_language_is_of_the_words_then_of_the_app(utterance, lang, language, chosen):
    skill = read_skill(json.dumps(skill_request(utterance, lang=lang)).encode())
    assert (skill.language, skill.chosen) == (language, chosen)


def test_somebody_without_a_readable_id_shares_no_conversation():
    for user in ("", "a" * 300, "a\nb", 7, None, "\ud800"):
        row = json.dumps(skill_request(user=user)).encode()
        assert read_skill(row).sender.startswith("once-")
        assert read_skill(row).sender != read_skill(row).sender


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b"\xff\xfe", b"[" * 100_000, b'"' + b"a" * 70_000])
def test_what_is_no_request_is_unreadable(body):
    with pytest.raises(UnreadableError):
        read_skill(body)
