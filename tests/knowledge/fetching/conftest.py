from __future__ import annotations

import pytest

from tests.knowledge.fetching.portal import TestPortal

KEY = "aB+cd/EF12=gh34ij56KL"
"""Not a real key; with the three letters that an address must encode."""


@pytest.fixture
def portal(monkeypatch):
    """Starts a portal with an answer function; the environment points to it and holds a key."""
    started = []

    def start(answer):
        server = TestPortal(answer)
        started.append(server)
        for name in ("ANSIM_SAFETYDATA", "ANSIM_DATAGOKR"):
            monkeypatch.setenv(f"{name}_URL", server.address)
            monkeypatch.setenv(f"{name}_KEY", KEY)
        return server

    yield start
    for server in started:
        server.close()
