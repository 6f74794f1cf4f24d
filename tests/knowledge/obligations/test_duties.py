"""Every row of duties is tied to the words of its provision: numbers, period, "must" or "may", pointers."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from knowledge.library import decree
from knowledge.numbers import implied_en, numbers_en, numbers_ko
from knowledge.obligations.duties import (
    DAY,
    HALF_YEAR,
    IS,
    MAY,
    MONTH,
    MUST,
    WEEK,
    YEAR,
    Duty,
    DutyError,
    Period,
    duties,
    duties_of,
    duty,
    holders,
    names,
    unlisted,
)
from knowledge.pointers import find_pointers

ROWS = list(duties().values())
SPELLED = {1: "one", 2: "two", 3: "three", 5: "five", 7: "seven", 10: "ten"}
ALL_UNITS = (DAY, WEEK, MONTH, YEAR)
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)


def words(row: Duty) -> str:
    law = decree().law
    return " ".join(law.unit(each).words() for each in (row.provision, *row.beside))


def sayings(row: Duty) -> list[dict[str, str]]:
    return [dict(said) for said in (row.condition, row.what, row.exceptions) if said is not None]


def without_one(numbers: set[str]) -> set[str]:
    return numbers - {"1"}


@each_row
def test_provisions_are_living_units_of_the_text(row: Duty) -> None:
    law = decree().law
    for provision in (row.provision, *row.beside):
        assert law.has(provision)
        assert law.article_of(provision).status == "living"
        assert not law.unit(provision).deleted


@each_row
def test_both_languages_are_there(row: Duty) -> None:
    for said in sayings(row):
        assert set(said) == {"en", "ko"}
        assert re.search("[a-z]", said["en"])
        assert not re.search("[가-힣]", said["en"])
        assert re.search("[가-힣]", said["ko"])


@each_row
def test_numbers_are_those_of_the_provision(row: Duty) -> None:
    text = words(row).replace("twice", "2")
    stated = numbers_en(text) | implied_en(text)
    for said in sayings(row):
        ours = said["en"].replace("twice", "2")
        english = without_one(numbers_en(ours) | implied_en(ours))
        assert english <= stated, f"{english - stated} is not in the text"
        assert english == without_one(numbers_ko(said["ko"]))


@each_row
def test_must_and_may_are_those_of_the_provision(row: Duty) -> None:
    text = words(row)
    if row.force == MUST:
        assert re.search(r"\b(shall|should)\b", text)
        assert row.what["en"].startswith("must ")
        assert re.search("야 합니다|야 하고", row.what["ko"])
    elif row.force == MAY:
        assert re.search(r"\bmay\b", text)
        assert row.what["en"].startswith("may ")
        assert "수 있습니다" in row.what["ko"] or "수 있고" in row.what["ko"]
    else:
        assert row.force == IS
        assert not row.what["en"].startswith(("must ", "may "))
        assert not re.search("해야 합니다", row.what["ko"])


def spelled(amount: int, unit: str) -> str:
    number = f"(?:{amount}|{SPELLED[amount]})" if amount in SPELLED else str(amount)
    return rf"\b{number} {unit}s?\b"


TIMES = {1: "once", 2: "twice"}
EACH = {YEAR: "(?:(?:a|each) year|annually|year's)", MONTH: "each month", HALF_YEAR: "each half-year"}
BESIDE = {"before": "before|prior to|later than", "after": "within|after|from|for at least|for five years"}


@each_row
def test_the_period_is_that_of_the_provision(row: Duty) -> None:
    text, period = words(row), row.period
    if period.date:
        month, day = period.date.split("-")
        name = dt.date(2001, int(month), 1).strftime("%B")
        said = {"02-last": "the end of February", "12-last": "by the end of each year"}
        assert said.get(period.date, f"{name} {day.lstrip('0')}") in text
    elif period.times:
        assert re.search(rf"at least {TIMES[period.times]} {EACH[period.unit]}", text, re.I)
    elif period.unit and not period.anchor and period.amount == 1:
        assert re.search(EACH[period.unit], text)
    elif period.unit and not period.anchor:
        assert re.search(rf"every {SPELLED[period.amount]} {period.unit}s", text)
    elif period.unit == "month_end":
        assert "by the last day of the month in which falls the date" in text
    elif period.structured and period.amount == 0:
        assert re.search("(not later than|by not later than) the (date of commencement|expiration date)", text, re.I)
    elif period.structured:
        unit = YEAR if period.unit == "calendar_year" else period.unit
        assert re.search(spelled(period.amount, unit), text)
        assert re.search(BESIDE[period.side], text)


SAID_WHEN = {
    "without_delay": "without delay",
    "immediately": "immediately",
    "in_advance": "in advance|first|predetermine|pre-notify|preliminary|prior|before|seeking opinions",
    "first": "first seek",
    "on_change": "amended|replac",
    "occasionally": "occasional",
    "continuously": "continuously",
    "frequently": "frequently",
}


@each_row
def test_the_word_of_a_period_stands_in_the_provision(row: Duty) -> None:
    if row.period.word in SAID_WHEN:
        assert re.search(SAID_WHEN[row.period.word], words(row), re.I)


@each_row
def test_no_period_of_the_provision_is_left_out(row: Duty) -> None:
    """A "within … days" of a row's own provision is the row's period (or is stated in its exceptions)."""
    own = decree().law.unit(row.provision).own
    found = re.findall(r"within (\w+) (day|month|year)s? (?:from|after)", own)
    if not found or row.force == IS:
        return
    value = {name: number for number, name in SPELLED.items()}
    amounts = {value.get(amount) or int(amount) for amount, _ in found}
    shared = [other for other in ROWS if other.provision == row.provision]
    assert amounts <= {other.period.amount for other in shared}


@each_row
def test_what_is_not_in_the_text_is_said(row: Duty) -> None:
    text = words(row)
    targets = {(pointer.kind, pointer.target) for pointer in find_pointers(text)}
    tables = {f"table-{target}" for kind, target in targets if kind == "attached_table"}
    assert tables == {name for name in row.elsewhere if name.startswith("table-")}
    ordinance = any(kind == "ordinance" for kind, _ in targets)
    assert "ordinance" in row.elsewhere or not ordinance
    assert ordinance or "ordinance" not in row.elsewhere or "ordinance" in text.lower()
    assert "act" not in row.elsewhere or "of the Act" in text


def test_every_shall_and_may_has_a_row_or_a_reason() -> None:
    law, left_out = decree().law, unlisted()
    grounds = {each for row in ROWS for each in (row.provision, *row.beside)}

    def has_row(provision: str) -> bool:
        return any(g == provision or g.startswith(provision + "/") or provision.startswith(g + "/") for g in grounds)

    said = [
        paragraph.id
        for article in law.living
        for paragraph in article.paragraphs
        if not paragraph.deleted and re.search(r"\b(shall|may|should)\b", paragraph.words())
    ]
    assert len(law.living) == 161
    assert [each for each in said if not has_row(each) and each not in left_out] == []
    assert [each for each in left_out if has_row(each) or each not in said] == []


def test_left_out_for_the_minister_speaks_of_no_other_duty() -> None:
    """What is left out as the Minister's names the Minister (or nobody), never a citizen, host or owner."""
    law = decree().law
    strangers = re.compile(r"(person|owner|occupant|insurer|carrier|host|institute)s?\b[^.;]{0,60}\bshall\b")
    for provision, reason in unlisted().items():
        if reason in ("minister", "powers"):
            assert not strangers.search(law.unit(provision).own), provision


