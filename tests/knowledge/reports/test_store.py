from __future__ import annotations

import datetime as dt
import multiprocessing
import sqlite3

import pytest

from knowledge.library import decree
from knowledge.reports import receipt as receipts
from knowledge.reports.districts import UNKNOWN, district_of, districts, find_district, is_wide, place_name
from knowledge.reports.model import (
    KEEP_DAYS,
    LONGEST,
    NewReport,
    RepeatedError,
    ReportError,
    TooManyError,
    Wanted,
    kinds,
    provisions,
    week,
    week_of,
)
from knowledge.reports.sqlite import Limits, SqliteReports
from knowledge.reports.topics import TopicCount, TopicCounts

NOON = dt.datetime(2026, 7, 15, 3, tzinfo=dt.timezone.utc)
HOLE = NewReport("sinkhole", "길에 구멍", "원곡초등학교", 37.32824, 126.79609, ("4127355500",))
WIDE_OPEN = Limits(10_000, 10_000, 10_000, 10_000)


@pytest.fixture
def store(tmp_path):
    return SqliteReports(tmp_path / "reports.sqlite")


def later(**by):
    return NOON + dt.timedelta(**by)


def moved(metres_north):
    return NewReport("sinkhole", "hole", "", 37.328 + metres_north / 111_000, 126.796, ("4127355500",))


def test_a_report_is_kept_coarse_and_with_its_district(store):
    told = store.add(HOLE, "u1", NOON)
    report = store.get(told.receipt)
    assert (report.lat, report.lon) == (37.328, 126.796)
    assert (report.dong, report.district, report.status, report.times) == ("4127355500", "safety:singil", "new", 1)
    assert report.first_seen == dt.date(2026, 7, 15)
    assert receipts.valid(told.receipt)
    assert not told.joined


def test_days_are_those_of_seoul(store):
    late = dt.datetime(2026, 7, 15, 16, tzinfo=dt.timezone.utc)
    assert store.get(store.add(HOLE, "u", late).receipt).first_seen == dt.date(2026, 7, 16)


@pytest.mark.parametrize(("metres", "joined"), [(0, True), (60, True), (95, True), (105, False), (400, False)])
def test_reports_within_a_hundred_metres_are_one(store, metres, joined):
    store.add(moved(0), "u1", NOON)
    assert store.add(moved(metres), "u2", NOON).joined is joined


@pytest.mark.parametrize(("days", "joined"), [(1, True), (14, True), (15, False)])
def test_reports_within_fourteen_days_are_one(store, days, joined):
    store.add(HOLE, "u1", NOON)
    assert store.add(HOLE, "u2", later(days=days)).joined is joined


def test_another_kind_or_a_closed_report_is_not_joined(store):
    told = store.add(HOLE, "u1", NOON)
    assert not store.add(NewReport("tree", "tree", HOLE.place, HOLE.lat, HOLE.lon), "u2", NOON).joined
    store.set_status(told.receipt, "done")
    assert not store.add(HOLE, "u3", NOON).joined


def test_the_same_place_name_joins_but_a_whole_dong_does_not(store):
    for place, joined in (("호수공원", True), ("원곡동", False), ("", False)):
        store.add(NewReport("pothole", "a", place), "u1", NOON)
        assert store.add(NewReport("pothole", "b", place), "u2", NOON).joined is joined
    assert is_wide("원곡동")
    assert is_wide("")
    assert not is_wide("원곡동 · 호수공원")
    assert not is_wide("초지역")


def test_joined_tellers_have_their_own_receipts_and_withdraw_alone(store):
    first = store.add(HOLE, "u1", NOON)
    second = store.add(NewReport("sinkhole", "a hole", HOLE.place, HOLE.lat, HOLE.lon), "u2", later(days=3))
    assert second.joined
    assert first.receipt != second.receipt
    assert store.get(second.receipt).times == 2
    assert store.get(second.receipt).what == "길에 구멍"
    assert store.withdraw(first.receipt)
    left = store.get(second.receipt)
    assert (left.times, left.what, left.receipt, left.first_seen.day) == (1, "a hole", second.receipt, 18)
    assert store.get(first.receipt) is None
    assert not store.withdraw(first.receipt)
    assert store.withdraw(second.receipt)
    assert list(store.rows()) == []


def test_withdrawn_words_are_gone_from_the_file(store):
    told = store.add(NewReport("pothole", "아주특별한낱말 여기", "초지역"), "u1", NOON)
    store.withdraw(told.receipt)
    raw = store.path.read_bytes()
    assert "아주특별한낱말".encode() not in raw
    assert told.receipt.encode() not in raw


