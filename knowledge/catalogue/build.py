"""The data that comes with the product, from its files into the catalogue.

``knowledge/sources/<source id>/`` holds ``manifest.json`` (the fields of ``Source``) and ``rows.csv`` or
``rows.csv.gz`` (``fields.COLUMNS``; flags with | between them, ``extra`` as a JSON object). The files are ours,
so that a row that does not fit is an error, not something to be mended here.
"""

from __future__ import annotations

import csv
import dataclasses
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.catalogue.fields import COLUMNS, fault
from knowledge.catalogue.model import KINDS, Catalogue, CatalogueError, NotBuiltError, Record, Source, last_day
from knowledge.errors import KnowledgeError

SOURCES = Path(__file__).resolve().parent.parent / "sources"
BUNDLED = "bundled-"
"""Begins the digest of a source that comes with the product; another one was imported by the user."""
_ROWS = ("rows.csv", "rows.csv.gz")
_LANGUAGES = {"ko", "en"}
_NUMBERS: dict[str, Callable[[str], float]] = {
    "lat": float, "lon": float, "end_lat": float, "end_lon": float, "area_m2": float, "capacity": int,
}  # fmt: skip


class SourceFileError(KnowledgeError):
    """A file of the bundled data does not fit its schema; names the file and the line."""

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {problem}.")
        self.path, self.line, self.problem = path, line, problem


@dataclass(frozen=True)
class Bundle:
    """One bundled source with the file of its rows."""

    source: Source
    path: Path

    def records(self) -> Iterator[Record]:
        """Its rows, one by one; raises SourceFileError at the first that does not fit."""
        try:
            opened = gzip.open if self.path.suffix == ".gz" else open
            with opened(self.path, "rt", encoding="utf-8", newline="") as file:
                yield from self._read(csv.reader(file, strict=True))
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise SourceFileError(self.path, None, f"it cannot be read ({error})") from None

    def _read(self, table: Any) -> Iterator[Record]:
        try:
            if tuple(next(table, ())) != COLUMNS:
                raise ValueError(f"the columns must be {', '.join(COLUMNS)}")
            for row in table:
                record = _record(self.source.id, row)
                if problem := fault(self.source, record):
                    raise ValueError(problem)
                yield record
        except UnicodeDecodeError:
            raise
        except (ValueError, csv.Error) as error:
            raise SourceFileError(self.path, table.line_num, str(error)) from None


def bundled(folder: Path = SOURCES) -> list[Bundle]:
    """The bundled sources, by id; raises SourceFileError."""
    return [_bundle(path.parent) for path in sorted(folder.glob("*/manifest.json"))]


def build(catalogue: Catalogue, say: Callable[[str], None], folder: Path = SOURCES) -> int:
    """Bring the bundled sources of a catalogue up to date; the number of sources that were changed.

    What the user imported stays, also where it has taken the place of a bundled source.
    """
    here = {bundle.source.id: bundle for bundle in bundled(folder)}
    held = _held(catalogue)
    changed = 0
    for name, bundle in here.items():
        if name in held and not held[name].startswith(BUNDLED):
            say(f"{name}: left alone, it was imported in place of the bundled data")
        elif held.get(name) != bundle.source.digest:
            rows = catalogue.replace(bundle.source, bundle.records())
            say(f"{name}: {rows} rows, as of {bundle.source.as_of}")
            changed += 1
    for name in sorted(held.keys() - here.keys()):
        if held[name].startswith(BUNDLED):
            catalogue.remove(name)
            say(f"{name}: removed, it is no longer part of the bundled data")
            changed += 1
    return changed


def fresh(catalogue: Catalogue | None = None, folder: Path = SOURCES) -> bool:
    """Whether the catalogue (None: the one that is set) holds the bundled sources as they are now."""
    from knowledge.catalogue.opening import open_catalogue

    opened = catalogue or open_catalogue()
    try:
        held = opened.sources()
    except CatalogueError:
        return False
    finally:
        if catalogue is None:
            opened.close()
    digests = {source.id: source.digest for source in held}
    here = {bundle.source.id: bundle.source.digest for bundle in bundled(folder)}
    own = {name for name, digest in digests.items() if digest.startswith(BUNDLED)}
    return own <= here.keys() and all(
        name in digests and (digests[name] == digest or name not in own) for name, digest in here.items()
    )


