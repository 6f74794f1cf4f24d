from __future__ import annotations

import datetime as dt

import pytest

from knowledge.errors import LawTextError
from knowledge.statute import DECREE, circled, display, kind_of, letter
from knowledge.statute_read import read_statute
from tests.knowledge.statute_samples import framework, raw, real, real_files, sample


def text(name: str = "umbrella_101.md") -> str:
    return raw(name).decode()


def test_the_head_is_read():
    statute = sample()
    assert (statute.law_id, statute.title) == ("990001", "우산 나눔법 시행령")
    assert (statute.kind, statute.kind_name, statute.number) == (DECREE, "대통령령", "101")
    assert statute.promulgated == dt.date(2023, 3, 2)
    assert statute.in_force == dt.date(2023, 4, 1)
    assert statute.status == "시행"
    (table,) = statute.attachments
    assert (table.kind, table.number, table.title) == ("별표", "1-2", "우산의 종류 <신설 2023. 3. 2.>")


def test_units_have_language_neutral_ids():
    ids = [unit.id for unit in sample().units()]
    assert ids == [
        "1", "1/0", "2", "2/0", "2/0/1", "2/0/1-2", "2/0/1-2/a", "2/0/1-2/b", "2/0/2",
        "3", "4", "4/1", "4/2", "4-2", "4-2/1", "5",
    ]  # fmt: skip


def test_a_quote_is_an_exact_span_and_is_shown_without_marks():
    statute = sample()
    quote = statute.quote("2/0/1-2/a")
    assert quote in text()
    assert quote.startswith("가\\. 시립")
    assert display(quote) == "가. 시립 도서관\n 1) 본관\n 2) 분관"
    assert display(statute.quote("4/1")).startswith("① 우산은 3일까지")
    assert display(statute.quote("4")).splitlines()[0] == "제4조 (빌리는 기간)"


def test_sub_items_belong_to_their_item():
    assert sample().law.unit("2/0/1-2/a").own == "시립 도서관 1) 본관 2) 분관"


def test_status_and_place_of_articles():
    law = sample().law
    assert [a.status for a in law.articles] == ["living", "living", "deleted", "living", "living", "moved"]
    assert law.article("4").path == ("제2장 빌리기", "제1절 빌리는 사람", "제4조 (빌리는 기간)")
    assert law.article("1").chapter == "제1장 총칙"
    assert law.unit("2/0/2").deleted


def test_notes_are_facts_not_words():
    law = sample().law
    assert law.unit("2/0").own == "우산을 두는 곳은 다음 각 호와 같다."
    assert [(n.kind, len(n.dates)) for n in law.unit("2/0").notes] == [("amended", 2)]
    assert [(n.kind, n.dates[0].year) for n in law.unit("4/2").notes] == [("inserted", 2020), ("amended", 2023)]
    assert law.unit("2/0/2").notes[0].kind == "deleted"
    assert [n.kind for n in law.article("4-2").notes] == ["inserted", "moved"]
    assert law.article("4-2").notes[1].moves == (("5", ""), ("4-2", "6"))


def test_addenda_are_kept_apart_with_their_first_day_in_force():
    first, last = sample().law.addenda
    assert (first.id, first.in_force) == ("addenda-12", dt.date(2020, 4, 2))
    assert (last.decree_number, last.in_force) == ("101", dt.date(2023, 4, 1))
    assert sample().law.quote("addenda-12").startswith("부칙 <제12호,2020.1.1>")
    assert sample().law.amending[-1] == ("101", dt.date(2023, 3, 2))


def test_a_byte_order_mark_and_windows_lines_change_nothing():
    windows = b"\xef\xbb\xbf" + raw("umbrella_101.md").replace(b"\n", b"\r\n")
    assert [u.own for u in read_statute(windows).units()] == [u.own for u in sample().units()]


