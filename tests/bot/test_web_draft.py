"""A draft sent to the web channel, checked by the action server's own route; and the limits of what may be sent."""

from __future__ import annotations

import json
import logging
import os
import urllib.parse

import httpx
import pytest

from actions import draft_apart, draft_reading, draft_routes
from bot.channels.rest.channel import RestChannel
from bot.channels.web import draft
from bot.channels.web.channel import WebChannel
from bot.channels.wire import MAX_BODY
from bot.serve import environment
from nlu.texts import text
from tests.actions.festival_drafts import GOOD_EN, GOOD_KO, docx_with_headings, pdf_of, scanned_pdf
from tests.bot.telegram.helpers import serve
from tests.listening import listening


@pytest.fixture
async def chat(monkeypatch, tmp_path):
    """A client of the chat's port; ``heard``: what reached the dialogue."""
    monkeypatch.setenv("ANSIM_SALT", "a salt for the tests")
    heard = []

    async def dialogue(message) -> None:
        heard.append(message)

    async with listening(draft_routes.attach) as (actions, _):
        monkeypatch.setenv("ANSIM_ACTIONS_URL", f"{actions}/webhook")
        async with serve(WebChannel(), RestChannel(), handler=dialogue) as (address, app):
            app.config.REQUEST_MAX_SIZE = 6_000_000
            async with httpx.AsyncClient(base_url=f"{address}/webhooks", timeout=30) as client:
                client.heard = heard
                yield client


async def send(client, body, name="plan", language=None, **headers):
    named = {"X-File-Name": urllib.parse.quote(name), "Content-Type": "application/octet-stream", **headers}
    return await client.post("/chat/draft", content=body, headers=named, params={"lang": language} if language else {})


def parts(found):
    (message,) = found.json()["messages"]
    assert message["text"] == message["answer"]["text"]
    assert message["quick_replies"] == []
    return {row["part"] for row in message["answer"]["computed"] if row["name"] == "draft_part" and row["value"]}


@pytest.mark.parametrize(("written", "own"), [(GOOD_EN, "en"), (GOOD_KO, "ko")])
@pytest.mark.parametrize("language", [None, "en", "ko"])
async def test_a_text_is_checked_in_the_language_asked_for_or_its_own(chat, written, own, language):
    found = await send(chat, written.encode(), "안전관리계획.txt", language)
    assert found.status_code == 200
    assert len(parts(found)) == 5
    assert found.json()["messages"][0]["answer"]["language"] == (language or own)
    assert found.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("made", [docx_with_headings, pdf_of])
async def test_a_document_is_checked(chat, made):
    assert len(parts(await send(chat, made(GOOD_EN), "plan"))) >= 4


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (docx_with_headings(GOOD_EN)[:900], "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"HWP Document File" + bytes(600), "hwp"),
        (b"  \n", "empty"),
        (b"", "empty"),
        (scanned_pdf(), "image_only"),
        (pdf_of(GOOD_EN, password="secret"), "encrypted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_file_that_cannot_be_read_is_one_sentence(chat, body, problem, language):
    found = await send(chat, body, "plan.docx", language)
    assert found.status_code == 200
    assert found.json()["messages"][0]["text"] == text(f"draft.problem.{problem}", language)


async def test_the_limits(chat):
    assert draft.MAX_BYTES == draft_reading.LARGEST
    fits = b"Outline of the festival\n" + b" " * (draft.MAX_BYTES - 24)
    assert (await send(chat, fits)).status_code == 200
    found = await send(chat, fits + b" ")
    assert (found.status_code, found.json()) == (413, {"error": "A draft may have 5 MB."})


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "Application/JSON", "application/x-www-form-urlencoded"]
)
async def test_a_wrapped_file_is_refused(chat, kind):
    found = await send(chat, GOOD_EN.encode(), **{"Content-Type": kind})
    assert found.status_code == 415
    assert found.json()["error"].endswith(".")


@pytest.mark.parametrize("name", ["", "%", "%ff%fe", "a" * 5000, "%0d%0aX-Other: 1", "../../etc/passwd"])
async def test_any_name_will_do(chat, name):
    headers = {"X-File-Name": name, "Content-Type": "text/plain"}
    found = await chat.post("/chat/draft", content=GOOD_EN.encode(), headers=headers)
    assert len(parts(found)) == 5


async def test_the_draft_reaches_neither_the_dialogue_nor_the_log(chat, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    await send(chat, GOOD_EN.encode(), "hwarang-plan.txt")

    async def fails(self, data, name):
        raise RuntimeError(data.decode())

    monkeypatch.setattr(draft_apart.Reader, "check", fails)
    found = await send(chat, GOOD_EN.encode(), "hwarang-plan.txt")
    assert (found.status_code, found.json()) == (503, {"error": draft.DOWN})
    assert chat.heard == []
    assert "RuntimeError" in caplog.text
    assert "Kim Min-su" not in caplog.text
    assert "hwarang-plan" not in caplog.text


async def test_without_the_action_server_it_is_said(chat, monkeypatch):
    monkeypatch.setenv("ANSIM_ACTIONS_URL", "http://127.0.0.1:9/webhook")
    found = await send(chat, GOOD_EN.encode())
    assert (found.status_code, found.json()) == (503, {"error": draft.DOWN})


@pytest.mark.slow
async def test_not_too_many_at_once(chat):
    codes = [(await send(chat, b"x")).status_code for _ in range(draft.EACH + 1)]
    assert codes == [200] * draft.EACH + [429]


@pytest.mark.parametrize(("path", "key"), [("/chat/messages", "text"), ("/rest/webhook", "message")])
async def test_a_message_has_a_small_limit_of_its_own(chat, monkeypatch, path, key):
    monkeypatch.delenv("SANIC_REQUEST_MAX_SIZE", raising=False)
    frame = len(json.dumps({"sender": "a", key: ""}))
    body = {"sender": "a", key: "x" * (MAX_BODY - frame)}
    assert (await chat.post(path, content=json.dumps(body))).status_code == 200
    body[key] += "x"
    found = await chat.post(path, content=json.dumps(body))
    assert (found.status_code, found.json()) == (413, {"error": f"The request may hold {MAX_BODY} bytes."})
    assert len(chat.heard) == 1


def test_the_server_takes_a_draft(monkeypatch, tmp_path):
    for name in ("SANIC_REQUEST_MAX_SIZE", "ANSIM_ACTIONS_URL", "ANSIM_TRACKER_DB", "LOG_LEVEL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    environment()
    assert int(os.environ["SANIC_REQUEST_MAX_SIZE"]) > draft.MAX_BYTES + 65_536
