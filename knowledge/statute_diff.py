"""Two versions of one provision side by side, as a value and as a plain text table.

Units pair by number, and by their words where numbers shifted (`knowledge.statute_pairs`); inside a
pair, words are compared with difflib. What is shown are quotes; notes and Markdown marks are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from knowledge.citation import label_ko
from knowledge.decree import Article, Unit
from knowledge.errors import UnknownProvisionError
from knowledge.statute import Statute
from knowledge.statute_pairs import UnitPair, pair_articles, pair_units, squeeze

SAME, CHANGED, ADDED, REMOVED, MOVED = "same", "changed", "added", "removed", "moved"
_TOKEN = re.compile(r"\s+|[^\W\d_]+|\d+|.", re.S)
_MARKS = {SAME: " ", CHANGED: "~", ADDED: "+", REMOVED: "-", MOVED: ">"}


@dataclass(frozen=True)
class Piece:
    """A run of words: the same in both versions (``same``), or only in one (``removed``, ``added``)."""

    kind: str
    words: str


@dataclass(frozen=True)
class Row:
    """One unit in both versions; ``pieces`` spell the change of a changed unit."""

    kind: str
    old_id: str | None
    new_id: str | None
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class ProvisionDiff:
    """A provision in two versions. ``new_id`` differs from ``old_id`` where it was moved."""

    law: str
    old_id: str | None
    new_id: str | None
    old_version: str
    new_version: str
    rows: tuple[Row, ...]

    @property
    def changed(self) -> bool:
        return any(row.kind != SAME for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "changed": self.changed}


def diff_words(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both, cut into same, removed and added runs (blanks alone are no change)."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, [t.strip() for t in one], [t.strip() for t in other], autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(other[j1:j2])))
            continue
        for kind, words in ((REMOVED, "".join(one[i1:i2])), (ADDED, "".join(other[j1:j2]))):
            if words.strip():
                pieces.append(Piece(kind, words))
    return tuple(pieces)


def diff_provision(old: Statute, new: Statute, provision_id: str) -> ProvisionDiff:
    """Compare ``provision_id`` (numbered as in ``old``, else as in ``new``) in both versions.

    Raises UnknownProvisionError when neither version has it.
    """
    number, _slash, rest = provision_id.partition("/")
    pairs = pair_articles(old.law, new.law)
    pair = next((p for p in pairs if p.old is not None and p.old.number == number), None)
    pair = pair or next((p for p in pairs if p.new is not None and p.new.number == number), None)
    if pair is None:
        raise UnknownProvisionError(provision_id)
    units = pair_units(pair.old.paragraphs if pair.old else (), pair.new.paragraphs if pair.new else ())
    if rest:
        found = _below(units, provision_id)
        if found is None:
            raise UnknownProvisionError(provision_id)
        ids = (found.old.id if found.old else None, found.new.id if found.new else None)
        rows = tuple(_rows([found]))
    else:
        ids = (pair.old.number if pair.old else None, pair.new.number if pair.new else None)
        rows = (_title_row(pair.old, pair.new), *_rows(units))
    return ProvisionDiff(new.title, *ids, old.number, new.number, rows)


def _below(pairs: list[UnitPair], provision_id: str) -> UnitPair | None:
    """The pair whose old unit has that id, else the one whose new unit has it."""
    every = list(_walk(pairs))
    by_old = next((p for p in every if p.old is not None and p.old.id == provision_id), None)
    return by_old or next((p for p in every if p.new is not None and p.new.id == provision_id), None)


def _walk(pairs: list[UnitPair]) -> Iterator[UnitPair]:
    for pair in pairs:
        yield pair
        yield from _walk(list(pair.children))


def _title_row(old: Article | None, new: Article | None) -> Row:
    ids = (old.number if old else None, new.number if new else None)
    return _row(*ids, _headline(old), _headline(new), bool(old and new and old.number != new.number))


def _headline(article: Article | None) -> str:
    """Title of an article; what became of it when it has none."""
    if article is None:
        return ""
    return article.title or ("삭제" if article.status == "deleted" else "")


def _rows(pairs: list[UnitPair]) -> Iterator[Row]:
    for pair in _walk(pairs):
        yield _row(*_ids(pair), _own(pair.old), _own(pair.new), pair.moved)


def _ids(pair: UnitPair) -> tuple[str | None, str | None]:
    return pair.old.id if pair.old else None, pair.new.id if pair.new else None


def _own(unit: Unit | None) -> str:
    return unit.own if unit else ""


def _row(old_id: str | None, new_id: str | None, old: str, new: str, moved: bool) -> Row:
    if old_id is None:
        return Row(ADDED, None, new_id, "", new)
    if new_id is None:
        return Row(REMOVED, old_id, None, old, "")
    if squeeze(old) != squeeze(new):
        return Row(CHANGED, old_id, new_id, old, new, diff_words(old, new))
    return Row(MOVED if moved else SAME, old_id, new_id, old, new)


def as_table(diff: ProvisionDiff, width: int = 46) -> str:
    """A plain text table, old version left, new version right; ``[-removed-]`` and ``{+added+}``."""
    head = _line(" ", f"No. {diff.old_version}", f"No. {diff.new_version}", width)
    lines = [diff.law, *head, "-" * (2 * width + 5)]
    for row in diff.rows:
        left = _cell(row.old_id, row, REMOVED, row.old)
        right = _cell(row.new_id, row, ADDED, row.new)
        lines += _line(_MARKS[row.kind], left, right, width)
    lines.append("(~ changed, + added, - removed, > moved; [-…-] only before, {+…+} only after)")
    return "\n".join(lines)


def _cell(provision_id: str | None, row: Row, side: str, words: str) -> str:
    if provision_id is None:
        return ""
    if row.pieces:
        begin, end = ("[-", "-]") if side == REMOVED else ("{+", "+}")
        words = "".join(
            f"{begin}{p.words}{end}" if p.kind == side else p.words for p in row.pieces if p.kind in (SAME, side)
        )
    return f"{label_ko(provision_id)} {words}".strip()


def _line(mark: str, left: str, right: str, width: int) -> list[str]:
    one, other = wrap(left, width), wrap(right, width)
    rows = max(len(one), len(other))
    one, other = one + [""] * (rows - len(one)), other + [""] * (rows - len(other))
    return [f"{mark} {_pad(a, width)} | {b}".rstrip() for a, b in zip(one, other, strict=True)]


def cells(text: str) -> int:
    """Columns a text takes in a terminal: two for each Korean letter."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at blanks where that is possible."""
    lines, line = [], ""
    for word in re.findall(r"\S+\s*", text):
        while cells(line) + cells(word.rstrip()) > width:
            if line:
                lines.append(line.rstrip())
                line = ""
                continue
            cut = next(n for n in range(len(word), 0, -1) if cells(word[:n]) <= width)
            lines.append(word[:cut])
            word = word[cut:]
        line += word
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pad(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
