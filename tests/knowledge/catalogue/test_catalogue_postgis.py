"""What is special to the database: secrets, cut connections, missing PostGIS, distances as the database has them."""

from __future__ import annotations

import random
import traceback

import pytest

from knowledge.catalogue.model import CatalogueError, UnusableError
from knowledge.catalogue.postgis import PostgisCatalogue
from knowledge.catalogue.postgis_server import UNREACHABLE

SECRET = "s3cret-pass"


@pytest.mark.parametrize(
    "dsn",
    [
        f"postgresql://someuser:{SECRET}@127.0.0.1:9/somedb",
        f"postgresql://someuser:{SECRET}@/somedb?host=/nonexistent",
        f"postgresql://someuser:{SECRET}@localhost:notaport/somedb",
        f"postgresql://someuser:{SECRET}@localhost/somedb?nosuchoption={SECRET}",
    ],
)
def test_no_part_of_the_address_is_told(dsn, source, row):
    catalogue = PostgisCatalogue(dsn)
    for ask in (catalogue.sources, lambda: catalogue.replace(source(), [row("1")])):
        with pytest.raises(CatalogueError) as caught:
            ask()
        told = "".join(traceback.format_exception(caught.value))
        said = told[told.rindex("CatalogueError") if "CatalogueError" in told else 0 :]
        assert str(caught.value) == UNREACHABLE
        assert not any(secret in said for secret in (SECRET, "someuser", "somedb"))
        assert SECRET not in told
        assert SECRET not in repr(catalogue)


def test_a_cut_connection_is_made_anew(postgis, admin, source, row):
    postgis.replace(source(), [row("1")])
    assert len(postgis.sources()) == 1
    cut = admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ansim'")
    assert cut == [(True,)]
    assert len(postgis.nearest(37, 127, ["heat_shelter"])) == 1


def test_a_server_that_stops_and_comes_back(postgis, server, source, row):
    postgis.replace(source(), [row("1")])
    assert postgis.sources()
    server.stop()
    try:
        for ask in (postgis.sources, lambda: postgis.replace(source(), [row("2")])):
            with pytest.raises(CatalogueError, match="cannot be reached; check that the server runs"):
                ask()
    finally:
        server.start("fsync=off")
    assert [record.key for record in postgis.rows(["heat_shelter"])] == ["1"]


def test_another_version(postgis, admin, source, row):
    postgis.replace(source(), [row("1")])
    admin("UPDATE ansim.version SET number = 99")
    for ask in (postgis.sources, lambda: postgis.replace(source(), [row("1")])):
        with pytest.raises(UnusableError, match=r"another version of Ansim; drop its schema .* ansim data build"):
            ask()


def test_a_user_without_rights(postgis, server, admin, source, row):
    postgis.replace(source(), [row("1")])
    admin("DROP ROLE IF EXISTS visitor")
    admin("CREATE ROLE visitor LOGIN")
    visitor = PostgisCatalogue(server.dsn.replace("postgres@", "visitor@"))
    with pytest.raises(CatalogueError, match="lacks rights on it; let its administrator grant them"):
        visitor.sources()


def test_a_database_without_postgis(postgis, server, admin, source, row):
    import psycopg2

    admin("DROP ROLE IF EXISTS owner")
    admin("CREATE ROLE owner LOGIN")
    connection = psycopg2.connect(server.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS bare")
        cursor.execute("CREATE DATABASE bare OWNER owner")
    connection.close()
    bare = PostgisCatalogue(server.dsn.replace("/postgres?", "/bare?").replace("postgres@", "owner@"))
    with pytest.raises(CatalogueError, match="let its administrator run CREATE EXTENSION postgis"):
        bare.replace(source(), [row("1")])


def test_a_question_that_takes_too_long_is_given_up(postgis, server, admin, source, row, monkeypatch):
    import psycopg2

    from knowledge.catalogue import postgis_server

    postgis.replace(source(), [row("1")])
    postgis.close()
    monkeypatch.setattr(postgis_server, "READ_SECONDS", 1)
    lock = psycopg2.connect(server.dsn)
    try:
        lock.cursor().execute("LOCK TABLE ansim.record IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(CatalogueError, match="took too long to answer; try again later"):
            postgis.nearest(37, 127, ["heat_shelter"])
    finally:
        lock.close()
    assert len(postgis.nearest(37, 127, ["heat_shelter"])) == 1


def test_our_distances_are_those_of_the_database(postgis, admin, source, row):
    """An independent measure: ST_Distance on the spheroid, for points and for sections of road."""
    chance = random.Random(7)
    kinds = ("heat_shelter", "ice_prone_section")
    rows = []
    for i in range(40):
        lat, lon = chance.uniform(34, 38), chance.uniform(126, 129)
        end = {"end_lat": lat + chance.uniform(-0.03, 0.03), "end_lon": lon + 0.02} if i % 2 else {}
        rows.append(row(f"{i}", lat, lon, kind=kinds[i % 2], **end))
    postgis.replace(source("shelters", *kinds), rows)
    theirs = dict(admin("SELECT key, ST_Distance(geog, 'POINT(126.83 37.32)'::geography) FROM ansim.record"))
    ours = {near.record.key: near.distance_m for near in postgis.nearest(37.32, 126.83, kinds, k=40)}
    assert len(ours) == 40
    for key, distance in ours.items():
        assert distance == pytest.approx(theirs[key], rel=1e-5 if int(key) % 2 else 1e-9)


def test_a_rare_kind_has_an_index_of_its_own(postgis, admin, source, row):
    rows = (row(f"{i}", 35 + i / 4000, kind="hydrant" if i % 20 == 0 else "heat_shelter") for i in range(8000))
    postgis.replace(source("shelters", "heat_shelter", "hydrant"), rows)
    plan = admin(
        "EXPLAIN SELECT id FROM ansim.record WHERE kind = 'hydrant' AND geog IS NOT NULL"
        " ORDER BY geog <-> 'POINT(127 37)'::geography LIMIT 5"
    )
    assert "record_near_hydrant" in str(plan)
