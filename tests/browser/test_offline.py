"""Installing the chat, and the page that is there without a connection, in real Chromium."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser import page_steps as steps
from tests.browser.page_server import serving_pages

pytestmark = pytest.mark.slow


def kept(page):
    """Addresses in the caches of this origin."""
    return page.evaluate(
        """(async () => { const found = []; for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
        return found.sort(); })()"""
    )


def take_hold(page):
    """Waits until the service worker is in charge of the page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    steps.wait_until_ready(page)


@pytest.mark.parametrize(("locale", "words"), [("ko-KR", "위험할 때 할 일"), ("en-US", "What to do")])
def test_without_a_connection_the_numbers_and_cards_are_there(visit, pages, locale, words):
    page = visit(locale=locale)
    take_hold(page)
    page.context.set_offline(True)
    page.goto(pages.address + "/chat/")
    shown = page.locator(f"[data-testid=offline-{locale[:2]}]")
    assert words in shown.inner_text()
    other = {"ko": "en", "en": "ko"}[locale[:2]]
    assert page.get_by_test_id(f"offline-{other}").is_hidden()
    for number in ("119", "112", "109"):
        assert shown.get_by_test_id(f"call-{number}").get_attribute("href") == f"tel:{number}"
    cards = shown.get_by_test_id("card")
    assert cards.count() > 40
    cards.first.locator("summary").click()
    assert cards.first.locator("li").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_test_id(f"switch-{other}").click()
    assert page.get_by_test_id(f"offline-{other}").is_visible()
    page.context.set_offline(False)
    page.get_by_test_id(f"offline-{other}").get_by_test_id("again").click()
    steps.wait_until_ready(page)


def test_only_the_offline_page_is_kept_no_answer_and_no_message(visit):
    page = visit()
    take_hold(page)
    steps.ask(page, "언제까지 내나요? rule")
    steps.ask(page, "대피소 near")
    steps.wait_for_map(page)
    assert kept(page) == [
        "/chat/offline", "/chat/static/boot.js", "/chat/static/chat.css", "/chat/static/icon.svg",
        "/chat/static/offline.js", "/chat/static/pages.css",
    ]  # fmt: skip


def test_an_open_chat_offers_the_cards_when_the_connection_is_lost(visit, pages):
    page = visit()
    take_hold(page)
    page.context.set_offline(True)
    steps.send(page, "대피소 near")
    steps.wait_for_connection(page, "lost")
    with page.context.expect_page() as opening:
        page.get_by_test_id("banner-cards").click()
    expect(opening.value.locator("[data-testid=call-119]:visible")).to_have_count(1)
    page.context.set_offline(False)


def test_a_new_version_replaces_the_old_one(chromium, tmp_path):
    with serving_pages(tmp_path) as served:
        context = chromium.new_context(locale="ko-KR")
        page = context.new_page()
        page.goto(served.address + "/chat/")
        take_hold(page)
        (name,) = page.evaluate("caches.keys()")
        page.evaluate("caches.open('ansim-offline-old').then((one) => one.put('/chat/x', new Response('old')))")
        page.evaluate("caches.open('another').then((one) => one.put('/chat/x', new Response('theirs')))")
        page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.unregister())")
        page.reload()
        take_hold(page)
        assert sorted(page.evaluate("caches.keys()")) == sorted([name, "another"])
        context.close()


def test_the_chat_can_be_installed(visit, pages):
    page = visit()
    session = page.context.new_cdp_session(page)
    take_hold(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    assert {"안심", "Ansim"} <= set(manifest["name"].split())
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"192x192", "512x512"} <= sizes
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # a test's context is a private window, where Chromium installs nothing
    assert {each["errorId"] for each in errors} <= {"in-incognito"}
    for icon in manifest["icons"]:
        answer = page.request.get(f"{pages.address}/chat/static/{icon['src']}")
        assert answer.ok
        if icon["src"].endswith(".png"):
            width = int.from_bytes(answer.body()[16:20], "big")
            assert icon["sizes"] == f"{width}x{width}"


def test_without_javascript_both_languages_stand_on_the_offline_page(visit):
    page = visit("/chat/offline", java_script_enabled=False)
    assert page.get_by_test_id("offline-ko").is_visible()
    assert page.get_by_test_id("offline-en").is_visible()