def test_no_sender_number_or_exact_point_is_in_any_file(store):
    senders = [f"telegram-{number}-홍길동" for number in (905551234, 905551235)]
    for sender in senders:
        store.add(NewReport("pothole", "call 010-1234-5678", "초지역", 37.32061234, 126.80598765), sender, NOON)
        TopicCounts(store.path).count("rule/71", NOON.date(), sender, NOON)
        store.asked("AS-2222-222", sender, NOON)
    raw = b"".join(file.read_bytes() for file in store.path.parent.iterdir())
    for secret in (*senders, "905551234", "홍길동", "010-1234-5678", "1234-5678"):
        assert secret.encode() not in raw
    with sqlite3.connect(store.path) as db:
        assert db.execute("SELECT lat, lon FROM report").fetchall() == [(37.321, 126.806)]
    salt = store.path.with_name("reports.sqlite.salt").read_bytes().split(b"\n", 1)[1]
    assert salt not in store.path.read_bytes()
    assert store.path.stat().st_mode & 0o077 == 0


def test_hashes_and_the_salt_go_after_a_day(store):
    store.add(HOLE, "u1", NOON)
    salt = store.path.with_name("reports.sqlite.salt")
    before = salt.read_bytes()
    with sqlite3.connect(store.path) as db:
        old = db.execute("SELECT sender FROM sending").fetchone()[0]
    store.add(moved(900), "u2", later(hours=25))
    with sqlite3.connect(store.path) as db:
        assert old not in [row[0] for row in db.execute("SELECT sender FROM sending")]
    assert salt.read_bytes() != before
    assert old.encode() not in store.path.read_bytes()


def test_the_same_sender_does_not_tell_twice_in_a_day(store):
    told = store.add(HOLE, "u1", NOON)
    with pytest.raises(RepeatedError):
        store.add(HOLE, "u1", later(hours=2))
    assert store.get(told.receipt).times == 1
    assert store.add(HOLE, "u1", later(hours=30)).joined


def test_limits_of_a_sender_and_of_everybody(tmp_path):
    store = SqliteReports(tmp_path / "r.sqlite", Limits(sender_hour=2, sender_day=3, everybody_hour=4))
    store.add(moved(0), "u", NOON)
    store.add(moved(500), "u", NOON)
    with pytest.raises(TooManyError) as caught:
        store.add(moved(1000), "u", later(minutes=30))
    assert caught.value.limit == "sender"
    store.add(moved(1000), "u", later(minutes=61))
    with pytest.raises(TooManyError):
        store.add(moved(1500), "u", later(hours=5))
    for number in range(3):
        store.add(moved(2000 + 500 * number), f"v{number}", later(minutes=62))
    with pytest.raises(TooManyError) as caught:
        store.add(moved(9000), "w", later(minutes=63))
    assert caught.value.limit == "everybody"
    store.add(moved(9500), "w", later(hours=3))


def test_trying_numbers_out_is_stopped(store):
    right = store.add(HOLE, "u1", NOON).receipt
    for _ in range(store.limits.wrong_receipts_day):
        assert store.asked("AS-2222-222", "guesser", NOON) is None
    with pytest.raises(TooManyError):
        store.asked(right, "guesser", NOON)
    assert store.asked(right, "u1", NOON) is not None


def test_words_are_cut_and_redacted_by_the_store_itself(store):
    told = store.add(NewReport("other", "가" * 500 + " 010-1234-5678"), "u", NOON)
    assert len(told.report.what) == LONGEST
    told = store.add(NewReport("other", "12가3456 " + "가" * 290 + "010-1234-5678"), "u", NOON)
    assert "3456" not in told.report.what
    assert "1234" not in told.report.what


def test_old_reports_are_forgotten(store):
    told = store.add(HOLE, "u1", NOON)
    store.add(moved(3000), "u2", later(days=KEEP_DAYS + 1))
    assert store.get(told.receipt) is None
    assert "길에 구멍".encode() not in store.path.read_bytes()


def test_what_is_asked_for(store):
    store.add(HOLE, "u1", NOON)
    far = store.add(NewReport("tree", "tree", "상록수역", 37.3028, 126.8666), "u2", later(days=7))
    store.set_status(far.receipt, "on_agenda")
    assert [r.kind for r in store.rows(Wanted(district="safety:singil"))] == ["sinkhole"]
    assert [r.kind for r in store.rows(Wanted(district=UNKNOWN))] == ["tree"]
    assert [r.kind for r in store.rows(Wanted(status="on_agenda"))] == ["tree"]
    assert [r.kind for r in store.rows(Wanted(kind="sinkhole"))] == ["sinkhole"]
    start, end = week("2026-W30")
    assert [r.kind for r in store.rows(Wanted(start=start, end=end))] == ["tree"]
    assert [r.kind for r in store.rows()] == ["sinkhole", "tree"]
    assert store.rows(Wanted(district="safety:wolpi")) == []


