"""The table of HOUSE.md: which room may import which, checked by walking imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("knowledge", "index", "nlu", "actions", "bot")
NEVER = {
    "knowledge": {"index", "nlu", "actions", "bot", "rasa", "rasa_sdk", "sanic", "telegram"},
    "index": {"nlu", "actions", "bot", "rasa", "rasa_sdk", "sanic", "telegram"},
    "nlu": {"index", "actions", "bot", "rasa_sdk", "sanic", "telegram"},
    "actions": {"bot", "rasa", "sanic", "telegram"},
    "bot": {"index", "actions"},
}
ONLY_IN = {
    "faiss": {"index/vectors.py"},
    "sentence_transformers": {"index/encoder.py"},
    "kiwipiepy": {"index/tokens.py"},
}
LAZY = {
    "faiss",
    "sentence_transformers",
    "torch",
    "transformers",
    "bm25s",
    "kiwipiepy",
    "sklearn",
    "Stemmer",
    "yaml",
    "sqlalchemy",
}


def sources(room: str) -> list[Path]:
    return sorted(path for path in (ROOT / room).rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def tops(tree: ast.AST) -> set[str]:
    return {name.split(".", 1)[0] for name in imported(tree)}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room):
    wrong = {
        str(path.relative_to(ROOT)): bad
        for path in sources(room)
        if (bad := tops(ast.parse(path.read_text("utf-8"))) & NEVER[room])
    }
    assert wrong == {}


def test_rasa_stays_in_the_components_of_nlu():
    for path in sources("nlu"):
        if path.parent.name != "components":
            assert "rasa" not in tops(ast.parse(path.read_text("utf-8"))), path


def test_composing_does_not_know_rasa():
    for path in (ROOT / "actions").glob("compose_*.py"):
        assert "rasa_sdk" not in tops(ast.parse(path.read_text("utf-8"))), path


def test_each_engine_is_imported_in_one_file():
    for library, allowed in ONLY_IN.items():
        users = {
            str(path.relative_to(ROOT))
            for room in ROOMS
            for path in sources(room)
            if library in tops(ast.parse(path.read_text("utf-8")))
        }
        assert users <= allowed, library


def test_heavy_libraries_are_not_imported_at_module_level():
    for room in ("knowledge", "index", "nlu", "actions"):
        for path in sources(room):
            tree = ast.parse(path.read_text("utf-8"))
            top_level = ast.Module([n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)], [])
            if "components" not in path.parts:
                assert not tops(top_level) & LAZY, path


def test_actions_stay_flat():
    """rasa-sdk imports a sub-package of actions by its bare name; one named like a library stops it."""
    assert [p for p in (ROOT / "actions").iterdir() if p.is_dir() and p.name != "__pycache__"] == []


def test_the_table_is_not_empty():
    assert all(len(sources(room)) > 3 for room in ROOMS)