def _held(catalogue: Catalogue) -> dict[str, str]:
    """Digests by source id; none when there is no catalogue yet (writing then makes it)."""
    try:
        return {source.id: source.digest for source in catalogue.sources()}
    except NotBuiltError:
        return {}


def _bundle(folder: Path) -> Bundle:
    manifest = folder / "manifest.json"
    rows = [folder / name for name in _ROWS if (folder / name).is_file()]
    if len(rows) != 1:
        raise SourceFileError(folder, None, f"it must hold one of {' and '.join(_ROWS)}")
    try:
        told = manifest.read_bytes()
        digest = BUNDLED + hashlib.sha256(told + rows[0].read_bytes()).hexdigest()
        return Bundle(dataclasses.replace(_source(folder.name, json.loads(told)), digest=digest), rows[0])
    except (OSError, ValueError) as error:
        raise SourceFileError(manifest, None, str(error)) from None


def _source(name: str, told: Any) -> Source:
    """The source of a manifest; raises ValueError naming the field that is wrong."""
    known = {field.name: field for field in dataclasses.fields(Source) if field.name != "digest"}
    needed = {name for name, it in known.items() if it.default is it.default_factory is dataclasses.MISSING}
    if not isinstance(told, dict) or not needed <= told.keys() <= known.keys():
        raise ValueError(f"it must be an object with {', '.join(sorted(needed))} (may have: coverage, defects)")
    for key in ("title", "publisher", "defects"):
        _check_languages(key, told.get(key, {}), may_be_empty=key == "defects")
    source = Source(**{**told, "kinds": _strings(told, "kinds"), "coverage": _strings(told, "coverage")})
    if source.id != name:
        raise ValueError(f"the id {source.id!r} must be the name of the folder")
    if not source.kinds or not set(source.kinds) <= set(KINDS):
        raise ValueError(f"kinds must be some of {', '.join(KINDS)}")
    if not isinstance(source.stale_after_days, int) or source.stale_after_days < 1:
        raise ValueError("stale_after_days must be a number of days")
    if not all(isinstance(told[key], str) for key in ("dataset", "url", "licence", "as_of")):
        raise ValueError("dataset, url, licence and as_of must be texts")
    _check_day(source.as_of)
    return source


def _strings(told: dict[str, Any], key: str) -> tuple[str, ...]:
    value = told.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{key} must be a list of texts")
    return tuple(value)


def _check_languages(key: str, value: Any, may_be_empty: bool) -> None:
    if may_be_empty and value == {}:
        return
    texts = list(value.values()) if isinstance(value, dict) and value.keys() == _LANGUAGES else []
    if not texts or not all(isinstance(text, str) and (may_be_empty or text.strip()) for text in texts):
        raise ValueError(f"{key} must hold a text in ko and in en")


def _check_day(as_of: str) -> None:
    try:
        last_day(as_of)
    except ValueError:
        raise ValueError(f"as_of is {as_of!r}, not an ISO day, month or year") from None


def _record(source: str, row: list[str]) -> Record:
    """A record of the texts of a row; raises ValueError."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"it has {len(row)} values, not {len(COLUMNS)}")
    values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    for name, number in _NUMBERS.items():
        try:
            values[name] = number(values[name]) if values[name] else None
        except ValueError:
            raise ValueError(f"{name} is {values[name]!r}, not a number") from None
    if values["as_of"]:
        _check_day(values["as_of"])
    values["flags"] = tuple(values["flags"].split("|")) if values["flags"] else ()
    values["extra"] = _object(values["extra"]) if values["extra"] else {}
    return Record(source=source, **values)


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ValueError("extra is not a JSON object")
    return value
