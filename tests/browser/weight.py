"""How heavy the chat is and how soon it answers: ``python -m tests.browser.weight`` prints both, from the real bot.

Weight: bytes of the bodies as they come over the wire (texts are served packed), up to and with the first answer
that has no map. What the service worker fetches to keep is counted too, apart.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.browser import page_steps as steps

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

QUESTIONS = {
    "ko-KR": ("안전점검의 날은 매달 며칠인가요?", "축제 안전관리계획은 언제까지 내야 하나요?", "불이 났어요", "제71조"),
    "en-US": ("Which day is Safety Inspection Day?", "When is a festival plan due?", "my kitchen is on fire", "art 71"),
}
KEPT = """navigator.serviceWorker.ready.then(async () => { const found = []; for (const name of await caches.keys())
for (const one of await (await caches.open(name)).keys()) found.push(one.url); return found; })"""


def weigh(browser: Browser, address: str, question: str, locale: str = "ko-KR") -> dict[str, int]:
    """Bytes by kind of file of a first visit with one question: ``{"page", "answer", "kept"}``."""
    context = browser.new_context(locale=locale)
    page = context.new_page()
    found = {"page": 0, "answer": 0, "kept": 0}
    seen: list[Request] = []
    page.on("requestfinished", lambda request: seen.append(request))
    page.goto(address + "/chat/")
    steps.wait_until_ready(page)
    steps.ask(page, question)
    for request in seen:
        found["answer" if request.url.endswith("/messages") else "page"] += request.sizes()["responseBodySize"]
    for url in page.evaluate(KEPT):
        found["kept"] += int(page.request.get(url).headers["content-length"])
    context.close()
    return found


def time_answers(browser: Browser, address: str, rounds: int = 5) -> dict[str, list[float]]:
    """Seconds from Enter to the answer on the page, by question, over several rounds."""
    taken: dict[str, list[float]] = {}
    for locale, questions in QUESTIONS.items():
        page = steps.open_page(browser, address + "/chat/", locale=locale)
        for _ in range(rounds):
            for question in questions:
                before = steps.bot_messages(page).count()
                page.get_by_test_id("input").fill(question)
                begun = time.perf_counter()
                page.get_by_test_id("input").press("Enter")
                steps.bot_messages(page).nth(before).wait_for()
                taken.setdefault(question, []).append(time.perf_counter() - begun)
                page.wait_for_selector('body[data-waiting=false][data-unsent="0"]')
        page.context.close()
    return taken


def main() -> None:
    from bot.launcher import running

    with running(Path(tempfile.mkdtemp())) as bot, steps.chromium() as browser:
        for locale in QUESTIONS:
            weight = weigh(browser, bot.address, QUESTIONS[locale][0], locale)
            print(f"{locale}: " + ", ".join(f"{name} {size / 1000:.1f} kB" for name, size in weight.items()))
        taken = time_answers(browser, bot.address)
        for question, seconds in taken.items():
            print(f"{question}: first {seconds[0] * 1000:.0f} ms, median {median(seconds) * 1000:.0f} ms")
        every = sorted(each for seconds in taken.values() for each in seconds)
        print(f"all: median {median(every) * 1000:.0f} ms, p95 {every[int(len(every) * 0.95)] * 1000:.0f} ms")


if __name__ == "__main__":
    main()
