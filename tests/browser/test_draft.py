"""A draft chosen or pasted in real Chromium, checked by the real route; and what a new conversation erases."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from nlu.texts import text
from tests.actions.festival_drafts import GOOD_EN, GOOD_KO, docx_with_headings
from tests.browser import page_steps as steps

pytestmark = pytest.mark.slow
WORDS = {
    "ko-KR": ("축제 안전관리계획 초안 점검", GOOD_KO, "초안 점검 중"),
    "en-US": ("Check a draft", GOOD_EN, "Checking the draft"),
}


def choose_file(page, files):
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("draft-button").click()
    chooser.value.set_files(files)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("locale", list(WORDS))
def test_a_file_is_chosen_and_checked(visit, locale, width, tmp_path):
    name, written, progress = WORDS[locale]
    page = visit(locale=locale, width=width)
    (tmp_path / "계획 plan.docx").write_bytes(docx_with_headings(written))
    assert page.get_by_role("button", name=name).get_attribute("data-testid") == "draft-button"
    assert name in page.get_by_test_id("draft-button").get_attribute("title")
    assert page.get_by_test_id("draft-file").get_attribute("accept") == ".txt,.md,.docx,.pdf"
    shown = []
    state = page.get_by_test_id("message-state")
    page.route("**/draft?*", lambda route: (shown.append(state.inner_text()), route.continue_()))
    choose_file(page, tmp_path / "계획 plan.docx")
    answer = steps.wait_for_reply(page, 0)[-1]
    assert (answer.sender, answer.status) == ("bot", "answered")
    assert [progress in each for each in shown] == [True]
    assert "계획 plan.docx" in steps.read_log(page)[0].text
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for part in ("outline", "emergency"):
        assert text(f"documents.part.{part}.title", locale[:2]) in answer.text
    steps.reload_page(page)
    assert [message.status for message in steps.read_log(page)] == [None, "answered"]


@pytest.mark.parametrize(("locale", "words"), [("ko-KR", "손상"), ("en-US", "damaged")])
def test_a_broken_file_is_answered_in_words(visit, locale, words):
    page = visit(locale=locale)
    broken = docx_with_headings(GOOD_EN)[:900]
    choose_file(page, {"name": "plan.docx", "mimeType": "application/octet-stream", "buffer": broken})
    assert words in steps.wait_for_reply(page, 0)[-1].text


@pytest.mark.parametrize(("locale", "words"), [("ko-KR", "5MB를 넘습니다"), ("en-US", "larger than 5 MB")])
def test_a_large_file_is_refused_without_being_sent(visit, locale, words):
    page = visit(locale=locale)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/draft" in request.url else None)
    choose_file(page, {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": bytes(5 * 1024 * 1024 + 1)})
    expect(page.get_by_test_id("message-state")).to_contain_text(words)
    with page.expect_file_chooser():
        page.get_by_test_id("message-again").click()
    assert [url for url in sent if "draft?" in url] == []


def test_a_check_that_was_cut_off_can_be_had_again(visit):
    page = visit(locale="en-US")
    page.route("**/draft?*", lambda route: route.abort())
    choose_file(page, {"name": "plan.txt", "mimeType": "text/plain", "buffer": GOOD_EN.encode()})
    expect(page.get_by_test_id("message-state")).to_contain_text("could not be checked now")
    page.unroute("**/draft?*")
    page.get_by_test_id("message-again").click()
    assert steps.wait_for_reply(page, 0)[-1].status == "answered"


def test_a_reload_in_the_middle_asks_for_the_file_again(visit):
    page = visit(locale="en-US")
    page.route("**/draft?*", lambda route: None)
    choose_file(page, {"name": "plan.txt", "mimeType": "text/plain", "buffer": GOOD_EN.encode()})
    page.get_by_test_id("message-state").wait_for()
    steps.reload_page(page)
    expect(page.get_by_test_id("message-state")).to_contain_text("Choose the file again")
    assert "Kim Min-su" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize(("locale", "written"), [("ko-KR", GOOD_KO), ("en-US", GOOD_EN)], ids=["ko", "en"])
def test_a_long_text_that_is_pasted_can_be_checked(visit, locale, written):
    page = visit(locale=locale, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_test_id("input").fill("abc")
    page.evaluate("words => navigator.clipboard.writeText(words)", written + "\n\n" + "-" * 2000)
    page.get_by_test_id("input").press("Control+V")
    page.get_by_test_id("draft-now").click()
    assert steps.wait_for_reply(page, 0)[-1].status == "answered"
    assert page.get_by_test_id("input").input_value() == "abc"
    assert page.get_by_test_id("draft-offer").is_hidden()


KEEP_ERASED = """() => { const sent = fetch; window.fetch = (url, options) => {
if (String(url).endsWith("/forget") && options.keepalive) sessionStorage.setItem("asked", options.body);
return sent(url, options); }; }"""


def erased(page):
    found = []
    page.on("request", lambda request: found.append(json.loads(request.post_data)["sender"])
            if request.url.endswith("/forget") else None)  # fmt: skip
    return found


def test_an_earlier_conversation_is_erased_once_it_cannot_be_brought_back(visit):
    page = visit(locale="en-US")
    asked = erased(page)
    steps.ask(page, "provision rule")
    first = steps.sender_id(page)
    steps.new_conversation(page)
    assert asked == []
    page.get_by_test_id("undo").click()
    assert steps.sender_id(page) == first
    steps.ask(page, "another rule")
    assert asked == []
    steps.new_conversation(page)
    with page.expect_response("**/forget") as answer:
        steps.ask(page, "provision rule")
    assert (answer.value.status, answer.value.json()) == (200, {"status": "ok"})
    assert asked == [first]
    steps.ask(page, "another rule")
    assert asked == [first]


def test_a_page_that_is_left_erases_what_was_put_aside(visit):
    page = visit(locale="en-US")
    page.evaluate(KEEP_ERASED)  # Playwright does not see what a page sends while it closes
    steps.ask(page, "provision rule")
    first = steps.sender_id(page)
    steps.new_conversation(page)
    assert page.evaluate("sessionStorage.getItem('asked')") is None
    steps.reload_page(page)
    assert json.loads(page.evaluate("sessionStorage.getItem('asked')")) == {"sender": first}


def test_the_page_goes_on_when_erasing_fails(visit):
    page = visit(locale="en-US")
    page.route("**/forget", lambda route: route.abort())
    steps.ask(page, "provision rule")
    steps.new_conversation(page)
    assert steps.ask(page, "provision rule")[-1].status == "answered"
