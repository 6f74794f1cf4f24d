"""Where the catalogue lies, as the environment says; an address with a password is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.catalogue import opening
from knowledge.catalogue.postgis import PostgisCatalogue
from knowledge.catalogue.sqlite import SqliteCatalogue

DATABASE = "postgresql://user:secret@host/db"


@pytest.fixture
def environment(monkeypatch):
    def put(**given):
        for name in ("ANSIM_CATALOGUE", "ANSIM_HOME"):
            monkeypatch.delenv(name, raising=False)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        opening.settings.cache_clear()

    yield put
    opening.settings.cache_clear()


def test_where_it_lies(environment):
    environment()
    assert Path(opening.settings().address) == opening.PROJECT / ".ansim" / "catalogue.sqlite"
    environment(ANSIM_HOME="/srv/ansim")
    assert opening.settings().address == "/srv/ansim/catalogue.sqlite"
    environment(ANSIM_HOME="/srv/ansim", ANSIM_CATALOGUE="/elsewhere/c.sqlite")
    assert opening.settings().address == "/elsewhere/c.sqlite"


def test_which_store_it_is(environment):
    environment(ANSIM_CATALOGUE="/elsewhere/c.sqlite")
    opened = opening.open_catalogue()
    assert isinstance(opened, SqliteCatalogue)
    assert opened.path == Path("/elsewhere/c.sqlite")
    assert isinstance(opening.open_catalogue(DATABASE), PostgisCatalogue)
    environment(ANSIM_CATALOGUE=DATABASE.replace("postgresql:", "postgres:"))
    assert isinstance(opening.open_catalogue(), PostgisCatalogue)


def test_a_password_is_not_shown(environment):
    environment(ANSIM_CATALOGUE=DATABASE)
    assert opening.shown() == opening.shown(DATABASE) == "a PostgreSQL database (ANSIM_CATALOGUE)"
    assert opening.shown("/a/c.sqlite") == "/a/c.sqlite"
