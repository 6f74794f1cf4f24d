"""A home and a catalogue of their own for each test, and small files made on the spot."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("ANSIM_HOME", str(home))
    return home


@pytest.fixture
def address(own_home) -> str:
    return str(own_home / "catalogue.sqlite")


@pytest.fixture
def catalogue(address):
    from knowledge.catalogue.opening import open_catalogue

    opened = open_catalogue(address)
    yield opened
    opened.close()


@pytest.fixture
def made(tmp_path):
    """Writes rows (the first is the header) as a CSV file and gives its path."""

    def make(name: str, *rows: list[object], encoding: str = "utf-8") -> str:
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return str(path)

    return make
