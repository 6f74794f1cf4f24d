"""A whole running bot for the tests of a module, with conversations and reports of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def bot(home, catalogue):
    from bot.launcher import running

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANSIM_REPORTS", str(home / "reports.sqlite"))
        patch.setenv("ANSIM_TURN_SECONDS", "30")  # a busy machine may take longer than people should wait
        with running(home) as servers:
            yield servers
