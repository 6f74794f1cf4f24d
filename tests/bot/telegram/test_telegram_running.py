"""The whole bot with Telegram: Rasa, the action server, the Bot API server and python-telegram-bot, in both modes."""

from __future__ import annotations

import asyncio
import sqlite3
from types import SimpleNamespace

import pytest

from bot.channels.telegram.poll import poll
from bot.channels.telegram.settings import read_settings
from tests.bot.telegram.bot_api import SECRET, TOKEN, BotApi

pytestmark = pytest.mark.slow


class Telegram:
    """The Bot API server in a loop and thread of its own, for the life of the module."""

    def __init__(self) -> None:
        import threading

        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.api = BotApi()
        self.do(self.api.__aenter__())

    def do(self, work, seconds: float = 60.0):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def call(self, what, *given, **more):
        async def there():
            return what(*given, **more)

        return self.do(there())

    def until(self, done, seconds: float = 60.0):
        return self.do(self.api.until(done, seconds), seconds + 5)

    def say(self, text, **more):
        """Say something and wait until what it brings has ended; the new calls."""
        before = len(self.api.calls)
        chat = more.get("chat", 7)
        self.call(self.api.say, text, **more)
        self.until(lambda: any(m.startswith("send") and m != "sendChatAction" and p["chat_id"] == chat
                               for m, p in self.api.calls[before:]))  # fmt: skip
        self.do(self.api.quiet(1.0))
        return self.api.calls[before:]


@pytest.fixture(scope="module")
def telegram():
    made = Telegram()
    yield made
    made.do(made.api.__aexit__())
    made.loop.call_soon_threadsafe(made.loop.stop)


@pytest.fixture(scope="module", params=["webhook", "polling"])
def bot(request, telegram, tmp_path_factory, catalogue):
    """A running bot, spoken to by webhook, or by a poller beside it that holds the token alone."""
    import threading

    from bot.launcher import running
    from bot.turn import _salt

    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("home")
    patch.setenv("ANSIM_SALT", "a salt for the tests")
    patch.setenv("ANSIM_TURN_SECONDS", "30")
    patch.setenv("ANSIM_TELEGRAM_API", telegram.api.address)
    _salt.cache_clear()
    telegram.api.webhook = {}
    telegram.api.calls.clear()
    if request.param == "webhook":
        patch.setenv("ANSIM_TELEGRAM_TOKEN", TOKEN)
        patch.setenv("ANSIM_TELEGRAM_SECRET", SECRET)
    with running(home) as servers:
        patch.setenv("ANSIM_ACTIONS_URL", servers.actions.url.replace("/health", "/webhook"))
        stop = asyncio.Event()
        if request.param == "webhook":
            where = {"url": f"{servers.address}/webhooks/telegram/webhook", "secret_token": SECRET}
            telegram.call(telegram.api._setWebhook, where)
        else:
            patch.setenv("ANSIM_TELEGRAM_TOKEN", TOKEN)
            loop = asyncio.new_event_loop()
            work = poll(read_settings(secret_needed=False), servers.address, stop, 5)
            poller = threading.Thread(target=loop.run_until_complete, args=(work,))
            poller.start()
        telegram.until(lambda: len(telegram.api.of("setMyCommands")) >= 2)
        yield SimpleNamespace(home=home, actions=servers.actions, rasa=servers.rasa)
        if request.param == "polling":
            loop.call_soon_threadsafe(stop.set)
            poller.join(20)
    patch.undo()
    _salt.cache_clear()


@pytest.fixture(autouse=True)
def _fresh(telegram):
    telegram.api.calls.clear()


@pytest.mark.parametrize(
    ("language", "question", "says"),
    [
        ("en", "When must a festival safety plan be handed in?", "three weeks"),
        ("ko", "축제 안전관리계획은 언제까지 내야 하나요?", "3주 전"),
    ],
)
def test_a_rule_in_both_languages_and_its_buttons(bot, telegram, language, question, says):
    chat = {"en": 11, "ko": 12}[language]
    telegram.say(question, chat=chat)
    first = telegram.api.texts(chat)
    assert says in first[0]
    rows = telegram.api.of("sendMessage", chat)[-1]["reply_markup"]["inline_keyboard"]
    title = next(b["text"] for row in rows for b in row if b["text"] in ("Next match", "다음 결과"))
    telegram.call(telegram.api.press, title, chat=chat)
    telegram.until(lambda: len(telegram.api.texts(chat)) > len(first))
    assert telegram.api.texts(chat)[len(first)].startswith("▸ " + title)
    assert "73-9" in telegram.api.texts(chat)[len(first)] or "73조의9" in telegram.api.texts(chat)[len(first)]


