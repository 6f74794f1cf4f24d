"""How the words of an answer stand on the page: lists, sections, links, and what is kept together."""

from __future__ import annotations

import json

import pytest

from nlu.texts import text
from tests.browser import page_steps as steps
from tests.browser.test_pages import ANSWERS, answering

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("stem", "due"), [("files-ko", "2026년 4월 14일 화요일"), ("files-en", "Tuesday, 14 April 2026")]
)
def test_a_festival_result_begins_with_days_and_files_and_folds_only_what_changed_since(visit, stem, due):
    answer = json.loads((ANSWERS[0].parent / f"{stem}.json").read_text("utf-8"))
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[answer["language"]])
    answering(page, answer)
    steps.ask(page, "?")
    body = page.get_by_test_id("message-body").last
    order = body.locator("[data-testid=lead], [data-testid=dues], [data-testid=files], [data-testid=part]")
    assert [one.get_attribute("data-testid") for one in order.all()] == ["lead", "dues", "files"] + ["part"] * 4
    assert due in body.get_by_test_id("dues").inner_text()
    blocks = [block.split("\n") for block in answer["text"].split("\n\n") if "\n•" in block]
    for block, part in zip(blocks, body.get_by_test_id("part").all(), strict=True):
        assert part.get_by_role("heading").inner_text() == block[0].rstrip(":")
        assert part.locator("li").count() == sum(line.strip().startswith(("•", "–")) for line in block)
        assert part.locator("details").count() == 0
    notes = [line[2:] for line in answer["text"].split("\n") if line.startswith("※")]
    since = body.get_by_test_id("since")
    assert not since.locator("li").first.is_visible()
    since.locator("summary").click()
    assert since.locator("li").all_inner_texts() == notes
    named = " · ".join(file["label"] for file in answer["files"])
    assert named in answer["text"]
    assert named not in body.inner_text()


def test_an_address_in_the_words_is_a_link_and_markup_stays_text(visit):
    answer = json.loads((ANSWERS[0].parent / "rule-fine-en.json").read_text("utf-8"))
    said = "Page: https://www.law.go.kr/법령/x. See http://evil.example, javascript:alert(1) and <b>law.go.kr</b>"
    page = visit()
    answering(page, {**answer, "text": f"{answer['lead']}\n\n{said}", "citations": []})
    steps.ask(page, "?")
    words = page.get_by_test_id("message-text")
    assert words.inner_text() == said
    (link,) = words.locator("a").all()
    assert link.evaluate("(one) => decodeURI(one.href)") == "https://www.law.go.kr/법령/x"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


@pytest.mark.parametrize("kept", ["AS-K3WM-H7N", "120 m", "제73조의9제4항", "(제73조의9)이", "Article 73-9 (1) 2 (b)"])
def test_what_belongs_together_is_not_broken_over_two_lines(visit, kept):
    answer = json.loads((ANSWERS[0].parent / "help-en.json").read_text("utf-8"))
    page = visit(width=320)
    told = [f"{'가나다라 ' * 3}{'x' * more} {kept} end" for more in range(1, 16)]
    answering(page, {**answer, "lead": "Lead.", "text": "\n".join(["Lead.", *(f"• {each}" for each in told)])})
    steps.ask(page, "?")
    held = page.get_by_test_id("message-text").locator(".whole")
    assert held.all_inner_texts() == [kept] * len(told)
    assert held.evaluate_all("(all) => Math.max(...all.map((one) => one.getClientRects().length))") == 1


def test_a_number_to_call_is_said_once(visit):
    answer = json.loads((ANSWERS[0].parent / "report-en.json").read_text("utf-8"))
    assert [call["label"] for call in answer["calls"]] == ["110", "119"]
    page = visit()
    answering(page, answer)
    steps.ask(page, "?")
    told = [button.inner_text().strip() for button in page.get_by_test_id("call-button").all()]
    assert told == ["Call 110", "Call 119"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_answer_on_a_place_and_a_rule_says_each_lead_once(visit, language):
    answer = json.loads((ANSWERS[0].parent / f"both-{language}.json").read_text("utf-8"))
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[language])
    answering(page, answer)
    steps.ask(page, "?")
    shown = page.get_by_test_id("message-body").last.inner_text()
    rule = answer["text"].split(f"{text('nearby.also', language)}\n")[1].split("\n")[0]
    assert (shown.count(answer["lead"]), shown.count(rule)) == (1, 1)
