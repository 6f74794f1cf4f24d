"""Provision pages, feedback, reading aloud and colours in real Chromium; every prepared Answer on the page."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from tests.browser import page_steps as steps

pytestmark = pytest.mark.slow

ANSWERS = sorted((Path(__file__).resolve().parents[1] / "bot" / "answers").glob("*.json"))
LAW = "/law/disaster-safety-decree"


@pytest.mark.parametrize(("language", "words"), [("ko", "제73조의9제4항"), ("en", "three weeks before date")])
def test_a_provision_is_whole_without_javascript(visit, language, words):
    page = visit(f"{LAW}/73-9/4?lang={language}", java_script_enabled=False)
    assert page.url.endswith(f"/73-9?lang={language}#4")
    assert words in page.get_by_test_id("provision").inner_text()
    assert page.locator("html").get_attribute("lang") == language
    page.get_by_test_id("next").click()
    assert page.get_by_test_id("provision").get_attribute("data-provision") == "73-10"
    page.get_by_test_id("other-language").click()
    assert page.locator("html").get_attribute("lang") != language
    assert page.locator("[data-print]").is_hidden()


@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("en-US", "en"), ("fr-FR", "ko")])
def test_the_browsers_language_is_taken_when_none_is_asked_for(visit, locale, language):
    assert visit(f"{LAW}/1", locale=locale).locator("html").get_attribute("lang") == language


def test_an_unknown_article_is_a_404_with_help(visit, pages):
    page = visit(f"{LAW}/999?lang=en")
    assert page.request.get(pages.address + f"{LAW}/999").status == 404
    assert page.get_by_test_id("missing").is_visible()
    for odd in ("%2e%2e%2fhealth", "a" * 3000, "%ff", "73-9%00", "1/2/3/4/5"):
        assert page.request.get(f"{pages.address}{LAW}/{odd}").status in (404, 414)


def test_a_mark_shows_the_paragraph(visit):
    page = visit(f"{LAW}/73-9?lang=en#4")
    assert page.evaluate("document.querySelector(':target').id") == "4"
    assert page.locator("[id='4']").bounding_box()["y"] < 300


def test_print_and_copy_are_added_by_the_script(visit, pages):
    page = visit(f"{LAW}/73-9?lang=ko", permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    page.locator("[data-copy]", has_text="복사했습니다").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{pages.address}{LAW}/73-9?lang=ko"
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
    page.locator("[data-print]").click()
    assert page.locator("body").get_attribute("data-printed") == "yes"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_citation_leads_to_its_page_and_its_link_is_copied(visit, pages, language):
    locale = {"ko": "ko-KR", "en": "en-US"}[language]
    page = visit(locale=locale, permissions=["clipboard-read", "clipboard-write"])
    steps.ask(page, "언제 rule" if language == "ko" else "when rule")
    link = page.get_by_test_id("citation-page").get_attribute("href")
    assert link == f"{pages.address}{LAW}/73-9?lang={language}#4"
    copied = {"ko": "복사했습니다", "en": "Copied"}[language]
    page.get_by_test_id("citation-page-copy").click()
    page.get_by_test_id("citation-page-copy").filter(has_text=copied).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.get_by_test_id("citation-copy").click()
    page.get_by_test_id("citation-copy").filter(has_text=copied).wait_for()
    words = page.evaluate("navigator.clipboard.readText()")
    assert "three weeks" in words
    assert words.endswith(link)


def test_feedback_is_counted_once_without_words(visit, pages):
    page = visit(locale="en-US")
    steps.ask(page, "something about myself rule")
    with page.expect_request("**/chat/feedback") as asking:
        page.get_by_test_id("feedback-useful").click()
    page.get_by_test_id("feedback-thanks").wait_for()
    assert json.loads(asking.value.post_data) == {
        "status": "answered", "language": "en", "verdict": "useful", "reason": "",
    }  # fmt: skip
    page.reload()
    steps.wait_until_ready(page)
    assert page.get_by_test_id("feedback-useful").count() == 0
    assert page.get_by_test_id("feedback-thanks").is_visible()
    steps.ask(page, "stocks nothing")
    page.get_by_test_id("feedback-not-useful").click()
    page.get_by_test_id("feedback-back").click()
    page.get_by_test_id("feedback-not-useful").click()
    with page.expect_request("**/chat/feedback") as asking:
        page.locator("[data-reason=unclear]").click()
    assert json.loads(asking.value.post_data)["reason"] == "unclear"


def test_feedback_that_cannot_be_sent_says_so(visit):
    page = visit(locale="en-US")
    steps.ask(page, "when rule")
    page.route("**/chat/feedback", lambda route: route.fulfill(status=429, body="{}"))
    page.get_by_test_id("feedback-useful").click()
    page.get_by_test_id("feedback").get_by_role("alert").wait_for()
    assert page.get_by_test_id("feedback-useful").is_enabled()


SPEECH = """
window.said = []; window.cancelled = 0;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  speak(one) { window.said.push([one.lang, one.text]); window.last = one; }, cancel() { window.cancelled += 1; } } });
"""
"""Chromium here has no voices: its speech is recorded at the browser's own interface."""


