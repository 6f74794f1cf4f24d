from __future__ import annotations

import datetime as dt
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge import statute_store
from knowledge.errors import LawTextError
from knowledge.statute_store import ALREADY_THERE, DECREE_ID, IMPORTED, StatuteStore, StatuteStoreError, default_folder
from tests.knowledge.statute_samples import framework, raw, real

LAW = "990001"


@pytest.fixture
def store(tmp_path) -> StatuteStore:
    return StatuteStore(tmp_path / "laws")


def fill(store: StatuteStore) -> StatuteStore:
    for number in ("103", "101", "102"):
        store.add(raw(f"umbrella_{number}.md"))
    return store


def test_an_original_is_kept_byte_for_byte_with_a_manifest(store):
    _statute, result = store.add(raw("umbrella_101.md"))
    (version,) = store.versions(LAW)
    assert result == IMPORTED
    assert (version.folder / version.file).read_bytes() == raw("umbrella_101.md")
    row = json.loads((version.folder / "manifest.json").read_text("utf-8"))
    assert row["sha256"] == hashlib.sha256(raw("umbrella_101.md")).hexdigest()
    assert (row["law_id"], row["number"], row["language"], row["form"]) == (LAW, "101", "ko", "markdown")


def test_the_same_file_twice_is_already_there(store):
    store.add(raw("umbrella_101.md"))
    before = sorted(store.folder.rglob("*"))
    assert store.add(raw("umbrella_101.md"))[1] == ALREADY_THERE
    assert sorted(store.folder.rglob("*")) == before


def test_versions_are_ordered_by_the_day_in_force(store):
    fill(store)
    assert [v.number for v in store.versions(LAW)] == ["101", "103", "102"]
    on = {day: store.in_force_on(LAW, dt.date.fromisoformat(day)) for day in ("2023-03-31", "2023-04-01", "2024-03-05")}
    assert on["2023-03-31"] is None
    assert on["2023-04-01"].number == "101"
    assert on["2024-03-05"].number == "103"
    assert store.newest_in_force(LAW, dt.date(2024, 3, 6)).number == "102"
    assert store.newest_in_force(LAW, dt.date(2024, 1, 1)).number == "103"


def test_a_version_is_found_by_number_and_a_law_by_title(store):
    fill(store)
    assert store.version(LAW, "제00102호").number == "102"
    assert store.version(LAW, "999") is None
    assert store.find("우산나눔법 시행령") == LAW
    assert store.find("없는 법") is None
    assert store.versions("../laws") == ()


def test_two_forms_of_one_version_count_once(store):
    store.add(raw("umbrella_101.md"))
    store.add(raw("umbrella_101.xml"))
    (version,) = store.versions(LAW)
    assert version.form == "drf-xml"


def test_a_refused_file_leaves_nothing(store):
    with pytest.raises(LawTextError):
        store.add(b"---\n")
    assert not store.folder.exists()


def test_a_failure_while_writing_leaves_nothing(store, monkeypatch):
    def full(path, content):
        if path.name == "manifest.json":
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr(statute_store, "_write", full)
    with pytest.raises(StatuteStoreError, match="make room"):
        store.add(raw("umbrella_101.md"))
    assert list(store.folder.iterdir()) == []
    assert store.laws() == ()


def test_what_an_interrupted_import_left_is_not_seen(store):
    fill(store)
    left = store.folder / ".importing-x"
    left.mkdir()
    (left / "text.md").write_bytes(b"half")
    assert store.laws() == (LAW,)
    assert len(store.versions(LAW)) == 3


def test_an_altered_file_is_refused_and_mended_by_importing_again(store):
    store.add(raw("umbrella_101.md"))
    (version,) = store.versions(LAW)
    (version.folder / version.file).write_bytes(b"x")
    with pytest.raises(StatuteStoreError, match="import it again"):
        version.statute()
    assert store.add(raw("umbrella_101.md"))[1] == IMPORTED
    assert store.versions(LAW)[0].statute().title == "우산 나눔법 시행령"


def test_a_broken_manifest_is_one_sentence(store):
    store.add(raw("umbrella_101.md"))
    (store.versions(LAW)[0].folder / "manifest.json").write_text("{}")
    with pytest.raises(StatuteStoreError, match="import the file again"):
        store.versions(LAW)


def test_many_imports_at_once_keep_one_copy(store):
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: store.add(raw("umbrella_101.md"))[1], range(16)))
    assert results.count(IMPORTED) == 1
    assert len(store.versions(LAW)) == 1
    assert [p.name for p in store.folder.iterdir()] == [LAW]


def test_the_folder_follows_the_home(monkeypatch, tmp_path):
    monkeypatch.setenv("ANSIM_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "laws"
    monkeypatch.delenv("ANSIM_HOME")
    assert default_folder().parts[-2:] == (".ansim", "laws")


def test_without_imports_there_is_no_pair(store):
    assert store.pair("73-9/4") is None
    assert store.versions(DECREE_ID) == ()


def test_pairs_of_another_law_go_by_number(store):
    fill(store)
    pair = store.pair("4/1", LAW, as_of=dt.date(2023, 12, 1))
    assert (pair.version.number, pair.unit.id, pair.exact) == ("103", "4/1", True)
    assert store.pair("4/9", LAW, as_of=dt.date(2023, 12, 1)).exact is False
    assert store.pair("99", LAW) is None


@real
def test_real_versions_pair_with_the_bundled_text(store):
    for number in ("35947", "33578", "33198", "33938"):
        store.add(framework(number).read_bytes())
    assert [v.number for v in store.versions(DECREE_ID)] == ["33198", "33578", "33938", "35947"]
    assert store.in_force_on(DECREE_ID, dt.date(2023, 7, 1)).number == "33578"
    then = store.pair("73-9/4", as_of=dt.date(2023, 7, 1))
    now = store.pair("73-9/4", as_of=dt.date(2026, 2, 1))
    assert (then.version.number, then.unit.id, then.exact) == ("33578", "73-9/4", True)
    assert (now.version.number, now.unit.id, now.exact) == ("35947", "73-9/6", True)
    assert now.unit.own == then.unit.own
    assert store.pair("79-5", as_of=dt.date(2026, 2, 1)).unit.id == "79-6"
    assert store.pair("43/1", as_of=dt.date(2026, 2, 1)) is None


@real
def test_every_unit_of_the_bundled_text_pairs_with_its_own_version(store, law):
    store.add(framework("33578").read_bytes())
    version = store.version(DECREE_ID, "33578")
    assert all(store.pair(unit.id, version=version).exact for unit in law.units())
