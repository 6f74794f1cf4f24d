"""How heavy the chat is and how soon it answers: ``python -m tests.browser.weight`` prints both, from the real bot.

Weight: bytes of the bodies as they come over the wire (texts are served packed), up to and with the first answer
that has no map. What the service worker fetches to keep is counted too, apart.
Time: from Enter to the first lead as painted, and to the whole answer with all its parts; also with an action server
that takes SLOW_SECONDS for each action.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tests.browser import page_steps as steps

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

QUESTIONS = {
    "ko-KR": ("안전점검의 날은 매달 며칠인가요?", "축제 안전관리계획은 언제까지 내야 하나요?", "불이 났어요", "제71조"),
    "en-US": ("Which day is Safety Inspection Day?", "When is a festival plan due?", "my kitchen is on fire", "art 71"),
}
DANGER = {
    "ko-KR": ("전봇대가 쓰러져서 사람이 깔렸어요",),
    "en-US": ("electric wire fell on the road and sparks fly, people hurt",),
}
"""An emergency that an action follows: it offers to record the hazard."""
SLOW_SECONDS = 4.0
KEPT = """navigator.serviceWorker.ready.then(async () => { const found = []; for (const name of await caches.keys())
for (const one of await (await caches.open(name)).keys()) found.push(one.url); return found; })"""
CLOCK = """(before) => {
  const log = document.getElementById("log");
  const body = document.body.dataset;
  const times = window.times = { begun: performance.now(), lead: null, whole: null };
  const shown = () => log.querySelectorAll("[data-from=bot] [data-testid=lead]").length > before;
  const note = (name) => { times[name] = performance.now() - times.begun; };
  const painted = (name) => requestAnimationFrame(() => setTimeout(() => note(name)));
  const watcher = new MutationObserver(() => {
    if (times.lead === null && shown()) { times.lead = 0; painted("lead"); }
    if (times.lead === null || body.waiting !== "false" || body.unsent !== "0") return;
    watcher.disconnect();
    painted("whole");
  });
  const states = { attributes: true, attributeFilter: ["data-waiting", "data-unsent"] };
  watcher.observe(document.body, { subtree: true, childList: true, ...states });
}"""
"""Started right before Enter: milliseconds until the frames with a new lead, and with the whole, were painted."""


class Times(NamedTuple):
    """Milliseconds from Enter to the painted lead and to the painted whole."""

    lead: float
    whole: float


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
        found["page"] += 0 if request.url.endswith("/messages") else request.sizes()["responseBodySize"]
    # Chromium does not always count a body that is read as it comes
    lines = {"Accept": "application/x-ndjson"}
    asked = page.request.post(address + "/chat/messages", data={"sender": "weight", "text": question}, headers=lines)
    found["answer"] = len(asked.body())
    for url in page.evaluate(KEPT):
        found["kept"] += int(page.request.get(url).headers["content-length"])
    context.close()
    return found


def time_answers(
    browser: Browser, address: str, asked: dict[str, tuple[str, ...]] | None = None, rounds: int = 5
) -> dict[str, list[Times]]:
    """The times of each question, over several rounds."""
    taken: dict[str, list[Times]] = {}
    for locale, questions in (asked or QUESTIONS).items():
        page = steps.open_page(browser, address + "/chat/", locale=locale)
        for _ in range(rounds):
            for question in questions:
                taken.setdefault(question, []).append(_time(page, question))
        page.context.close()
    return taken


def _time(page: Page, question: str) -> Times:
    page.get_by_test_id("input").fill(question)
    page.evaluate(CLOCK, page.locator("[data-from=bot] [data-testid=lead]").count())
    page.get_by_test_id("input").press("Enter")
    while True:
        times = page.evaluate("window.times")
        if times["whole"] is not None:
            return Times(times["lead"], times["whole"])
        page.wait_for_timeout(20)


def figures(taken: dict[str, list[Times]]) -> list[str]:
    """A table, a line a question and one for all: median and 95th percentile, the lead beside the whole."""
    rows = [*taken.items(), ("all", [each for times in taken.values() for each in times])]
    lines = [f"{'lead median':>12} {'p95':>6} {'whole median':>13} {'p95':>6}  ms"]
    for name, times in rows:
        lead, whole = ([getattr(each, part) for each in times] for part in Times._fields)
        told = f"{median(lead):>12.0f} {_p95(lead):>6.0f} {median(whole):>13.0f} {_p95(whole):>6.0f}"
        lines.append(f"{told}  {name}")
    return lines


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def main() -> None:
    from bot.launcher import running
    from tests.browser.bad_line import behind_slow_actions

    home = Path(tempfile.mkdtemp())
    with running(home) as bot, steps.chromium() as browser:
        for locale in QUESTIONS:
            weight = weigh(browser, bot.address, QUESTIONS[locale][0], locale)
            print(f"{locale}: " + ", ".join(f"{name} {size / 1000:.1f} kB" for name, size in weight.items()))
        print("\n".join(figures(time_answers(browser, bot.address))))
        with behind_slow_actions(bot, lambda: time.sleep(SLOW_SECONDS)):
            print(f"each action takes {SLOW_SECONDS:.0f} s:")
            print("\n".join(figures(time_answers(browser, bot.address, DANGER, rounds=3))))


if __name__ == "__main__":
    main()
