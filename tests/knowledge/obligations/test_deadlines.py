"""Calendar days before and after, and the public holidays of Korea."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.obligations import deadlines
from knowledge.obligations.deadlines import Deadline, after, before, holiday_name, is_closed, last_open

D = dt.date


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (before(D(2027, 5, 3), weeks=3), D(2027, 4, 12)),
        (before(D(2027, 5, 3), days=7), D(2027, 4, 26)),
        (before(D(2027, 1, 10), weeks=3), D(2026, 12, 20)),
        (before(D(2028, 3, 21), weeks=3), D(2028, 2, 29)),
        (before(D(2027, 3, 31), months=1), D(2027, 2, 28)),
        (before(D(2028, 3, 31), months=1), D(2028, 2, 29)),
        (before(D(2027, 1, 15), months=1), D(2026, 12, 15)),
        (after(D(2023, 7, 3), months=1), D(2023, 8, 3)),
        (after(D(2027, 1, 31), months=1), D(2027, 2, 28)),
        (after(D(2028, 2, 29), months=12), D(2029, 2, 28)),
        (after(D(2027, 12, 30), days=3), D(2028, 1, 2)),
        (after(D(2027, 12, 1), months=1, days=1), D(2028, 1, 2)),
        (after(D(2027, 5, 3)), D(2027, 5, 3)),
    ],
)
def test_days_of_the_calendar(found, expected):
    assert found == expected


@given(st.dates(D(1900, 1, 1), D(2100, 1, 1)), st.integers(0, 60), st.integers(0, 400))
def test_weeks_and_days_are_exact_and_come_back(day, weeks, days):
    assert (day - before(day, weeks=weeks, days=days)).days == 7 * weeks + days
    assert after(before(day, weeks=weeks, days=days), weeks=weeks, days=days) == day
    assert before(day, weeks=weeks).weekday() == day.weekday()


@given(st.dates(D(1900, 1, 1), D(2100, 1, 1)), st.integers(0, 120))
def test_a_month_after_has_the_same_day_or_is_a_months_last(day, months):
    moved = after(day, months=months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved + dt.timedelta(days=1)).day == 1


@pytest.mark.parametrize("step", [{"days": 1}, {"weeks": 1}, {"months": 1}])
def test_beyond_the_calendar_is_an_error(step):
    with pytest.raises(ValueError, match="calendar"):
        before(D.min, **step)
    with pytest.raises(ValueError, match="calendar"):
        after(D.max, **step)


@pytest.mark.parametrize(
    ("day", "korean", "english"),
    [
        (D(2026, 2, 17), "설날", "Korean New Year"),
        (D(2026, 9, 25), "추석", "Chuseok"),
        (D(2027, 9, 15), "추석", "Chuseok"),
        (D(2026, 8, 15), "광복절", "Liberation Day"),
        (D(2027, 5, 5), "어린이날", "Children's Day"),
    ],
)
def test_holidays_have_their_name_in_both_languages(day, korean, english):
    assert (holiday_name(day, "ko"), holiday_name(day, "en")) == (korean, english)
    assert is_closed(day)
    assert Deadline(day, "73-9/4").holiday("ko") == korean


def test_a_substitute_holiday_is_closed_and_a_working_day_is_not():
    assert "대체" in str(holiday_name(D(2027, 2, 9), "ko"))
    assert holiday_name(D(2027, 2, 10), "ko") is None
    assert not is_closed(D(2027, 2, 10))
    assert Deadline(D(2027, 5, 22), "73-9/4").weekend
    assert not Deadline(D(2027, 5, 21), "73-9/4").weekend


def test_the_last_working_day_passes_over_holidays_and_weekends():
    assert last_open(D(2027, 2, 9)) == D(2027, 2, 5)
    assert last_open(D(2027, 2, 10)) == D(2027, 2, 10)


def test_today_is_the_day_in_seoul(monkeypatch):
    class Late(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime(2026, 11, 26, 20, 0, tzinfo=dt.timezone.utc).astimezone(tz)

    monkeypatch.setattr(deadlines.dt, "datetime", Late)
    assert deadlines.today() == D(2026, 11, 27)
