"""A PostgreSQL server of our own for a while, in a temporary folder: for the tests and the benchmark."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
_USER = "postgres"


class NoServerError(KnowledgeError):
    """No server can be started on this machine; says why."""


@dataclass(frozen=True)
class Throwaway:
    """A running server that listens on a socket in its folder only."""

    dsn: str
    folder: Path
    programs: Path

    def stop(self) -> None:
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop"])

    def start(self, *settings: str) -> None:
        listening = f"-k {self.folder} -c listen_addresses='' " + " ".join(f"-c {it}" for it in settings)
        log = self.folder / "log"
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", "-l", log, "-o", listening, "-w", "start"])


@contextmanager
def throwaway_server(*settings: str) -> Iterator[Throwaway]:
    """Start one with these settings ("fsync=off"), remove it afterwards; raises NoServerError."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="ansim-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _USER)
        made_as = ["-U", _USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        _run([programs / "initdb", "-D", folder / "data", *made_as])
        made = Throwaway(f"postgresql://{_USER}@/{_USER}?host={folder}", folder, programs)
        made.start(*settings)
        try:
            yield made
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = [path for place in _PLACES for path in Path("/").glob(place[1:]) if (path / "initdb").exists()]
    if not found and (on_path := shutil.which("initdb")):
        found = [Path(on_path).parent]
    if not found:
        raise NoServerError("PostgreSQL is not installed on this machine.")
    newest = max(found, key=lambda path: [int(number) for number in re.findall(r"\d+", path.as_posix())])
    share = subprocess.run([newest / "pg_config", "--sharedir"], capture_output=True, text=True).stdout.strip()
    if share and not (Path(share) / "extension" / "postgis.control").exists():
        raise NoServerError("PostgreSQL is installed on this machine, but PostGIS is not.")
    if os.geteuid() == 0 and not (shutil.which("runuser") and _has_user()):
        raise NoServerError("PostgreSQL does not run as root, and there is no user postgres to run it as.")
    return newest


def _has_user() -> bool:
    import pwd

    return any(entry.pw_name == _USER for entry in pwd.getpwall())


def _run(command: Sequence[str | Path]) -> None:
    """Run as a user that is not root; the server must not hold our pipes open."""
    as_user = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryFile() as said:
        words = [*as_user, *map(str, command)]
        done = subprocess.run(words, stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd="/")
        if done.returncode:
            said.seek(0)
            last = said.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            raise NoServerError(f"{Path(command[0]).name} failed: {' '.join(last)}")
