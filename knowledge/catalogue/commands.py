"""The commands on the catalogue: ``ansim data build``, ``ansim data inspect``, ``ansim bench catalogue``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from itertools import count, takewhile
from typing import Any

from knowledge.catalogue.build import BUNDLED, build, fresh
from knowledge.catalogue.model import Catalogue, CatalogueError, UnusableError
from knowledge.catalogue.opening import open_catalogue, shown
from knowledge.catalogue.sqlite import SqliteCatalogue


def ensure(say: Callable[[str], None]) -> None:
    """Build the catalogue unless it holds the bundled data as it is now."""
    if fresh():
        say("Catalogue: reused, nothing changed")
        return
    run_build(lambda line: say(f"Catalogue: {line}"))


def run_build(say: Callable[[str], None]) -> int:
    """Bring the bundled data of the catalogue up to date; a file that cannot be used is set aside first."""
    catalogue = open_catalogue()
    try:
        changed = _built(catalogue, say)
        counts = catalogue.counts()
    finally:
        catalogue.close()
    sources = len({source for source, _ in counts})
    say(f"{sources} sources, {sum(counts.values())} rows in {shown()}{'' if changed else ', nothing changed'}")
    return 0


def _built(catalogue: Catalogue, say: Callable[[str], None]) -> int:
    try:
        return build(catalogue, say)
    except UnusableError as error:
        if not isinstance(catalogue, SqliteCatalogue):
            raise
        say(str(error))
        say(f"set aside as {catalogue.set_aside()}; what you imported yourself must be imported again")
        return build(catalogue, say)


def run_inspect(as_json: bool) -> int:
    """Print what the catalogue holds, source by source; raises CatalogueError when it cannot be read."""
    catalogue = open_catalogue()
    try:
        lines = held(catalogue, dt.date.today())
    finally:
        catalogue.close()
    if as_json:
        print(json.dumps({"address": shown(), "fresh": fresh(), "sources": lines}, ensure_ascii=False, indent=1))
        return 0
    for line in lines:
        kinds = ", ".join(f"{kind} {n}" for kind, n in line["rows"].items())
        marks = "".join(f", {word}" for word, on in (("stale", line["stale"]), ("imported", not line["bundled"])) if on)
        print(f"{line['id']:30} as of {line['as_of']:10} {kinds}{marks}")
    print(f"{len(lines)} sources in {shown()}{'' if fresh() else '; bring it up to date with: ansim data build'}")
    return 0


def held(catalogue: Catalogue, today: dt.date) -> list[dict[str, Any]]:
    """Each source that is held, in plain values."""
    counts = catalogue.counts()
    return [
        {
            "id": source.id,
            "title": dict(source.title),
            "as_of": source.as_of,
            "stale": source.stale(today),
            "bundled": source.digest.startswith(BUNDLED),
            "coverage": list(source.coverage),
            "licence": source.licence,
            "rows": {kind: n for (name, kind), n in counts.items() if name == source.id},
        }
        for source in catalogue.sources()
    ]


def run_bench(rows: int, as_json: bool, postgis: bool = False) -> int:
    """Print the speed of the store beside a plain scan, at 10,000 rows and tenfold more up to this number.

    With ``postgis``, a PostgreSQL server is started for the while and measured too.
    """
    from knowledge.catalogue.bench import run

    steps = takewhile(lambda step: step < rows, (10**power for power in count(4)))
    return run([*steps, rows], as_json, postgis)


def report() -> list[tuple[str, bool, str]]:
    """(what, in order?, detail or how to mend it) for the doctor."""
    try:
        catalogue = open_catalogue()
        try:
            counts = catalogue.counts()
        finally:
            catalogue.close()
    except CatalogueError as error:
        return [("catalogue", False, str(error))]
    if not fresh():
        return [("catalogue", False, "it does not hold the bundled data as it is now; run: ansim data build")]
    return [("catalogue", True, f"{sum(counts.values())} rows of {len({s for s, _ in counts})} sources")]