BROKEN = (  # what is wrong, how it comes about, a text on the line that must be told, words of the error
    ("no head", lambda t: t.replace("---\n", "", 1), "제목", "neither"),
    ("cut head", lambda t: t[: t.index("공포일자")].rstrip(), "- 우산청", "cut off"),
    ("no number", lambda t: t.replace("공포번호: '00101'\n", ""), "---\n\n", "공포번호"),
    ("a path as id", lambda t: t.replace("'990001'", "'../../etc'"), "---\n\n", "법령ID"),
    ("no date", lambda t: t.replace("2023-04-01", "soon"), "---\n\n", "시행일자"),
    ("not YAML", lambda t: t.replace("상태: 시행", "상태: [시행"), "출처", "YAML"),
    ("no addenda", lambda t: t[: t.index("## 부칙")].rstrip(), "##### 제5조", "cut off"),
    ("cut addenda", lambda t: t[: t.index("부칙(비옷법")].rstrip(), "제2조 생략", "No. 101"),
    ("no words", lambda t: t.replace("  1\\. 역 앞", "  1\\."), "  1\\.", "without words"),
    ("indent", lambda t: t.replace("  1\\. 역 앞", "   1\\. 역 앞"), "역 앞", "indent"),
    ("article twice", lambda t: t.replace("제4조의2 (", "제4조 ("), "제4조 (늦은", "twice"),
    ("paragraph twice", lambda t: t.replace("**②**", "**①**"), "비가", "twice"),
    ("unknown mark", lambda t: t.replace("**②**", "**ㄴ**"), "비가", "mark"),
    ("item first", lambda t: t.replace("  1\\. 역 앞", "    가\\. 역 앞"), "역 앞", "without a subparagraph"),
    ("no number line", lambda t: t.replace("**②** ", ""), "비가", "no number"),
    ("heading", lambda t: t.replace("### 제1절", "### 첫째 절"), "첫째", "heading"),
    ("addenda heading", lambda t: t.replace("<제12호,2020.1.1>", "<12,2020>"), "<12,2020>", "addenda heading"),
    ("stray line", lambda t: t.replace("## 제1장 총칙 <개정 2020.1.1>\n", "머리말\n"), "머리말", "expected a chapter"),
    ("text after deletion", lambda t: t.replace("삭제 <2020.1.1>\n", "삭제 <2020.1.1>\n\n또\n"), "또\n", "deletion"),
)


@pytest.mark.parametrize(("name", "spoil", "at", "words"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_file_is_refused_with_its_line(name, spoil, at, words):
    broken = spoil(text())
    with pytest.raises(LawTextError) as caught:
        read_statute(broken.encode())
    assert words in str(caught.value)
    assert caught.value.line == broken.count("\n", 0, broken.index(at)) + 1


def test_what_is_not_text_is_refused():
    with pytest.raises(LawTextError, match="empty"):
        read_statute(b" \n")
    with pytest.raises(LawTextError, match="line 2: not UTF-8"):
        read_statute(b"---\n\xff\xfe")


def test_small_words():
    assert [letter(m) for m in ("가", "나", "하", "거", "가의2", "힣")] == ["a", "b", "n", "o", "a-2", None]
    assert [circled(m) for m in ("①", "⑳", "㉑", "㊱", "㊿", "1", "ㄱ")] == ["1", "20", "21", "36", "50", None, None]
    assert [kind_of(n) for n in ("법률", "대통령령", "행정안전부령", "조약")] == ["act", "decree", "rule", None]


@real
@pytest.mark.parametrize("path", real_files() or [None], ids=lambda p: f"{p.parent.name}/{p.stem}"[:40] if p else "-")
def test_every_real_file_round_trips(path):
    source = path.read_bytes().decode()
    statute = read_statute(path.read_bytes())
    lines = source.split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("# "))
    tail = lines.index("## 부칙")
    body = [i + 1 for i in range(first + 1, tail) if lines[i].strip()]
    parsed = [d.line for d in statute.divisions] + [n for a in statute.articles for n in a.unit.lines]
    assert sorted(parsed) == body == list(statute.law.body_lines)
    assert "\n".join(lines[n - 1] for n in sorted(parsed)) == "\n".join(lines[n - 1] for n in body)
    for article in statute.articles:
        own = [n for p in article.paragraphs for unit in p.walk() for n in unit.lines]
        assert len(own) == len(set(own))
    blocks = "".join(source[a.start : a.end] for a in statute.law.addenda)
    assert "".join(blocks.split()) == "".join("".join(lines[tail + 1 :]).split())


@real
def test_the_korean_decree_pairs_with_the_bundled_english_one(law):
    korean = read_statute(framework("33578").read_bytes()).law
    assert len(korean.living) == 161
    assert {a.number for a in korean.living} == {a.number for a in law.living}
    assert {a.number: a.status for a in korean.articles} == {a.number: a.status for a in law.articles}
    ours, theirs = {u.id for u in law.units()}, {u.id for u in korean.units()}
    assert ours <= theirs
    assert len(theirs - ours) <= 1
