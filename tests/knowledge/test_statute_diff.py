from __future__ import annotations

import pytest

from knowledge.errors import UnknownProvisionError
from knowledge.statute_diff import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    SAME,
    as_table,
    cells,
    diff_provision,
    diff_words,
    wrap,
)
from knowledge.statute_read import read_statute
from tests.knowledge.statute_samples import framework, raw, real, sample


def test_words_are_compared():
    pieces = diff_words("우산은 3일까지 빌릴 수 있다.", "우산은 5일까지 빌릴 수 있다.")
    assert [(p.kind, p.words) for p in pieces] == [
        (SAME, "우산은 "), (REMOVED, "3"), (ADDED, "5"), (SAME, "일까지 빌릴 수 있다."),
    ]  # fmt: skip


def test_a_change_an_addition_and_a_new_number():
    diff = diff_provision(sample(), sample("umbrella_102.md"), "4")
    assert [(row.kind, row.old_id, row.new_id) for row in diff.rows] == [
        (SAME, "4", "4"), (CHANGED, "4/1", "4/1"), (ADDED, None, "4/2"), (MOVED, "4/2", "4/3"),
    ]  # fmt: skip
    assert diff.changed
    assert (diff.old_version, diff.new_version) == ("101", "102")


def test_one_paragraph_is_followed_to_its_new_number():
    diff = diff_provision(sample(), sample("umbrella_102.md"), "4/2")
    assert (diff.old_id, diff.new_id) == ("4/2", "4/3")
    assert [row.kind for row in diff.rows] == [MOVED]


def test_the_same_version_shows_no_change():
    assert not diff_provision(sample(), sample(), "2").changed


def test_a_removed_unit():
    without = read_statute(raw("umbrella_101.md").replace("    나\\. 학교 도서관\n".encode(), b""))
    diff = diff_provision(sample(), without, "2/0/1-2")
    assert [(row.kind, row.old_id) for row in diff.rows][-1] == (REMOVED, "2/0/1-2/b")


def test_an_article_is_followed_through_its_note():
    text = raw("umbrella_102.md").decode()
    text = text.replace("##### 제4조의2 (늦은 사람)", "##### 제9조 (늦은 사람)")
    text = text.replace("[제5조에서 이동, 종전 제4조의2는 제6조로 이동 <2020.1.1>]", "[제4조의2에서 이동 <2023.9.5>]")
    diff = diff_provision(sample(), read_statute(text.encode()), "4-2")
    assert (diff.old_id, diff.new_id) == ("4-2", "9")
    assert {row.kind for row in diff.rows} == {MOVED, SAME}


def test_an_unknown_provision_is_named():
    for provision in ("77", "4/9"):
        with pytest.raises(UnknownProvisionError, match=provision):
            diff_provision(sample(), sample("umbrella_102.md"), provision)


def test_the_table_stands_in_columns():
    table = as_table(diff_provision(sample(), sample("umbrella_102.md"), "4"), width=30)
    lines = table.splitlines()[3:-1]
    assert all(cells(line.split(" | ")[0]) == 32 for line in lines if " | " in line)
    assert "[-3-]" in table
    assert "{+5+}" in table
    assert any(line.startswith("+ ") for line in lines)


def test_long_words_are_broken():
    assert wrap("가나다라마 바", 4) == ["가나", "다라", "마", "바"]
    assert wrap("", 4) == [""]


@real
def test_a_known_change_of_the_decree():
    old, new = (read_statute(framework(number).read_bytes()) for number in ("33578", "35947"))
    diff = diff_provision(old, new, "73-9")
    kinds = {row.old_id or row.new_id: (row.kind, row.new_id) for row in diff.rows}
    assert kinds["73-9/4"] == (MOVED, "73-9/6")
    assert kinds["73-9/1"] == (CHANGED, "73-9/1")
    assert kinds["73-9/6"] == (CHANGED, "73-9/11")
    assert kinds["73-9/8"][0] == ADDED
    moved = diff_provision(old, new, "79-5")
    assert (moved.old_id, moved.new_id) == ("79-5", "79-6")