@pytest.mark.parametrize(("language", "voice"), [("ko", "ko-KR"), ("en", "en-US")])
def test_an_answer_is_read_aloud_sentence_by_sentence_and_stops(visit, language, voice):
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[language])
    page.add_init_script(SPEECH)
    page.reload()
    steps.wait_until_ready(page)
    steps.ask(page, "언제 rule" if language == "ko" else "when rule")
    button = page.get_by_test_id("read-aloud")
    button.click()
    page.evaluate("window.last.onend()")
    said = page.evaluate("window.said")
    assert len(said) == 2
    assert {each[0] for each in said} == {voice}
    assert not any("<Newly" in each[1] for each in said)
    button.click()
    assert page.evaluate("window.cancelled") == 1
    page.evaluate("window.last.onend()")
    assert len(page.evaluate("window.said")) == 2
    button.click()
    page.get_by_test_id("new-conversation").click()
    assert page.evaluate("window.cancelled") == 2


@pytest.mark.parametrize(
    ("language", "first"), [("ko", "1 1 9 전화하기."), ("en", "Call 1 1 9.")], ids=["ko", "en"]
)
def test_an_emergency_is_read_aloud_the_number_first(visit, language, first):
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[language])
    page.add_init_script(SPEECH)
    page.reload()
    steps.wait_until_ready(page)
    steps.ask(page, "불이야 danger" if language == "ko" else "fire danger", timeout_ms=40_000)
    page.get_by_test_id("emergency-card").get_by_test_id("read-aloud").click()
    page.evaluate("window.last.onend()")
    said = page.evaluate("window.said")
    assert said[0] == [{"ko": "ko-KR", "en": "en-US"}[language], first]
    assert said[1][1].startswith("1 1 9")
    assert "119" not in said[1][1]


@pytest.mark.parametrize("address", ["/law", "/law/", "/law/disaster-safety-decree/", "/law/disaster-safety-decree/1/"])
def test_an_address_of_the_law_may_end_in_a_slash(visit, address):
    page = visit(address + "?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_test_id("missing").count() == 0
    assert page.locator("main").inner_text()


def test_high_contrast_reaches_seven_to_one_and_is_remembered(visit):
    page = visit()
    steps.choose_theme(page, "contrast")
    page.reload()
    steps.wait_until_ready(page)
    assert page.locator("html").get_attribute("data-theme") == "contrast"
    style = "(one) => { const s = getComputedStyle(one); return [s.color, s.backgroundColor]; }"
    assert page.locator("body").evaluate(style) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_the_address_says_the_pages_language_and_the_question_its_own(visit):
    page = visit("/chat/?lang=en", locale="ko-KR")
    steps.wait_until_ready(page)
    assert steps.page_language(page) == "en"
    steps.ask(page, "언제까지 내나요? rule")
    assert "제73조의9" in steps.get_lead(steps.last_bot_message(page))
    steps.switch_language(page, "ko")
    page.reload()
    steps.wait_until_ready(page)
    assert steps.page_language(page) == "ko"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_call_says_its_number_and_what_for_once(visit, language):
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[language])
    steps.ask(page, "불이야 danger" if language == "ko" else "fire danger")
    words = page.get_by_test_id("call-button").first.inner_text()
    assert words.count("119") == 1
    assert len(words) > 12


def told(answer):
    """What must not be lost on the page: the lead, numbers to call, provisions, places, dates of the sources."""
    yield from (call["number"] for call in answer["calls"])
    yield from (cited["label"] for cited in answer["citations"])
    yield from (place["name"] for place in answer["places"])
    if not answer["citations"] and not answer["calls"]:
        yield from answer["source_dates"]


def answering(page, answer):
    """Makes the next reply this Answer."""
    body = json.dumps({"messages": [{"text": answer["text"], "quick_replies": [], "answer": answer}]})
    page.route("**/chat/messages", lambda route: route.fulfill(status=200, content_type="application/json", body=body))


