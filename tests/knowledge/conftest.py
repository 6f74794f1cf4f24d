"""These tests choose the import folder themselves."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_import_folder(monkeypatch):
    monkeypatch.delenv("ANSIM_LAWS_DIR", raising=False)
