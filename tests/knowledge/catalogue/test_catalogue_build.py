"""Bundled data: files of a small bundle made for the test, read strictly, brought into both stores."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pytest

from knowledge.catalogue import build as building
from knowledge.catalogue.build import BUNDLED, SOURCES, SourceFileError, build, bundled, fresh
from knowledge.catalogue.fields import COLUMNS
from knowledge.catalogue.model import Record

MANIFEST = {
    "id": "pools",
    "kinds": ["heat_shelter"],
    "title": {"ko": "시험 쉼터", "en": "Test shelters"},
    "publisher": {"ko": "시험시", "en": "Test city"},
    "dataset": "15000000",
    "url": "https://example.org/data",
    "licence": "KOGL-1",
    "as_of": "2023-11",
    "stale_after_days": 365,
    "coverage": ["41270"],
    "defects": {"ko": "", "en": ""},
}
ROW = {
    "key": "1", "kind": "heat_shelter", "name": "고잔 경로당", "lat": "37.32", "lon": "126.83", "address": "안산시, 1",
    "district": "41273", "dong": "고잔동", "capacity": "40", "area_m2": "66.5", "phone": "031-000-0000",
    "coordinate_quality": "geocoded", "as_of": "2023-11-02", "flags": "shared_point|outside_korea", "end_lat": "37.33",
    "end_lon": "126.84", "extra": '{"type": "노인시설", "years": [2012]}',
}  # fmt: skip
BARE = dict.fromkeys(COLUMNS, "") | {"key": "2", "kind": "heat_shelter", "coordinate_quality": "none"}


def text_of(rows, columns=COLUMNS):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return out.getvalue()


@pytest.fixture
def bundle(tmp_path):
    """Writes a bundle; returns the folder of the bundles."""

    def write(name="pools", rows=(ROW, BARE), manifest=None, packed=False, text=None):
        folder = tmp_path / "sources" / name
        folder.mkdir(parents=True, exist_ok=True)
        told = {**MANIFEST, "id": name, **(manifest or {})}
        (folder / "manifest.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        for old in folder.glob("rows*"):
            old.unlink()
        raw = (text if text is not None else text_of(rows)).encode()
        (folder / ("rows.csv.gz" if packed else "rows.csv")).write_bytes(gzip.compress(raw) if packed else raw)
        return folder.parent

    return write


@pytest.mark.parametrize("packed", [False, True])
def test_a_bundle_is_read(bundle, packed):
    (one,) = bundled(bundle(packed=packed))
    full, bare = one.records()
    assert full == Record(
        "pools", "1", "heat_shelter", "고잔 경로당", 37.32, 126.83, "안산시, 1", "41273", "고잔동", 40, 66.5,
        "031-000-0000", "geocoded", "2023-11-02", ("shared_point", "outside_korea"), 37.33, 126.84,
        {"type": "노인시설", "years": [2012]},
    )  # fmt: skip
    assert bare == Record("pools", "2", "heat_shelter", "", None, None, coordinate_quality="none")
    assert one.source.kinds == ("heat_shelter",)
    assert one.source.digest.startswith(BUNDLED)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"lat": "37,3"}, "lat is '37,3', not a number"),
        ({"capacity": "4.5"}, "capacity is '4.5', not a number"),
        ({"lat": "nan"}, "no place on Earth"),
        ({"lon": ""}, "half of a coordinate"),
        ({"kind": "hydrant"}, "'hydrant' is not one of the kinds of this source"),
        ({"key": ""}, "it has no key"),
        ({"flags": "odd"}, "odd is no known flag"),
        ({"coordinate_quality": ""}, "'' is no coordinate quality"),
        ({"as_of": "2023.11"}, "as_of is '2023.11', not an ISO day, month or year"),
        ({"extra": "[1]"}, "extra is not a JSON object"),
        ({"extra": "{"}, "extra is not a JSON object"),
    ],
)
def test_a_bad_row_is_an_error_with_file_and_line(bundle, sqlite, change, problem):
    folder = bundle(rows=(ROW, {**ROW, "name": "두\n줄"}, {**ROW, "key": "3", **change}))
    with pytest.raises(SourceFileError) as caught:
        build(sqlite, lambda _: None, folder)
    assert str(caught.value).startswith(f"{folder / 'pools' / 'rows.csv'}, line 5: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 0, "the columns must be key, kind"),
        (text_of([ROW], (*COLUMNS[1:], "key")), 1, "the columns must be key, kind"),
        (text_of([ROW]) + "1,2\n", 3, "it has 2 values, not 17"),
        (text_of([ROW]) + '"open', 3, "unexpected end of data"),
    ],
)
def test_a_table_of_another_form(bundle, text, line, problem):
    (one,) = bundled(bundle(text=text))
    with pytest.raises(SourceFileError) as caught:
        list(one.records())
    assert problem in str(caught.value)
    assert (caught.value.line or 0) == line


def test_a_file_that_cannot_be_read(bundle):
    folder = bundle(packed=True)
    packed = folder / "pools" / "rows.csv.gz"
    packed.write_bytes(packed.read_bytes()[:60])
    with pytest.raises(SourceFileError, match=r"rows\.csv\.gz: it cannot be read"):
        list(bundled(folder)[0].records())
    folder = bundle()
    (folder / "pools" / "rows.csv").write_bytes(text_of([ROW]).encode("cp949"))
    with pytest.raises(SourceFileError, match=r"rows\.csv: it cannot be read"):
        list(bundled(folder)[0].records())


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": "lakes"}, "must be the name of the folder"),
        ({"kinds": ["pub"]}, "kinds must be some of"),
        ({"kinds": []}, "kinds must be some of"),
        ({"kinds": "heat_shelter"}, "kinds must be a list of texts"),
        ({"title": {"ko": "x"}}, "title must hold a text in ko and in en"),
        ({"title": {"ko": "x", "en": " "}}, "title must hold a text in ko and in en"),
        ({"publisher": "x"}, "publisher must hold a text in ko and in en"),
        ({"defects": {"en": "x"}}, "defects must hold a text in ko and in en"),
        ({"as_of": "soon"}, "as_of is 'soon', not an ISO day, month or year"),
        ({"stale_after_days": "365"}, "stale_after_days must be a number of days"),
        ({"licence": None}, "must be texts"),
        ({"coverage": "KR"}, "coverage must be a list of texts"),
        ({"digest": "x"}, "must be an object with"),
        ({"odd": 1}, "must be an object with"),
    ],
)
def test_a_bad_manifest_is_an_error_with_its_file(bundle, change, problem):
    folder = bundle(manifest=change)
    with pytest.raises(SourceFileError, match=problem) as caught:
        bundled(folder)
    assert str(caught.value).startswith(str(folder / "pools" / "manifest.json"))


def test_a_manifest_needs_one_table(bundle):
    folder = bundle()
    (folder / "pools" / "rows.csv.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(SourceFileError, match=r"must hold one of rows\.csv and rows\.csv\.gz"):
        bundled(folder)
    (folder / "pools" / "manifest.json").write_text("{")
    (folder / "pools" / "rows.csv.gz").unlink()
    with pytest.raises(SourceFileError, match=r"manifest\.json: Expecting"):
        bundled(folder)


def test_build_writes_what_changed_and_nothing_else(bundle, catalogue):
    said: list[str] = []
    bundle("lakes")
    folder = bundle("pools")
    assert not fresh(catalogue, folder)
    assert build(catalogue, said.append, folder) == 2
    assert said == ["lakes: 2 rows, as of 2023-11", "pools: 2 rows, as of 2023-11"]
    assert fresh(catalogue, folder)
    assert build(catalogue, said.append, folder) == 0
    assert len(said) == 2
    bundle("lakes", rows=(ROW,))
    assert not fresh(catalogue, folder)
    assert build(catalogue, said.append, folder) == 1
    assert said[2:] == ["lakes: 1 rows, as of 2023-11"]
    bundle("pools", manifest={"as_of": "2024"})
    assert build(catalogue, said.append, folder) == 1
    assert {source.id: source.as_of for source in catalogue.sources()} == {"lakes": "2023-11", "pools": "2024"}


def test_build_removes_what_is_no_longer_bundled_and_keeps_what_was_imported(bundle, catalogue, source, row):
    said: list[str] = []
    bundle("lakes")
    folder = bundle("pools")
    build(catalogue, said.append, folder)
    catalogue.replace(source("own", digest="sha256-of-a-file"), [row("x", source="own")])
    for path in (folder / "lakes").iterdir():
        path.unlink()
    assert not fresh(catalogue, folder)
    assert build(catalogue, said.append, folder) == 1
    assert said[2:] == ["lakes: removed, it is no longer part of the bundled data"]
    assert [held.id for held in catalogue.sources()] == ["own", "pools"]
    assert fresh(catalogue, folder)


def test_a_newer_import_of_a_bundled_source_stays(bundle, catalogue, source, row):
    folder = bundle("pools")
    catalogue.replace(source("pools", digest="the user's"), [row("newer", source="pools")])
    said: list[str] = []
    assert build(catalogue, said.append, folder) == 0
    assert said == ["pools: left alone, it was imported in place of the bundled data"]
    assert [record.key for record in catalogue.rows(["heat_shelter"])] == ["newer"]
    assert fresh(catalogue, folder)
    catalogue.remove("pools")
    assert build(catalogue, said.append, folder) == 1
    assert len(catalogue.rows(["heat_shelter"])) == 2


def test_a_failed_build_keeps_the_source_that_was_held(bundle, catalogue):
    folder = bundle("pools")
    build(catalogue, lambda _: None, folder)
    bundle("pools", rows=(ROW, {**ROW, "lat": "x"}))
    with pytest.raises(SourceFileError):
        build(catalogue, lambda _: None, folder)
    assert len(catalogue.rows(["heat_shelter"])) == 2
    assert not fresh(catalogue, folder)


def test_our_own_bundles_fit_their_schema():
    """Every row of the data that comes with the product; keys are unique within a source."""
    if not SOURCES.exists():
        pytest.skip("no bundled data in this checkout")
    ids = [one.source.id for one in bundled()]
    assert ids == sorted(set(ids))
    for one in bundled():
        keys = [record.key for record in one.records()]
        assert len(keys) == len(set(keys)) > 0, one.source.id


def test_the_commands(bundle, tmp_path, monkeypatch, capsys):
    from knowledge.catalogue import commands, opening

    folder = bundle("pools")
    for name in (commands.build, building.fresh):
        monkeypatch.setattr(name, "__defaults__", (*name.__defaults__[:-1], folder))
    monkeypatch.setenv("ANSIM_CATALOGUE", str(tmp_path / "c.sqlite"))
    opening.settings.cache_clear()
    try:
        assert commands.report()[0][1:] == (False, f"There is no catalogue at {tmp_path / 'c.sqlite'}; "
                                            "build it with: ansim data build.")  # fmt: skip
        said: list[str] = []
        assert commands.run_build(said.append) == 0
        assert said == ["pools: 2 rows, as of 2023-11", f"1 sources, 2 rows in {tmp_path / 'c.sqlite'}"]
        commands.ensure(said.append)
        assert said[-1] == "Catalogue: reused, nothing changed"
        assert commands.report() == [("catalogue", True, "2 rows of 1 sources")]
        assert commands.run_inspect(as_json=True) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["fresh"] is True
        assert told["sources"][0]["rows"] == {"heat_shelter": 2}
        assert told["sources"][0]["bundled"] is True
        assert commands.run_inspect(as_json=False) == 0
        assert "pools" in (shown := capsys.readouterr().out)
        assert "heat_shelter 2, stale" in shown
        (tmp_path / "c.sqlite").write_bytes(b"not a database, not at all" * 99)
        said.clear()
        assert commands.run_build(said.append) == 0
        assert "is damaged" in said[0]
        assert said[1].startswith(f"set aside as {tmp_path / 'c.sqlite.set-aside'};")
        assert commands.report()[0][1] is True
    finally:
        opening.settings.cache_clear()
