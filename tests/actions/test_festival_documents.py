from __future__ import annotations

import datetime as dt
import io
import re

import pytest

from actions import festival_documents
from actions.document_calendar import uid
from actions.document_commands import run_festival_plan
from actions.document_docx import FONT, to_docx
from actions.document_markdown import to_markdown
from actions.document_model import (
    BOX,
    GAP,
    NOTE,
    NOTICE,
    QUOTE,
    Heading,
    Item,
    Layout,
    Paragraph,
    Picture,
    Span,
    Table,
    said,
    spans,
)
from actions.document_parts import NAMES, PROVISIONS, requirement, requirement_ko
from actions.document_pdf import to_pdf
from actions.draft_check import FOUND, HEADING_ONLY, check_draft
from actions.festival_documents import document, documents, write_documents
from knowledge.obligations.festival import FestivalFacts, check
from nlu.language import LANGUAGES
from nlu.texts import load, text
from tests.nlu.test_texts import placeholders

TODAY = dt.date(2026, 4, 1)
MADE = dt.datetime(2026, 4, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))
PLACE = "시화호 수변공원 Lakeside Park"
FULL = FestivalFacts(
    people=1200,
    people_high=1500,
    venue="water",
    materials=("firecrackers", "gas"),
    host="private",
    place=PLACE,
    start=dt.date(2026, 5, 24),
    end=dt.date(2026, 5, 25),
    plan="none",
)
DAYS = {
    "en": ("3 May 2026", "17 May 2026", "24 May 2026"),
    "ko": ("2026년 5월 3일", "2026년 5월 17일", "2026년 5월 24일"),
}
"""Counted by hand: three weeks and seven days before Sunday, 24 May 2026."""


def made(facts=FULL, language="en", today=TODAY):
    found = documents(check(facts, today), facts, language, MADE)
    return {document.name.rpartition(".")[2]: document.data for document in found}


