"""An answer as it comes, in real Chromium: the urgent first, the lead before the rest, and a line that breaks."""

from __future__ import annotations

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser import page_steps as steps
from tests.browser.bad_line import BadLine

pytestmark = pytest.mark.slow

LATER = {"ko-KR": "불이 났어요 later", "en-US": "there is a fire later"}
RULE = {"ko-KR": "언제까지 내나요? rule", "en-US": "when is it due? rule"}
CUT = {"ko-KR": ("받지 못했습니다", "다시 묻기"), "en-US": ("could not be got", "Ask again")}
LOCALES = list(LATER)

WATCH = """
window.grown = [];
document.addEventListener("DOMContentLoaded", () => {
  const log = document.getElementById("log");
  let frame = 0;
  const count = () => { frame += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
  new MutationObserver((changes) => {
    const added = changes.flatMap((one) => [...one.addedNodes]).filter((node) => node.nodeType === 1);
    const names = added.flatMap((node) => [node, ...node.querySelectorAll("[data-testid]")])
      .map((node) => node.dataset.testid).filter(Boolean);
    if (names.length) window.grown.push({ names, frame, busy: log.getAttribute("aria-busy") });
  }).observe(log, { childList: true, subtree: true });
});
"""
"""Notes what is added to the log, in which frame, and whether the log is busy then."""


@pytest.fixture(scope="module", autouse=True)
def warm(pages):
    """What reads a message for danger is loaded with the first one; the bot has it loaded from the start."""
    body = json.dumps({"sender": "warm", "text": "불이 났어요 danger"}).encode()
    for _ in range(3):
        request = urllib.request.Request(f"{pages.address}/chat/messages", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as reply:
            reply.read()


@pytest.fixture
def line(pages):
    made = BadLine(int(pages.address.rpartition(":")[2]))
    yield made
    made.close()


def grown(page, testid):
    """The first note of what was added with this name."""
    return next(note for note in page.evaluate("window.grown") if testid in note["names"])


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_emergency_is_on_the_screen_before_a_slow_action_answers(visit, pages, locale, width):
    page = visit(locale=locale, width=width)
    steps.send(page, LATER[locale])
    card = page.get_by_test_id("emergency-card")
    expect(card.get_by_test_id("call-button").first).to_be_in_viewport()
    assert page.locator("body").get_attribute("data-waiting") == "true"
    assert steps.bot_messages(page).count() == 1
    # nobody is told to wait once they were told to call
    expect(page.get_by_test_id("typing")).to_have_text("")
    pages.let_go()
    steps.bot_messages(page).nth(1).wait_for()
    page.wait_for_selector('body[data-waiting=false][data-unsent="0"]')
    assert [(each.sender, each.status) for each in steps.read_log(page)] == [
        ("user", None), ("bot", "emergency"), ("bot", "answered"),
    ]  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("asked", "after"), [("rule", "citations"), ("near", "feedback"), ("near", "replies")])
def test_the_lead_is_painted_before_the_rest(visit, locale, asked, after):
    page = visit(locale=locale)
    page.add_init_script(WATCH)
    steps.reload_page(page)
    steps.ask(page, "언제 " + asked if locale == "ko-KR" else "when " + asked)
    if after == "replies" and page.get_by_test_id("replies").count() == 0:
        after = "place-list"
    lead, later = grown(page, "lead"), grown(page, after)
    assert "message" in lead["names"]
    assert after not in lead["names"]
    assert lead["frame"] < later["frame"]
    assert lead["busy"] == later["busy"] == "true"
    assert page.get_by_test_id("log").get_attribute("aria-busy") is None
    assert page.locator("[aria-live], [role=log]").count() == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_without_movement_all_is_painted_at_once(visit, locale):
    page = visit(locale=locale, reduced_motion="reduce")
    page.add_init_script(WATCH)
    steps.reload_page(page)
    steps.ask(page, RULE[locale])
    assert {"lead", "citations", "feedback"} <= set(grown(page, "lead")["names"])


