"""The file of the SQLite store: its tables, how it is opened for reading, how a changed copy takes its place.

A change is made in a copy, which then takes the file's place in one rename. So readers are never blocked and
see a change whole, an import that breaks off leaves nothing behind, and a file on a read-only disk can be read.

Tables: ``part`` is one kind of one source. Each part has an R*Tree of its own (``place_<part>``), so that a
rare kind is found as fast as a common one, and a source goes without its rows being taken out one by one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.catalogue.model import CatalogueError, NotBuiltError, UnusableError

APPLICATION = 0x414E534D  # "ANSM"
VERSION = 1
SCHEMA = """
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE part (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, UNIQUE (source, kind)
);
CREATE TABLE record (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, part INTEGER NOT NULL, folded TEXT NOT NULL,
    key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, lat REAL, lon REAL, address TEXT NOT NULL,
    district TEXT NOT NULL, dong TEXT NOT NULL, capacity INTEGER, area_m2 REAL, phone TEXT NOT NULL,
    coordinate_quality TEXT NOT NULL, as_of TEXT NOT NULL, flags TEXT NOT NULL, end_lat REAL, end_lon REAL,
    extra TEXT NOT NULL
);
CREATE UNIQUE INDEX record_key ON record (source, key);
CREATE INDEX record_name ON record (part, folded, source, key);
"""
_WRITER = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF; PRAGMA cache_size = -65536;
"""
_CHANGING = ".changing-"
_DAMAGE = ("not a database", "malformed", "no such table")


def not_built(path: Path) -> CatalogueError:
    return NotBuiltError(f"There is no catalogue at {path}; build it with: ansim data build.")


def told(path: Path, error: Exception) -> CatalogueError:
    """An error of SQLite or the system as one sentence."""
    text = str(error)
    if isinstance(error, sqlite3.Error) and any(sign in text for sign in _DAMAGE):
        return UnusableError(f"The catalogue {path} is damaged; build it anew with: ansim data build.")
    if "full" in text:
        return CatalogueError(f"There is no room left for the catalogue {path}; free some and try again.")
    text = (error.strerror or text) if isinstance(error, OSError) else text
    return CatalogueError(f"The catalogue {path} cannot be used ({text}); check the file and its folder.")


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection, for one thread at a time; raises CatalogueError."""
    if not path.is_file():
        raise not_built(path)
    connection = None
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA cache_size = -16384")
        _check(path, connection)
    except (sqlite3.Error, OSError) as error:
        if connection:
            connection.close()
        raise told(path, error) from None
    return connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION and version == VERSION:
        return
    connection.close()
    what = "was made by another version of Ansim" if application == APPLICATION else "is not a catalogue of Ansim"
    raise UnusableError(f"The file {path} {what}; build it anew with: ansim data build.")


@contextmanager
def changing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy (or a new file) that takes the place of ``path`` when the block ends well.

    One change at a time: another one, also of another process, waits. What the block raises passes through.
    """
    with _alone(path):
        copy = _copied(path)
        try:
            with _told_of(path, sqlite3.Error):
                connection = sqlite3.connect(copy, isolation_level=None)
                try:
                    _prepare(path, connection)
                    yield connection
                    _finish(connection)
                finally:
                    connection.close()
            with _told_of(path, OSError):
                _put_in_place(copy, path)
        finally:
            copy.unlink(missing_ok=True)


@contextmanager
def _told_of(path: Path, known: type[Exception]) -> Iterator[None]:
    try:
        yield
    except known as error:
        raise told(path, error) from None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    import fcntl

    with _told_of(path, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _copied(path: Path) -> Path:
    with _told_of(path, OSError):
        for left in path.parent.glob(f"{path.name}{_CHANGING}*"):  # of a process that was killed: we hold the lock
            left.unlink(missing_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{path.name}{_CHANGING}", dir=path.parent)
        os.close(handle)
        if path.exists():
            shutil.copyfile(path, name)
    return Path(name)


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    connection.executescript(_WRITER)
    if path.exists():
        _check(path, connection)
    else:
        connection.executescript(f"{SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};")
    connection.execute("BEGIN")


def _finish(connection: sqlite3.Connection) -> None:
    connection.execute("COMMIT")
    pages, free = (connection.execute(f"PRAGMA {it}").fetchone()[0] for it in ("page_count", "freelist_count"))
    if free * 2 > pages:
        connection.execute("VACUUM")


def _put_in_place(copy: Path, path: Path) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    os.chmod(copy, mode)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
