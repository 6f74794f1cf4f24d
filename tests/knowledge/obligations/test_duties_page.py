"""The page of duties is what the data says, and periods read as the provisions do."""

from __future__ import annotations

import re

import pytest

from knowledge.citation import label_en
from knowledge.obligations.duties import duties, duty, holders
from knowledge.obligations.page import PAGE, page
from knowledge.obligations.said import when


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m knowledge.obligations.page`"


def test_every_row_stands_under_each_of_its_holders() -> None:
    written = page()
    sections = re.split("(?m)^### ", written)[1:]
    by_name = {section.split(" · ", 1)[0]: section for section in sections}
    for row in duties().values():
        for holder in row.holders:
            section = by_name[holders()[holder].name["en"]]
            line = next(line for line in section.splitlines() if line.startswith(f"| `{row.id}` |"))
            for said in (label_en(row.provision), row.what["en"], row.what["ko"]):
                assert said in line


@pytest.mark.parametrize(
    ("duty_id", "english", "korean"),
    [
        ("festival-plan", "no later than 3 weeks before the date of the festival", "축제 개최일 3주 전까지"),
        ("loss-consultation", "within 60 days from the date the measures were taken", "조치가 있는 날부터 60일 이내"),
        ("continuity-notice", "within 1 month from the day the plan was formulated or modified",
         "계획을 수립하거나 변경한 날부터 1개월 이내"),
        ("crisis-manual-drill", "at least once a year", "매년 1회 이상"),
        ("inspection-grade-e", "at least twice a month", "매월 2회 이상"),
        ("inspection-grade-abc", "at least once each half-year", "반기별 1회 이상"),
        ("rescue-training-regular", "every 2 years", "2년마다"),
        ("status-publication", "by 31 March each year", "매년 3월 31일까지"),
        ("safety-plan-district", "by the end of February each year", "매년 2월 말일까지"),
        ("disaster-prevention-day", "on 25 May each year", "매년 5월 25일"),
        ("designation-report", "by the last day of the month of the date of the designation or the measures",
         "지정 또는 조치를 한 날이 속하는 달의 말일까지"),
        ("insurance-use", "by the date the facility begins to be used for its original purpose",
         "시설을 본래 사용 목적으로 쓰기 시작하는 날까지"),
        ("disaster-records-kept", "for 5 years from the year after the day the restoration was completed",
         "복구가 끝난 날의 다음 해부터 5년간"),
        ("imposition-posting", "for at least 15 days from the day the order was posted",
         "게시를 시작한 날부터 15일 이상"),
        ("advance-payment-report", "without delay", "지체 없이"),
        ("fund-deposit", "every year", "매년"),
    ],
)  # fmt: skip
def test_periods_as_they_are_said(duty_id: str, english: str, korean: str) -> None:
    assert when(duty(duty_id).period, "en") == english
    assert when(duty(duty_id).period, "ko") == korean


def test_every_period_can_be_said() -> None:
    for row in duties().values():
        for language in ("en", "ko"):
            said = when(row.period, language)
            assert said
            assert "{" not in said


def test_later_amended_provisions_are_marked() -> None:
    lines = {line.split("`")[1]: line for line in page().splitlines() if line.startswith("| `")}
    assert "제73조의9제4항 †" in lines["festival-plan"]
    assert "†" not in lines["loss-consultation"]
