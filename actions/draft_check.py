"""Which of the five required parts of a festival safety plan a draft holds, with the lines that show it. Pure.

A part is found by a heading with something below it, or by two different signs within a few lines. What the signs
are stands in ``nlu/<language>/draft.yml``. Gaps, the decree's words quoted, and lines of our own template left as
they are show nothing. Whether the content is enough is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.document_parts import NAMES, PROVISIONS
from actions.draft_lines import Seen, hint_patterns, look, sign_patterns
from actions.draft_reading import DraftError, DraftLine, read_draft

FOUND, HEADING_ONLY, MISSING = "found", "heading_only", "missing"
HEADING, SIGNS = "heading", "signs"
NEAR = 5
"""Lines within which two signs belong together."""
BELOW = 12
"""Lines below a heading that are looked at for its content."""
SHOWN = 3
LONGEST = 160
"""Characters of a line that are shown."""
HINTS = ("date", "people", "staffing_figure", "contact", "evacuation")


@dataclass(frozen=True)
class Shown:
    """Words of the draft, a verbatim span of one line; ``cut``: the line is longer."""

    text: str
    line: DraftLine
    cut: bool = False


@dataclass(frozen=True)
class PartFound:
    """One required part: ``state`` FOUND, HEADING_ONLY or MISSING; ``how`` HEADING, SIGNS or ""."""

    name: str
    provision: str
    state: str
    how: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class DraftCheck:
    """``problem``: why the file could not be read (a key of ``draft.problem``), or None; then the rest is empty."""

    name: str
    kind: str
    problem: str | None
    parts: tuple[PartFound, ...] = ()
    hints: tuple[tuple[str, Shown | None], ...] = ()

    @property
    def found(self) -> tuple[str, ...]:
        """Names of the parts found."""
        return tuple(part.name for part in self.parts if part.state == FOUND)


def check_draft(data: bytes | str, name: str = "") -> DraftCheck:
    """Check a draft (bytes of a text, DOCX or PDF file, or pasted text). Never raises on any content."""
    try:
        draft = read_draft(data)
    except DraftError as error:
        return DraftCheck(name, "", error.reason)
    lines = look(draft.lines)
    return DraftCheck(
        name,
        draft.kind,
        None,
        tuple(_part(part, lines) for part in NAMES),
        tuple((hint, _hint(hint, lines)) for hint in HINTS),
    )


def _part(part: str, lines: Sequence[Seen]) -> PartFound:
    provision = PROVISIONS[part]
    empty: Seen | None = None
    for place, line in enumerate(lines):
        if part not in line.heads:
            continue
        below = tuple(_below(part, lines, place))
        if below or line.inline:
            shown = (_show(line.line), *(_show(each.line, part) for each in below))[:SHOWN]
            return PartFound(part, provision, FOUND, HEADING, shown)
        empty = empty or line
    near = _nearest_signs(part, lines)
    if near:
        return PartFound(part, provision, FOUND, SIGNS, tuple(_show(each.line, part) for each in near[:SHOWN]))
    if empty is not None:
        return PartFound(part, provision, HEADING_ONLY, HEADING, (_show(empty.line),))
    return PartFound(part, provision, MISSING, "", ())


def _below(part: str, lines: Sequence[Seen], place: int) -> Iterator[Seen]:
    """Lines with content below a heading, those with signs of the part first."""
    held: list[Seen] = []
    for line in lines[place + 1 : place + 1 + BELOW]:
        if line.heads or line.apart:
            break
        if line.content:
            held.append(line)
    yield from sorted(held, key=lambda line: not any(sign_patterns(part, line.text)))


def _nearest_signs(part: str, lines: Sequence[Seen]) -> list[Seen]:
    """The lines of the smallest place with the most different signs, when there are two or more."""
    signs = [
        frozenset(sign_patterns(part, line.text)) if line.content and not line.only_heading else frozenset()
        for line in lines
    ]
    most, begin, end = 1, 0, 0
    for size in range(1, NEAR + 1):
        for place in range(len(lines)):
            count = len(frozenset[str]().union(*signs[place : place + size]))
            if count > most:
                most, begin, end = count, place, place + size
    told: frozenset[str] = frozenset()
    kept: list[Seen] = []
    for line, own in zip(lines[begin:end], signs[begin:end], strict=True):
        if own - told:
            kept.append(line)
            told |= own
    return kept


def _hint(hint: str, lines: Sequence[Seen]) -> Shown | None:
    for line in lines:
        if line.content:
            span = hint_patterns(hint, line.text)
            if span is not None:
                return _cut(line.line, span)
    return None


def _show(line: DraftLine, part: str = "") -> Shown:
    spans = list(sign_patterns(part, line.text).values()) if part else []
    return _cut(line, spans[0] if spans else (0, 0))


def _cut(line: DraftLine, span: tuple[int, int]) -> Shown:
    """At most LONGEST characters of a line, with the span in them."""
    if len(line.text) <= LONGEST:
        return Shown(line.text, line)
    begin = max(0, min(span[0] - LONGEST // 3, len(line.text) - LONGEST))
    return Shown(line.text[begin : begin + LONGEST].strip(), line, True)
