"""The lines of a plan that a person sends: text, DOCX or PDF. Nothing is written anywhere.

A file is known by its bytes, not by its name. Hangul in decomposed form (as some systems write it) is composed.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from knowledge.importing.decoding import decoded
from knowledge.importing.errors import NotATableError

if TYPE_CHECKING:
    from pypdf import PdfReader

LARGEST = 5 * 1024 * 1024
"""Bytes of a file."""
UNPACKED = 60 * 1024 * 1024
MOST_PAGES, MOST_LINES, MOST_CHARACTERS = 150, 5_000, 400_000
LEAST_LETTERS = 20
"""A PDF with fewer letters in all, and pictures, is a scan."""
TEXT, DOCX, PDF = "text", "docx", "pdf"
SLOW = "slow"
"""Said where the reading has a limit of time (actions/draft_apart.py)."""
PROBLEMS = ("empty", "huge", "wrong_type", "hwp", "broken", "encrypted", "image_only", SLOW)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_TEXT = re.compile(r"\s*(?:\{\\rtf|<(?:!doctype|html|\?xml)|%!PS|BEGIN:V)", re.I)


class DraftError(ValueError):
    """A file that cannot be read; ``reason`` is one of PROBLEMS, said at ``draft.problem.<reason>``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class DraftLine:
    """One line or paragraph, word for word. ``number`` counts lines of a page or text, paragraphs, or table rows."""

    text: str
    number: int
    page: int | None = None
    table: int | None = None
    paragraph: bool = False
    heading: bool = False
    """The document itself says that it is a heading."""


@dataclass(frozen=True)
class Draft:
    """``kind``: TEXT, DOCX or PDF; ``lines`` without empty ones."""

    kind: str
    lines: tuple[DraftLine, ...]


def read_draft(data: bytes | str) -> Draft:
    """The lines of a draft; raises DraftError."""
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    if len(data) > LARGEST:
        raise DraftError("huge")
    if not data.strip():
        raise DraftError("empty")
    kind = _kind(data)
    reading = {TEXT: _text_lines, DOCX: _docx_lines, PDF: _pdf_lines}[kind]
    lines = tuple(_kept(reading(data)))
    if len(lines) > MOST_LINES or sum(len(line.text) for line in lines) > MOST_CHARACTERS:
        raise DraftError("huge")
    if not any(each.isalpha() for line in lines for each in line.text):
        raise DraftError("empty")
    return Draft(kind, lines)


def _kept(lines: Iterator[DraftLine]) -> Iterator[DraftLine]:
    for line in lines:
        words = unicodedata.normalize("NFC", line.text).strip()
        if words:
            yield replace(line, text=words)


def _kind(data: bytes) -> str:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DraftError("encrypted")
        raise DraftError("hwp" if b"HWP Document File" in data else "wrong_type")
    return TEXT


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names, size = packed.namelist(), sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DraftError("broken") from None
    if size > UNPACKED:
        raise DraftError("huge")
    if "word/document.xml" in names:
        return DOCX
    raise DraftError("hwp" if any(name.startswith("Contents/section") for name in names) else "wrong_type")


def _text_lines(data: bytes) -> Iterator[DraftLine]:
    try:
        words, _ = decoded(data)
    except NotATableError:
        raise DraftError("wrong_type") from None
    if _OTHER_TEXT.match(words):
        raise DraftError("wrong_type")
    for number, line in enumerate(words.splitlines(), start=1):
        yield DraftLine(line, number)


def _docx_lines(data: bytes) -> Iterator[DraftLine]:
    """Paragraphs, and the paragraphs in each cell of tables, in the order of the text; deleted words are left out."""
    from docx import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        document = Document(io.BytesIO(data))
        paragraphs = tables = 0
        for block in document.iter_inner_content():
            if isinstance(block, Paragraph):
                paragraphs += 1
                style = (block.style.name if block.style is not None else "") or ""
                for words in _paragraph_words(block._p):
                    yield DraftLine(words, paragraphs, paragraph=True, heading=style.startswith("Heading"))
            elif isinstance(block, Table):
                tables += 1
                for number, row in enumerate(block._tbl.tr_lst, start=1):
                    for words in _paragraphs_in(row):
                        yield DraftLine(words, number, table=tables)
    except DraftError:
        raise
    except MemoryError:
        raise DraftError("huge") from None
    except Exception:  # a damaged package fails in many ways: KeyError, XMLSyntaxError, PackageNotFoundError …
        raise DraftError("broken") from None


def _paragraphs_in(element: Any) -> Iterator[str]:
    from docx.oxml.ns import qn

    for paragraph in element.iter(qn("w:p")):
        if not any(above.tag == qn("w:txbxContent") for above in paragraph.iterancestors()):
            yield from _paragraph_words(paragraph)


def _paragraph_words(paragraph: Any) -> Iterator[str]:
    """The paragraph's own lines, then those of its text boxes (once: Word writes them twice)."""
    from docx.oxml.ns import qn

    boxed = list(paragraph.iter(qn("w:txbxContent")))
    inside = {id(each) for box in boxed for each in box.iter()}
    words = []
    for each in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        if id(each) not in inside:
            words.append((each.text or "") if each.tag == qn("w:t") else "\t" if each.tag == qn("w:tab") else "\n")
    yield from "".join(words).split("\n")
    seen: set[str] = set()
    for box in boxed:
        for inner in box.iter(qn("w:p")):
            said = "".join(each.text or "" for each in inner.iter(qn("w:t")))
            if said and said not in seen:
                seen.add(said)
                yield said


def _pdf_lines(data: bytes) -> Iterator[DraftLine]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DraftError("encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise DraftError("huge")
        pages = [page.extract_text() for page in reader.pages]
    except DraftError:
        raise
    except MemoryError:
        raise DraftError("huge") from None
    except DependencyError:
        raise DraftError("encrypted") from None
    except Exception:  # a damaged file fails in many ways: PdfReadError, KeyError, RecursionError …
        raise DraftError("broken") from None
    if sum(each.isalpha() for words in pages for each in words) < LEAST_LETTERS and _pictured(reader):
        raise DraftError("image_only")
    for number, words in enumerate(pages, start=1):
        for place, line in enumerate((each for each in words.splitlines() if each.strip()), start=1):
            yield DraftLine(line, place, page=number)


def _pictured(reader: PdfReader) -> bool:
    """Whether any page holds a picture."""
    for page in reader.pages:
        resources: Any = page.get("/Resources") or {}
        held: Any = resources.get("/XObject")
        if held and any(each.get_object().get("/Subtype") == "/Image" for each in held.get_object().values()):
            return True
    return False
