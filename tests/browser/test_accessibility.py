"""axe-core (MPL-2.0, tests only) in every state of the pages: both languages, all colours; and a keyboard script."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.browser import page_steps as steps

pytestmark = pytest.mark.slow

VENDOR = Path(__file__).parent / "vendor"
AXE = VENDOR / "axe-core" / "axe.min.js"
LOCALES = {"en": "en-US", "ko": "ko-KR"}
ASKED = {
    "rule": {"en": "when is the plan due? rule", "ko": "언제까지 내나요? rule"},
    "nothing": {"en": "which stock to buy? nothing", "ko": "주식 추천 nothing"},
    "danger": {"en": "there is a fire danger", "ko": "불이야 danger"},
    "near": {"en": "shelter near", "ko": "대피소 near"},
}
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def start(page, language):
    page.get_by_test_id("start-screen").wait_for()


def asked(case):
    def reach(page, language):
        steps.ask(page, ASKED[case][language])
        if case == "near":
            steps.wait_for_map(page)

    return reach


def refused(page, language):
    page.route("**/chat/messages", lambda route: route.fulfill(status=400, body='{"error": "No."}'))
    steps.send(page, "x")
    page.get_by_test_id("message-again").wait_for()


def lost(page, language):
    page.route("**/chat/messages", lambda route: route.abort())
    page.route("**/chat/health", lambda route: route.abort())
    steps.send(page, "x")
    steps.wait_for_connection(page, "lost")


def settings(page, language):
    page.get_by_test_id("settings-button").click()
    page.get_by_test_id("settings-panel").wait_for()


def sharing(page, language):
    page.get_by_test_id("share-location").click()
    page.get_by_test_id("share").wait_for()


def judged(page, language):
    asked("rule")(page, language)
    page.get_by_test_id("feedback-not-useful").click()
    page.get_by_test_id("feedback-reason").first.wait_for()


def dated(page, language):
    """A question for days, with files beside it."""
    folder = Path(__file__).parents[1] / "bot" / "answers"
    answer = json.loads((folder / f"which-kind-{language}.json").read_text("utf-8"))
    answer["computed"] = [{"name": "asks", "value": "dates"}]
    answer["files"] = [{"kind": "calendar", "label": "plan.ics", "url": "/data/festival?file=calendar"}]
    body = json.dumps({"messages": [{"text": answer["text"], "quick_replies": [], "answer": answer}]})
    page.route("**/chat/messages", lambda route: route.fulfill(status=200, content_type="application/json", body=body))
    steps.ask(page, "?")
    page.get_by_test_id("date-first").wait_for()


def broken_off(page, language):
    """An answer came, and the line broke before it was said to be all."""
    folder = Path(__file__).parents[1] / "bot" / "answers"
    answer = json.loads((folder / f"emergency-fire-{language}.json").read_text("utf-8"))
    body = json.dumps({"message": {"text": answer["text"], "quick_replies": [], "answer": answer}}) + "\n"
    page.route(
        "**/chat/messages", lambda route: route.fulfill(status=200, content_type="application/x-ndjson", body=body)
    )
    steps.send(page, "?")
    page.get_by_test_id("cut").wait_for()


STATES = {
    "start": start, "rule": asked("rule"), "nothing": asked("nothing"), "danger": asked("danger"),
    "places": asked("near"), "error": refused, "lost": lost, "settings": settings, "share": sharing, "feedback": judged,
    "dates": dated, "cut": broken_off,
}  # fmt: skip
PAGES = {
    "provision": "/law/disaster-safety-decree/73-9", "cited": "/law/disaster-safety-decree/84-7",
    "empty": "/law/disaster-safety-decree/85", "contents": "/law/disaster-safety-decree",
    "missing": "/law/disaster-safety-decree/20-2", "offline": "/chat/offline",
}  # fmt: skip


def check(page):
    """axe's violations, each with what it is about; [] when there are none."""
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert len(found["passes"]) > 10
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found["violations"]]


