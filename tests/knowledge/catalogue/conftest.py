"""Both stores of the catalogue; the PostgreSQL server is a real one, started for the session."""

from __future__ import annotations

import contextlib

import pytest

from knowledge.catalogue.model import Record, Source
from knowledge.catalogue.postgis_throwaway import NoServerError, throwaway_server
from knowledge.catalogue.sqlite import SqliteCatalogue


@pytest.fixture(scope="session")
def server():
    with contextlib.ExitStack() as stack:
        try:
            running = stack.enter_context(throwaway_server("fsync=off"))
        except NoServerError as error:
            pytest.skip(str(error))
        yield running


@pytest.fixture
def admin(server):
    """Runs SQL past the catalogue."""
    import psycopg2

    def run(sql, *values):
        connection = psycopg2.connect(server.dsn)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    return run


@pytest.fixture
def postgis(server, admin):
    from knowledge.catalogue.postgis import PostgisCatalogue

    admin("DROP SCHEMA IF EXISTS ansim CASCADE")
    opened = PostgisCatalogue(server.dsn)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path):
    opened = SqliteCatalogue(tmp_path / "home" / "catalogue.sqlite")
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgis"])
def catalogue(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def source():
    """Makes a source of the test."""

    def make(name="shelters", *kinds, **more):
        text = {"ko": "시험", "en": "Test"}
        given = {"dataset": "1", "url": "", "licence": "KOGL-1", "as_of": "2023-11", "stale_after_days": 365}
        return Source(name, kinds or ("heat_shelter",), text, text, **{**given, **more})

    return make


@pytest.fixture
def row():
    """Makes a record of the source ``shelters``."""

    def make(key, lat=37.32, lon=126.83, **more):
        given = {"source": "shelters", "kind": "heat_shelter", "name": f"쉼터 {key}"}
        return Record(key=key, lat=lat, lon=lon, **{**given, **more})

    return make
