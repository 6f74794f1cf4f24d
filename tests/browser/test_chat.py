"""The web chat in real Chromium against the real bot: both languages, phone and desktop, restart, keyboard."""

from __future__ import annotations

import json
import re
import shutil
import threading
from pathlib import Path

import pytest

from tests.browser import page_steps as steps
from tests.browser.bad_line import behind_slow_actions
from tests.browser.weight import DANGER

pytestmark = pytest.mark.slow

STATIC = Path(__file__).resolve().parents[2] / "bot" / "channels" / "web" / "static"


@pytest.fixture(scope="module")
def bot(tmp_path_factory):
    from bot.launcher import running

    with running(tmp_path_factory.mktemp("home")) as servers:
        yield servers


@pytest.fixture(scope="module")
def browser():
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed (apt-get install chromium); .ci/run installs it")
    with steps.chromium(shutil.which("chromium")) as running_browser:
        yield running_browser


@pytest.fixture
def problems():
    return []


@pytest.fixture
def visit(bot, browser, problems):
    pages = []

    def open_one(**options):
        page = steps.open_page(browser, bot.address + "/chat/", **options)
        page.on("pageerror", lambda error: problems.append(str(error)))
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        page.context.close()
    assert problems == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640), (1280, 800)])
@pytest.mark.parametrize(
    ("locale", "question", "label"),
    [
        ("en-US", "When must a festival safety plan be handed in?", "Article 73-9 (4)"),
        ("ko-KR", "축제 안전관리계획은 언제까지 내야 하나요?", "제73조의9제4항"),
    ],
)
def test_a_question_is_answered_with_its_provision(visit, locale, question, label, width, height):
    page = visit(locale=locale, width=width, height=height)
    message = steps.ask(page, question)[-1]
    assert message.status == "answered"
    assert label in message.text
    quote = steps.read_quote(steps.unfold_citation(steps.last_bot_message(page), "73-9/4"))
    assert "three weeks before date of the festival" in quote
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("html").get_attribute("lang") == locale[:2]


@pytest.mark.parametrize(
    ("locale", "text", "number"),
    [
        ("en-US", "my kitchen is on fire!", "119"),
        ("ko-KR", "물이 허리까지 찼어요", "119"),
        ("ko-KR", "죽고 싶어요", "109"),
    ],
)
def test_an_emergency_has_its_number_to_tap(visit, locale, text, number):
    page = visit(locale=locale)
    assert steps.ask(page, text)[-1].status == "emergency"
    button = page.get_by_test_id("emergency-card").get_by_test_id("call-button").first
    assert button.get_attribute("href") == f"tel:{number}"


def test_the_emergency_numbers_are_always_there(visit):
    page = visit()
    for number in ("119", "112", "109"):
        assert page.get_by_test_id(f"strip-{number}").get_attribute("href") == f"tel:{number}"


def test_quick_replies_go_on_from_the_answer(visit):
    page = visit()
    steps.ask(page, "When must a festival safety plan be handed in?")
    assert "Article 73-9" in steps.choose(page, "Show the whole article")[-1].text


def test_a_restart_of_the_server_loses_nothing(visit, bot):
    page = visit()
    steps.ask(page, "When must a festival safety plan be handed in?")
    before = len(steps.read_log(page))
    bot.rasa.stop()
    steps.send(page, "next match")
    steps.wait_for_connection(page, "lost")
    assert page.get_by_test_id("banner").is_visible()
    bot.rasa.start()
    bot.wait()
    page.wait_for_selector("body[data-unsent='0']", timeout=60_000)
    log = steps.read_log(page)
    asked = [m for m in log[before:] if m.sender == "user"]
    answered = [m for m in log[before:] if m.sender == "bot"]
    assert len(asked) == len(answered) == 1
    assert "Article 73-9" in answered[0].text
    steps.reload_page(page)
    assert len(steps.read_log(page)) == len(log)


def test_an_emergency_waits_for_no_slow_action(visit, bot):
    """The dialogue offers to record the hazard too; the action that does so is held until the card was seen."""
    held = threading.Event()
    with behind_slow_actions(bot, lambda: held.wait(60)):
        for locale, (said,) in DANGER.items():
            held.clear()
            page = visit(locale=locale, width=360, height=740)
            steps.send(page, said)
            button = page.get_by_test_id("emergency-card").get_by_test_id("call-button").first
            button.wait_for()
            assert button.get_attribute("href") == "tel:119"
            assert page.locator("body").get_attribute("data-waiting") == "true"
            held.set()
            steps.bot_messages(page).nth(1).wait_for()
            page.wait_for_selector('body[data-waiting=false][data-unsent="0"]')
            assert [each.status for each in steps.read_log(page)] == [None, "emergency", "clarify"]
        assert steps.ask(visit(), "When must a festival safety plan be handed in?")[-1].status == "answered"


def test_an_emergency_waits_for_no_earlier_question(visit, bot):
    held = threading.Event()
    with behind_slow_actions(bot, lambda: held.wait(60)):
        for locale, (said,) in DANGER.items():
            held.clear()
            page = visit(locale=locale, width=360, height=740)
            steps.send(page, "When must a festival safety plan be handed in?")
            steps.send(page, said)
            button = page.get_by_test_id("emergency-card").get_by_test_id("call-button").first
            button.wait_for()
            assert page.locator("article[data-status=answered]").count() == 0
            held.set()
            page.wait_for_selector('body[data-waiting=false][data-unsent="0"]', timeout=60_000)
            assert [each.status for each in steps.read_log(page)][:4] == [None, "answered", None, "emergency"]
            assert page.get_by_test_id("emergency-card").count() == 1


def test_markup_is_shown_as_text(visit, problems):
    page = visit()
    steps.ask(page, "<img src=x onerror=\"document.title='hacked'\"> who inspects playgrounds")
    assert page.title() != "hacked"
    assert page.locator("img[src=x]").count() == 0


def test_keyboard_alone(visit):
    page = visit(width=1280, height=800)
    page.get_by_test_id("input").focus()
    page.keyboard.type("art 71")
    page.keyboard.press("Enter")
    assert "Article 71" in steps.wait_for_reply(page, 0)[-1].text
    assert page.evaluate("document.activeElement.dataset.testid") == "input"


def test_nothing_is_asked_of_other_hosts(visit, bot):
    page = visit()
    hosts = set()
    page.on("request", lambda request: hosts.add(re.sub(r"^(\w+://[^/]+).*", r"\1", request.url)))
    steps.reload_page(page)
    steps.ask(page, "art 71")
    assert {h for h in hosts if not h.startswith("data:")} == {bot.address}


def test_the_texts_of_the_page_are_there_in_both_languages():
    source = (STATIC / "texts.js").read_text("utf-8")
    texts = json.loads(source[source.index("{") : source.rindex("}") + 1])
    assert texts["en"].keys() == texts["ko"].keys()
    assert all(text.strip() for language in texts.values() for text in language.values())


def test_the_page_is_light_and_writes_no_markup():
    files = [path for path in STATIC.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 200_000
    for path in files:
        text = path.read_text("utf-8")
        assert "innerHTML" not in text, path.name
        assert not re.search(r"\sstyle=|\son\w+=", text) or path.suffix in (".js", ".css", ".svg"), path.name
