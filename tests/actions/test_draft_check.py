from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from actions.compose_draft import compose_draft
from actions.document_commands import run_festival_draft
from actions.document_parts import NAMES, PROVISIONS
from actions.draft_check import FOUND, HEADING_ONLY, LONGEST, check_draft
from actions.draft_reading import LARGEST, PROBLEMS, SLOW
from nlu.language import LANGUAGES
from nlu.texts import text
from tests.actions.festival_drafts import (
    ALL,
    BLIND,
    GOOD_EN,
    GOOD_KO,
    SAMPLES,
    docx_of_table,
    docx_with_headings,
    pdf_of,
    scanned_pdf,
)

DRAFTS = (*SAMPLES, *BLIND)
BROCHURE = "Kite day\nDates: 2 May 2027\nPlace: river bank\nOrganizer: kite club\nBring your kite!"


def parts(found, state=FOUND):
    return tuple(part.name for part in found.parts if part.state == state)


@pytest.mark.parametrize("sample", DRAFTS, ids=lambda sample: sample.name)
def test_the_parts_a_person_finds_are_found_and_no_others(sample):
    found = check_draft(sample.text, "plan.txt")
    assert found.problem is None
    assert parts(found) == sample.found
    assert parts(found, HEADING_ONLY) == sample.headed


@pytest.mark.parametrize("sample", DRAFTS, ids=lambda sample: sample.name)
def test_what_is_shown_stands_so_in_the_draft(sample):
    lines = sample.text.splitlines()
    found = check_draft(sample.text)
    shown = [each for part in found.parts for each in part.shown] + [each for _, each in found.hints if each]
    for each in shown:
        assert each.text in lines[each.line.number - 1]
        assert len(each.text) <= LONGEST
    assert all(part.shown for part in found.parts if part.state == FOUND)


def test_there_are_enough_drafts_of_every_sort():
    assert len(DRAFTS) >= 20
    for part in ALL:
        assert sum(part in sample.found for sample in DRAFTS) >= 5
        assert sum(part not in sample.found for sample in DRAFTS) >= 5


@pytest.mark.parametrize("written", [GOOD_EN, GOOD_KO], ids=["en", "ko"])
def test_the_same_plan_as_text_docx_and_pdf(written):
    for data, kind in (
        (written.encode(), "text"),
        (written.encode("utf-16"), "text"),
        (docx_with_headings(written), "docx"),
        (pdf_of(written), "pdf"),
    ):
        found = check_draft(data)
        assert (found.problem, found.kind) == (None, kind)
        assert parts(found) == ALL
    assert check_draft(GOOD_KO.encode("cp949")).found == ALL


def test_a_plan_in_a_table_and_the_row_where_it_stands():
    found = check_draft(docx_of_table())
    assert parts(found) == ("outline", "management", "prevention", "staffing")
    assert parts(found, HEADING_ONLY) == ("emergency",)
    staffing = found.parts[3]
    assert [(each.line.table, each.line.number) for each in staffing.shown] == [(1, 4), (1, 4)]
    assert "표 1의 4번째 행" in compose_draft(found, "ko").text


def test_pages_of_a_pdf_are_told():
    found = check_draft(pdf_of(GOOD_EN + "\n" * 40 + "Emergency plan\nEverybody walks to the school.\n"))
    assert found.parts[0].shown[0].line.page == 1
    assert "(page 1, line 2)" in compose_draft(found, "en").text


def test_hangul_in_decomposed_form_is_read():
    import unicodedata

    assert check_draft(unicodedata.normalize("NFD", GOOD_KO)).found == ALL


