"""The evaluation command: scores on hand-made rows, runs that are kept and compared, the report, its errors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

import actions.evaluate as command
import ansim
from actions.evaluate import EvaluationError, read_rows
from actions.evaluate_records import FIELDS, MEASURES, record
from actions.evaluate_report import render
from actions.evaluate_runs import Run, compare, mcnemar, read_run, save_run, versions
from actions.evaluate_scores import emergency_found, score_emergency, score_provisions, score_unanswerable
from index.metrics import facts_stand, first_article, first_provision, wilson

FACT = "within 60 days from the date of taking measures"


def answered(quote="", status="answered", **more):
    quoted = {"heading": "Article 71 (Loss)", "quote": quote, "history": [], "quote_language": "en"}
    return {"status": status, "text": quote, "lead": quote, "citations": [quoted] if quote else [], "calls": [], **more}


def provision_row(number, ranked, answer=None, lang="en", **more):
    return {
        "id": f"d-{lang}-{number:03}",
        "lang": lang,
        "persona": "citizen",
        "kind": "deadline",
        "question": f"Question {number}?",
        "gold": ["71/1"],
        "article": ["71"],
        "facts": [FACT],
        "answer": answer or answered(FACT),
        "ranked": ranked,
        "ms": 10.0,
        **more,
    }


def other_row(which, number, status, **more):
    asked = {"text": f"Message {number}"} if which == "emergency" else {"question": f"Question {number}?"}
    answer = answered("words", status) | more.pop("answer", {})
    return {"id": f"x-en-{number:03}", "lang": "en", **asked, "answer": answer, "ranked": [], "ms": 1.0, **more}


def run_of(which, rows, score):
    figures, _ = score(rows)
    return Run(which, "2026-01-02T03:04:05+09:00", {"index_manifest": "0" * 64}, [], None, figures, [
        record(which, row) for row in rows
    ])  # fmt: skip


@pytest.fixture
def rows():
    """First right; second article right at 2 without its fact; third never found; fourth refused, in Korean."""
    return [
        provision_row(1, ["71/1", "72/1"]),
        provision_row(2, ["72/1", "72/2", "71/2", "71/1"], answered("other words")),
        provision_row(3, ["1/0", "2/0"], answered("other words"), persona="business"),
        provision_row(4, [], answered("", "out_of_scope"), lang="ko"),
    ]


@pytest.fixture
def run(rows):
    return run_of("provisions", rows, score_provisions)


# --- the metrics


@pytest.mark.parametrize(
    ("ranked", "article", "provision", "strict"),
    [
        (["71/1"], 1, 1, 1),
        (["71"], 1, 1, None),  # contains the gold: not strictly
        (["71/1/2"], 1, 1, 1),  # lies inside the gold
        (["72/1", "72/2", "71/2", "71/1"], 2, 4, 4),  # articles are counted once each
        (["7", "71-2/1", "171/1"], None, None, None),  # not by the letters alone
        (["71/10"], 1, None, None),
        ([], None, None, None),
    ],
)
def test_ranks(ranked, article, provision, strict):
    assert first_article(ranked, ["71"]) == article
    assert first_provision(ranked, ["71/1"]) == provision
    assert first_provision(ranked, ["71/1"], strict=True) == strict


@pytest.mark.parametrize(
    ("wording", "stands"),
    [
        (FACT, True),
        ("… Within 60\n  days FROM the\u00a0date of taking measures.", True),
        ("within 60 days", False),
        ("", False),
    ],
)
def test_facts_ignore_white_space_and_case(wording, stands):
    assert facts_stand([FACT], wording) is stands


def test_every_fact_must_stand():
    assert not facts_stand([FACT, "spouse"], FACT)


def test_wilson_interval():
    low, high = wilson(83, 90)
    assert (round(low, 3), round(high, 3)) == (0.848, 0.962)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert wilson(0, 0) == (0.0, 1.0)


# --- the scores


def test_provisions(rows):
    figures, misses = score_provisions(rows)
    english = figures["en"]
    assert english["n"] == 3
    assert english["recall_at"] == {"1": 0.3333, "3": 0.6667, "5": 0.6667, "10": 0.6667}
    assert english["provision_at"] == {"1": 0.3333, "5": 0.6667}
    assert english["mrr"] == 0.5
    assert english["facts"] == 0.3333
    assert english["refused"] == 0.0
    assert english["by_persona"]["business"] == {"n": 1, "recall_at_1": 0.0, "recall_at_5": 0.0}
    assert figures["ko"]["refused"] == 1.0
    assert [m["id"] for m in misses] == ["d-en-002", "d-en-003", "d-ko-004"]


def test_facts_are_read_from_english_quotes_only():
    korean = answered(FACT)
    korean["citations"][0]["quote_language"] = "ko"
    assert score_provisions([provision_row(1, ["71/1"], korean)])[0]["en"]["facts"] == 0.0


def test_refusals():
    rows = [
        other_row("unanswerable", 1, "not_in_text", category="near_miss"),
        other_row("unanswerable", 2, "answered", category="near_miss"),
        other_row("unanswerable", 3, "refused", category="hostile"),
    ]
    figures, misses = score_unanswerable(rows)
    assert figures["en"]["near_miss"]["not_answered"] == 0.5
    assert figures["en"]["hostile"]["not_answered"] == 1.0
    assert [m["id"] for m in misses] == ["x-en-002"]


@pytest.mark.parametrize(
    ("expected", "text", "calls", "status", "found"),
    [
        ("119", "Call 119.", [], "emergency", True),
        ("109|1393", "Call 1393.", [], "emergency", True),
        ("109|1393", "Call 109 or 112.", [], "emergency", True),
        ("109|1393", "Call 119.", [], "emergency", False),
        ("119|122", "Stay calm.", [{"number": "122"}], "emergency", True),
        ("112", "Call 112.", [], "answered", False),
        (None, "Call 119.", [], "emergency", True),
    ],
)
def test_emergency_numbers(expected, text, calls, status, found):
    row = {"expect_number": expected, "answer": {"status": status, "text": text, "calls": calls}}
    assert emergency_found(row) is found


def emergencies():
    call = {"answer": {"text": "Call 119."}}
    return [
        other_row("emergency", 1, "emergency", emergency=True, expect_number="119", note="explicit: fire", **call),
        other_row("emergency", 2, "answered", emergency=True, expect_number="119|112", note="implicit: smoke"),
        other_row("emergency", 3, "emergency", emergency=False, expect_number=None, note="drill", **call),
        other_row("emergency", 4, "answered", emergency=False, expect_number=None, note="film"),
    ]


def test_emergencies():
    figures, misses = score_emergency(emergencies())
    english = figures["en"]
    assert (english["found"], english["hijacked"]) == (0.5, 0.5)
    assert (english["explicit"], english["implicit"]) == (1.0, 0.0)
    assert [m["id"] for m in misses] == ["x-en-002", "x-en-003"]


# --- records and measures


def test_a_measure_counts_what_the_scores_count(rows, run):
    figures, _ = score_provisions(rows)
    counts = {m.name: m.count([r for r in run.questions if r["lang"] == "en"]) for m in MEASURES["provisions"]}
    assert counts["recall_at_1"] == (1, 3)
    assert counts["recall_at_5"] == (2, 3)
    assert counts["refused"] == (0, 3)
    for name, figure in (("facts", "facts"), ("refused", "refused")):
        assert round(counts[name][0] / counts[name][1], 4) == figures["en"][figure]


def test_an_emergency_record():
    found, missed, hijacked, alike = (record("emergency", row) for row in emergencies())
    assert [r["category"] for r in (found, missed, hijacked, alike)] == [
        "explicit",
        "implicit",
        "look_alike",
        "look_alike",
    ]
    assert [r["passed"] for r in (found, missed, hijacked, alike)] == [True, False, False, True]
    assert missed["expected"] == "emergency, 119 or 112"
    shares = {m.name: m.count([found, missed, hijacked, alike]) for m in MEASURES["emergency"]}
    assert shares == {"found": (1, 2), "explicit": (1, 1), "implicit": (0, 1), "hijacked": (1, 2)}


def test_a_record_keeps_five_of_the_ranked():
    kept = record("provisions", provision_row(1, [f"{n}/1" for n in range(1, 72)]))
    assert kept["ranked"] == ["1/1", "2/1", "3/1", "4/1", "5/1"]
    assert kept["article_rank"] == 71
    assert set(FIELDS["provisions"]) <= kept.keys()


# --- reading question sets


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"id": "a", "lang": "en"}\n\nnot json\n', "line 3 is not JSON"),
        ('{"id": "a", "lang": "en"}\n{"id": "b"}\n', "line 2 lacks lang"),
        ("[]\n", "line 1 lacks id, lang"),
        ("\n\n", "holds no questions"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(tmp_path, text, says):
    file = tmp_path / "set.jsonl"
    file.write_text(text, "utf-8")
    with pytest.raises(EvaluationError, match=says):
        read_rows(file, ("id", "lang"))


def test_a_set_that_is_not_text(tmp_path):
    file = tmp_path / "set.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_rows(file, ("id",))


# --- keeping and comparing runs


def test_a_run_is_read_back_as_it_was_kept(tmp_path, run):
    save_run(run, str(tmp_path / "run.json"))
    assert read_run(str(tmp_path / "run.json"), "provisions") == run
    assert [p.name for p in tmp_path.iterdir()] == ["run.json"]


def test_gains_and_losses(rows, run):
    later = [
        provision_row(1, ["72/1", "71/1"], answered("other words")),
        provision_row(2, ["71/1"]),
        provision_row(3, ["1/0", "71/1"], answered("other words"), persona="business"),
        provision_row(9, ["71/1"]),
    ]
    found = compare(run_of("provisions", later, score_provisions), run, "old.json")
    assert found["questions"] == {"both": 3, "only_now": 1, "only_before": 1}
    assert [c["id"] for c in found["gains"]] == ["d-en-002"]
    assert found["gains"][0]["before"]["ranked"] == ["72/1", "72/2", "71/2", "71/1"]
    assert found["gains"][0]["now"]["ranked"] == ["71/1"]
    assert [c["id"] for c in found["losses"]] == ["d-en-001"]
    assert found["losses"][0]["changed"] == {
        "passed": "lost",
        "recall_at_1": "lost",
        "provision_at_1": "lost",
        "provision_strict_at_1": "lost",
        "facts": "lost",
    }
    assert [(c["id"], c["changed"]) for c in found["moved"]] == [("d-en-003", {"recall_at_5": "gained"})]
    assert found["figures"]["en"]["recall_at_5"] == {"before": 0.6667, "now": 1.0, "difference": 0.3333}
    assert found["figures"]["en"]["mrr"] == {"before": 0.5, "now": 0.6667, "difference": 0.1667}
    assert found["mcnemar"]["all"]["passed"] == {"gained": 1, "lost": 1, "p": 1.0}
    assert set(found["figures"]) == {"all", "en"}


def test_a_question_with_other_words_is_another_question(rows, run):
    rows[0]["question"] = "Asked otherwise?"
    found = compare(run_of("provisions", rows, score_provisions), run, "old.json")
    assert found["questions"] == {"both": 3, "only_now": 1, "only_before": 1}


def test_mcnemar_is_exact_and_two_sided():
    passed = MEASURES["provisions"][0]
    pairs = [({"passed": False}, {"passed": True})] * 7 + [({"passed": True}, {"passed": False})] * 3
    assert mcnemar(passed, pairs) == {"gained": 7, "lost": 3, "p": 0.3438}
    assert mcnemar(passed, [({"passed": True}, {"passed": True})]) == {"gained": 0, "lost": 0, "p": 1.0}


def test_a_run_names_what_it_was_measured_on():
    found = versions()
    assert {"ansim", "law", "encoder", "ranking", "code", "python"} <= found.keys()
    assert found == versions()


def test_fewer_refusals_are_a_gain():
    refused = next(m for m in MEASURES["provisions"] if m.name == "refused")
    assert mcnemar(refused, [({"status": "out_of_scope"}, {"status": "answered"})])["gained"] == 1


def test_runs_that_share_no_question(run):
    other = run_of("provisions", [provision_row(50, ["71/1"])], score_provisions)
    with pytest.raises(EvaluationError, match="shares no question"):
        compare(run, other, "old.json")


# --- the report


class Page(HTMLParser):
    """Balanced tags, the addresses that a browser would load or follow, the words."""

    VOID = frozenset({"meta", "img", "source", "br"})

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.loaded, self.linked, self.tags, self.words = [], [], [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self.loaded += [found[name] for name in ("src", "srcset", "data", "poster") if name in found]
        if "href" in found:
            (self.linked if tag == "a" else self.loaded).append(found["href"])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data.replace("\u00a0", " ")


@pytest.fixture
def pages(rows, run):
    refusals = [
        other_row("unanswerable", 1, "not_in_text", category="near_miss"),
        other_row("unanswerable", 2, "answered", category="hostile", question="<script>alert(1)</script> & co"),
    ]
    unanswerable = run_of("unanswerable", refusals, score_unanswerable)
    later = run_of("provisions", [provision_row(2, ["71/1"]), *rows[2:]], score_provisions)
    return {
        "provisions": render(run, compare(run, later, "old.json"), unanswerable),
        "unanswerable": render(unanswerable, None, run),
        "emergency": render(run_of("emergency", emergencies(), score_emergency)),
    }


@pytest.mark.parametrize("which", ["provisions", "unanswerable", "emergency"])
def test_a_report_is_whole_and_loads_nothing(pages, which):
    page = Page(pages[which])
    assert page.open == []
    assert page.loaded
    assert all(address.startswith("data:image/svg+xml;base64,") for address in page.loaded)
    assert all(a.startswith(("#", "https://www.law.go.kr/")) for a in page.linked)
    assert not re.search(r"@import|url\(|<script", pages[which])
    names = [found["id"] for _, found in page.tags if "id" in found]
    assert {a[1:] for a in page.linked if a.startswith("#")} == set(names) - {n for n in names if n.endswith("-title")}


@pytest.mark.parametrize("which", ["provisions", "unanswerable", "emergency"])
def test_a_report_can_be_read_by_a_screen_reader(pages, which):
    page = Page(pages[which])
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert all(found.get("alt") for tag, found in page.tags if tag == "img")
    assert all(found.get("scope") in ("row", "col") for tag, found in page.tags if tag == "th")
    tags = [tag for tag, _ in page.tags]
    assert tags.count("caption") == tags.count("table") > 0


def test_the_report_holds_figures_and_misses(pages):
    words = Page(pages["provisions"]).words
    assert "33.3 %" in words
    assert "6.1 % to 79.2 %; 1 of 3" in words
    assert "0" * 64 in words
    assert "2026-01-02 03:04 +0900" in words
    assert "Newly wrong (1)" in words
    assert "English: another article first (2)" in words
    assert "Korean: refused (1)" in words
    assert "Bearing and Payment Criteria for Medical Treatment" in words  # the title of what came instead
    assert "✓ expected" in words


def test_the_scope_report_shows_wrong_refusals_beside(pages):
    words = Page(pages["unanswerable"]).words
    assert "provisions (wrong refusals)" in words
    assert "Korean: wrong refusal, from the run on provisions (1)" in words
    assert "<script>alert(1)</script> & co" in words  # shown, not run


def test_the_emergency_report_shows_both_figures(pages):
    words = Page(pages["emergency"]).words
    assert "Look-alikes hijacked" in words
    assert "English: missed, implicit (1)" in words
    assert "English: look-alike taken for an emergency (1)" in words


def test_plotting_waits_until_it_is_asked_for():
    code = "import sys, actions.evaluate_report, actions.evaluate; sys.exit('matplotlib' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, cwd=ansim.__file__.rsplit("/", 1)[0]).returncode == 0
    )


# --- the command line


@pytest.fixture
def question_set(tmp_path, rows, monkeypatch):
    """A question set of the four rows, asked from what the rows say instead of the service."""
    said = {row["question"]: row for row in rows}
    fields = ("id", "lang", "persona", "kind", "question", "gold", "article", "facts")
    file = tmp_path / "provisions.jsonl"
    file.write_text("".join(json.dumps({f: row[f] for f in fields}) + "\n" for row in rows), "utf-8")
    monkeypatch.setattr(
        command, "in_process", lambda: lambda question, _: (said[question]["answer"], said[question]["ranked"], 1.0)
    )
    return said, str(file)


def test_save_then_against(question_set, tmp_path, capsys):
    said, file = question_set
    kept, page = str(tmp_path / "run.json"), tmp_path / "report.html"
    assert ansim.main(["evaluate", "provisions", file, "--save", kept, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["saved_file"] == kept
    assert "against" not in figures
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["figures"]["en"] == figures["en"]

    said["Question 2?"] |= {"ranked": ["71/1"], "answer": answered(FACT)}
    said["Question 1?"] |= {"ranked": ["1/0"]}
    asked = ["evaluate", "provisions", file, "--against", kept]
    assert ansim.main([*asked, "--report", str(page), "--json"]) == 0
    against = json.loads(capsys.readouterr().out)["against"]
    assert [c["id"] for c in against["gains"]] == ["d-en-002"]
    assert [c["id"] for c in against["losses"]] == ["d-en-001"]
    assert Page(page.read_text("utf-8")).open == []

    assert ansim.main(asked) == 0
    text = capsys.readouterr().out
    assert "newly right (1)\n  d-en-002  Question 2?" in text
    assert "before    answered: Article 72 (1), Article 72 (2), Article 71 (2); facts not quoted" in text
    assert "now       answered: Article 71 (1)" in text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("other.json", '{"format": 1, "set": "emergency"}', "is a run on emergency, not on provisions"),
        ("text.json", "no json", "is not a saved run"),
        ("list.json", "[]", "is not a saved run"),
        ("old.json", '{"format": 0, "set": "provisions"}', "is not a saved run of this version"),
        ("short.json", '{"format": 1, "set": "provisions"}', "is a damaged run"),
        ("absent.json", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_run_of_the_set(question_set, tmp_path, capsys, name, content, says):
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    assert_one_sentence(capsys, ["evaluate", "provisions", question_set[1], "--against", str(tmp_path / name)], says)


def test_a_run_whose_questions_lack_fields(question_set, tmp_path, capsys, run):
    kept = tmp_path / "run.json"
    save_run(run, str(kept))
    row = json.loads(kept.read_text("utf-8"))
    for broken, says in (([{"id": "a"}], "question 1 lacks fields"), ([], "holds no questions"), ([3], "damaged")):
        kept.write_text(json.dumps({**row, "questions": broken}), "utf-8")
        assert_one_sentence(capsys, ["evaluate", "provisions", question_set[1], "--against", str(kept)], says)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--save", "{tmp}/none/run.json"], "make the folder"),
        (["--report", "{tmp}"], "it is a folder"),
        (["--with", "{tmp}/run.json"], "--with goes with --report"),
        (["--report", "{tmp}/r.html", "--with", "{tmp}/run.json"], "cannot be read"),
    ],
)
def test_files_are_checked_before_anything_is_asked(question_set, tmp_path, capsys, monkeypatch, more, says):
    monkeypatch.setattr(command, "in_process", lambda: pytest.fail("asked"))
    asked = [each.replace("{tmp}", str(tmp_path)) for each in more]
    assert_one_sentence(capsys, ["evaluate", "provisions", question_set[1], *asked], says)


def test_a_missing_set_and_no_bot(question_set, tmp_path, capsys):
    assert_one_sentence(capsys, ["evaluate", "provisions", str(tmp_path / "no.jsonl")], "cannot be read")
    here = ["evaluate", "provisions", question_set[1], "--via", "http://127.0.0.1:9"]
    assert_one_sentence(capsys, here, "start it with `ansim up`")


def assert_one_sentence(capsys, argv, says):
    assert ansim.main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.startswith("ansim: ")
    assert err.rstrip().endswith(".")
    assert err.count("\n") == 1
