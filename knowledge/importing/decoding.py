"""Which characters the bytes of a Korean public file mean.

UTF-8 is tried first and strictly: text in CP949 is practically never valid UTF-8 by chance, while CP949
accepts many UTF-8 sequences as wrong characters. CP949 (which contains EUC-KR) comes second, strictly too.
A file that fails both by at most one byte in a thousand was damaged on its way and is read with the
unreadable characters marked; the report says so.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.importing.errors import NotATableError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 18
_TOLERATED = 0.001
Blocks = Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Encoding:
    """A Python codec name and how many characters it could not read."""

    name: str
    unreadable: int = 0

    @property
    def errors(self) -> str:
        return "replace" if self.unreadable else "strict"

    def __str__(self) -> str:
        damaged = f", {self.unreadable} unreadable characters" if self.unreadable else ""
        return f"{self.name}{damaged}"


def blocks_of(path: Path) -> Blocks:
    """The bytes of a file in blocks, from the start each time it is called."""

    def read() -> Iterator[bytes]:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block

    return read


def encoding_of(blocks: Blocks) -> Encoding:
    """The encoding of text given in blocks; raises NotATableError when it is no text."""
    first = next(blocks(), b"")
    for bom, name in _BOMS:
        if first.startswith(bom):
            return Encoding(name, _unreadable(blocks, name)[0])
    if b"\0" in first:
        raise NotATableError("The file holds binary data; save it as CSV, XLSX, JSON or XML and import that.")
    tried = {}
    for name in ("utf-8", "cp949"):
        tried[name] = _unreadable(blocks, name)
        if not tried[name][0]:
            return Encoding(name)
    name = min(tried, key=lambda one: tried[one][0])
    wrong, size = tried[name]
    if wrong > max(1, size * _TOLERATED):
        raise NotATableError("The text is neither UTF-8 nor CP949; save it as UTF-8 and import that.")
    return Encoding(name, wrong)


def _unreadable(blocks: Blocks, name: str) -> tuple[int, int]:
    decoder = codecs.getincrementaldecoder(name)("replace")
    wrong = size = 0
    for block in blocks():
        wrong += decoder.decode(block).count("\ufffd")
        size += len(block)
    return wrong + decoder.decode(b"", True).count("\ufffd"), size


def decoded(data: bytes) -> tuple[str, Encoding]:
    """The text of bytes, and the encoding it was in."""
    encoding = encoding_of(lambda: iter((data,)))
    return data.decode(encoding.name, encoding.errors), encoding
