from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from html.parser import HTMLParser

import pytest

from actions import report_commands, report_page
from actions.document_docx import to_docx
from actions.document_markdown import to_markdown
from actions.document_pdf import to_pdf
from actions.report_brief import gather, layout, topic_name
from knowledge.reports import opening
from knowledge.reports.model import NewReport, ReportError
from knowledge.reports.sqlite import SqliteReports
from knowledge.reports.topics import TopicCounts
from nlu.route import CARD, DEADLINE, DUTIES, FESTIVAL, NEARBY, REPORT, RULE, SOURCES
from nlu.texts import text

NOON = dt.datetime(2026, 7, 15, 3, tzinfo=dt.timezone.utc)
FIRST, LAST = dt.date(2026, 7, 13), dt.date(2026, 7, 19)
TOLD = [
    (NewReport("slope", "옹벽에 금이 갔어요", "원곡초등학교", 37.32824, 126.79609, ("4127355500",)), 9),
    (NewReport("sinkhole", "<script>alert(1)</script> 구멍", "신길온천역", 37.338, 126.766, ("4127356500",)), 0),
    (NewReport("drain", "=HYPERLINK(1) 막힘 | 하수구", "백운동", dongs=("4127355500",)), 0),
    (NewReport("tree", "tree is leaning", "상록수역", 37.3028, 126.8666, ("4127153200",)), 0),
]


@pytest.fixture
def store(tmp_path, monkeypatch):
    path = tmp_path / "reports.sqlite"
    monkeypatch.setenv("ANSIM_REPORTS", str(path))
    opening.address.cache_clear()
    kept = SqliteReports(path)
    for number, (new, days) in enumerate(TOLD):
        kept.add(new, f"u{number}", NOON - dt.timedelta(days=days))
    counts = TopicCounts(path)
    for number in range(6):
        counts.count("nearby/heat_shelter", NOON.date(), f"p{number}", NOON)
    for number in range(4):
        counts.count("rule/71", NOON.date(), f"p{number}", NOON)
    yield kept
    opening.address.cache_clear()


def written(store, shelf, district, language):
    brief = gather(store, TopicCounts(store.path), district, FIRST, LAST, LAST)
    return layout(brief, shelf, language)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_skill_that_is_counted_has_a_name(shelf, language):
    for skill in (NEARBY, CARD, SOURCES, RULE, FESTIVAL, DEADLINE, DUTIES, REPORT):
        name = topic_name(skill, shelf, language)
        assert name != skill
        assert bool(re.search("[가-힣]", name)) == (language == "ko")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_brief_says_what_is_new_open_asked_and_which_provisions(store, shelf, language):
    out = to_markdown(written(store, shelf, "safety:singil", language))
    assert "신길온천역" in out if language == "ko" else "Singiloncheon" in out
    assert text("reports.kind.slope", language) in out  # told before the period and still open
    assert "tree" not in out.lower().split("##")[1]  # of a district that is not known
    assert text("nearby.kinds.heat_shelter", language) in out
    assert "71" not in out.split(text("reports.brief.topics", language))[1].split("##")[0]
    for key in ("provisions_note", "people", "map"):
        assert text(f"reports.brief.{key}", language) in out
    assert text("reports.brief.map_count", language, n=1) in out


@pytest.mark.parametrize("language", ["ko", "en"])
def test_quotes_are_the_words_of_the_decree(store, shelf, language):
    lines = [block for block in written(store, shelf, None, language).blocks if getattr(block, "kind", "") == "quote"]
    quoted = ["".join(span.text for span in block.words) for block in lines]
    source = " ".join(shelf.law.source.split())
    english = [words for words in quoted if words.isascii()]
    assert len(english) > 10
    for words in english:
        assert words in source


def test_an_empty_period_says_so(store, shelf):
    brief = gather(store, TopicCounts(store.path), "safety:daebu", FIRST, LAST, LAST)
    out = to_markdown(layout(brief, shelf, "en"))
    assert out.count(text("reports.brief.none", "en")) == 2
    assert text("reports.brief.provisions", "en") not in out


def test_closed_items_are_not_open(store, shelf):
    old = store.rows()[0]
    store.set_status(old.receipt, "done")
    brief = gather(store, TopicCounts(store.path), None, FIRST, LAST, LAST)
    assert brief.old == ()
    assert len(brief.new) == 3