def test_words_in_text_boxes_and_inserted_words_are_read_and_deleted_ones_are_not():
    from docx import Document
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inner = "<w:txbxContent><w:p><w:r><w:t>8 stewards at the gate</w:t></w:r></w:p></w:txbxContent>"
    made = Document()
    made.add_heading("Safety staff", 1)
    body = made.element.body
    body.insert(1, parse_xml(f"<w:p {space}><w:r><w:pict>{inner}</w:pict></w:r></w:p>"))
    inserted = f'<w:p {space}><w:ins w:id="1" w:author="a"><w:r><w:t>Overview</w:t></w:r></w:ins></w:p>'
    gone = "<w:r><w:delText>Fire safety plan</w:delText></w:r>"
    deleted = f'<w:p {space}><w:del w:id="2" w:author="a">{gone}</w:del></w:p>'
    for place, xml in enumerate((inserted, deleted), start=2):
        body.insert(place, parse_xml(xml))
    made.add_paragraph("Ten extinguishers stand there.")
    out = io.BytesIO()
    made.save(out)
    found = check_draft(out.getvalue())
    assert parts(found) == ("outline", "staffing")
    assert found.parts[3].shown[1].text == "8 stewards at the gate"


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/"), data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNREADABLE = {
    "nothing": (b"", "empty"),
    "blank": (b" \n\t ", "empty"),
    "only marks": ("--- *** ---", "empty"),
    "too large": (b"a" * (LARGEST + 1), "huge"),
    "too many words": ("가" * 500_000, "huge"),
    "too many lines": ("가나다라\n" * 6_000, "huge"),
    "a bomb": (zip_of(**{"word__document.xml": b"0" * 70_000_000}), "huge"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "wrong_type"),
    "a spreadsheet": (zip_of(**{"xl__workbook.xml": b"<x/>"}), "wrong_type"),
    "a web page": ("<!DOCTYPE html><p>plan</p>", "wrong_type"),
    "rich text": (r"{\rtf1 plan}", "wrong_type"),
    "an old Word file": (OLE + bytes(600), "wrong_type"),
    "HWP": (OLE + bytes(100) + b"HWP Document File" + bytes(100), "hwp"),
    "HWPX": (zip_of(**{"Contents__section0.xml": b"<x/>"}), "hwp"),
    "a locked DOCX": (OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a locked PDF": (pdf_of(GOOD_EN, password="secret"), "encrypted"),
    "a scan": (scanned_pdf(), "image_only"),
    "a PDF cut off": (pdf_of(GOOD_EN)[:700], "broken"),
    "a PDF in name only": (b"%PDF-1.7\nnothing more", "broken"),
    "a DOCX cut off": (docx_with_headings(GOOD_EN)[:4000], "broken"),
    "a DOCX of nonsense": (zip_of(**{"word__document.xml": b"<not closed"}), "broken"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_gets_one_clear_sentence(name):
    data, problem = UNREADABLE[name]
    found = check_draft(data, "plan")
    assert found.problem == problem
    for language in LANGUAGES:
        answer = compose_draft(found, language)
        assert answer.text == text(f"draft.problem.{problem}", language)
        assert answer.status in ("clarify", "unavailable")
        assert "\n" not in answer.text


def test_every_problem_is_met():
    assert {problem for _, problem in UNREADABLE.values()} == {*PROBLEMS} - {SLOW}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_names_each_part_with_its_provision(language, law):
    sample = next(each for each in SAMPLES if each.name == "English, half of it to be decided")
    answer = compose_draft(check_draft(sample.text), language)
    rows = [row for row in answer.computed if row["name"] == "draft_part"]
    assert [(row["part"], row["rule"]) for row in rows] == list(PROVISIONS.items())
    assert [row["part"] for row in rows if row["value"]] == list(sample.found)
    assert answer.citations[0].quote == law.quote("73-9/2")
    for name in NAMES:
        assert text(f"documents.part.{name}.title", language) in answer.text
    assert "Two extinguishers beside the grill." in answer.text
    assert ("TBD" in answer.text) is False
    json.dumps(answer.to_json())


def test_hints_are_found_and_not_seen():
    good = dict(check_draft(GOOD_EN).hints)
    assert good["staffing_figure"].text.startswith("40 safety staff")
    assert "031-000-1190" in good["contact"].text
    assert good["date"] is not None
    assert good["people"] is not None
    assert "assembly point" in good["evacuation"].text
    brochure = dict(check_draft(BROCHURE).hints)
    assert [name for name, shown in brochure.items() if shown] == ["date"]
    answer = compose_draft(check_draft(BROCHURE), "en").text
    assert "a number of safety staff: not seen" in answer
    assert "like a description of the festival" in answer


def test_a_long_line_is_cut_around_the_sign():
    line = "filler words " * 60 + "40 safety staff are posted at the gates and trained. " + "more words " * 60
    part = check_draft(line).parts[3]
    assert part.state == FOUND
    assert part.shown[0].cut
    assert "40 safety staff" in part.shown[0].text
    assert part.shown[0].text in line
    assert f"… {part.shown[0].text} …" in compose_draft(check_draft(line), "en").text


def test_hostile_text_is_read_quickly_and_shows_nothing():
    import time

    ends = "- " * 100_000 + "x", " \u3000" * 100_000 + "x", ". " * 2000 + "x"
    for text_ in (*ends, "안전" * 100_000, "a " * 150_000, "1" * 300_000, "1. a\n" * 4_999):
        begin = time.perf_counter()
        assert check_draft(text_).found == ()
        assert time.perf_counter() - begin < 30  # a pattern that runs away takes hours, not seconds


def test_the_command_reports_a_file(tmp_path, capsys):
    good = tmp_path / "plan.txt"
    good.write_text(GOOD_KO, "utf-8")
    assert run_festival_draft(str(good), None, False) == 0
    assert "다섯 부분이 모두" in capsys.readouterr().out
    assert run_festival_draft(str(good), "en", True) == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(row["value"] for row in told["computed"] if row["name"] == "draft_part") == 5
    scan = tmp_path / "plan.pdf"
    scan.write_bytes(scanned_pdf())
    assert run_festival_draft(str(scan), "ko", False) == 1
    with pytest.raises(OSError, match=re.escape("none.pdf")):
        run_festival_draft(str(tmp_path / "none.pdf"), "en", False)
