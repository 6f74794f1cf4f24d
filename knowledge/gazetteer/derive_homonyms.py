"""Which dong names of Ansan other cities have too, legal or administrative: counted, not listed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from knowledge.gazetteer.model import Place

ANSAN = "4127"


def homonyms(data: Path, places: Iterable[Place]) -> dict[str, int]:
    """Number of other cities, counties and districts with a dong of the name, for names that have one."""
    with (data / "gazetteer" / "legal_dong_codes_full.cp949.txt").open(encoding="cp949", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["폐지여부"] == "존재"]
    elsewhere = {(row["법정동명"].split()[-1], row["법정동코드"][:5]) for row in rows if row["법정동코드"][:4] != ANSAN}
    dongs = [place for place in places if place.level.endswith("_dong")]
    elsewhere |= {(place.name_ko, place.code[:5]) for place in dongs if place.code[:4] != ANSAN}
    counted = Counter(name for name, _ in elsewhere)
    mine = {place.name_ko for place in dongs if place.code[:4] == ANSAN}
    return {name: counted[name] for name in sorted(mine) if counted[name]}