def docx_text(data: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(data))
    lines = [each.text for each in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def pdf_text(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


READ = {"docx": docx_text, "pdf": pdf_text, "md": lambda data: data.decode()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_plan_has_its_parts_quotes_days_and_facts(language, form, shelf):
    words = squeezed(READ[form](made(language=language)[form]))
    for name in NAMES:
        assert squeezed(text(f"documents.part.{name}.title", language)) in words
        assert squeezed(requirement(shelf, name)) in words
        assert squeezed(requirement_ko(shelf, name)) in words
    for day in DAYS[language]:
        assert squeezed(day) in words
    assert squeezed(PLACE) in words
    assert squeezed(text("documents.plan.notice", language)) in words
    assert "1,200" in words
    assert "33578" in words
    assert "34354" in words  # the decree that changed the article later


def test_quotes_are_verbatim_spans_of_the_decree(shelf, law):
    for name in NAMES:
        assert requirement(shelf, name) in law.source
        assert requirement(shelf, name) in law.quote(PROVISIONS[name])


def test_renderings_are_those_of_our_notes(shelf):
    assert [requirement_ko(shelf, name) for name in NAMES][3] == "안전관리인력의 확보 및 배치계획"
    assert all(requirement_ko(shelf, name) in shelf.notes["73-9/2"].rendering_ko for name in NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_headings_in_word_and_bookmarks_in_pdf(language):
    from docx import Document
    from pypdf import PdfReader

    titles = [text(f"documents.part.{name}.title", language) for name in NAMES]
    files = made(language=language)
    headed = [p.text for p in Document(io.BytesIO(files["docx"])).paragraphs if p.style.name == "Heading 1"]
    assert [each for each in headed if each in titles] == titles
    marks = [each.title for each in PdfReader(io.BytesIO(files["pdf"])).outline if not isinstance(each, list)]
    assert [each for each in marks if each in titles] == titles


def test_word_is_told_a_korean_font_and_the_pdf_holds_one():
    from docx import Document
    from docx.oxml.ns import qn
    from pypdf import PdfReader

    files = made(language="ko")
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Quote"):
        fonts = Document(io.BytesIO(files["docx"])).styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == FONT
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    held = PdfReader(io.BytesIO(files["pdf"])).pages[0]["/Resources"]["/Font"]
    assert all("NanumGothic" in font.get_object()["/BaseFont"] for font in held.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_an_unfilled_draft_passes_for_no_plan(language, form):
    """Our own template, left as it is, must not count as content when it is checked."""
    empty = check_draft(made(FestivalFacts(), language)[form])
    assert [part.state for part in empty.parts] == [HEADING_ONLY] * 5
    filled = check_draft(made(language=language)[form])
    assert [part.state for part in filled.parts] == [FOUND] + [HEADING_ONLY] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_are_marked_and_what_was_said_fills_them(language):
    from docx import Document
    from docx.enum.text import WD_COLOR_INDEX

    def gaps(data):
        cells = [c for t in Document(io.BytesIO(data)).tables for r in t.rows for c in r.cells]
        runs = [run for cell in cells for p in cell.paragraphs for run in p.runs]
        return [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]

    empty, filled = gaps(made(FestivalFacts(), language)["docx"]), gaps(made(language=language)["docx"])
    rows = load(language)["documents"]["part"]["outline"]["tables"][0]["rows"]
    for key in ("place", "dates", "people", "venue", "materials", "host"):
        assert rows[key][1] in empty
        assert rows[key][1] not in filled
    assert rows["name"][1] in filled
    for hazard in ("firecrackers", "gas", "water"):
        assert load(language)["documents"]["hazard"][hazard][1] in filled
        assert load(language)["documents"]["hazard"][hazard][1] not in empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checklist_lists_the_steps_and_the_whole_check(language):
    words = made(language=language)["md"].decode()
    assert words.count("- [ ] ") == 8  # opinions, five parts, two days
    for day in DAYS[language][:2]:
        assert f"**{day}" in words
    for basis in ("decree", "ministry", "good_practice"):
        assert load(language)["festival"]["head"][basis].split("(")[0].strip(" :") in words
    undated = made(FestivalFacts(people=2000), language)["md"].decode()
    missing = load(language)["festival"]["missing"]
    assert missing["host"] in undated
    assert missing["start"] in undated


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_parses_back_with_both_days(language, law):
    from icalendar import Calendar

    calendar = Calendar.from_ical(made(language=language)["ics"])
    assert calendar["X-WR-TIMEZONE"] == "Asia/Seoul"
    events = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [dt.date(2026, 5, 3), dt.date(2026, 5, 17)]
    assert [event.decoded("dtend") for event in events] == [dt.date(2026, 5, 4), dt.date(2026, 5, 18)]
    assert len({str(event["uid"]) for event in events}) == 2
    for event in events:
        alarms = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
        assert alarms == [dt.timedelta(days=-7, hours=9), dt.timedelta(days=-1, hours=9)]
        assert law.quote("73-9/4") in str(event["description"])
        assert PLACE in str(event["summary"])
        assert str(event["url"]).isascii()
        assert event.decoded("dtstamp") == MADE


def test_events_keep_their_ids_in_either_language_and_at_another_time():
    from icalendar import Calendar

    def ids(data):
        return [str(event["uid"]) for event in Calendar.from_ical(data).walk("VEVENT")]

    first = ids(made(language="en")["ics"])
    assert first == ids(made(language="ko", today=dt.date(2026, 4, 9))["ics"])
    assert first == [uid("plan", FULL), uid("change", FULL)]
    assert uid("plan", FULL) != uid("plan", FestivalFacts(place=PLACE, start=dt.date(2027, 5, 24)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (FestivalFacts(people=300, venue="other", materials=(), start=dt.date(2026, 6, 1)), "not_covered"),
        (FestivalFacts(people=3000, host="local_government", start=dt.date(2026, 6, 1)), "local_government"),
        (FestivalFacts(people=3000), "undated"),
    ],
)
def test_without_a_due_day_there_is_no_calendar_and_the_plan_says_why(language, facts, why):
    files = made(facts, language)
    assert sorted(files) == ["docx", "md", "pdf"]
    provision = {"not_covered": "73-9/1"}.get(why, "73-9/4")
    from actions.compose_labels import label

    said_why = text(f"documents.deadlines.none.{why}", language, label=label(provision, language))
    assert squeezed(said_why) in squeezed(pdf_text(files["pdf"]))
    assert said_why in docx_text(files["docx"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_late_is_said_in_the_plan(language):
    words = docx_text(made(language=language, today=dt.date(2026, 5, 10))["docx"])
    assert text("documents.deadlines.late", language) in words
    assert text("documents.deadlines.late", language) not in docx_text(made(language=language)["docx"])


def test_whatever_a_person_types_as_place_stays_plain_words():
    nasty = "[x](http://evil) **b** <script> | `c` \x00\x0b\ud800 😀 [ fill in: no ]\n# h"
    files = made(FestivalFacts(people=2000, place=nasty, start=dt.date(2026, 6, 1)))
    plain = said(nasty)[0].text
    assert plain == "[x](http://evil) **b** <script> | `c` 😀 [ fill in: no ] # h"
    assert plain in docx_text(files["docx"])
    assert "http://evil" in pdf_text(files["pdf"])
    from icalendar import Calendar

    assert plain in str(Calendar.from_ical(files["ics"]).walk("VEVENT")[0]["summary"])


def test_spans_read_gaps_and_bold():
    assert spans("a **b** [ c: d ] [e]") == (
        Span("a "),
        Span("b", "bold"),
        Span(" "),
        Span("[ c: d ]", GAP),
        Span(" [e]"),
    )


def picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 30), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


def test_every_kind_of_block_is_written_in_every_form():
    blocks = (
        Heading("둘째 장 Chapter", 2),
        Paragraph("쪽지 notice", NOTICE),
        Paragraph("인용 quote", QUOTE),
        Paragraph("작은 글 note", NOTE),
        Item("할 일 to do", BOX),
        Item((Span("점 bullet"),)),
        Table(("머리", "Head"), (("칸", "[ 채우기: 값 ]"), ("A|B", "C")), (1, 2)),
        Table((), (("머리 없는 표", "D"),), (1, 1)),
        Picture(picture(), "그림 설명 caption", 40),
    )
    layout = Layout("제목 Title", "ko", blocks, "바닥글 footer")
    wanted = ("제목 Title", "둘째 장 Chapter", "쪽지 notice", "인용 quote", "작은 글 note", "할 일 to do", "점 bullet")
    wanted += ("머리", "Head", "[ 채우기: 값 ]", "머리 없는 표", "그림 설명 caption")
    document, pdf, written = to_docx(layout), to_pdf(layout), to_markdown(layout)
    for words in wanted:
        assert words in docx_text(document)
        assert squeezed(words) in squeezed(pdf_text(pdf))
        assert words in written
    assert "바닥글footer·1" in squeezed(pdf_text(pdf))
    assert "- [ ] 할 일" in written
    assert r"A\|B" in written

    from docx import Document
    from pypdf import PdfReader

    assert Document(io.BytesIO(document)).inline_shapes[0]._inline.docPr.get("descr") == "그림 설명 caption"
    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1


def test_a_long_document_goes_over_pages_with_its_table_head_repeated():
    rows = tuple((f"줄 {number}", "값 " * 30) for number in range(60))
    from pypdf import PdfReader

    data = to_pdf(Layout("긴 글", "ko", (Table(("번호칸", "내용칸"), rows, (1, 4)),)))
    words, pages = pdf_text(data), len(PdfReader(io.BytesIO(data)).pages)
    assert words.count("번호칸") == pages == 2
    assert "줄 59" in words


def test_files_are_written_where_asked(tmp_path, capsys):
    folder = tmp_path / "new" / "plan"
    status = run_festival_plan(
        "2000", None, ["폭죽"], "2026-10-03", None, "민간", None, "화랑유원지", str(folder), "ko", False, TODAY
    )
    assert status == 0
    names = ["checklist-ko.md", "deadlines-ko.ics", "plan-ko.docx", "plan-ko.pdf"]
    assert sorted(path.name for path in folder.iterdir()) == [f"festival-{name}" for name in names]
    assert capsys.readouterr().out.splitlines() == [str(folder / f"festival-{name}") for name in names]
    assert "화랑유원지" in docx_text((folder / "festival-plan-ko.docx").read_bytes())
    again = write_documents(folder, documents(check(FULL, TODAY), FULL, "ko", MADE))
    assert [path.exists() for path in again] == [True] * 4


def test_both_languages_have_the_same_gaps_rows_and_placeholders():
    def walk(value, where=""):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, f"{where}.{key}")
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from walk(inner, f"{where}.{number}")
        else:
            yield where, value

    def gaps(words):
        return sum(span.style == GAP for span in spans(str(words)))

    for skill in ("documents", "draft"):
        english, korean = (dict(walk(load(language)[skill])) for language in LANGUAGES)
        assert english.keys() == korean.keys()
        for key, words in english.items():
            assert placeholders(str(words)) == placeholders(str(korean[key])), key
            assert gaps(words) == gaps(korean[key]), key


@pytest.mark.parametrize(("kind", "ending"), [("checklist", ".md"), ("calendar", ".ics")])
def test_one_file_is_made_alone_and_is_the_same_as_among_all_of_them(kind, ending, monkeypatch):
    checked = check(FULL, TODAY)
    whole = next(each for each in documents(checked, FULL, "en", MADE) if each.name.endswith(ending))

    def never(plan):
        raise AssertionError("another file was made")

    for other in ("docx", "pdf"):
        monkeypatch.setitem(festival_documents._FORMS, other, festival_documents._Form("", never))
    assert document(kind, checked, FULL, "en", MADE) == whole
    with pytest.raises(ValueError, match="checklist"):
        document("odt", checked, FULL, "en", MADE)