def test_an_emergency_is_said_while_nothing_is_busy(visit):
    page = visit(locale="en-US")
    page.add_init_script(WATCH)
    steps.reload_page(page)
    steps.ask(page, "a fire danger")
    note = grown(page, "emergency-card")
    assert note["busy"] is None
    assert "lead" in note["names"]
    assert page.get_by_test_id("emergency-card").get_attribute("role") == "alert"


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("locale", LOCALES)
def test_what_came_before_the_line_broke_stays_and_the_rest_can_be_asked_for(visit, line, pages, locale, width):
    page = visit(locale=locale, width=width)
    page.goto(line.address + "/chat/")
    steps.wait_until_ready(page)
    steps.send(page, LATER[locale])
    page.get_by_test_id("emergency-card").wait_for()
    line.cut()
    note = page.get_by_test_id("cut")
    note.wait_for()
    said, again = CUT[locale]
    expect(note).to_contain_text(said)
    assert note.get_attribute("role") == "alert"
    assert [each.status for each in steps.read_log(page)] == [None, "emergency"]
    steps.reload_page(page)
    expect(page.get_by_test_id("cut")).to_contain_text(said)
    card = page.get_by_test_id("emergency-card").element_handle()
    page.get_by_test_id("cut").get_by_role("button", name=again).click()
    expect(page.get_by_test_id("cut")).to_have_count(0)
    pages.let_go()
    steps.bot_messages(page).nth(1).wait_for()
    page.wait_for_selector('body[data-waiting=false][data-unsent="0"]')
    assert [each.status for each in steps.read_log(page)] == [None, "emergency", "answered"]
    # the card that stood there was not painted again
    assert card.evaluate("(one) => one.isConnected")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_line_that_breaks_before_anything_came_is_tried_again_by_itself(visit, line):
    page = visit(locale="en-US")
    page.goto(line.address + "/chat/")
    steps.wait_until_ready(page)
    line.cut_before = b'{"message"'
    steps.send(page, "when rule")
    assert line.broke.wait(10)
    line.cut_before = b""
    assert steps.wait_for_reply(page, 0)[-1].status == "answered"
    assert page.get_by_test_id("cut").count() == 0
    assert len(steps.read_log(page)) == 2


def test_a_reload_in_the_middle_shows_what_came_and_gets_the_rest_once(visit, pages):
    page = visit(locale="en-US")
    steps.send(page, LATER["en-US"])
    page.get_by_test_id("emergency-card").wait_for()
    steps.reload_page(page)
    assert page.get_by_test_id("emergency-card").count() == 1
    pages.let_go()
    steps.bot_messages(page).nth(1).wait_for()
    page.wait_for_selector('body[data-waiting=false][data-unsent="0"]')
    assert [each.status for each in steps.read_log(page)] == [None, "emergency", "answered"]


def test_a_new_conversation_in_the_middle_is_left_alone(visit, pages):
    page = visit(locale="en-US")
    steps.send(page, LATER["en-US"])
    page.get_by_test_id("emergency-card").wait_for()
    steps.new_conversation(page)
    pages.let_go()
    assert steps.read_log(page) == []
    assert steps.ask(page, "when rule")[-1].status == "answered"
    assert len(steps.read_log(page)) == 2


def test_a_second_question_waits_for_the_end_of_the_first(visit, pages):
    page = visit(locale="en-US")
    steps.send(page, LATER["en-US"])
    page.get_by_test_id("emergency-card").wait_for()
    steps.send(page, "and when rule")
    pages.let_go()
    steps.bot_messages(page).nth(2).wait_for()
    page.wait_for_selector('body[data-waiting=false][data-unsent="0"]')
    senders = [(each.sender, each.status) for each in steps.read_log(page)]
    assert senders == [("user", None), ("bot", "emergency"), ("bot", "answered"), ("user", None), ("bot", "answered")]


def test_the_policy_stays_strict(visit, pages):
    page = visit()
    policy = page.request.get(pages.address + "/chat/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert re.match(r"default-src 'self';", policy)


def test_a_plain_reply_is_still_understood(visit, pages):
    page = visit(locale="en-US")
    whole = page.request.post(pages.address + "/chat/messages", data={"sender": "x", "text": "when rule"})
    assert whole.headers["content-type"] == "application/json"
    page.route("**/chat/messages", lambda route: route.fulfill(
        status=200, content_type="application/json", body=json.dumps(whole.json())))  # fmt: skip
    assert steps.ask(page, "?")[-1].status == "answered"
