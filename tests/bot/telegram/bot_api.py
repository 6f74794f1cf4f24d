"""A small Bot API server for the tests, on aiohttp.

It covers what the documentation (https://core.telegram.org/bots/api) says of the methods used here: getMe,
setMyCommands, setWebhook (in the manner of a local server: http addresses are taken), deleteWebhook, getUpdates
(offset, limit, timeout; 409 while a webhook is set and for the elder of two requests), sendMessage, sendPhoto,
sendVenue, sendDocument, sendChatAction, editMessageText, answerCallbackQuery. Checked as the real server
does: the token (401),
text that is empty or over 4096 units after its HTML was read, HTML with unknown or unclosed marks, callback_data
over 64 bytes, button addresses, captions over 1024, request_location outside private chats, edits that change
nothing, blocked chats (403), flood control (429 with retry_after). A webhook gets its updates in order, with the
secret, and again after an answer that is not 2xx. Links to what Telegram does not link (tel:) lose their mark and
keep their words.

The tests can cut the next connections, before or after the method took effect. Not covered: everything else,
and limits of rate: 429 comes only where a test asks for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from html.parser import HTMLParser

from aiohttp import ClientSession, ClientTimeout, web

TOKEN = "123456789:AAF-made-for-the-tests_only_000000000"
SECRET = "a-secret_made-for-the-tests"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Ansim", "username": "ansim_test_bot"}
TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "a",
    "code",
    "pre",
    "blockquote",
    "span",
    "tg-spoiler",
}


class ApiError(Exception):
    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


class _Html(HTMLParser):
    """Telegram's HTML: few tags, all closed; everything else is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.links, self._open = "", [], []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            raise ApiError(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self._open.append(tag)
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.split(":", 1)[0] in ("http", "https", "tg"):
            self.links.append(address)

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            raise ApiError(400, "Bad Request: can't parse entities: Unexpected end tag")

    def handle_data(self, data):
        self.text += data

    def done(self) -> str:
        if self._open:
            raise ApiError(
                400, f"Bad Request: can't parse entities: Can't find end tag corresponding to {self._open[-1]}"
            )
        return self.text


