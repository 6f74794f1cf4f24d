"""The command ``ansim fetch SOURCE``: pull a dataset with the user's own key, then import it or keep it in a file."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.fetching.client import Patience, open_portal
from knowledge.fetching.errors import FetchError
from knowledge.fetching.pages import Fetched, fetch_all
from knowledge.fetching.secret import read_key
from knowledge.fetching.settings import base_address
from knowledge.register.datasets import Dataset, datasets, find

NAME_LONGEST = 100
"""Characters of a name shown back to the user."""


def run_fetch(
    source: str,
    key_env: str | None = None,
    pages: int | None = None,
    out: str | None = None,
    parameters: Sequence[str] = (),
    patience: Patience | None = None,
) -> int:
    """Fetch a dataset and import it, or with ``out`` only write it to a file.

    ``source``: an id of ``ansim sources``, an endpoint id, or a data.go.kr number. ``parameters``: NAME=VALUE.
    Raises FetchError.
    """
    dataset = choose(source)
    _refuse_what_cannot_be(dataset, pages, out)
    sent = {**dataset.parameters, **_parameters(dataset, parameters)}
    key = read_key(dataset, key_env)
    base = base_address(dataset.portal)
    with tempfile.TemporaryDirectory(prefix="ansim-fetch-") as folder:
        work = Path(folder) / f"{dataset.id}.json"
        with (
            work.open("w", encoding="utf-8") as into,
            open_portal(dataset, key, base, patience) as portal,
        ):
            fetched = fetch_all(portal, into, dataset.rows, sent, pages, _tell)
        return _keep(dataset, work, fetched, Path(out)) if out else _import(dataset, work, fetched, sent)


def choose(source: str) -> Dataset:
    """The one dataset of that name; raises FetchError that lists what there is."""
    found = find(source)
    if len(found) == 1:
        return found[0]
    if found:
        told = ", ".join(f"{each.id} ({each.name['en']})" for each in found)
        raise FetchError(f"{source[:NAME_LONGEST]!r} stands for several datasets; take one of: {told}.")
    known = ", ".join(sorted({each.source for each in datasets().values() if each.source}))
    raise FetchError(
        f"No dataset {source[:NAME_LONGEST]!r} is known here; there are: {known}; "
        "for all see: ansim sources --state fetchable"
    )


def _refuse_what_cannot_be(dataset: Dataset, pages: int | None, out: str | None) -> None:
    if pages is not None and pages < 1:
        raise FetchError("--pages takes a number from 1.")
    if out:
        return
    if dataset.changes_forbidden:
        raise FetchError(
            f"{dataset.id} ({dataset.name['en']}) is under KOGL type 4, which forbids changed or commercial use, so it "
            "is not imported; with --out FILE its raw rows are written for your own reading."
        )
    if not dataset.kind:
        raise FetchError(
            f"The catalogue has no kind of record for {dataset.id} ({dataset.name['en']}), so it cannot be imported; "
            "with --out FILE its rows are written to a file."
        )
    if pages is not None:
        raise FetchError("A part of a dataset must not replace the whole; with --pages give --out FILE too.")


def _parameters(dataset: Dataset, given: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if name.casefold() == "servicekey":
            raise FetchError("The key is read from the environment only; leave it out of --param.")
        if not equals or not name.isidentifier():
            raise FetchError("--param is written NAME=VALUE.")
        if name in ("pageNo", "numOfRows"):
            raise FetchError(f"{name} is counted by the command itself; leave it out of --param.")
        named[name] = value
    missing = [name for name in dataset.asks if name not in named]
    if missing:
        raise FetchError(f"{dataset.id} needs " + " ".join(f"--param {name}=…" for name in missing) + ".")
    return named


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _keep(dataset: Dataset, work: Path, fetched: Fetched, out: Path) -> int:
    """Put the rows where the user wants them, whole or not at all."""
    part = out.with_name(f".{out.name}.part")
    try:
        shutil.copyfile(work, part)
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    whole = "all" if fetched.complete else f"a part (of {fetched.total})" if fetched.total is not None else "a part"
    print(f"{dataset.id}: {fetched.rows} rows written to {out}, {whole} of the dataset; nothing was imported.")
    if dataset.changes_forbidden:
        print("Licence KOGL type 4: for your own reading; changed or commercial use is forbidden.")
    return 0


def _import(dataset: Dataset, work: Path, fetched: Fetched, parameters: Mapping[str, str]) -> int:
    """Hand a whole dataset to the importer and print its reports."""
    from knowledge.catalogue.opening import open_catalogue
    from knowledge.fetching.into_catalogue import import_rows

    if not fetched.rows:
        raise FetchError(f"{dataset.id}: the portal has no rows; what is held was left as it is.")
    if not fetched.complete:
        raise FetchError(f"{dataset.id}: only {fetched.rows} rows came; what is held was left as it is.")
    catalogue = open_catalogue()
    try:
        reports = import_rows(dataset, work, parameters, catalogue, dt.date.today(), _tell)
    finally:
        catalogue.close()
    if not reports:
        raise FetchError(f"{dataset.id}: no row could be kept; what is held was left as it is.")
    for report in reports:
        print(report.text())
    return 0
