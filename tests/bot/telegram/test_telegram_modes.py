"""The channel with the real python-telegram-bot against the Bot API server, by webhook and by polling."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tests.bot.telegram.bot_api import BOT, SECRET, TOKEN, ApiError
from tests.bot.telegram.helpers import recorded

pytestmark = pytest.mark.slow

GROUP = -100200300
ASKED = {"en": "rule-due", "ko": "rule-due 알려주세요"}
BURNING = {"en": "my house is on fire", "ko": "집에 불이 났어요"}


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_a_question_is_answered_whole_with_its_buttons(mode, api, dialogue, language):
    dialogue.seconds = 0.6
    answer = recorded(f"rule-due-{language}")
    api.say(ASKED[language])
    await api.until(api.texts)
    await api.quiet()
    assert squeezed("".join(api.texts())) == squeezed(answer["text"])
    assert api.of("sendChatAction")[0]["action"] == "typing"
    last = api.of("sendMessage")[-1]
    titles = [b["text"] for row in last["reply_markup"]["inline_keyboard"] for b in row]
    assert titles[: len(answer["suggestions"])] == answer["suggestions"]


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_an_emergency_comes_first_and_without_the_dialogue(mode, api, dialogue, language):
    dialogue.seconds = 0.4
    for number in range(30):
        api.say(ASKED["en"], chat=1000 + number)
    api.say(BURNING[language], chat=5, code="en" if language == "ko" else "ko")
    (text,) = await api.until(lambda: api.texts(5))
    assert text.startswith("119")
    assert '<a href="tel:119">119</a>' in api.of("sendMessage", 5)[0]["text"]
    assert [p["chat_id"] for p in api.of("sendMessage")].index(5) < 12
    assert not [m for m in dialogue.heard if m.text == BURNING[language]]


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_with_the_dialogue_down_the_person_is_told_whom_to_call(mode, api, dialogue, language):
    dialogue.down = True
    api.say(ASKED[language])
    (text,) = await api.until(api.texts)
    assert text == recorded(f"unavailable-{language}")["text"]
    api.say("/help " + BURNING[language])
    await api.until(lambda: len(api.texts()) == 2)
    assert api.texts()[1].startswith("119")


async def test_the_language_code_counts_until_the_persons_words_or_choice(mode, api, dialogue):
    api.say("/help", code="ko-KR")
    await api.until(lambda: len(api.texts()) == 2)
    assert "119(화재" in api.texts()[0]
    api.say(ASKED["en"], code="ko-KR")
    await api.until(lambda: len(api.texts()) > 2)
    await api.quiet()
    count = len(api.texts())
    api.say("/help", code="ko-KR")
    await api.until(lambda: len(api.texts()) == count + 2)
    assert "119 (fire" in api.texts()[-2]
    api.say("/language")
    await api.until(lambda: len(api.texts()) == count + 3)
    api.press("한국어")
    (edit,) = await api.until(lambda: api.of("editMessageText"))
    assert edit["plain"] == "이제부터 한국어로 답하겠습니다."
    assert dialogue.heard[-1].text == "한국어로"
    api.say("🙂", code="en")
    await api.until(lambda: len(api.texts()) == count + 4)
    assert "글로 적어" in api.texts()[-1]
    api.say("/language english")
    await api.until(lambda: len(api.texts()) == count + 5)
    assert api.texts()[-1] == "I will answer in English from now on."


async def test_a_shared_location_reaches_the_dialogue_and_a_button_asks_for_it(mode, api, dialogue):
    api.say("/start")
    await api.until(lambda: len(api.texts()) == 2)
    ((button,),) = api.of("sendMessage")[1]["reply_markup"]["keyboard"]
    assert button["request_location"] is True
    api.say(None, location={"latitude": 37.3299, "longitude": 126.7939})
    await api.until(lambda: len(api.texts()) == 3)
    assert dialogue.heard[-1].metadata == {"language": "en", "location": {"lat": 37.3299, "lon": 126.7939}}
    api.say("/nearby")
    await api.until(lambda: len(api.texts()) == 4)
    assert dialogue.heard[-1].text == "shelters nearby"
    assert api.of("sendMessage")[-1]["reply_markup"]["keyboard"][0][0]["request_location"] is True
    api.say("/nearby 원곡동")
    await api.until(lambda: len(api.texts()) == 5)
    assert dialogue.heard[-1].text == "원곡동 근처 대피소"
    api.say("/festival", code="ko")
    await api.until(lambda: len(api.texts()) == 6)
    assert dialogue.heard[-1].text == "축제 점검"


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_places_come_with_a_venue_when_no_map_can_be_made(mode, api, language):
    answer = recorded(f"quake-{language}")
    api.say("quake" if language == "en" else "quake 알려줘")
    (venue,) = await api.until(lambda: api.of("sendVenue"))
    first = answer["places"][0]
    assert float(venue["latitude"]) == pytest.approx(first["lat"])
    assert first["kind_label"] in venue["title"]
    assert first["name"] in venue["title"]
    assert first["as_of"] in venue["address"]
    assert first["source_label"] in venue["address"]


async def test_no_place_stands_out_where_several_kinds_are_shown(mode, api):
    api.say("which-kind")
    await api.until(api.texts)
    await api.quiet()
    assert not api.of("sendVenue")
    assert not api.of("sendPhoto")


async def test_buttons_say_what_they_show_also_when_it_is_long(mode, api, dialogue):
    api.say("which-kind 알려줘")
    await api.until(api.texts)
    rows = api.of("sendMessage")[-1]["reply_markup"]["inline_keyboard"]
    for button, *_ in rows:
        before = len(api.texts())
        api.press(button["text"])
        await api.until(lambda before=before: len(api.texts()) > before)
        assert dialogue.heard[-1].text == button["text"]
        assert api.texts()[before].startswith("▸ " + button["text"])
    assert len(api.of("answerCallbackQuery")) == len(rows)


async def test_a_button_that_was_forgotten_says_so(mode, api, dialogue):
    api.say("which-kind")
    await api.until(api.texts)
    title = api.of("sendMessage")[-1]["reply_markup"]["inline_keyboard"][0][0]["text"]
    for data in ("d:unknownunknown12", "x", "s:"):
        api.press(title, data=data)
    await api.until(lambda: len(api.of("answerCallbackQuery")) == 3)
    assert {str(p["show_alert"]).lower() for p in api.of("answerCallbackQuery")} == {"true"}
    assert all("write it" in p["text"] for p in api.of("answerCallbackQuery"))
    assert len(dialogue.heard) == 1


async def test_a_group_is_answered_only_when_it_addresses_us(mode, api, dialogue):
    ours = {"message_id": 5, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}, "from": BOT}
    theirs = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": GROUP, "type": "supergroup"},
        "from": {"id": 8, "is_bot": False},
    }
    for text, more in (
        ("rule-due", {}),
        ("@somebody rule-due", {}),
        ("rule-due", {"reply_to_message": theirs}),
        ("/help@other_bot", {}),
        (None, {"sticker": {"file_id": "x"}}),
        (None, {"location": {"latitude": 37.3, "longitude": 126.8}}),
    ):
        api.say(text, chat=GROUP, user=7, **more)
    api.say("@Ansim_Test_Bot rule-due", chat=GROUP, user=7)
    await api.until(lambda: api.texts(GROUP))
    await api.quiet()
    assert [m.text for m in dialogue.heard] == ["rule-due"]
    assert api.of("sendMessage", GROUP)[0]["reply_parameters"]["allow_sending_without_reply"] is True
    count = len(api.texts(GROUP))
    api.say("rule-due", chat=GROUP, user=9, reply_to_message=ours)
    await api.until(lambda: len(api.texts(GROUP)) > count)
    assert dialogue.heard[0].sender_id != dialogue.heard[1].sender_id
    await api.quiet()
    count = len(api.texts(GROUP))
    api.say("/start@ansim_test_bot", chat=GROUP, user=9)
    await api.until(lambda: len(api.texts(GROUP)) == count + 2)
    assert "mention me" in api.texts(GROUP)[count + 1]


async def test_an_edited_message_is_answered_anew_and_a_moving_location_is_not(mode, api, dialogue):
    api.say("rule-pays")
    await api.until(api.texts)
    count = len(api.texts())
    api.say(None, edited=True, location={"latitude": 37.3, "longitude": 126.8, "live_period": 60})
    api.say("rule-due", edited=True)
    await api.until(lambda: len(api.texts()) > count)
    assert [m.text for m in dialogue.heard] == ["rule-pays", "rule-due"]
    assert api.of("sendMessage")[count]["reply_parameters"]["message_id"] > 0


async def test_what_comes_twice_is_answered_once(mode, api, dialogue):
    update = api.say("rule-due")
    await api.until(api.texts)
    await api.quiet()
    api.post(update)
    api.say("rule-pays")
    await api.until(lambda: len(dialogue.heard) == 2)
    assert [m.text for m in dialogue.heard] == ["rule-due", "rule-pays"]


async def test_a_chats_messages_are_answered_in_order_and_chats_side_by_side(mode, api, dialogue):
    dialogue.seconds = 0.3
    for name in ("rule-due", "rule-pays", "rule-fine"):
        api.say(name, chat=1)
        api.say(name, chat=2)
    await api.until(lambda: len(dialogue.heard) == 6)
    await api.until(lambda: len(api.texts(1)) >= 3 and len(api.texts(2)) >= 3)
    for sender in {m.sender_id for m in dialogue.heard}:
        assert [m.text for m in dialogue.heard if m.sender_id == sender] == ["rule-due", "rule-pays", "rule-fine"]


async def test_flood_control_is_waited_for(mode, api):
    api.refusals["sendMessage"] = [ApiError(429, "Too Many Requests: retry after 1", retry_after=1)]
    api.say("out-of-scope")
    await api.until(api.texts)
    assert len(api.texts()) == 1


async def test_flood_control_of_one_chat_does_not_hold_up_an_emergency(mode, api):
    api.refusals["sendMessage"] = [ApiError(429, "Too Many Requests: retry after 5", retry_after=5)]
    api.say("out-of-scope", chat=1)
    await api.until(lambda: not api.refusals["sendMessage"])
    api.say(BURNING["en"], chat=2)
    await api.until(lambda: api.texts(2), seconds=4.5)
    assert api.texts(1) == []


@pytest.mark.parametrize(("cut", "copies"), [("before", 1), ("after", 2)])
async def test_a_cut_connection_loses_nothing(mode, api, cut, copies):
    api.cuts = [cut]
    api.say("out-of-scope")
    await api.until(lambda: len(api.texts()) == copies)
    await api.quiet(1.0)
    assert len(api.texts()) == copies


async def test_a_refused_format_is_sent_plain(mode, api):
    api.refusals["sendMessage"] = [ApiError(400, "Bad Request: can't parse entities: at byte offset 7")]
    api.say("out-of-scope")
    await api.until(api.texts)
    assert api.texts() == [recorded("out-of-scope-en")["text"]]
    assert "parse_mode" not in api.of("sendMessage")[0]


async def test_who_blocked_the_bot_disturbs_nobody(mode, api, caplog):
    api.blocked = {1}
    api.say("rule-due", chat=1)
    api.say("rule-due", chat=2)
    await api.until(lambda: api.texts(2))
    assert api.texts(1) == []
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_no_log_holds_the_token_the_secret_or_words(mode, api, dialogue, caplog):
    caplog.set_level(logging.INFO)
    api.cuts = ["before"]
    api.refusals["sendMessage"] = [ApiError(400, "Bad Request: rule-due is not allowed")]
    for text in ("rule-due", "my private words about Gildong", BURNING["en"]):
        api.say(text)
    await api.until(lambda: len(api.texts()) >= 3)
    dialogue.down = True
    api.say("more words about Gildong")
    await api.quiet()
    logs = "\n".join(f"{r.getMessage()} {r.exc_text or ''}" for r in caplog.records if not r.name.startswith("aiohttp"))
    assert "failed" in logs or "refused" in logs
    for hidden in (TOKEN, TOKEN.split(":")[1], SECRET, "Gildong", "on fire"):
        assert hidden not in logs


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_a_file_is_fetched_when_its_button_is_pressed(mode, api, dialogue, language, monkeypatch):
    from tests.bot.telegram.helpers import data_server

    body = b"%PDF-1.7 made for the test"
    async with data_server("/data/festival", body, "application/pdf") as address:
        monkeypatch.setenv("ANSIM_ACTIONS_URL", address + "/webhook")
        url = "/data/festival?file=pdf&lang=" + language + "&people=3000&venue=mountain&materials=fire,gas"
        dialogue.files = [{"kind": "pdf", "label": "Plan (PDF)", "url": url}]
        api.say(ASKED[language])
        await api.until(api.texts)
        api.press("📄 Plan (PDF)")
        (sent,) = await api.until(lambda: api.of("sendDocument"))
        assert sent["document"] == body
        assert sent["document_name"] == "ansim-festival.pdf"
    count = len(api.texts())
    api.press("📄 Plan (PDF)")
    await api.until(lambda: len(api.texts()) == count + 1)
    assert api.texts()[-1].startswith({"en": "I could not make or send", "ko": "지금은 파일"}[language])
    assert "ansim-festival.pdf" in api.texts()[-1]


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_one_file_that_fails_does_not_take_the_others_with_it(mode, api, dialogue, language, monkeypatch):
    """The real answer and the real files; the first link is spoilt, and Telegram refuses the second file."""
    from tests.bot.telegram.helpers import files_server

    files = [dict(each) for each in recorded(f"files-{language}")["files"]]
    files[0]["url"] = files[0]["url"].replace("people=3000", "people=many")
    async with files_server() as address:
        monkeypatch.setenv("ANSIM_ACTIONS_URL", address + "/webhook")
        dialogue.files = files
        api.say("files" if language == "en" else "files 알려줘")
        await api.until(lambda: len(api.texts()) > 0 and "reply_markup" in api.of("sendMessage")[-1])
        rows = api.of("sendMessage")[-1]["reply_markup"]["inline_keyboard"]
        assert [row[0]["text"] for row in rows] == [f"📄 {each['label']}" for each in files]
        count = len(api.texts())
        api.press(f"📄 {files[0]['label']}")
        await api.until(lambda: len(api.texts()) == count + 1)
        api.refusals["sendDocument"] = [ApiError(400, "Bad Request: file must be non-empty")]
        api.press(f"📄 {files[1]['label']}")
        await api.until(lambda: len(api.texts()) == count + 2)
        for each in files[2:]:
            api.press(f"📄 {each['label']}")
        sent = await api.until(lambda: len(api.of("sendDocument")) == 2 and api.of("sendDocument"))
    assert "ansim-festival.md" in api.texts()[count]
    assert "ansim-festival.ics" in api.texts()[count + 1]
    assert {each["document_name"] for each in sent} == {"ansim-festival.docx", "ansim-festival.pdf"}
    assert {bytes(each["document"][:2]) for each in sent} == {b"PK", b"%P"}
    assert len(api.of("answerCallbackQuery")) == 4


async def test_the_menu_of_commands_is_told_in_both_languages(api, dialogue, settings):
    from tests.bot.telegram.helpers import webhook

    async with webhook(api, dialogue):
        menus = await api.until(lambda: len(api.of("setMyCommands")) == 2 and api.of("setMyCommands"))
    assert [m.get("language_code") for m in menus] == [None, "ko"]
    assert {c["command"] for c in menus[1]["commands"]} == {"start", "help", "language", "nearby", "festival", "forget"}


async def test_forget_says_when_it_could_not(mode, api):
    """Without an agent behind it, as while Rasa is still loading."""
    api.say("/forget", code="ko")
    (text,) = await api.until(api.texts)
    assert "지우지 못했습니다" in text
    await asyncio.sleep(0)
