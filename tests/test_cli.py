"""The command line: help everywhere, JSON as promised, and one sentence for what a person can mend."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import ansim
from tests.conftest import ROOT

COMMANDS = [
    [],
    ["up"],
    ["ask"],
    ["search"],
    ["index"],
    ["index", "build"],
    ["index", "inspect"],
    ["train"],
    ["serve"],
    ["evaluate"],
    ["evaluate", "provisions"],
    ["evaluate", "unanswerable"],
    ["evaluate", "emergency"],
    ["bench"],
    ["doctor"],
    ["import"],
    ["import", "law"],
    ["law"],
    ["law", "list"],
    ["law", "diff"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        ansim.main([*command, "--help"])
    assert ended.value.code == 0
    assert "usage: ansim" in capsys.readouterr().out


def test_help_imports_nothing_heavy():
    code = "import sys, ansim\ntry: ansim.main(['--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    loaded = out.rsplit("[", 1)[1]
    for heavy in ("numpy", "torch", "rasa", "faiss", "sentence_transformers", "yaml", "sanic"):
        assert f"'{heavy}'" not in loaded


def test_ask_prints_the_promised_json(service, capsys):
    assert ansim.main(["ask", "When must a festival safety plan be handed in?", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"status", "language", "text", "citations", "places", "suggestions", "timings_ms"} <= answer.keys()
    assert {"provision", "law", "version", "quote", "url"} <= answer["citations"][0].keys()
    assert answer["places"] == []


def test_search_prints_the_promised_json(service, capsys):
    assert ansim.main(["search", "festival plan deadline", "-k", "3", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert len(hits) == 3
    assert {"provision", "score", "parts"} <= hits[0].keys()
    assert set(hits[0]["parts"]) == {"dense", "lexical"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["evaluate", "provisions", "/no/such/file.jsonl"], "cannot be read"),
        (["law", "diff", "73-9/4"], "import"),
        (["law", "diff", "nonsense"], ""),
    ],
)
def test_trouble_is_one_sentence(arguments, says, capsys):
    assert ansim.main(arguments) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("ansim: ")
    assert says in error
    assert "\n" not in error


@pytest.mark.parametrize(
    "arguments",
    [["search", "x", "-k", "0"], ["up", "--port", "99999"], ["ask"], ["ask", "x", "--lang", "fr"], ["nonsense"]],
)
def test_wrong_arguments_say_how_it_is_used(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        ansim.main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_missing_index_says_how_to_build_it(tmp_path):
    environment = {"PATH": "/usr/bin:/bin", "ANSIM_INDEX_DIR": str(tmp_path / "none"), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "ansim", "ask", "when is the plan due"],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "ansim index build" in done.stderr
    danger = subprocess.run(
        [sys.executable, "-m", "ansim", "ask", "우리 집에 불났어요"],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=False,
    )  # fmt: skip
    assert danger.stdout.startswith("119")