def test_names_have_both_languages_and_are_used() -> None:
    used = {
        "holders": {holder for row in ROWS for holder in row.holders},
        "addressees": {to for row in ROWS for to in row.addressees},
        "kinds": {row.kind for row in ROWS},
        "anchors": {row.period.anchor for row in ROWS} - {""},
        "words": {row.period.word for row in ROWS} - {""},
        "pointers": {name for row in ROWS for name in row.elsewhere},
    }
    for group, keys in used.items():
        assert set(names(group)) == keys, group
        for said in names(group).values():
            assert said["en"]
            assert re.search("[가-힣]", said["ko"])


@pytest.mark.parametrize(
    ("duty_id", "provision"),
    [
        ("festival-plan", "73-9/4"),
        ("festival-change", "73-9/4"),
        ("insurance-permission", "84-6/3/1"),
        ("insurance-use", "84-6/3/2"),
        ("insurance-who-owner", "84-6/2/1"),
        ("insurance-who-occupant", "84-6/2/2"),
        ("insurance-who-manager", "84-6/2/3"),
        ("insurance-which", "84-5/0"),
        ("crisis-manual", "43-9/1"),
        ("crisis-manual-drill", "43-9/2"),
        ("continuity-notice", "29-3/4"),
        ("drill-findings", "43-14/6"),
        ("inspection-grade-abc", "34-2/3/1/a"),
        ("inspection-grade-d", "34-2/3/1/b"),
        ("inspection-grade-e", "34-2/3/1/c"),
        ("designation-report", "35/1"),
        ("loss-consultation", "71/1"),
        ("loss-decision", "71/2"),
        ("equipment-replaced", "72/4/1"),
        ("advance-payment-report", "73-3/2"),
        ("expenses-return", "73-4/0"),
    ],
)
def test_what_must_be_there_is_there(duty_id: str, provision: str) -> None:
    assert duty(duty_id).provision == provision


