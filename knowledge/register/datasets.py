"""The datasets that ``ansim fetch`` knows: address, parameters, fields (``datasets.json`` beside this module)."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).parent / "datasets.json"
SAFETYDATA, DATAGOKR = "safetydata", "datagokr"
EVIDENCE = ("official", "code", "not_verified")
"""How an id or its fields are known: the portal's own page or answer, public client code, or not verified."""
_PORTAL = {SAFETYDATA: "https://www.safetydata.go.kr", DATAGOKR: "https://www.data.go.kr"}
_KEY = {SAFETYDATA: "ANSIM_SAFETYDATA_KEY", DATAGOKR: "ANSIM_DATAGOKR_KEY"}


@dataclass(frozen=True)
class Dataset:
    """One service of a portal.

    ``source``: id of the source its rows become, and ``kind`` the catalogue's kind; both empty where the
    catalogue has no such kind (such rows can be kept in a file only). ``parameters`` are always sent;
    ``asks`` must be given by the user. ``rows`` is the most rows a page may have.
    """

    id: str
    portal: str
    path: str
    name: Mapping[str, str]
    evidence: str
    number: str = ""
    """The entry's number on data.go.kr, where known."""
    source: str = ""
    kind: str = ""
    fields: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    key_parameter: str = "serviceKey"
    rows: int = 1000
    licence: str = ""

    @property
    def key_variables(self) -> tuple[str, ...]:
        """Environment variables that may hold the key, the dataset's own one first."""
        own = re.sub(r"\W+", "_", self.id.removeprefix("DSSP-IF-")).upper()
        return (f"{_KEY[self.portal]}_{own}", _KEY[self.portal])

    @property
    def apply_at(self) -> str:
        """Where a key for this dataset is applied for."""
        if self.portal == DATAGOKR and self.number:
            return f"{_PORTAL[DATAGOKR]}/data/{self.number}/openapi.do"
        return _PORTAL[self.portal]

    @property
    def changes_forbidden(self) -> bool:
        """Whether the licence (KOGL type 4) forbids changed or commercial use."""
        return self.licence == "KOGL 4"


@functools.cache
def datasets() -> dict[str, Dataset]:
    """All datasets by id."""
    rows = json.loads(FILE.read_text("utf-8"))["datasets"]
    lists = [{name: tuple(row[name]) for name in ("fields", "asks") if name in row} for row in rows]
    made = [Dataset(**{**row, **listed}) for row, listed in zip(rows, lists, strict=True)]
    return {each.id: each for each in made}


def find(name: str, among: Iterable[Dataset] | None = None) -> list[Dataset]:
    """Datasets that a person may mean: by id, bare endpoint number, data.go.kr number or source id."""
    wanted = name.strip().casefold()
    if not wanted:
        return []
    known = list(among if among is not None else datasets().values())

    def called(each: Dataset) -> set[str]:
        return {each.id.casefold(), each.id.casefold().removeprefix("dssp-if-"), each.number, each.source} - {""}

    return [each for each in known if wanted in called(each)]