def read_text(given: str, mode: str | None) -> str:
    """The text after its formatting was read."""
    if mode is None:
        return given
    assert mode == "HTML", mode
    parser = _Html()
    parser.feed(given)
    parser.close()
    return parser.done()


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class BotApi:
    """``calls``: (method, parameters) of all that took effect; ``messages``: what stands in the chats."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict]] = []
        self.messages: dict[int, dict] = {}
        self.blocked: set[int] = set()
        self.refusals: dict[str, list[ApiError]] = {}
        self.cuts: list[str] = []
        self.webhook: dict = {}
        self.webhook_answers: list[int] = []
        self._updates: list[dict] = []
        self._numbers, self._ids = itertools.count(1000), itertools.count(50)
        self._news = asyncio.Event()
        self._asking: asyncio.Future | None = None
        self._runner: web.AppRunner | None = None
        self._pushing: asyncio.Task | None = None
        self.sent_at: dict[int, float] = {}
        self._changed = asyncio.Event()

    async def __aenter__(self) -> BotApi:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
        self._pushing = asyncio.ensure_future(self._push())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._pushing.cancel()
        if self._asking is not None and not self._asking.done():
            self._asking.cancel()
        self._news.set()
        await asyncio.gather(self._pushing, return_exceptions=True)
        await self._runner.cleanup()

    # ---- what people do

    def update(self, **what) -> dict:
        """An update with the next number; it is delivered by webhook or to a poller."""
        made = {"update_id": next(self._numbers), **what}
        self.post(made)
        return made

    def post(self, update: dict) -> None:
        self._updates.append(update)
        self._news.set()

    def say(self, text: str | None, chat: int = 7, user: int | None = None, edited: bool = False, **more) -> dict:
        """A message; chats below 0 are groups. Commands and mentions get their entities as Telegram marks them."""
        message = {
            "message_id": next(self._ids),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private"} if chat > 0 else {"id": chat, "type": "supergroup", "title": "g"},
            "from": {
                "id": user or abs(chat),
                "is_bot": False,
                "first_name": "P",
                "language_code": more.pop("code", "en"),
            },
            **more,
        }
        if text is not None:
            message["text"] = text
            if "entities" not in more:
                message["entities"] = entities(text)
        return self.update(**{"edited_message" if edited else "message": message})

    def press(self, title: str, chat: int = 7, user: int | None = None, data: str | None = None) -> dict:
        """Somebody presses the latest button of this title in a chat."""
        for number, message in reversed(self.messages.items()):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in itertools.chain(*rows):
                if message["chat_id"] == chat and button["text"] == title:
                    data = data if data is not None else button["callback_data"]
                    shown = {"message_id": number, "date": 1, "chat": _chat(chat), "from": BOT, "text": "…"}
                    person = {"id": user or abs(chat), "is_bot": False, "first_name": "P", "language_code": "en"}
                    return self.update(
                        callback_query={
                            "id": f"cb{number}",
                            "from": person,
                            "chat_instance": "1",
                            "message": shown,
                            "data": data,
                        }
                    )
        raise AssertionError(f"there is no button {title!r} in {chat}")

    # ---- what is seen

    def of(self, method: str, chat: int | None = None) -> list[dict]:
        return [p for m, p in self.calls if m == method and (chat is None or p.get("chat_id") == chat)]

    def texts(self, chat: int = 7) -> list[str]:
        """What stands in a chat, after formatting."""
        return [p["plain"] for m, p in self.calls if m == "sendMessage" and p["chat_id"] == chat]

    async def until(self, done, seconds: float = 15.0):
        """Wait for what ``done()`` finds; fails loudly."""
        end = time.monotonic() + seconds
        while not (found := done()):
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"not within {seconds} s; calls: {[m for m, _ in self.calls][-20:]}")
            self._changed.clear()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._changed.wait(), min(left, 0.2))
        return found

    async def quiet(self, seconds: float = 0.4) -> None:
        """Until nothing was called for some time."""
        seen = -1
        while seen != len(self.calls):
            seen = len(self.calls)
            await asyncio.sleep(seconds)

    # ---- the server

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _parameters(request)
        cut = (
            self.cuts.pop(0) if self.cuts and method.startswith(("send", "edit")) and method != "sendChatAction" else ""
        )
        if cut == "before":
            request.transport.abort()
            return web.Response()
        try:
            if request.match_info["token"] != TOKEN:
                raise ApiError(401, "Unauthorized")
            if self.refusals.get(method):
                raise self.refusals[method].pop(0)
            result = await self._do(method, given)
        except ApiError as error:
            body = {"ok": False, "error_code": error.code, "description": error.description}
            if error.parameters:
                body["parameters"] = error.parameters
            return web.json_response(body, status=error.code)
        if cut == "after":
            request.transport.abort()
        return web.json_response({"ok": True, "result": result})

    async def _do(self, method: str, given: dict):
        do = getattr(self, f"_{method}", None)
        if do is None:
            raise ApiError(404, "Not Found: method not found")
        result = await do(given) if asyncio.iscoroutinefunction(do) else do(given)
        if method != "getUpdates":
            self.calls.append((method, given))
            self._changed.set()
        return result

    def _getMe(self, given):
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def _setMyCommands(self, given):
        for each in given["commands"]:
            if not (1 <= len(each["command"]) <= 32 and 1 <= len(each["description"]) <= 256):
                raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    def _setWebhook(self, given):
        if len(given.get("secret_token", "")) > 256:
            raise ApiError(400, "Bad Request: secret token too long")
        self.webhook = given if given.get("url") else {}
        self._news.set()
        return True

    def _deleteWebhook(self, given):
        self.webhook = {}
        return True

    async def _getUpdates(self, given):
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first",
            )
        if self._asking is not None and not self._asking.done():
            self._asking.set_result("other")
        mine = self._asking = asyncio.get_running_loop().create_future()
        offset, end = int(given.get("offset", 0)), time.monotonic() + float(given.get("timeout", 0))
        self._updates = [u for u in self._updates if u["update_id"] >= offset] if offset > 0 else self._updates
        while not self._updates and time.monotonic() < end:
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            await asyncio.wait({news, mine}, timeout=end - time.monotonic(), return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if mine.done():
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request",
                )
            self._updates = [u for u in self._updates if u["update_id"] >= offset]
        if not mine.done():
            mine.set_result("done")
        return self._updates[: int(given.get("limit", 100))]

    def _sendMessage(self, given):
        text = read_text(given["text"], given.get("parse_mode"))
        if not text.strip():
            raise ApiError(400, "Bad Request: message text is empty")
        if units(text) > 4096:
            raise ApiError(400, "Bad Request: message is too long")
        given["plain"] = text
        return self._stand(given)

    def _sendPhoto(self, given):
        if len(given.get("caption", "")) > 1024:
            raise ApiError(400, "Bad Request: message caption is too long")
        if not given["photo"].startswith(b"\x89PNG"):
            raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
        return self._stand(given)

    def _sendDocument(self, given):
        if not given["document"]:
            raise ApiError(400, "Bad Request: file must be non-empty")
        return self._stand(given)

    def _sendVenue(self, given):
        float(given["latitude"]), float(given["longitude"])
        if not given["title"] or not given["address"]:
            raise ApiError(400, "Bad Request: VENUE_INVALID")
        return self._stand(given)

    def _sendChatAction(self, given):
        self._reachable(given["chat_id"])
        return True

    def _editMessageText(self, given):
        before = self.messages.get(int(given["message_id"]))
        if before is None:
            raise ApiError(400, "Bad Request: message to edit not found")
        given["plain"] = read_text(given["text"], given.get("parse_mode"))
        if given["plain"] == before.get("plain") and given.get("reply_markup", {}) == before.get("reply_markup", {}):
            raise ApiError(400, "Bad Request: message is not modified: specified new message content is the same")
        self.messages[int(given["message_id"])] = given
        return self._message(int(given["message_id"]), given)

    def _answerCallbackQuery(self, given):
        if len(given.get("text", "")) > 200:
            raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
        return True

    def _reachable(self, chat: int) -> None:
        if chat in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")

    def _stand(self, given: dict) -> dict:
        self._reachable(given["chat_id"])
        markup = given.get("reply_markup") or {}
        for button in itertools.chain(*markup.get("inline_keyboard", [])):
            data = button.get("callback_data")
            if data is None or not 1 <= len(data.encode()) <= 64:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button["text"]:
                raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        for button in itertools.chain(*markup.get("keyboard", [])):
            if button.get("request_location") and given["chat_id"] < 0:
                raise ApiError(400, "Bad Request: location can be requested in private chats only")
        number = next(self._ids)
        self.messages[number] = given
        self.sent_at[number] = time.perf_counter()
        given["at"] = self.sent_at[number]
        return self._message(number, given)

    def _message(self, number: int, given: dict) -> dict:
        return {
            "message_id": number,
            "date": int(time.time()),
            "chat": _chat(given["chat_id"]),
            "from": BOT,
            "text": given.get("plain", ""),
        }

    async def _push(self) -> None:
        """Updates to the webhook, one after another, each until it is taken."""
        async with ClientSession(timeout=ClientTimeout(10)) as session:
            while True:
                if not (self.webhook and self._updates):
                    self._news.clear()
                    await self._news.wait()
                    continue
                status = await self._deliver(session, self._updates[0])
                if 200 <= status < 300:
                    self._updates.pop(0)
                else:
                    await asyncio.sleep(0.2)

    async def _deliver(self, session: ClientSession, update: dict) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        try:
            async with session.post(self.webhook["url"], json=update, headers=headers) as answered:
                await answered.read()
                status = answered.status
        except (OSError, asyncio.TimeoutError):
            status = 0
        self.webhook_answers.append(status)
        self._changed.set()
        return status


def _chat(chat: int) -> dict:
    return (
        {"id": chat, "type": "private", "first_name": "P"}
        if chat > 0
        else {"id": chat, "type": "supergroup", "title": "g"}
    )


def entities(text: str) -> list[dict]:
    """Commands and mentions as Telegram's server marks them."""
    found, at = [], 0
    for word in text.split(" "):
        if word.startswith("/") and len(word) > 1:
            found.append({"type": "bot_command", "offset": units(text[:at]), "length": units(word)})
        elif word.startswith("@"):
            found.append({"type": "mention", "offset": units(text[:at]), "length": units(word.rstrip(",.:"))})
        at += len(word) + 1
    return found


async def _parameters(request: web.Request) -> dict:
    """Form data of either kind, with numbers and objects as python-telegram-bot writes them."""
    given: dict = {}
    if request.content_type == "application/json":
        given = await request.json()
    else:
        for name, value in (await request.post()).items():
            given[name] = value.file.read() if hasattr(value, "file") else value
            if hasattr(value, "file"):
                given[f"{name}_name"] = value.filename
    for name in ("reply_markup", "commands", "allowed_updates", "reply_parameters", "link_preview_options"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    for name in ("chat_id", "message_id", "message_thread_id"):
        if isinstance(given.get(name), str):
            given[name] = int(given[name])
    return given
