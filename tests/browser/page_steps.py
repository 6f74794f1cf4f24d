"""Steps of a person at the web chat page, for tests in a real browser (Playwright, sync API).

Selectors are the page's `data-testid` attributes and the state it shows on `<body>`
(`data-ready`, `data-waiting`, `data-unsent`, `data-connection`). Nothing here depends on texts or colours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

Language = Literal["auto", "en", "ko"]
Theme = Literal["auto", "light", "dark"]
Size = Literal["normal", "large", "larger"]

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# The page gives the bot 15 s; a test waits a little longer than the page does.
REPLY_MS = 20_000


@dataclass(frozen=True)
class Message:
    """One message of the log, as it stands on the page."""

    sender: str  # "user", "bot" or "notice"
    text: str  # what a reader sees, without sender, state and choices
    status: str | None  # status of the bot's answer, None for plain text and for the user
    state: str | None  # "queued", "sending", "retrying", "failed" or "sent"; user only


@contextmanager
def chromium(executable: str = CHROMIUM) -> Iterator[Browser]:
    """A headless Chromium that makes no requests of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGS)
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, url: str, *, locale: str = "en-US", width: int = 390, height: int = 844) -> Page:
    """Opens the chat (`url` ends in `/chat/`) in a fresh context and waits until it is ready."""
    context = browser.new_context(locale=locale, viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(url)
    wait_until_ready(page)
    return page


def reload_page(page: Page) -> None:
    page.reload()
    wait_until_ready(page)


def wait_until_ready(page: Page) -> None:
    page.wait_for_selector("body[data-ready=true]")


def send(page: Page, text: str) -> None:
    """Types a message and sends it with Enter; does not wait for a reply."""
    page.get_by_test_id("input").fill(text)
    page.get_by_test_id("input").press("Enter")


def ask(page: Page, text: str, timeout_ms: int = REPLY_MS) -> list[Message]:
    """Sends a message and returns the bot's messages that reply to it."""
    before = bot_messages(page).count()
    send(page, text)
    return wait_for_reply(page, before, timeout_ms)


def wait_for_reply(page: Page, seen: int, timeout_ms: int = REPLY_MS) -> list[Message]:
    """Waits until nothing is under way and more than `seen` bot messages stand in the log."""
    # By selectors only: the page's Content-Security-Policy forbids the eval of wait_for_function.
    bot_messages(page).nth(seen).wait_for(timeout=timeout_ms)
    page.wait_for_selector('body[data-waiting=false][data-unsent="0"]', timeout=timeout_ms)
    return [message for message in read_log(page) if message.sender != "user"][seen:]


def bot_messages(page: Page) -> Locator:
    return page.locator("[data-testid=message]:not([data-from=user])")


def last_bot_message(page: Page) -> Locator:
    return bot_messages(page).last


def read_log(page: Page) -> list[Message]:
    """Every message, oldest first. Folded citations show their summary only."""
    return [_read(article) for article in page.get_by_test_id("message").all()]


def _read(article: Locator) -> Message:
    return Message(
        sender=article.get_attribute("data-from") or "",
        text=article.get_by_test_id("message-body").inner_text(),
        status=article.get_attribute("data-status"),
        state=article.get_attribute("data-state"),
    )


def get_statuses(page: Page) -> list[str]:
    """The status of every answer in the log, oldest first; plain text messages have none."""
    return [message.status for message in read_log(page) if message.status]


def get_lead(message: Locator) -> str:
    return str(message.get_by_test_id("lead").inner_text())


def get_citations(message: Locator) -> list[str]:
    """Provision ids of a bot message's citations, in order, such as "73-9/4"."""
    return [one.get_attribute("data-provision") or "" for one in message.get_by_test_id("citation").all()]


def unfold_citation(message: Locator, provision: str) -> Locator:
    """Unfolds the citation of `provision` (when folded) and returns it."""
    citation = message.locator(f'[data-testid=citation][data-provision="{provision}"]')
    if citation.get_attribute("open") is None:
        citation.get_by_test_id("citation-summary").click()
    return citation


def read_quote(citation: Locator) -> str:
    """The quote to the letter, line breaks included."""
    return citation.get_by_test_id("citation-quote").text_content() or ""


def get_calls(message: Locator) -> list[str]:
    """Targets of the call buttons, such as "tel:119"."""
    return [one.get_attribute("href") or "" for one in message.get_by_test_id("call-button").all()]


def get_strip_calls(page: Page) -> list[str]:
    """Targets of the emergency strip at the top of the page."""
    return [one.get_attribute("href") or "" for one in page.locator("[data-testid=emergency-strip] a").all()]


def get_choices(page: Page) -> list[str]:
    """Titles of the quick replies and suggestions on offer now."""
    choices = page.locator("[data-testid=quick-reply]:visible, [data-testid=suggestion]:visible")
    return list(choices.all_inner_texts())


def choose(page: Page, title: str, timeout_ms: int = REPLY_MS) -> list[Message]:
    """Clicks a quick reply or suggestion by its title and returns the reply."""
    before = bot_messages(page).count()
    choices = page.locator("[data-testid=quick-reply]:visible, [data-testid=suggestion]:visible")
    choices.get_by_text(title, exact=True).click()
    return wait_for_reply(page, before, timeout_ms)


def switch_language(page: Page, language: Language) -> None:
    page.get_by_test_id(f"language-{language}").check()


def page_language(page: Page) -> str:
    """The language the page itself is in: "en" or "ko"."""
    return page.locator("html").get_attribute("lang") or ""


def choose_theme(page: Page, theme: Theme) -> None:
    _choose_setting(page, f"theme-{theme}")


def choose_size(page: Page, size: Size) -> None:
    _choose_setting(page, f"size-{size}")


def _choose_setting(page: Page, testid: str) -> None:
    if page.get_by_test_id("settings-panel").is_hidden():
        page.get_by_test_id("settings-button").click()
    page.get_by_test_id(testid).check()
    page.get_by_test_id("settings-button").click()


def new_conversation(page: Page) -> None:
    page.get_by_test_id("new-conversation").click()


def sender_id(page: Page) -> str:
    """The sender id that the page made for this conversation."""
    kept = page.evaluate("JSON.parse(sessionStorage.getItem('ansim.conversation'))")
    return str(kept["sender"])


def connection(page: Page) -> str:
    """ "unknown" (nothing went wrong so far), "lost" or "back"."""
    return page.locator("body").get_attribute("data-connection") or ""


def wait_for_connection(page: Page, state: Literal["lost", "back"], timeout_ms: int = 40_000) -> None:
    page.wait_for_selector(f"body[data-connection={state}]", timeout=timeout_ms)


def wait_for_map(page: Page, timeout_ms: int = 10_000) -> None:
    """Brings the newest map onto the screen and waits until it is drawn."""
    page.get_by_test_id("map-fold").last.scroll_into_view_if_needed()
    page.locator("[data-testid=map][data-ready=true]").last.wait_for(timeout=timeout_ms)


def get_markers(page: Page) -> list[str]:
    """Names of the numbered marks of the newest map, in the list's order."""
    marks = page.get_by_test_id("map").last.get_by_test_id("map-marker").all()
    return [one.get_attribute("aria-label") or "" for one in marks]


def selected_place(page: Page) -> str | None:
    """Number of the place that is selected in the list."""
    chosen = page.locator("[data-testid=place].selected")
    return chosen.get_attribute("data-number") if chosen.count() else None


def selected_marker(page: Page) -> str | None:
    chosen = page.locator("[data-testid=map-marker][aria-pressed=true]")
    return chosen.get_attribute("data-number") if chosen.count() else None
