"""Files and bytes to tables. What a file is shows in its first bytes, never in its name."""

from __future__ import annotations

import io
from pathlib import Path

from knowledge.importing.decoding import blocks_of, decoded, encoding_of
from knowledge.importing.delimited import read_delimited
from knowledge.importing.errors import NotATableError
from knowledge.importing.structured import read_json, read_xml
from knowledge.importing.table import Table
from knowledge.importing.workbook import read_workbook

_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Hangul document; save it as XLSX or CSV and import that"),
    (b"%PDF", "a PDF; import the table behind it as CSV or XLSX"),
    (b"\x1f\x8b", "a gzip archive; unpack it and import what is inside"),
    (b"SQLite format 3", "a database; export the table as CSV and import that"),
)
_HEAD = 4096


def read_file(path: Path) -> Table:
    """The table in a file. CSV and TSV are streamed from the disk each time the rows are asked for.

    Raises NotATableError or RefusedByPublisherError, and OSError when the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    form = _form(head)
    if form == "XLSX":
        return read_workbook(path)
    if form != "text":
        return _structured(path.read_bytes(), form)
    encoding = encoding_of(blocks_of(path))
    return read_delimited(lambda: path.open(encoding=encoding.name, errors=encoding.errors, newline=""), encoding)


def read_bytes(data: bytes) -> Table:
    """The table in bytes, such as the body of an answer of an interface; raises as ``read_file``."""
    form = _form(data[:_HEAD])
    if form == "XLSX":
        return read_workbook(io.BytesIO(data))
    if form != "text":
        return _structured(data, form)
    text, encoding = decoded(data)
    return read_delimited(lambda: io.StringIO(text.removeprefix("\ufeff"), newline=""), encoding)


def _form(head: bytes) -> str:
    """"XLSX", "JSON", "XML" or "text" by the first bytes; raises NotATableError for what is none of them."""
    for magic, what in _REFUSED:
        if head.startswith(magic):
            raise NotATableError(f"The file is {what}.")
    if head.startswith(b"PK"):
        return "XLSX"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise NotATableError("The file is empty; import one with data.")
    if start[:1] in b"[{":
        return "JSON"
    if start[:1] == b"<":
        if b"<html" in start.lower() or start[:9].lower() == b"<!doctype":
            raise NotATableError("The file is a web page, not data; use the download that the page offers.")
        return "XML"
    return "text"


def _structured(data: bytes, form: str) -> Table:
    text, encoding = decoded(data)
    read = read_xml if form == "XML" else read_json
    return read(text.removeprefix("\ufeff").lstrip(), str(encoding))