def test_docx_and_pdf_hold_the_same_words(store, shelf):
    from docx import Document
    from pypdf import PdfReader

    for language in ("ko", "en"):
        made = written(store, shelf, None, language)
        document = Document(io.BytesIO(to_docx(made)))
        cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        assert "옹벽에 금이 갔어요" in cells
        assert "<script>" in cells
        assert len(document.inline_shapes) == 1
        pages = PdfReader(io.BytesIO(to_pdf(made))).pages
        words = " ".join("".join(page.extract_text() for page in pages).split())
        assert text("reports.brief.new", language) in words
        assert any(page.images for page in pages)


def test_topics_have_names(shelf):
    assert topic_name("nearby/heat_shelter", shelf, "ko") == "무더위쉼터"
    assert topic_name("rule/73-9", shelf, "en").startswith("Article 73-9 (")
    assert topic_name("something/else", shelf, "en") == "something/else"


def test_list_and_set(store, capsys):
    assert report_commands.run_list("singil", None, "2026-W29", "new", True) == 0
    rows = json.loads(capsys.readouterr().out)["reports"]
    assert [row["kind"] for row in rows] == ["sinkhole", "drain"]
    assert report_commands.run_set(rows[0]["receipt"].lower(), "on_agenda") == 0
    capsys.readouterr()
    report_commands.run_list(None, None, None, "on_agenda", False)
    out = capsys.readouterr().out
    assert rows[0]["receipt"] in out
    assert "1 report(s)" in out
    report_commands.run_list("unknown", None, None, None, True)
    assert [row["kind"] for row in json.loads(capsys.readouterr().out)["reports"]] == ["tree"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: report_commands.run_list("Seoul", None, None, None, False), "no district"),
        (lambda: report_commands.run_list(None, "dragon", None, None, False), "no kind"),
        (lambda: report_commands.run_list(None, None, "29", None, False), "2026-W28"),
        (lambda: report_commands.run_list(None, None, None, "lost", False), "no status"),
        (lambda: report_commands.run_set("AS-2222-223", "done"), "no receipt number"),
        (lambda: report_commands.run_set("AS-2222-222", "done"), "no report AS-2222-222"),
        (lambda: report_commands.run_export("x.txt", None, None, None, None), ".csv or .geojson"),
        (lambda: report_commands.run_export("/nowhere/x.csv", None, None, None, None), "cannot be written"),
        (lambda: report_commands.run_brief(None, "2026-07-13", "2026-07-01", "x.md", "en"), "ends"),
        (lambda: report_commands.run_brief(None, "July", "2026-07-01", "x.md", "en"), "no day"),
        (lambda: report_commands.run_brief(None, "2026-07-13", "2026-07-19", "x.odt", "en"), ".docx, .pdf or .md"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(store, call, said):
    with pytest.raises(ReportError, match=said.replace(".", r"\.")) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_export(store, tmp_path):
    report_commands.run_export(str(tmp_path / "r.csv"), None, None, None, None)
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == ["slope", "sinkhole", "drain", "tree"]
    assert rows[2]["what"].startswith("'=")
    report_commands.run_export(str(tmp_path / "r.geojson"), "singil", None, None, None)
    features = json.loads((tmp_path / "r.geojson").read_text("utf-8"))["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [126.796, 37.328]}
    assert [feature["geometry"] is None for feature in features] == [False, False, True]


@pytest.mark.parametrize("ending", ["docx", "pdf", "md"])
def test_brief_command(store, tmp_path, ending, capsys):
    out = tmp_path / f"brief.{ending}"
    assert report_commands.run_brief("singil", "2026-07-13", "2026-07-19", str(out), "ko") == 0
    assert out.stat().st_size > 1000
    assert "2 new and 1 open" in capsys.readouterr().out
    assert (tmp_path / "brief.png").exists() is (ending == "md")


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_escapes_everything(store, language):
    reply = report_page.reports_page({"lang": language, "week": '"><script>x</script>'})
    assert reply.status == 400
    reply = report_page.reports_page({"lang": language})
    assert reply.status == 200
    page = reply.body.decode()
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert "script" not in tags.tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert text("reports.page.title", language) in page
    assert text("reports.kind.sinkhole", language) in page


def test_every_given_word_is_escaped(store):
    given = dict.fromkeys(("district", "kind", "week", "status", "lang", "other"), '"><script>x</script>')
    page = report_page.page(store.rows(), given, "en")
    assert "<script>" not in page
    assert "<script>" not in report_page.reports_page(given).body.decode()


def test_the_page_filters(store):
    def kinds(**given):
        page = report_page.reports_page({"lang": "en", **given}).body.decode()
        return [word for word in ("옹벽", "구멍", "막힘", "leaning") if word in page]

    assert kinds() == ["옹벽", "구멍", "막힘", "leaning"]
    assert kinds(district="safety:singil", week="2026-W29") == ["구멍", "막힘"]
    assert kinds(district="unknown") == ["leaning"]
    assert kinds(kind="slope", status="new") == ["옹벽"]
    assert kinds(status="done") == []


def test_a_store_that_is_down_is_503(store):
    store.path.write_bytes(b"x" * 4096)
    assert report_page.reports_page({}).status == 503


@pytest.mark.parametrize(
    ("caller", "host", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1:5055", True),
        ("127.0.0.1", "localhost:5055", True),
        ("::1", "[::1]:5055", True),
        ("192.168.0.7", "127.0.0.1:5055", False),
        ("127.0.0.1", "evil.example:5055", False),
    ],
)
def test_only_this_machine_sees_the_page(caller, host, allowed):
    assert report_page._local(caller, host) is allowed


def test_the_page_on_the_servers_app(store):
    import asyncio

    from rasa_sdk.endpoint import create_app
    from sanic import Sanic

    Sanic.test_mode = True
    app = create_app(None)
    report_page.attach(app)
    route = next(route for route in app.router.routes if route.path == report_page.PATH.strip("/"))

    class Request:
        args, ip, host = {"lang": ["en"]}, "127.0.0.1", "127.0.0.1:5055"

    class Stranger(Request):
        ip = "10.0.0.5"

    answer = asyncio.run(route.handler(Request()))
    assert answer.status == 200
    assert b"Hazard reports" in answer.body
    assert answer.headers["Cache-Control"] == "no-store"
    assert asyncio.run(route.handler(Stranger())).status == 403


def test_of_a_long_paragraph_only_the_cited_part_is_rendered(store, shelf):
    made = written(store, shelf, None, "ko")
    quotes = [block for block in made.blocks if getattr(block, "kind", "") == "quote"]
    quoted = ["".join(span.text for span in block.words) for block in quotes]
    heads = [block.text for block in made.blocks if getattr(block, "level", 0) == 2]
    assert any(head.startswith("제37조제1항제4호") for head in heads)
    unofficial = [words for words in quoted if words.startswith(f"({text('unofficial', 'ko')})")]
    assert any("4. 「하수도법」" in words for words in unofficial)
    assert not any("소하천" in words for words in quoted)


def test_a_row_has_its_kind_place_and_district_below_each_other(store, shelf):
    from docx import Document

    store.add(NewReport("ice", "얼었어요", ""), "nowhere", NOON)
    document = Document(io.BytesIO(to_docx(written(store, shelf, None, "en"))))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert all(len(row) == 5 for row in cells)
    place = ["sinkhole or sunken ground", "Singiloncheon Station", "District: Singil District"]
    assert cells[1][1].split("\n") == place
    assert cells[-1][1].split("\n") == ["ice", "Place: –", "District: not known"]
    assert cells[1][3].split("\n") == ["2026-07-15", "Times: 1"]
    lines = [line for line in to_markdown(written(store, shelf, None, "en")).split("\n") if line.startswith("| 1 |")]
    assert len(lines) == 2
    assert "sunken ground<br>Singiloncheon Station<br>" in lines[0]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_word_of_the_table_is_broken_on_a_printed_page(store, shelf, language):
    from pypdf import PdfReader

    made = written(store, shelf, None, language)
    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(made))).pages)
    for report in store.rows():
        assert report.receipt in words
        assert report.first_seen.isoformat() in words


def pages_of(blocks):
    from pypdf import PdfReader

    from actions.document_model import Layout

    reader = PdfReader(io.BytesIO(to_pdf(Layout("t", "en", tuple(blocks)))))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.mark.parametrize("lines", range(20, 40))
def test_a_heading_with_a_note_goes_with_the_heading_below_it(lines):
    from actions.document_model import NOTE, QUOTE, Heading, Paragraph

    filling = [Paragraph(f"line {number}") for number in range(lines)]
    below = [Heading("Upper"), Paragraph("a note", NOTE, keep=True), Heading("Lower", 2), Paragraph("words", QUOTE)]
    page = next(page for page in pages_of([*filling, *below]) if "Upper" in page)
    assert "Lower" in page
    assert "words" in page


@pytest.mark.parametrize("lines", range(20, 40))
def test_a_source_is_not_alone_at_the_top_of_a_page(lines):
    from actions.document_model import NOTE, QUOTE, Paragraph

    filling = [Paragraph(f"line {number}") for number in range(lines)]
    below = [Paragraph("the quote", QUOTE, keep=True), Paragraph("its source", NOTE)]
    page = next(page for page in pages_of([*filling, *below]) if "its source" in page)
    assert "the quote" in page
