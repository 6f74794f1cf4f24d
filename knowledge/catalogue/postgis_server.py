"""Connections to PostgreSQL and the tables of the PostGIS store; every error becomes a sentence without secrets.

What libpq says of a failed connection names host and user, and an address may hold a password; neither is
passed on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from knowledge.catalogue.model import KINDS, CatalogueError, NotBuiltError, UnusableError

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection



class UnreachableError(CatalogueError):
    """No connection to the database, or it was cut."""


VERSION = 1
CONNECT_SECONDS, READ_SECONDS = 5, 10
UNREACHABLE = (
    "The catalogue database cannot be reached; check that the server runs and that ANSIM_CATALOGUE is its address."
)
NOT_BUILT = "The catalogue database holds no catalogue yet; build it with: ansim data build."
OTHER_VERSION = (
    "The catalogue in the database was made by another version of Ansim; "
    "drop its schema (DROP SCHEMA ansim CASCADE) and build it anew with: ansim data build."
)
NO_POSTGIS = (
    "The catalogue database has no PostGIS, or this user may not switch it on; "
    "let its administrator run CREATE EXTENSION postgis."
)
NO_RIGHTS = "The user of the catalogue database lacks rights on it; let its administrator grant them."
_TABLES = """
CREATE SCHEMA IF NOT EXISTS ansim;
CREATE TABLE ansim.version (number integer NOT NULL);
INSERT INTO ansim.version VALUES (%(version)s);
CREATE TABLE ansim.source (id serial PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE, body text NOT NULL);
CREATE TABLE ansim.record (
    id bigserial PRIMARY KEY, source integer NOT NULL REFERENCES ansim.source, folded text NOT NULL, geog geography,
    key text COLLATE "C" NOT NULL, kind text NOT NULL, name text NOT NULL, lat float8, lon float8,
    address text NOT NULL, district text NOT NULL, dong text NOT NULL, capacity bigint, area_m2 float8,
    phone text NOT NULL, coordinate_quality text NOT NULL, as_of text NOT NULL, flags text NOT NULL,
    end_lat float8, end_lon float8, extra text NOT NULL, UNIQUE (source, key)
);
CREATE INDEX record_kind ON ansim.record (kind);
"""
_LOCK = 0x414E534D
"""One change at a time, whoever makes it."""


def connect(dsn: str) -> Connection:
    """A connection to a catalogue of this version, for reading; raises CatalogueError."""
    connection = _connect(dsn, f"-c statement_timeout={READ_SECONDS}s")
    try:
        with telling():
            # repeatable: a question of several steps sees one state of the tables
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            _check(connection)
            connection.rollback()
    except CatalogueError:
        connection.close()
        raise
    return connection


def _connect(dsn: str, options: str) -> Connection:
    import psycopg2

    try:
        return psycopg2.connect(
            dsn, connect_timeout=CONNECT_SECONDS, options=options, application_name="ansim", tcp_user_timeout=10_000
        )
    except (psycopg2.Error, UnicodeError):
        raise UnreachableError(UNREACHABLE) from None


def _check(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM ansim.version")
        if cursor.fetchall() != [(VERSION,)]:
            raise UnusableError(OTHER_VERSION)


@contextmanager
def telling() -> Iterator[None]:
    """Errors of the database as CatalogueError; others pass through."""
    import psycopg2
    from psycopg2 import errors

    try:
        yield
    except (errors.UndefinedTable, errors.InvalidSchemaName):
        raise NotBuiltError(NOT_BUILT) from None
    except errors.InsufficientPrivilege:
        raise CatalogueError(NO_RIGHTS) from None
    except errors.DiskFull:
        raise CatalogueError("The catalogue database has no room left; free some and try again.") from None
    except errors.QueryCanceled:
        raise CatalogueError("The catalogue database took too long to answer; try again later.") from None
    except (psycopg2.OperationalError, psycopg2.InterfaceError):
        raise UnreachableError(UNREACHABLE) from None
    except psycopg2.Error as error:
        if error.pgcode is None:  # nothing the server said: the connection broke
            raise UnreachableError(UNREACHABLE) from None
        raise CatalogueError(
            f"The catalogue database refused the work (SQLSTATE {error.pgcode}); look into the server's log."
        ) from None


@contextmanager
def changing(dsn: str) -> Iterator[Any]:
    """A cursor in one transaction, with the tables made when there are none; what the block raises passes through."""
    with telling():
        connection = _connect(dsn, "")
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                _prepare(cursor)
                yield cursor
            connection.commit()
        finally:
            connection.close()


def _prepare(cursor: Any) -> None:
    cursor.execute("SELECT to_regclass('ansim.version') IS NOT NULL")
    if cursor.fetchone() == (True,):
        _check(cursor.connection)
        return
    _switch_on_postgis(cursor)
    cursor.execute(_TABLES, {"version": VERSION})
    for kind in KINDS:
        # an index a kind: a search for a rare kind does not wade through the common ones
        cursor.execute(f"CREATE INDEX record_near_{kind} ON ansim.record USING gist (geog) WHERE kind = %s", (kind,))


def _switch_on_postgis(cursor: Any) -> None:
    import psycopg2

    try:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    except (psycopg2.OperationalError, psycopg2.InterfaceError):
        raise
    except psycopg2.Error:
        raise CatalogueError(NO_POSTGIS) from None