def test_nothing_there_is_not_a_failure_and_a_failure_says_what_to_do(tmp_path):
    assert SqliteReports(tmp_path / "none.sqlite").rows() == []
    assert SqliteReports(tmp_path / "none.sqlite").get("AS-2222-222") is None
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database" * 100)
    with pytest.raises(ReportError, match=r"cannot be used|holds no reports"):
        SqliteReports(broken).rows()
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE x (y)")
    with pytest.raises(ReportError, match="ANSIM_REPORTS"):
        SqliteReports(other).add(HOLE, "u", NOON)


def test_words_that_are_none_are_refused(store):
    with pytest.raises(ReportError, match="no kind"):
        NewReport("dragon", "x")
    with pytest.raises(ReportError, match="no day"):
        NewReport("tree", "x", since="yesterday")
    with pytest.raises(ReportError, match="no status"):
        store.set_status("AS-2222-222", "lost")
    with pytest.raises(ReportError, match="no week"):
        week("2026-28")


def _write_many(path, name, told):
    store = SqliteReports(path, WIDE_OPEN)
    for number in range(25):
        new = NewReport("sinkhole", f"{name} {number}", "원곡초등학교", 37.328, 126.796, ("4127355500",))
        told.put(store.add(new, f"{name}-{number}", NOON).receipt)


def test_two_writers_at_once_lose_nothing(tmp_path):
    path = tmp_path / "reports.sqlite"
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    writers = [context.Process(target=_write_many, args=(path, name, told)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    numbers = [told.get(timeout=60) for _ in range(50)]
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    (report,) = SqliteReports(path).rows()
    assert report.times == 50 == len(set(numbers))


def test_a_district_is_known_only_where_it_was_announced():
    assert len(districts()) == 10
    known = [place.id for place in districts() if place.dongs]
    assert known == ["safety:singil"]
    assert district_of(("4127354500", "4127355500")) == "safety:singil"
    assert district_of(("4127354500", "4127359000")) is None
    assert district_of(()) is None
    for words in ("singil", "Singil District", "신길", "신길 권역", "safety:singil"):
        assert find_district(words) == "safety:singil"
    assert find_district("Sangnok 1") == "safety:sangnok1"
    assert find_district("unknown") == UNKNOWN
    with pytest.raises(ReportError, match="wolpi"):
        find_district("Seoul")
    assert place_name("원곡동 · 원곡초등학교", "en") == "Wongok-dong · 원곡초등학교"


def test_every_kind_has_provisions_that_are_in_the_decree():
    law = decree().law
    for kind in kinds():
        assert provisions(kind)
        for provision in provisions(kind):
            assert law.quote(provision)


def test_weeks():
    assert week("2026-W28") == (dt.date(2026, 7, 6), dt.date(2026, 7, 12))
    assert week_of(dt.date(2027, 1, 1)) == "2026-W53"


def test_topics_few_people_asked_about_are_not_shown(tmp_path):
    counts = TopicCounts(tmp_path / "r.sqlite")
    day = NOON.date()
    for number in range(5):
        counts.count("nearby/heat_shelter", day, f"p{number}", NOON)
        counts.count("nearby/heat_shelter", day, f"p{number}", NOON)
    for number in range(4):
        counts.count("rule/71", day, f"p{number}", NOON)
        counts.count("rule/71", day + dt.timedelta(days=1), f"p{number}", later(days=1))
    assert counts.most(day, day + dt.timedelta(days=7)) == [TopicCount("nearby/heat_shelter", 5)]
    assert counts.most(day + dt.timedelta(days=1), day + dt.timedelta(days=7)) == []
    with pytest.raises(ReportError, match="no topic"):
        counts.count("where is my mother?", day, "p", NOON)


def test_topic_counts_do_not_use_up_the_limits(tmp_path):
    store = SqliteReports(tmp_path / "r.sqlite", Limits(1, 1, 1))
    for number in range(5):
        TopicCounts(store.path).count("rule/71", NOON.date(), f"p{number}", NOON)
    store.asked("AS-2222-222", "u", NOON)
    assert store.add(HOLE, "u", NOON)
