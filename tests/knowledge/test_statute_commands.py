from __future__ import annotations

import json

import pytest

from knowledge.law_commands import LawCommandError, read_provision, run_diff, run_import, run_list
from tests.knowledge.statute_samples import SAMPLES


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("ANSIM_HOME", str(tmp_path / "home"))
    return tmp_path


def files(*names: str) -> list[str]:
    return [str(SAMPLES / name) for name in names]


def test_one_bad_file_does_not_stop_the_others(home, capsys):
    bad = home / "bad.md"
    bad.write_text("---\n제목: x\n", "utf-8")
    status = run_import([*files("umbrella_101.md"), str(bad), str(home / "none.md"), str(home)], False)
    out, err = capsys.readouterr()
    assert status == 1
    assert "imported: 우산 나눔법 시행령 No. 101, in force from 2023-04-01, 4 articles, 5 paragraphs" in out
    assert "bad.md: refused: line 3: the head has no closing" in err
    assert "none.md: refused: cannot be read (No such file" in err
    assert run_import(files("umbrella_101.md"), False) == 0
    assert "already there" in capsys.readouterr().out


def test_the_report_as_json(capsys):
    assert run_import(files("umbrella_101.xml", "umbrella_102.md"), True) == 0
    rows = json.loads(capsys.readouterr().out)["files"]
    assert [(row["result"], row["number"], row["form"]) for row in rows] == [
        ("imported", "101", "drf-xml"), ("imported", "102", "markdown"),
    ]  # fmt: skip


def test_the_list(capsys):
    assert run_list(False) == 0
    assert "ansim import law" in capsys.readouterr().out
    run_import(files("umbrella_103.md", "umbrella_101.md", "umbrella_102.md"), True)
    capsys.readouterr()
    run_list(True)
    rows = json.loads(capsys.readouterr().out)["versions"]
    assert [row["number"] for row in rows] == ["101", "103", "102"]
    assert [row["in_force_today"] for row in rows] == [False, False, True]
    run_list(False)
    assert " * No. 102" in capsys.readouterr().out


def test_the_difference(capsys):
    run_import(files("umbrella_101.md", "umbrella_102.md"), True)
    capsys.readouterr()
    assert run_diff("제4조제1항", "우산 나눔법 시행령", None, None, False) == 0
    assert "[-3-]" in capsys.readouterr().out
    run_diff("4/1", "990001", "2023-06-01", "102", True)
    row = json.loads(capsys.readouterr().out)
    assert row["changed"] is True
    assert (row["old_version"], row["new_version"]) == ("101", "102")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("4", None, None, None), "import law"),
        (("4", "없는 법", None, None), "not imported"),
        (("4", "990001", None, None), "Only one version"),
        (("4", "990001", "55", None), "there are: 101"),
        (("우산", "990001", None, None), "is no provision"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(arguments, words, capsys):
    run_import(files("umbrella_101.md"), True)
    with pytest.raises(LawCommandError, match=words):
        run_diff(*arguments, False)


def test_provisions_as_people_write_them():
    assert [read_provision(t) for t in ("73-9/4", "73-9", "제73조의9제4항", "art 73-9(4)")] == [
        "73-9/4", "73-9", "73-9/4", "73-9/4",
    ]  # fmt: skip
