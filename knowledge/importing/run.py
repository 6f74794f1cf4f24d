"""An import from start to end: two passes over the tables, one replacement in the catalogue, one report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.catalogue.model import Catalogue, Record, Source
from knowledge.importing.areas import Areas
from knowledge.importing.columns import Match, match
from knowledge.importing.errors import ImportDataError
from knowledge.importing.filters import rejection
from knowledge.importing.kinds import BY_ROW, rules
from knowledge.importing.mapping import Mapped, Mapper, Recipe
from knowledge.importing.rejected import RejectedRows
from knowledge.importing.report import FileReport, ImportReport
from knowledge.importing.survey import DIGEST, Survey, fingerprint, key_of
from knowledge.importing.table import Row, Table

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
Progress = Callable[[str, int], None]
"""Is told what is being done and how many rows are done."""


@dataclass(frozen=True)
class Input:
    """One table to import: what it is called in the report, and how its kind was told."""

    name: str
    table: Table
    kind_from: str = ""
    modified: str = ""
    """ISO day of the file itself, "" for an answer of an interface."""


@dataclass(frozen=True)
class AsOf:
    """The day, month or year the rows stand for, and in words where that is from."""

    text: str
    told_from: str
    stated: bool = True
    """False when it is only the day of the file."""


def check_usable(name: str, columns: Match, kind: str) -> None:
    """Raise ImportDataError when a table has nothing to find a place by."""
    named = columns.has("name") or kind in rules()["names"] or columns.has("address")
    places = (("lat", "lon"), ("lat_geocoded", "lon_geocoded"), ("x", "y"), ("lat_d", "lon_d"), ("geometry",))
    addressed = any(columns.has(one) for one in ("address_road", "address_lot", "address"))
    if not named or not (addressed or any(columns.has(*pair) for pair in places)):
        raise ImportDataError(
            f"{name} holds no places: no column for a name together with a point or an address is known among its "
            "columns; rename them or add their spelling to knowledge/importing/spellings.yml."
        )


class Importer:
    """Imports the tables of one source. ``records`` may be taken once ``survey`` is done."""

    def __init__(
        self, source: Source, recipe: Recipe, inputs: Sequence[Input], areas: Areas | None, today: dt.date
    ) -> None:
        self.source, self.recipe, self.inputs, self.today = source, recipe, inputs, today
        self._mapper = Mapper(source.id, recipe, areas, today)
        self.survey = Survey()
        self.mode: tuple[str, ...] = ()
        self.files: list[FileReport] = []

    def look(self, progress: Progress | None = None) -> None:
        """The first pass; raises ImportDataError for a table without places or rows."""
        done = 0
        for one in self.inputs:
            check_usable(one.name, match(one.table.columns), self.recipe.kind)
            for row in one.table.rows():
                done += 1
                if progress:
                    progress("looked at", done)
                columns = self._mapper.matched(row)
                if not rejection(row, columns):
                    self.survey.add(row, columns, self._mapper.map(row, lambda _: None), self.today.isoformat())
        self.mode = self.survey.mode()

    def as_of(self, given: str | None, known: str) -> AsOf:
        """The date of the rows: as given, as they say, as the name of a file says, else as known of the source."""
        if given:
            return AsOf(given, "as given")
        if self.survey.newest_as_of:
            return AsOf(self.survey.newest_as_of, "the newest as-of date in the rows")
        named = ["-".join(hit.groups()) for one in self.inputs if (hit := _DAY_IN_NAME.search(one.name))]
        if days := [day for day in named if day <= self.today.isoformat()]:
            return AsOf(max(days), "the name of the file")
        if self.survey.newest_update:
            return AsOf(self.survey.newest_update, "the newest change of a row")
        if known:
            return AsOf(known, "what is known of this source")
        newest = max((one.modified for one in self.inputs), default="") or self.today.isoformat()
        return AsOf(newest, "the day of the file itself, since the rows state none; give it with --as-of", False)

    def records(self, rejected: Sequence[RejectedRows | None], progress: Progress | None = None) -> Iterator[Record]:
        """The second pass: every record with its key and flags; fills the reports and the rejected rows."""
        self.files = []
        seen: dict[int, int] = {}
        done = 0
        for one, out in zip(self.inputs, rejected, strict=True):
            report = _report_of(one, self.recipe.kind)
            self.files.append(report)
            for row in one.table.rows():
                done += 1
                if progress:
                    progress("imported", done)
                report.rows += 1
                mapped = self._mapped(row, report, seen)
                if mapped.record is not None:
                    yield mapped.record
                else:
                    report.dropped[mapped.reason] += 1
                    if out:
                        out.add(row, mapped.reason)
            report.mended.update(one.table.notes)

    def _mapped(self, row: Row, report: FileReport, seen: dict[int, int]) -> Mapped:
        columns = self._mapper.matched(row)
        if reason := rejection(row, columns):
            return Mapped(reason=reason)
        notes: list[str] = []
        mapped = self._mapper.map(row, notes.append)
        if mapped.record is None:
            return mapped
        key = key_of(row, columns, mapped.record, self.mode)
        content = fingerprint(mapped.record)
        if (before := seen.get(hash(key))) is not None:
            return Mapped(reason="exact duplicate" if before == content else "same place as an earlier row")
        seen[hash(key)] = content
        flags = mapped.record.flags + (("shared_point",) if self.survey.shared(mapped.record) else ())
        _count(report, mapped, flags, notes)
        return replace(mapped, record=replace(mapped.record, key=key, flags=flags))


def _report_of(one: Input, kind: str) -> FileReport:
    columns = match(one.table.columns)
    return FileReport(
        file=one.name,
        format=one.table.format,
        encoding=one.table.encoding,
        kind=kind,
        kind_from=one.kind_from,
        matched={name: list(of) for name, of in columns.fields.items()},
        unused=list(columns.unused),
        personal=list(columns.personal),
    )


def _count(report: FileReport, mapped: Mapped, flags: tuple[str, ...], notes: list[str]) -> None:
    assert mapped.record is not None
    report.kept += 1
    report.flags.update(flags)
    report.mended.update(notes)
    report.quality[mapped.record.coordinate_quality] += 1
    if mapped.point.lat is None:
        report.no_point[mapped.point.problem] += 1
        return
    report.systems[mapped.point.system] += 1
    if mapped.point.swapped:
        report.mended["latitude and longitude were swapped"] += 1


def run_import(
    importer: Importer,
    catalogue: Catalogue,
    as_of: str | None = None,
    rejected_to: Path | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import into the catalogue, all or nothing; ``rejected_to`` is the folder for the rows that were not kept.

    Raises ImportDataError or CatalogueError, and then nothing is changed.
    """
    importer.look(progress)
    if not importer.survey.rows:
        raise ImportDataError(
            f"No row of {', '.join(one.name for one in importer.inputs)} can be kept; nothing was changed."
        )
    date = importer.as_of(as_of, importer.source.as_of)
    source = replace(dated(importer.source, date), kinds=_kinds(importer))
    with ExitStack() as stack:
        outs: list[RejectedRows | None] = [
            stack.enter_context(RejectedRows(rejected_to, source.id, one.name)) if rejected_to else None
            for one in importer.inputs
        ]
        written = catalogue.replace(source, importer.records(outs, progress))
        kept = [path for out in outs if out and (path := out.keep())]
    key = " + ".join(importer.mode) if importer.mode else DIGEST
    return ImportReport(
        source.id, list(source.kinds), source.as_of, date.told_from, key, importer.files, written, kept
    )


def _kinds(importer: Importer) -> tuple[str, ...]:
    if importer.recipe.kind == BY_ROW:
        return tuple(sorted(importer.survey.kinds))
    return importer.source.kinds


def dated(source: Source, date: AsOf) -> Source:
    """The source as of a date; a date that nobody stated is said to be so in its defects."""
    if date.stated:
        return replace(source, as_of=date.text)
    told = {
        "ko": "자료 기준일이 적혀 있지 않아 파일 날짜를 적었습니다.",
        "en": "The rows state no as-of date; the date shown is the day of the file.",
    }
    defects = {lang: f"{source.defects.get(lang, '')} {text}".strip() for lang, text in told.items()}
    return replace(source, as_of=date.text, defects=defects)
