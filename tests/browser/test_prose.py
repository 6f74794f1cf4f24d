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


KEPT = [
    "AS-K3WM-H7N", "120 m", "2025-07-16", "031-470-7561", "제73조의9제4항", "(제73조의9)이", "Article 73-9 (1) 2 (b)",
    "(Article 73-9 (4))", "(2023-10", "[Article 73-9 (2) 1]",
]  # fmt: skip


@pytest.mark.parametrize("kept", KEPT)
def test_what_belongs_together_is_not_broken_over_two_lines(visit, kept):
    answer = json.loads((ANSWERS[0].parent / "help-en.json").read_text("utf-8"))
    page = visit(width=320)
    told = [f"{'가나다라 ' * 3}{'x' * more} {kept} end" for more in range(1, 16)]
    answering(page, {**answer, "lead": "Lead.", "text": "\n".join(["Lead.", *(f"• {each}" for each in told)])})
    steps.ask(page, "?")
    held = page.get_by_test_id("message-text").locator(".whole")
    assert held.all_inner_texts() == [kept] * len(told)
    lines = "(all) => Math.max(...all.map((one) => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)))"
    assert held.evaluate_all(lines) < 1.5


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


STANDING = [
    ("rule-due-ko", ["근거", "함께 찾은 조문"]), ("others-en", ["Other provisions found"]), ("rule-fine-ko", ["근거"]),
    ("no-evidence-en", ["Nearest provisions (not an answer)"]), ("files-en", ["Source"]),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "titles"), STANDING, ids=[stem for stem, _ in STANDING])
def test_what_an_answer_rests_on_stands_apart_from_what_was_found_beside_it(visit, stem, titles):
    answer = json.loads((ANSWERS[0].parent / f"{stem}.json").read_text("utf-8"))
    page = visit(locale={"ko": "ko-KR", "en": "en-US"}[answer["language"]])
    answering(page, answer)
    steps.ask(page, "?")
    assert page.get_by_test_id("citations-title").all_inner_texts() == titles
    assert steps.get_citations(steps.last_bot_message(page)) == [each["provision"] for each in answer["citations"]]
    if len(titles) == 2:
        second = page.get_by_test_id("citations-title").nth(1)
        follows = "(one) => one.nextElementSibling.dataset.provision"
        assert second.evaluate(follows) == answer["citations"][1]["provision"]


def test_names_joined_by_korean_dots_are_broken_after_a_dot_only(visit):
    answer = json.loads((ANSWERS[0].parent / "help-en.json").read_text("utf-8"))
    page = visit(width=320)
    told = "시장ㆍ군수ㆍ구청장에게ㆍ제출하여야ㆍ하는ㆍ안전관리계획"
    answering(page, {**answer, "language": "ko", "lead": told, "text": told})
    steps.choose_size(page, "larger")
    steps.ask(page, "?")
    lead = page.get_by_test_id("lead")
    assert lead.text_content() == told
    lines = """(lead) => { const found = []; const walk = document.createTreeWalker(lead, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const range = document.createRange(); range.selectNodeContents(node); found.push(range.getClientRects().length); }
    return found; }"""
    assert set(lead.evaluate(lines)) == {1}
    assert lead.evaluate("(one) => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)") > 1.5


def test_a_middle_dot_stays_with_the_word_before_it(visit):
    answer = json.loads((ANSWERS[0].parent / "help-en.json").read_text("utf-8"))
    page = visit(width=320)
    told = [f"{'가나다라 ' * 3}{'x' * more} 기록·유지해야 합니다" for more in range(1, 16)]
    words = "\n".join(["답.", *(f"• {each}" for each in told)])
    answering(page, {**answer, "language": "ko", "lead": "답.", "text": words})
    steps.ask(page, "?")
    items = page.get_by_test_id("message-text").locator("li")
    assert [each.text_content() for each in items.all()] == told
    kept = items.locator(".tied")
    assert kept.all_inner_texts() == ["록·"] * len(told)
    assert kept.evaluate_all("(all) => Math.max(...all.map((one) => one.getClientRects().length))") == 1


def test_lines_set_in_under_an_item_belong_to_it_and_a_heading_in_the_midst_begins_a_part(visit):
    answer = json.loads((ANSWERS[0].parent / "help-en.json").read_text("utf-8"))
    page = visit()
    told = "Found:\n• 1. Outline\n  “1. Outline” (paragraph 2)\n• b\n  – c\n    d\nBeside it:\n• e\nThat is all."
    answering(page, {**answer, "lead": "Lead.", "text": f"Lead.\n\n{told}"})
    steps.ask(page, "?")
    parts = page.get_by_test_id("part").all()
    assert [part.get_by_role("heading").inner_text() for part in parts] == ["Found", "Beside it"]
    outline = parts[0].locator("li").first
    assert outline.locator("p").all_inner_texts() == ["“1. Outline” (paragraph 2)"]
    assert outline.evaluate("(one) => getComputedStyle(one).listStyleType") == "none"
    assert parts[0].locator("li li p").all_inner_texts() == ["d"]
    assert parts[1].locator("p").all_inner_texts() == ["That is all."]


COUNTED = {
    "ko-KR": ("2,000자를 모두 썼습니다", "1자 더", "12자 더"),
    "en-US": ("Limit of 2,000 characters reached", "1 more character fits", "12 more characters"),
}


@pytest.mark.parametrize("locale", list(COUNTED))
def test_the_counter_says_how_many_more_fit(visit, locale):
    page = visit(locale=locale)
    for length, words in zip((2000, 1999, 1988), COUNTED[locale], strict=True):
        page.get_by_test_id("input").fill("a" * length)
        assert words in page.get_by_test_id("counter").inner_text()
    page.get_by_test_id("input").fill("a" * 1500)
    assert page.get_by_test_id("counter").is_hidden()
