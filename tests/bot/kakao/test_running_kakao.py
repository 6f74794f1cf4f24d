"""KakaoTalk through the whole running bot: answers, the 5 s, callbacks, emergencies with the action server down."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import threading
import time
import urllib.request
import uuid

import jsonschema
import pytest

from bot.channels.kakao.limits import problems
from nlu.texts import text
from tests.bot.kakao import surface
from tests.bot.kakao.conftest import BOT, PATH, callback_receiver, skill_request
from tests.bot.kakao.test_render import schema

pytestmark = pytest.mark.slow
SEE = text("kakao.button.pending", "ko")


class Slowly(http.server.ThreadingHTTPServer):
    """Stands before the action server and can make it slow."""

    daemon_threads = True
    delay = 0.0
    behind = ""


class _Pass(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.server.delay)
        request = urllib.request.Request(self.server.behind, body, {"Content-Type": "application/json"})
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=30) as answer:
            found = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def slowly():
    server = Slowly(("127.0.0.1", 0), _Pass)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def bot(home, slowly, catalogue):
    from bot.launcher import free_port, stack, started

    servers = stack(free_port(), free_port(), home)
    slowly.behind = servers.actions.url.replace("/health", "/webhook")
    servers.rasa.environment = {
        **servers.rasa.environment,
        "ANSIM_ACTIONS_URL": f"http://127.0.0.1:{slowly.server_address[1]}/webhook",
        "ANSIM_TURN_SECONDS": "30",
        "ANSIM_KAKAO_PATH": PATH, "ANSIM_KAKAO_BOT_ID": BOT, "ANSIM_KAKAO_CALLBACK_LOOPBACK": "1",
    }  # fmt: skip
    with started(servers):
        yield servers


@pytest.fixture(autouse=True)
def _fast(slowly):
    yield
    slowly.delay = 0.0


class Person:
    """Somebody on KakaoTalk."""

    def __init__(self, bot):
        self.address, self.user = f"{bot.address}/webhooks/kakao/{PATH}", uuid.uuid4().hex

    def ask(self, utterance, lang="kr", **more):
        row = skill_request(utterance, self.user, lang, **more)
        request = urllib.request.Request(self.address, json.dumps(row).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as reply:
            found = json.loads(reply.read())
        assert problems(found) == []
        jsonschema.validate(found, schema("response"))
        return found

    def told(self, utterance):
        """The answer, asked for with the button for as long as it is not ready, as on a busy machine."""
        found = self.ask(utterance)
        for _ in range(10):
            if "data" in found:
                return found
            found = self.ask(surface.pressed(found)[0])
        raise AssertionError(f"no answer to {utterance}")


def status(found):
    return found["data"]["answer"]["status"]


def test_questions_in_both_languages(bot):
    me = Person(bot)
    korean = me.told("축제 안전관리계획은 언제까지 내야 하나요?")
    assert korean["data"]["answer"]["provisions"][0] == "73-9/4"
    said = " ".join(surface.shown(korean))
    assert "3주 전" in said
    assert "2023-06-27" in said
    (link,) = surface.linked(korean)
    assert link.startswith("https://www.law.go.kr/")
    following = me.told("다음 결과")
    assert following["data"]["answer"]["provisions"][0] != "73-9/4"
    english = Person(bot).told("When must a festival safety plan be handed in?")
    assert "three weeks" in " ".join(surface.shown(english))


@pytest.mark.parametrize("said", ["고잔역 근처 무더위쉼터", "heat shelter near Gojan station"])
def test_places_by_name_with_maps(bot, said):
    found = Person(bot).told(said)
    assert status(found) == "answered"
    assert len([link for link in surface.linked(found) if "map.kakao.com" in link]) == 5
    assert "2023" in " ".join(surface.shown(found))


def test_an_unclear_place_can_be_chosen_by_tapping(bot):
    me = Person(bot)
    asked = me.told("중앙동 지진 대피소")
    assert status(asked) == "clarify"
    assert status(me.told(surface.pressed(asked)[0])) == "answered"


def test_phones_of_fire_centres(bot):
    found = Person(bot).told("고잔동 근처 119안전센터")
    numbers = surface.dialled(found)
    assert numbers
    assert all(number.startswith("031-") for number in numbers)


def test_a_slow_action_server_never_breaks_the_five_seconds(bot, slowly):
    me = Person(bot)
    slowly.delay = 5.5
    first = me.ask("축제 안전관리계획은 언제까지 내야 하나요?")
    assert surface.pressed(first) == [SEE]  # so it came before the action server had answered
    found = me.told(SEE)
    assert found["data"]["answer"]["provisions"][0] == "73-9/4"
    assert text("kakao.nothing_waiting", "ko") in " ".join(surface.shown(me.ask(SEE)))


def test_an_emergency_with_a_slow_action_server_is_at_once(bot, slowly):
    slowly.delay = 20  # longer than ``ask`` waits
    found = Person(bot).ask("누가 칼 들고 쫓아와요")
    assert surface.dialled(found)[0] == "112"


def test_a_callback_gets_the_answer_of_a_slow_turn(bot, slowly):
    slowly.delay = 5.5

    async def talk():
        async with callback_receiver() as (where, came):
            loop, me = asyncio.get_running_loop(), Person(bot)
            first = await loop.run_in_executor(None, lambda: me.ask("고잔역 근처 무더위쉼터", callbackUrl=where))
            assert came == []
            for _ in range(200):
                if came:
                    break
                await asyncio.sleep(0.1)
            await asyncio.sleep(0.5)
            return first, came

    first, came = asyncio.run(talk())
    assert first == {"version": "2.0", "useCallback": True, "data": {"text": text("kakao.callback", "ko")}}
    assert len(came) == 1
    assert status(came[0]) == "answered"
    assert problems(came[0]) == []


def test_many_at_once(bot):
    people = [Person(bot) for _ in range(12)]
    found: list[dict] = []
    threads = [threading.Thread(target=lambda me=me: found.append(me.ask("원곡동 지진 대피소"))) for me in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(people)


def test_nothing_of_a_person_is_kept_or_logged(bot, home):
    me = Person(bot)
    me.ask("my neighbour Gildong hoards fireworks at 12 Elm street, who inspects that")
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for secret in ("Gildong", me.user, PATH):
        assert secret.encode() not in kept


def test_life_first_with_the_action_server_down(bot):
    """Last: it stops the action server."""
    bot.actions.stop()
    me = Person(bot)
    cries = {"집에 불이 났어요 살려주세요": "119", "a man with a knife is chasing me": "112", "죽고 싶어요": "109"}
    for said, number in cries.items():
        found = me.ask(said)
        assert status(found) == "emergency"
        assert surface.dialled(found)[0] == number
    found = me.told("계획은 언제까지 내나요?")
    assert status(found) == "unavailable"
    assert surface.dialled(found) == ["119", "112"]
