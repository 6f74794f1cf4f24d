"""What is special to the file: damaged, of another version, read-only, set aside."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from knowledge.catalogue import ranking
from knowledge.catalogue.model import CatalogueError, NotBuiltError, UnusableError
from knowledge.catalogue.sqlite import SqliteCatalogue

ROOT = Path(__file__).resolve().parents[3]


def files(catalogue):
    return sorted(path.name for path in catalogue.path.parent.iterdir())


def test_it_is_one_file_before_and_after(sqlite, source, row):
    sqlite.replace(source(), [row("1")])
    sqlite.nearest(37, 127, ["heat_shelter"])
    sqlite.replace(source(), [row("2")])
    with pytest.raises(CatalogueError):
        sqlite.replace(source(), [row("3"), row("3")])
    assert files(sqlite) == ["catalogue.sqlite"]


def test_what_a_killed_import_left_is_cleared_away(sqlite, source, row):
    sqlite.replace(source(), [row("1")])
    (sqlite.path.parent / "catalogue.sqlite.changing-x").write_bytes(b"half")
    sqlite.replace(source(), [row("2")])
    assert files(sqlite) == ["catalogue.sqlite"]


@pytest.mark.parametrize("content", [b"this is not a database at all, only some text" * 50, b"", b"SQLite format 3\0"])
def test_a_file_that_is_no_catalogue(sqlite, source, row, content):
    sqlite.path.parent.mkdir()
    sqlite.path.write_bytes(content)
    for ask in (sqlite.sources, lambda: sqlite.replace(source(), [row("1")]), lambda: sqlite.nearest(1, 1, ["police"])):
        with pytest.raises(UnusableError, match=r"catalogue\.sqlite.*build it anew with: ansim data build\.$"):
            ask()
    assert sqlite.path.read_bytes() == content


def test_a_damaged_file_is_told_from_an_empty_one(sqlite, source, row):
    sqlite.replace(source(), [row(f"{i}") for i in range(3000)])
    whole = sqlite.path.read_bytes()
    sqlite.path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    with pytest.raises(UnusableError, match=r"is damaged; build it anew"):
        sqlite.nearest(37.32, 126.83, ["heat_shelter"])
    sqlite.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnusableError, match=r"is damaged; build it anew"):
        sqlite.rows(["heat_shelter"])
    sqlite.path.write_bytes(whole)
    assert len(sqlite.rows(["heat_shelter"])) == 3000


def test_a_file_of_another_version(sqlite, source, row):
    sqlite.replace(source(), [row("1")])
    with sqlite3.connect(sqlite.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UnusableError, match=r"made by another version of Ansim; build it anew with: ansim data build"):
        sqlite.sources()


def test_setting_aside_makes_room_for_a_new_one(sqlite, source, row):
    sqlite.path.parent.mkdir()
    sqlite.path.write_bytes(b"not a database")
    aside = sqlite.set_aside()
    assert aside.read_bytes() == b"not a database"
    sqlite.replace(source(), [row("1")])
    assert len(sqlite.rows(["heat_shelter"])) == 1


def test_a_file_that_goes_away_is_noticed(sqlite, source, row):
    sqlite.replace(source(), [row("1")])
    assert sqlite.sources()
    sqlite.path.unlink()
    with pytest.raises(NotBuiltError):
        sqlite.sources()


def test_a_change_by_another_process_is_seen(sqlite, source, row):
    sqlite.replace(source(), [row("1")])
    assert len(sqlite.rows(["heat_shelter"])) == 1
    code = (
        "from knowledge.catalogue.sqlite import SqliteCatalogue\n"
        f"print(SqliteCatalogue({str(sqlite.path)!r}).remove('shelters'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    assert sqlite.rows(["heat_shelter"]) == []


def test_a_folder_that_cannot_be(tmp_path, source, row):
    (tmp_path / "file").write_text("in the way")
    catalogue = SqliteCatalogue(tmp_path / "file" / "catalogue.sqlite")
    with pytest.raises(CatalogueError, match=r"cannot be used \(.+\); check the file and its folder\.$"):
        catalogue.replace(source(), [row("1")])
    with pytest.raises(CatalogueError):
        catalogue.sources()


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can become another user")
def test_a_read_only_folder_can_be_read(source, row):
    """As a user who may not write there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = SqliteCatalogue(folder / "catalogue.sqlite")
        made.replace(source(), [row("1")])
        code = (
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
            "from knowledge.catalogue.sqlite import SqliteCatalogue\n"
            f"made = SqliteCatalogue({str(made.path)!r})\n"
            "print(len(made.rows(['heat_shelter'])))\n"
            "try: made.remove('shelters')\n"
            "except Exception as error: print(error)\n"
        )
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        check = f"import sys; sys.path.insert(0, {str(ROOT)!r}); assert sys.version_info >= (3, 10); import knowledge"
        for python in (sys.executable, "/usr/bin/python3"):
            if not subprocess.run([*nobody, python, "-c", check], capture_output=True).returncode:
                break
        else:
            pytest.skip("another user can run no interpreter here")
        done = subprocess.run([*nobody, python, "-c", code], capture_output=True, text=True, check=True)
        first, second = done.stdout.splitlines()
        assert first == "1"
        assert second.endswith("cannot be used (Permission denied); check the file and its folder.")
        assert len(made.rows(["heat_shelter"])) == 1


def test_space_is_given_back(sqlite, source, row):
    sqlite.replace(source("small"), [row("1", source="small")])
    small = sqlite.path.stat().st_size
    sqlite.replace(source(), [row(f"{i}") for i in range(5000)])
    large = sqlite.path.stat().st_size
    sqlite.remove("shelters")
    assert sqlite.path.stat().st_size < small + (large - small) / 10
    assert len(sqlite.nearest(37, 127, ["heat_shelter"])) == 1


def test_a_full_disk_is_told_and_changes_nothing(sqlite, source, row):
    """A limit on the size of files stands for a full disk, in a process of its own."""
    sqlite.replace(source(), [row("1")])
    code = (
        "import resource, signal\n"
        "from knowledge.catalogue.model import Record, Source\n"
        "from knowledge.catalogue.sqlite import SqliteCatalogue\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "rows = (Record('s', str(i), 'police', 'n' * 50, 37, 127) for i in range(20_000))\n"
        "text = {'ko': 'x', 'en': 'x'}\n"
        f"made = SqliteCatalogue({str(sqlite.path)!r})\n"
        "try: made.replace(Source('s', ('police',), text, text, '', '', '', '2023', 1), rows)\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("CatalogueError ")
    assert [record.key for record in sqlite.rows(["heat_shelter", "police"])] == ["1"]
    assert files(sqlite) == ["catalogue.sqlite"]


def test_few_rows_are_measured_however_they_lie(sqlite, source, row, monkeypatch):
    """A city beyond the corner of every box that is tried: 30,000 rows, of which a few hundred are looked at."""
    asked = 0
    measure = ranking.distances

    def counting(lat, lon, lats, lons):
        nonlocal asked
        asked += len(lats)
        return measure(lat, lon, lats, lons)

    crowd = (row(f"{i:05}", 37.6 + (i % 173) / 2000, 127.1 + (i // 173) / 2000) for i in range(30_000))
    sqlite.replace(source(), crowd)
    monkeypatch.setattr(ranking, "distances", counting)
    for tenth in range(40):
        asked = 0
        assert len(sqlite.nearest(37.0 + tenth / 100, 126.2 + tenth / 50, ["heat_shelter"])) == 5
        assert 5 <= asked < 1000
