"""Speed and memory of the stores beside a plain scan with numpy, each in a process of its own, in one run."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from knowledge.catalogue.model import Catalogue, Record, Source
from knowledge.catalogue.postgis_throwaway import throwaway_server

COMMON, RARE = "heat_shelter", "temporary_housing"
SEED, CITIES, SPREAD_DEG, ONE_RARE_IN = 41270, 80, 0.05, 10_000
QUESTIONS, ROUNDS, K = 400, 5, 5
SQLITE, POSTGIS, SCAN = "SQLite R*Tree", "PostGIS", "numpy haversine"
_TEXT = {"ko": "측정", "en": "Benchmark"}
_MANY = Source("bench", (COMMON, RARE), _TEXT, _TEXT, "", "", "", "2023", 365)
Find = Callable[[float, float, str], object]


def run(rows: Sequence[int], as_json: bool, postgis: bool) -> int:
    """Print a line for each store and number of rows; with ``postgis`` a server is started for it."""
    lines: list[dict[str, Any]] = []
    load = round(os.getloadavg()[0], 1)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ansim-bench-")))
        dsn = stack.enter_context(throwaway_server()).dsn if postgis else ""
        stores = {SCAN: "", SQLITE: str(folder), **({POSTGIS: dsn} if postgis else {})}
        for many in rows:
            for store, where in stores.items():
                # a process each: its peak memory is that of this store and number of rows alone
                with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
                    lines.append(alone.submit(measure, store, where, many).result())
    if as_json:
        told = {"seed": SEED, "k": K, "questions": QUESTIONS, "rounds": ROUNDS, "load": load, "stores": lines}
        print(json.dumps(told))
        return 0
    print(f"nearest {K}: {QUESTIONS} places, {ROUNDS} rounds, ms a question; common: {COMMON}, rare: {RARE}")
    print(f"load of this machine at the start: {load} on {os.cpu_count()} cores")
    heads = list(lines[0])[1:]
    print(f"{'':16}" + "".join(f"{head:>15}" for head in heads))
    for line in lines:
        print(f"{line['store']:16}" + "".join(f"{line[head]!s:>15}" for head in heads))
    return 0


def measure(store: str, where: str, many: int) -> dict[str, Any]:
    """One line: rows written a second, size on disk, latency for both kinds, peak memory of this process."""
    before = time.perf_counter()
    find, size = _scan(many) if store == SCAN else _store(store, where, many)
    seconds = time.perf_counter() - before
    line = {"store": store, "rows": many, "import rows/s": round(many / seconds), "size MB": size}
    for name, kind in (("common", COMMON), ("rare", RARE)):
        median, p95 = _latency(find, kind)
        line |= {f"{name} p50": median, f"{name} p95": p95}
    return line | {"peak RSS MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def _latency(find: Find, kind: str) -> tuple[float, float]:
    """Median and 95th percentile in ms over the places, each with the median of its rounds, after a warm-up."""
    places = _places()
    for place in places[:20]:
        find(*place, kind)
    rounds = [[_spent(find, place, kind) for place in places] for _ in range(ROUNDS)]
    spent = sorted(statistics.median(each) for each in zip(*rounds, strict=True))
    return round(statistics.median(spent), 2), round(spent[math.ceil(0.95 * len(spent)) - 1], 2)


def _spent(find: Find, place: tuple[float, float], kind: str) -> float:
    start = time.perf_counter()
    find(*place, kind)
    return 1000 * (time.perf_counter() - start)


def synthetic(many: int) -> Iterator[Record]:
    """Rows in clusters like cities, some large and most small; one in ten thousand is of the rare kind."""
    chance, cities = random.Random(SEED), _cities()
    for number in range(many):
        lat, lon = cities[int(CITIES * chance.random() ** 2)]
        lat, lon = lat + chance.gauss(0, SPREAD_DEG), lon + chance.gauss(0, SPREAD_DEG)
        kind = RARE if number % ONE_RARE_IN == 0 else COMMON
        yield Record(
            "bench", f"row-{number}", kind, f"측정 쉼터 {number}", lat, lon, f"측정시 측정구 측정로 {number % 400}",
            "41270", "측정동", capacity=number % 300, area_m2=number % 700 / 2, as_of="2023-11",
            extra={"type": "경로당", "year": 2020} if number % 2 else {},
        )  # fmt: skip


def _cities() -> list[tuple[float, float]]:
    chance = random.Random(SEED + 1)
    return [(chance.uniform(34.5, 38.0), chance.uniform(126.4, 129.3)) for _ in range(CITIES)]


def _places() -> list[tuple[float, float]]:
    """Where is asked: in the cities, three of four times; else anywhere in the country."""
    chance, cities = random.Random(SEED + 2), _cities()
    places = []
    for number in range(QUESTIONS):
        lat, lon = cities[int(CITIES * chance.random() ** 2)]
        spread = SPREAD_DEG if number % 4 else 1.0
        places.append((lat + chance.gauss(0, spread), lon + chance.gauss(0, spread)))
    return places


def _store(store: str, where: str, many: int) -> tuple[Find, float]:
    catalogue: Catalogue
    if store == POSTGIS:
        from knowledge.catalogue.postgis import PostgisCatalogue

        catalogue = PostgisCatalogue(where)
        catalogue.replace(_MANY, synthetic(many))
        size = _database_size(where)
    else:
        from knowledge.catalogue.sqlite import SqliteCatalogue

        path = Path(where) / f"{many}.sqlite"
        catalogue = SqliteCatalogue(path)
        catalogue.replace(_MANY, synthetic(many))
        size = os.path.getsize(path) / 1e6
    return lambda lat, lon, kind: catalogue.nearest(lat, lon, (kind,), K), round(size, 1)


def _database_size(dsn: str) -> float:
    import psycopg2

    with psycopg2.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('ansim.record')")
        return float(cursor.fetchone()[0]) / 1e6


def _scan(many: int) -> tuple[Find, float]:
    """The baseline: every row measured on a sphere, all coordinates in memory."""
    import numpy as np

    rows: dict[str, list[tuple[float, float]]] = {COMMON: [], RARE: []}
    for record in synthetic(many):
        rows[record.kind].append((record.lat or 0.0, record.lon or 0.0))
    held = {kind: np.radians(np.array(points)) for kind, points in rows.items()}

    def find(lat: float, lon: float, kind: str) -> object:
        lats, lons = held[kind].T
        here_lat, here_lon = math.radians(lat), math.radians(lon)
        half = np.sin((lats - here_lat) / 2) ** 2
        half += math.cos(here_lat) * np.cos(lats) * np.sin((lons - here_lon) / 2) ** 2
        metres = 2 * 6_371_009 * np.arcsin(np.sqrt(half))
        best = np.argpartition(metres, min(K, len(metres)) - 1)[:K]
        return best[np.argsort(metres[best])]

    return find, round(sum(array.nbytes for array in held.values()) / 1e6, 1)
