"""The staff's commands on hazard reports: ``ansim reports list|set|export|brief``."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

from knowledge.reports import receipt as receipts
from knowledge.reports.districts import find_district
from knowledge.reports.model import STATUSES, Report, ReportError, Wanted, kinds, week, week_of
from knowledge.reports.opening import address, open_reports

COLUMNS = (
    "receipt", "kind", "place", "lat", "lon", "dong", "district", "what", "since", "status", "first_seen", "last_seen",
    "times",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins like this for a formula."""


def wanted(district: str | None, kind: str | None, in_week: str | None, status: str | None) -> Wanted:
    """What the options ask for; raises ReportError with the words there are."""
    if kind is not None and kind not in kinds():
        raise ReportError(f"There is no kind {kind!r}; the kinds are {', '.join(kinds())}.")
    if status is not None and status not in STATUSES:
        raise ReportError(f"There is no status {status!r}; it is one of {', '.join(STATUSES)}.")
    start, end = week(in_week) if in_week else (None, None)
    return Wanted(find_district(district) if district else None, kind, status, start, end)


def run_list(district: str | None, kind: str | None, in_week: str | None, status: str | None, as_json: bool) -> int:
    """Print the reports that fit, oldest first."""
    found = open_reports().rows(wanted(district, kind, in_week, status))
    if as_json:
        print(json.dumps({"reports": [report.to_json() for report in found]}, ensure_ascii=False, indent=1))
        return 0
    for report in found:
        where = report.place or "no place name"
        print(
            f"{report.receipt}  {report.status:9}  {week_of(report.first_seen)}  {report.kind:20}  {where}  "
            f"[{report.district or 'district not known'}]  x{report.times}  {report.what}"
        )
    print(f"{len(found)} report(s) in {address()}")
    return 0


def run_set(receipt: str, status: str) -> int:
    """Set the status of a report."""
    named = receipts.find(receipt)
    if named is None or not receipts.valid(named):
        raise ReportError(f"{receipt!r} is no receipt number; one looks like AS-7K3Q-92M.")
    report = open_reports().set_status(named, status)
    if report is None:
        raise ReportError(f"There is no report {named}; see: ansim reports list.")
    print(f"{named}: {report.status}")
    return 0


def run_export(path: str, district: str | None, kind: str | None, in_week: str | None, status: str | None) -> int:
    """Write the reports that fit to a ``.csv`` or ``.geojson`` file."""
    found = list(open_reports().rows(wanted(district, kind, in_week, status)))
    file = Path(path)
    writers = {".csv": to_csv, ".geojson": to_geojson}
    if file.suffix.lower() not in writers:
        raise ReportError(f"{path}: the file's name must end in .csv or .geojson.")
    _write(file, writers[file.suffix.lower()](found).encode("utf-8-sig" if file.suffix.lower() == ".csv" else "utf-8"))
    print(f"{len(found)} report(s) written to {path}")
    return 0


def run_brief(district: str | None, start: str, end: str, out: str, language: str) -> int:
    """Write a meeting's brief as ``.docx``, ``.pdf`` or ``.md`` (with its map beside it as ``.png``)."""
    from actions.report_brief import gather, layout, map_of
    from knowledge.library import decree
    from knowledge.reports.topics import TopicCounts

    first, last, file = _day(start), _day(end), Path(out)
    if last < first:
        raise ReportError(f"The period ends ({end}) before it begins ({start}).")
    chosen = find_district(district) if district else None
    made = dt.datetime.now(dt.timezone(dt.timedelta(hours=9))).date()
    brief = gather(open_reports(), TopicCounts(address()), chosen, first, last, made)
    written = layout(brief, decree(), language)
    if file.suffix.lower() == ".md":
        picture = map_of(brief, language)
        if picture is not None:
            _write(file.with_suffix(".png"), picture)
    _write(file, _rendered(written, file))
    print(f"{len(brief.new)} new and {len(brief.old)} open report(s) written to {out}")
    return 0


def _rendered(written: Any, file: Path) -> bytes:
    kind = file.suffix.lower()
    if kind == ".docx":
        from actions.document_docx import to_docx

        return to_docx(written)
    if kind == ".pdf":
        from actions.document_pdf import to_pdf

        return to_pdf(written)
    if kind == ".md":
        from actions.document_markdown import to_markdown

        return to_markdown(written).encode()
    raise ReportError(f"{file}: the file's name must end in .docx, .pdf or .md.")


def to_csv(reports: list[Report]) -> str:
    """One line a report; a cell a spreadsheet would run as a formula is made plain text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for report in reports:
        values = report.to_json()
        writer.writerow([_plain(values[name]) for name in COLUMNS])
    return out.getvalue()


def to_geojson(reports: list[Report]) -> str:
    """A FeatureCollection; a report without a point has no geometry."""
    features = []
    for report in reports:
        point = None if report.lat is None else {"type": "Point", "coordinates": [report.lon, report.lat]}
        features.append({"type": "Feature", "id": report.receipt, "geometry": point, "properties": report.to_json()})
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else ("" if value is None else value)


def _day(words: str) -> dt.date:
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        raise ReportError(f"{words!r} is no day; write it as 2026-07-13.") from None


def _write(file: Path, body: bytes) -> None:
    try:
        file.write_bytes(body)
    except OSError as error:
        raise ReportError(f"{file} cannot be written ({error.strerror}); check the folder.") from None