@pytest.mark.parametrize(
    ("language", "question"), [("en", "earthquake shelter near Wongok-dong"), ("ko", "원곡동 지진 대피소 어디야")]
)
def test_places_come_with_the_map_of_the_same_places(bot, telegram, language, question):
    calls = telegram.say(question, chat=21)
    telegram.until(lambda: telegram.api.of("sendPhoto", 21))
    (photo,) = telegram.api.of("sendPhoto", 21)
    assert len(photo["photo"]) > 5000
    assert "2023-10" in photo["caption"]
    assert [m for m, _ in calls].index("sendMessage") == min(
        i for i, (m, _) in enumerate(calls) if m.startswith("send") and m != "sendChatAction"
    )
    # the next five are no longer those of a map around the place
    telegram.say("다른 곳 더 보기" if language == "ko" else "Show more places", chat=21)
    telegram.until(lambda: telegram.api.of("sendVenue", 21))
    assert len(telegram.api.of("sendPhoto", 21)) == 1


def test_a_shared_location_is_answered_and_stored_nowhere(bot, telegram):
    telegram.say(None, chat=31, code="ko", location={"latitude": 37.32991, "longitude": 126.79392})
    assert "지진 옥외대피장소" in "".join(telegram.api.texts(31))
    with sqlite3.connect(bot.home / "conversations.sqlite") as db:
        assert "37.3299" not in "".join(str(row) for row in db.execute("select * from events"))


def test_after_nearby_a_place_is_enough(bot, telegram):
    telegram.say("/nearby", chat=32)
    assert "Near which place" in telegram.api.texts(32)[-1]
    telegram.say("Gojan-dong", chat=32)
    assert "Gojan-dong" in telegram.api.texts(32)[1]


def test_forget_erases_what_was_said_before(bot, telegram):
    def rows() -> int:
        with sqlite3.connect(bot.home / "conversations.sqlite") as db:
            return db.execute("select count(distinct sender_id) from events").fetchone()[0]

    telegram.say("축제 안전관리계획은 언제까지 내야 하나요?", chat=41)
    before = rows()
    telegram.say("/forget", chat=41)
    assert telegram.api.texts(41)[-1].startswith("대화를 지웠습니다")
    assert rows() == before - 1
    telegram.say("다음 결과", chat=41)
    assert "앞서 드린 답이 없습니다" in telegram.api.texts(41)[-1]


def test_the_chosen_language_stays(bot, telegram):
    telegram.say("/language ko", chat=51)
    telegram.say("When must a festival safety plan be handed in?", chat=51)
    assert "3주 전" in "".join(telegram.api.texts(51))


def test_logs_hold_neither_token_nor_words(bot, telegram):
    telegram.say("my neighbour Gildong hoards fireworks, who inspects that", chat=61)
    logs = "".join(path.read_text("utf-8", "replace") for path in (bot.home / "logs").glob("*.log"))
    for hidden in (TOKEN, TOKEN.split(":")[1], SECRET, "Gildong"):
        assert hidden not in logs


def test_life_first_with_everything_behind_it_down(bot, telegram, request):
    """Last: it stops the servers."""
    bot.actions.stop()
    telegram.say("there is smoke coming under my door, help", chat=71)
    assert telegram.api.texts(71)[0].startswith("119")
    telegram.say("계획은 언제까지 내나요?", chat=71)
    assert "119" in telegram.api.texts(71)[-1]
    if "polling" in request.node.name:
        bot.rasa.stop()
        telegram.say("누가 칼 들고 쫓아와요", chat=71)
        assert telegram.api.texts(71)[-1].startswith("112")
        telegram.say("When is the plan due?", chat=71)
        assert "could not look that up" in telegram.api.texts(71)[-1]
