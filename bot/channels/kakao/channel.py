"""KakaoTalk: the skill server of a Kakao i Open Builder bot, at ``/webhooks/kakao/<secret path>``.

Off (404) until ANSIM_KAKAO_PATH and ANSIM_KAKAO_BOT_ID are set. Kakao waits 5 s: whatever happens, one reply
goes out before. A turn that takes longer goes on, and its answer is fetched with a button or posted later.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.kakao import callback
from bot.channels.kakao.pending import MOST, Pending, Replies, Turn
from bot.channels.kakao.render import plain, render, waiting
from bot.channels.kakao.settings import DEADLINE_SECONDS, KakaoSettings, kakao_settings
from bot.channels.kakao.wire import Skill, UnreadableError, read_skill
from bot.turn import Handler, as_reply, hashed, run_turn
from nlu import emergency, replies
from nlu.language import ENGLISH, KOREAN, LANGUAGES
from nlu.message import clean
from nlu.texts import text

logger = logging.getLogger(__name__)
Kept = TypeVar("Kept")


class KakaoChannel(InputChannel):
    """In: a skill request. Out: a skill response with status 200; 403 for another bot's, 404 elsewhere."""

    @classmethod
    def name(cls) -> str:
        return "kakao"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        kakao = Blueprint("ansim_kakao", "ansim_kakao")
        server = SkillServer(on_new_message, kakao_settings(), DEADLINE_SECONDS)

        @kakao.route("/<path:str>", methods=["POST"])
        async def receive(request: Request, path: str) -> HTTPResponse:
            status, body = await server.answer(path, request.body)
            return response.json(body, status=status, ensure_ascii=False)

        return kakao


class SkillServer:
    """Answers skill requests, whatever carries them; each within ``deadline`` seconds."""

    def __init__(self, handler: Handler, settings: KakaoSettings, deadline: float) -> None:
        self._handler, self._settings, self._deadline = handler, settings, deadline
        self._pending = Pending()
        self._running: set[asyncio.Task[Any]] = set()

    async def answer(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Status and JSON for a request; never raises."""
        until = time.monotonic() + self._deadline
        if not self._settings.is_path(path):
            return 404, {"error": "Not found."}
        try:
            skill = read_skill(body)
        except UnreadableError:
            both = "\n\n".join(text("kakao.unreadable", language) for language in (KOREAN, ENGLISH))
            return 200, plain(both, KOREAN)
        if not self._settings.is_bot(skill.bot):
            return 403, {"error": "This bot is not known here."}
        try:
            return 200, await self._reply(skill, until)
        except Exception as error:  # a person must get a reply, whatever broke
            logger.error("A KakaoTalk reply failed: %s", type(error).__name__)
            return 200, plain(text("unavailable", skill.language), skill.language)

    async def _reply(self, skill: Skill, until: float) -> dict[str, Any]:
        who = hashed(skill.sender, KakaoChannel.name())
        if asks_for_pending(skill.utterance):
            turn = self._pending.get(who)
            return await self._in_time(who, turn, skill, until) if turn else _say("nothing_waiting", skill.language)
        if len(self._running) >= MOST:
            return danger(skill) or _say("crowded", skill.language)
        turn = self._keep(
            run_turn(self._handler, skill.sender, skill.utterance, KakaoChannel.name(), skill.chosen)
        )
        if callback.is_callback(skill.callback, self._settings.loopback):
            self._pending.put(who, turn)
            self._keep(self._post_later(who, turn, skill))
            return {"version": "2.0", "useCallback": True, "data": {"text": first_words(skill)}}
        return await self._in_time(who, turn, skill, until)

    async def _in_time(self, who: str, turn: Turn, skill: Skill, until: float) -> dict[str, Any]:
        """The turn's replies, or at the deadline what can be said without them."""
        await asyncio.wait({turn}, timeout=max(0.0, until - time.monotonic()))
        if not turn.done():
            self._pending.put(who, turn)
            return danger(skill) or waiting(skill.language)
        self._pending.take(who, turn)
        return render(turn.result(), skill.language, self._settings.address)

    async def _post_later(self, who: str, turn: Turn, skill: Skill) -> None:
        """Post the answer when it is there; one that could not be posted stays for the person to fetch."""
        await asyncio.wait({turn}, timeout=callback.MINUTE - callback.POST_SECONDS)
        made = render(turn.result(), skill.language, self._settings.address) if turn.done() else waiting(skill.language)
        if await callback.post(skill.callback, made) and turn.done():
            self._pending.take(who, turn)

    def _keep(self, work: Coroutine[Any, Any, Kept]) -> asyncio.Task[Kept]:
        """Run it to its end also when nobody waits for it any more."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


def asks_for_pending(utterance: str) -> bool:
    """Whether these are the words of the button that fetches an answer."""
    said = clean(utterance).text.casefold()
    return said in {text("kakao.button.pending", language).casefold() for language in LANGUAGES}


def danger(skill: Skill) -> dict[str, Any] | None:
    """The emergency's reply for a message of danger, which needs nothing but this process."""
    found = emergency.detect(clean(skill.utterance).text)
    return render(_emergency(found), found.language) if found else None


def first_words(skill: Skill) -> str:
    """What the block shows until the answer comes: an emergency's whole reply, else that it is looked up."""
    found = emergency.detect(clean(skill.utterance).text)
    return replies.emergency(found, found.language).text if found else text("kakao.callback", skill.language)


def _emergency(found: emergency.Emergency) -> Replies:
    return [as_reply(replies.emergency(found, found.language))]


def _say(key: str, language: str) -> dict[str, Any]:
    return plain(text(f"kakao.{key}", language), language)
