"""Our notes: complete, grounded in their provisions, no question twice, none of the question sets'."""

from __future__ import annotations

import dataclasses
import json

import pytest

from knowledge.notes import MIN_QUESTIONS, NotesError, check_notes, expected_ids, load_notes
from knowledge.numbers import implied_en, numbers_en, numbers_ko


def test_every_provision_has_its_note(shelf):
    assert sorted(shelf.notes) == sorted(expected_ids(shelf.law))


def test_notes_state_no_figure_that_is_not_in_their_provision(shelf):
    assert list(check_notes(shelf.law, shelf.notes)) == []


def test_the_check_can_fail(shelf):
    note = shelf.notes["71/1"]
    for change, says in (
        ({"plain_en": "Within 61 days."}, "plain_en states"),
        ({"plain_ko": "61일 안에"}, "plain_ko states"),
        ({"rendering_ko": note.rendering_ko.replace("60일", "두 달")}, "rendering_ko lost"),
        ({"rendering_ko": note.rendering_ko + " 99명"}, "rendering_ko states"),
        ({"questions_en": note.questions_en[: MIN_QUESTIONS - 1]}, "has 3 of 4"),
        ({"questions_ko": shelf.notes["71/2"].questions_ko}, "question also at"),
        ({"plain_ko": "English only"}, "wrong language"),
        ({"rendering_ko": ""}, "must stand with"),
    ):
        notes = {**shelf.notes, "71/1": dataclasses.replace(note, **change)}
        assert any(says in fault for fault in check_notes(shelf.law, notes)), says


def test_no_question_is_one_of_the_question_sets(shelf, eval_folder):
    ours = {" ".join(q.lower().split()) for n in shelf.notes.values() for q in n.questions_en + n.questions_ko}
    for name in ("provisions", "unanswerable", "emergency"):
        for line in (eval_folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            assert " ".join((row.get("question") or row["text"]).lower().split()) not in ours


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", '{"provision": "1"}', '{"provision":"1","plain_en":"a","plain_ko":"b","extra":1}']
)
def test_a_bad_file_is_refused_with_its_line(tmp_path, line):
    (tmp_path / "a.jsonl").write_text('{"provision":"2","plain_en":"a","plain_ko":"b"}\n' + line + "\n", "utf-8")
    with pytest.raises(NotesError, match=r"a\.jsonl line 2"):
        load_notes(tmp_path)


def test_a_second_note_is_refused(tmp_path):
    row = '{"provision":"2","plain_en":"a","plain_ko":"b"}\n'
    (tmp_path / "a.jsonl").write_text(row + row, "utf-8")
    with pytest.raises(NotesError, match="a second note"):
        load_notes(tmp_path)


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("within three weeks", "3주 안에"),
        ("15/100 of it", "100분의 15"),
        ("1,000 persons", "1천명"),
        ("one billion won", "10억원"),
        ("twenty-one members", "위원 21명"),
        ("two kinds", "두 가지"),
        ("by Jun. 27, 2023", "2023년 6월 27일까지"),
        ("1.5 million won", "150만원"),
        ("15,000 won", "1만5천원"),
    ],
)
def test_numbers_compare_across_languages(english, korean):
    assert numbers_en(english) == numbers_ko(korean) != set()


def test_implied_numbers():
    assert implied_en("the fourth day of February in Chapter IV") == {"4", "2"}
