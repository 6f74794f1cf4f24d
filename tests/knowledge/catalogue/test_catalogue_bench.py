"""The benchmark runs, its rows are the same each time, and its baseline finds what the store finds."""

from __future__ import annotations

import json

import pytest

from knowledge.catalogue import bench
from knowledge.catalogue.commands import run_bench
from knowledge.catalogue.model import Record


def test_the_rows_are_the_same_each_time():
    assert list(bench.synthetic(50)) == list(bench.synthetic(50))
    assert isinstance(next(bench.synthetic(1)), Record)


def test_the_baseline_finds_what_the_store_finds(tmp_path):
    """The scan measures on a sphere: the same rows but where two are as far within half a percent."""
    scan, _ = bench._scan(3000)
    store, _ = bench._store(bench.SQLITE, str(tmp_path), 3000)
    same = 0
    for lat, lon in bench._places()[:100]:
        found = [near.record for near in store(lat, lon, bench.COMMON)]
        rows = [record for record in bench.synthetic(3000) if record.kind == bench.COMMON]
        same += [rows[i] for i in scan(lat, lon, bench.COMMON)] == found
    assert same > 80


@pytest.mark.slow
def test_it_prints_a_line_for_each_store(server, capsys):
    assert run_bench(11_000, as_json=True, postgis=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(line["store"], line["rows"]) for line in told["stores"]] == [
        (store, rows) for rows in (10_000, 11_000) for store in (bench.SCAN, bench.SQLITE, bench.POSTGIS)
    ]
    for line in told["stores"]:
        assert 0 < line["common p50"] <= line["common p95"]
        assert line["peak RSS MB"] > 10