def opened(visit, path, language, theme, **options):
    page = visit(path, locale=LOCALES[language], **options)
    page.evaluate(f"localStorage.setItem('ansim.theme', '{theme}')")
    # an init script is not bound by the page's Content-Security-Policy, which stays as it is
    page.add_init_script(path=AXE)
    page.reload()
    if path == "/chat/":
        steps.wait_until_ready(page)
    return page


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("state", STATES)
def test_no_violation_in_any_state_of_the_chat(visit, state, language, theme):
    page = opened(visit, "/chat/", language, theme, reduced_motion="reduce")
    STATES[state](page, language)
    assert check(page) == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", PAGES)
def test_no_violation_on_any_page(visit, name, language, theme):
    path = PAGES[name] + ("" if name == "offline" else f"?lang={language}")
    page = opened(visit, path, language, theme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert check(page) == []


@pytest.fixture
def staff_page(tmp_path, monkeypatch):
    """The staff's page with made-up reports, as the action server gives it out, in a file of its own."""
    from actions.report_page import reports_page
    from tests.browser.made_up_reports import fill

    monkeypatch.setenv("ANSIM_REPORTS", str(tmp_path / "reports.sqlite"))
    fill(tmp_path / "reports.sqlite")

    def made(language):
        path = tmp_path / f"{language}.html"
        path.write_bytes(reports_page({"lang": language}).body)
        return path.as_uri()

    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_violation_on_the_staff_page(chromium, staff_page, language, scheme):
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(path=AXE)
    page.goto(staff_page(language))
    assert check(page) == []
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 21, 27)"}[scheme]
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_screen(visit, name, language, width):
    page = visit(PAGES[name] + f"?lang={language}", locale=LOCALES[language], width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_is_what_its_sums_say_with_its_licence():
    for line in (VENDOR / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split()
        assert hashlib.sha256((VENDOR / "axe-core" / name).read_bytes()).hexdigest() == digest, name
    assert "Mozilla Public License" in (VENDOR / "axe-core" / "LICENSE").read_text("utf-8")
    assert "resolved" not in (VENDOR / "package-lock.json").read_text("utf-8")


def focused(page):
    return page.evaluate("(document.activeElement.dataset.testid ?? document.activeElement.tagName)")


def tab_to(page, testid, most=40, key="Tab"):
    """Presses Tab until the element has the focus; fails when it is not reached."""
    way = []
    for _ in range(most):
        page.keyboard.press(key)
        way.append(focused(page))
        if way[-1] == testid:
            return way
    raise AssertionError(f"{testid} was not reached: {way}")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_keyboard_alone_does_everything(visit, language):
    page = visit(locale=LOCALES[language], width=1280, height=800)
    page.evaluate("document.activeElement.blur()")
    assert tab_to(page, "skip") == ["skip"]
    assert tab_to(page, "strip-109") == ["strip-119", "strip-112", "strip-109"]
    tab_to(page, "settings-button")
    page.keyboard.press("Enter")
    tab_to(page, "theme-auto")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator("html").get_attribute("data-theme") == "contrast"
    page.keyboard.press("Escape")
    assert focused(page) == "settings-button"
    tab_to(page, "input")
    page.keyboard.type(ASKED["rule"][language])
    page.keyboard.press("Enter")
    steps.wait_for_reply(page, 0)
    assert focused(page) == "input"
    tab_to(page, "feedback-not-useful", key="Shift+Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "feedback-reason"
    page.keyboard.press("Enter")
    page.get_by_test_id("feedback-thanks").wait_for()
    assert focused(page) == "feedback-thanks"
    tab_to(page, "citation-page", key="Shift+Tab")
    with page.context.expect_page() as opening:
        page.keyboard.press("Enter")
    law = opening.value
    law.get_by_test_id("provision").wait_for()
    assert law.evaluate("location.hash") == "#4"
    tab_to(page, "citation-summary", key="Shift+Tab")
    page.keyboard.press("Escape")
    assert page.get_by_test_id("citation-quote").is_hidden()


def test_the_check_finds_what_is_wrong(visit):
    page = opened(visit, "/chat/offline", "en", "light")
    page.evaluate("document.querySelector('.brand').replaceChildren()")
    page.evaluate("document.querySelectorAll('.call-label').forEach((one) => { one.style.color = '#ddd'; })")
    assert {"link-name", "color-contrast"} <= {name for name, _ in check(page)}