@pytest.mark.parametrize(("stem", "once"), [("rule-due-ko", "3주 전까지"), ("rule-due-en", "three weeks before date")])
def test_a_quote_is_not_said_twice(visit, stem, once):
    answer = json.loads((ANSWERS[0].parent / f"{stem}.json").read_text("utf-8"))
    page = visit()
    answering(page, answer)
    steps.ask(page, "?")
    assert page.get_by_test_id("message-text").count() == 0
    assert page.get_by_test_id("citation").first.inner_text().count(once) == 1


@pytest.mark.parametrize(("language", "date"), [("ko", "2023년 6월 27일"), ("en", "27 June 2023")])
def test_the_date_of_the_text_is_written_as_people_write_it_and_follows_the_page(visit, language, date):
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[language])
    steps.ask(page, "언제 rule")
    assert date in page.get_by_test_id("citation-date").first.inner_text()
    steps.switch_language(page, {"ko": "en", "en": "ko"}[language])
    assert date not in page.get_by_test_id("citation-date").first.inner_text()


@pytest.mark.parametrize("stem", ["others-ko", "others-en", "festival-ko", "festival-en"])
def test_what_is_said_beside_the_quotes_is_shown(visit, stem):
    answer = json.loads((ANSWERS[0].parent / f"{stem}.json").read_text("utf-8"))
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[answer["language"]])
    answering(page, answer)
    steps.ask(page, "?")
    shown = page.get_by_test_id("message-body").last.inner_text()
    bullets = [line.strip()[2:] for line in answer["text"].split("\n") if line.strip().startswith(("•", "–"))]
    assert len(bullets) > 4
    assert [line for line in bullets if line not in shown] == []
    assert "•" not in shown  # they are list items
    assert page.get_by_test_id("message-text").locator("li").count() >= len(bullets)


def test_files_are_offered_and_only_of_this_service(visit):
    answer = json.loads((ANSWERS[0].parent / "rule-due-ko.json").read_text("utf-8"))
    good = {"kind": "ics", "label": "달력 파일 (.ics)", "url": "/law/disaster-safety-decree/73-9?file=ics"}
    strange = ("//evil.example/x", "https://evil.example", "javascript:1")
    bad = [{"kind": "x", "label": "x", "url": url} for url in strange]
    page = visit()
    answering(page, {**answer, "files": [good, *bad]})
    steps.ask(page, "?")
    assert [one.get_attribute("href") for one in page.get_by_test_id("file").all()] == [good["url"]]


@pytest.mark.parametrize(
    ("first", "last", "sent"),
    [
        ("2026-05-05", "", "2026-05-05"),
        ("2026-05-05", "2026-05-06", "2026-05-05 ~ 2026-05-06"),
        ("2026-05-05", "2026-05-05", "2026-05-05"),
    ],
)
def test_a_question_for_days_has_date_fields_that_are_understood(visit, first, last, sent):
    from nlu.festival_form import step

    answer = json.loads((ANSWERS[0].parent / "which-kind-ko.json").read_text("utf-8"))
    page = visit()
    answering(page, {**answer, "computed": [{"name": "asks", "value": "dates"}]})
    steps.ask(page, "축제 점검")
    page.get_by_test_id("date-first").fill(first)
    page.get_by_test_id("date-last").fill(last)
    before = steps.bot_messages(page).count()
    page.get_by_test_id("date-send").click()
    steps.wait_for_reply(page, before)
    assert [each.text for each in steps.read_log(page) if each.sender == "user"][-1] == sent
    for language in ("ko", "en"):
        found = step(sent, language, dt.date(2026, 3, 1), "dates", {}).facts["dates"]
        assert (found["start"], found["end"] or first) == (first, last or first)


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_nothing_that_matters_is_lost_of_any_answer(visit, path):
    answer = json.loads(path.read_text("utf-8"))
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[answer["language"]])
    answering(page, answer)
    steps.ask(page, "?")
    shown = re.sub(r"\s+", " ", page.get_by_test_id("message-body").last.inner_text())
    assert re.sub(r"\s+", " ", answer["lead"]).strip() in shown
    for part in told(answer):
        assert part in shown, part
    for call in answer["calls"]:
        digits = re.sub(r"[^0-9]", "", call["number"])
        assert f"tel:{digits}" in steps.get_calls(steps.last_bot_message(page))
    for each in answer["computed"]:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(each.get("value"))):
            day = dt.date.fromisoformat(each["value"])
            written = {"ko": f"{day.year}년 {day.month}월 {day.day}일", "en": f"{day.day} {day:%B %Y}"}
            assert written[answer["language"]] in shown, each
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
