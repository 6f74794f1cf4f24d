"""Read a statute file of any form we know, told by its content, never by its name."""

from __future__ import annotations

from knowledge.errors import LawTextError
from knowledge.statute import Statute
from knowledge.statute_drf import parse_drf
from knowledge.statute_markdown import parse_markdown


def read_statute(raw: bytes) -> Statute:
    """Parse the bytes of a file; raises LawTextError with a line number when it is of no form we read."""
    source = decode(raw)
    begin = source.lstrip()[:1]
    if source.startswith("---"):
        return parse_markdown(source)
    if begin in ("<", "{"):
        return parse_drf(source)
    raise LawTextError(1, "neither the Markdown form ('---') nor a law.go.kr answer in XML or JSON")


def decode(raw: bytes) -> str:
    """UTF-8 with or without a byte order mark; raises LawTextError with the line of the first wrong byte."""
    if not raw.strip():
        raise LawTextError(1, "the file is empty")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise LawTextError(line, "not UTF-8 text; save the file as UTF-8") from None