def test_rows_of_a_holder_and_unknown_ids() -> None:
    assert {row.id for row in duties_of("multi-use")} >= {"crisis-manual", "crisis-manual-drill"}
    assert all(duties_of(holder) for holder in holders())
    with pytest.raises(DutyError, match="there is no duty"):
        duty("nothing")


D = dt.date
DAYS = [
    ("loss-consultation", D(2025, 7, 3), D(2025, 9, 1)),
    ("loss-consultation", D(2025, 12, 15), D(2026, 2, 13)),
    ("loss-consultation", D(2024, 1, 1), D(2024, 3, 1)),
    ("loss-consultation", D(2023, 1, 1), D(2023, 3, 2)),
    ("loss-decision", D(2025, 7, 3), D(2025, 12, 30)),
    ("loss-decision", D(2025, 8, 31), D(2026, 2, 27)),
    ("loss-decision", D(2024, 1, 1), D(2024, 6, 29)),
    ("insurance-permission", D(2026, 6, 1), D(2026, 7, 1)),
    ("insurance-permission", D(2026, 1, 31), D(2026, 3, 2)),
    ("insurance-permission", D(2024, 1, 30), D(2024, 2, 29)),
    ("insurance-use", D(2026, 6, 1), D(2026, 6, 1)),
    ("insurance-renewal", D(2026, 12, 31), D(2026, 12, 31)),
    ("festival-plan", D(2026, 5, 3), D(2026, 4, 12)),
    ("festival-plan", D(2026, 1, 10), D(2025, 12, 20)),
    ("festival-change", D(2026, 5, 3), D(2026, 4, 26)),
    ("continuity-notice", D(2026, 1, 31), D(2026, 2, 28)),
    ("continuity-notice", D(2024, 1, 31), D(2024, 2, 29)),
    ("continuity-notice", D(2026, 5, 12), D(2026, 6, 12)),
    ("drill-notice", D(2026, 5, 20), D(2026, 5, 5)),
    ("drill-findings", D(2026, 5, 20), D(2026, 5, 30)),
    ("drill-evaluation-result", D(2026, 5, 20), D(2026, 6, 19)),
    ("designation-report", D(2026, 2, 3), D(2026, 2, 28)),
    ("designation-report", D(2026, 10, 31), D(2026, 10, 31)),
    ("cooperation-officer-notice", D(2026, 2, 1), D(2026, 3, 3)),
    ("rescue-training-first", D(2024, 2, 29), D(2025, 2, 28)),
    ("rescue-training-first", D(2026, 3, 2), D(2027, 3, 2)),
    ("restoration-inspection-notice", D(2026, 3, 3), D(2026, 2, 26)),
    ("disaster-records-kept", D(2023, 8, 10), D(2028, 12, 31)),
    ("cause-report", D(2025, 11, 30), D(2026, 2, 28)),
    ("research-accounts", D(2025, 12, 31), D(2026, 2, 28)),
    ("insurer-accounts", D(2026, 3, 31), D(2026, 5, 31)),
    ("insurance-improvement", D(2026, 12, 20), D(2027, 1, 19)),
    ("discipline-answer", D(2026, 5, 2), D(2026, 7, 1)),
    ("warning-disclosure", D(2026, 4, 1), D(2026, 5, 1)),
]
"""Counted by hand on a calendar."""


@pytest.mark.parametrize(("duty_id", "anchor", "day"), DAYS)
def test_days_counted_by_hand(duty_id: str, anchor: dt.date, day: dt.date) -> None:
    assert duty(duty_id).period.due(anchor) == day


def test_a_period_without_an_anchor_gives_no_day() -> None:
    with pytest.raises(DutyError, match="no calendar day"):
        Period(word="without_delay").due(D(2026, 1, 1))
    with pytest.raises(ValueError, match="beyond the calendar"):
        duty("festival-plan").period.due(D(1, 1, 2))
