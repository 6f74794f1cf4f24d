"""The widget: one script tag on a page of another origin, with a strict policy and hostile styles of its own."""

from __future__ import annotations

import http.server
import threading

import pytest
from playwright.sync_api import expect

from bot.launcher import free_port
from tests.browser import page_steps as steps
from tests.browser.page_server import serving_pages

pytestmark = pytest.mark.slow

HOSTILE = """* { color: #0f0 !important; font-size: 40px !important; display: inline !important }
button, iframe { display: none !important; transform: rotate(180deg) }"""


def city_page(chat: str, language: str, policy: str) -> bytes:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>City</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<link rel="stylesheet" href="/site.css"></head><body><h1>City</h1><a id="before" href="#x">A link</a>'
        f'<script src="{chat}/chat/widget.js" data-lang="{language}"></script></body></html>'
    ).encode()


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """(address of a city's page, address of the chat): two origins; the chat may be framed by the first only."""
    port, strange = free_port(), free_port()
    origin = f"http://127.0.0.1:{port}"
    with serving_pages(tmp_path_factory.mktemp("widget"), ANSIM_EMBED_ORIGINS=origin) as served:
        policy = f"default-src 'none'; style-src 'self'; script-src {served.address}; frame-src {served.address}"

        class City(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                styles = self.path == "/site.css"
                body = HOSTILE.encode() if styles else city_page(served.address, self.path[1:3], policy)
                self.send_response(200)
                self.send_header("Content-Type", "text/css" if styles else "text/html")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        servers = [http.server.ThreadingHTTPServer(("127.0.0.1", each), City) for each in (port, strange)]
        for server in servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        yield origin, f"http://127.0.0.1:{strange}", served.address
        for server in servers:
            server.shutdown()


@pytest.fixture
def open_city(chromium):
    contexts, problems = [], []

    def open_one(address, **options):
        context = chromium.new_context(viewport={"width": 1000, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [each for each in problems if "favicon" not in each] == []


@pytest.mark.parametrize(("language", "label", "said"), [("ko", "안심에게 묻기", "ko"), ("en", "Ask Ansim", "en")])
def test_the_chat_opens_in_a_frame_and_answers(city, open_city, language, label, said):
    page = open_city(f"{city[0]}/{language}")
    page.get_by_role("button", name=label).click()
    frame = page.frame_locator("ansim-chat iframe")
    frame.locator("body[data-ready=true]").wait_for()
    assert frame.locator("html").get_attribute("lang") == said
    frame.get_by_test_id("input").fill("축제 rule" if language == "ko" else "festival rule")
    frame.get_by_test_id("input").press("Enter")
    frame.get_by_test_id("lead").wait_for()
    assert frame.get_by_test_id("strip-119").get_attribute("href") == "tel:119"


def test_neither_page_styles_the_other(city, open_city):
    page = open_city(f"{city[0]}/en")
    button = page.get_by_role("button", name="Ask Ansim")
    style = "(one) => { const s = getComputedStyle(one); return [s.color, s.fontSize, s.display]; }"
    assert button.evaluate(style) == ["rgb(255, 255, 255)", "16px", "flex"]
    assert page.locator("h1").evaluate("(one) => getComputedStyle(one).color") == "rgb(0, 255, 0)"
    assert page.evaluate("document.body.children.length") == 4
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_the_keyboard_opens_closes_and_comes_back(city, open_city):
    page = open_city(f"{city[0]}/en")
    page.locator("#before").focus()
    page.keyboard.press("Tab")
    inner = "document.activeElement.shadowRoot?.activeElement?.textContent"
    assert page.evaluate(inner) == "Ask Ansim"
    page.keyboard.press("Enter")
    frame = page.frame_locator("ansim-chat iframe")
    frame.locator("body[data-ready=true]").wait_for()
    expect(page.locator("ansim-chat iframe")).to_be_focused()
    frame.get_by_test_id("input").focus()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask Ansim").wait_for()
    assert page.evaluate(inner) == "Ask Ansim"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Close").click()
    assert page.evaluate(inner) == "Ask Ansim"


def test_escape_folds_what_is_open_in_the_chat_first(city, open_city):
    page = open_city(f"{city[0]}/en")
    page.get_by_role("button", name="Ask Ansim").click()
    frame = page.frame_locator("ansim-chat iframe")
    frame.locator("body[data-ready=true]").wait_for()
    frame.get_by_test_id("settings-button").click()
    page.keyboard.press("Escape")
    expect(frame.get_by_test_id("settings-panel")).to_be_hidden()
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask Ansim").wait_for()


def test_a_message_of_another_sender_closes_nothing(city, open_city):
    page = open_city(f"{city[0]}/en")
    page.get_by_role("button", name="Ask Ansim").click()
    # heard by this listener, it was heard by the widget's, which is the older one
    page.evaluate(
        """new Promise((heard) => { window.addEventListener("message", heard, { once: true });
        window.postMessage({ ansim: "close" }, "*"); }).then(() => true)"""
    )
    assert page.get_by_role("dialog").is_visible()


def test_a_page_that_is_not_named_gets_a_tab_and_no_frame(city, open_city):
    page = open_city(f"{city[1]}/en")
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Ask Ansim").click()
    steps.wait_until_ready(opening.value)
    assert page.locator("iframe").count() == 0


def test_by_default_nobody_may_frame_the_chat(visit, pages):
    page = visit()
    for path in ("/chat/", "/chat/offline", "/law/disaster-safety-decree/1"):
        policy = page.request.get(pages.address + path).headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
