"""What an import did with each file, in words and as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class FileReport:
    """One file: how it was read, what was kept, dropped, mended and doubted.

    ``matched``: columns of the file by standard field. ``personal``: columns dropped because they name or
    reach persons. ``systems``: rows by coordinate system; ``no_point``: rows without a point by reason.
    """

    file: str
    format: str = ""
    encoding: str = ""
    kind: str = ""
    kind_from: str = ""
    rows: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    systems: Counter[str] = field(default_factory=Counter)
    no_point: Counter[str] = field(default_factory=Counter)
    quality: Counter[str] = field(default_factory=Counter)
    matched: dict[str, list[str]] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)

    def plain(self) -> dict[str, Any]:
        """The report as values for JSON."""
        return {name: dict(value) if isinstance(value, Counter) else value for name, value in vars(self).items()}

    def text(self) -> str:
        """The report as lines for the terminal."""
        lines = [
            f"{self.file}: {self.format}, {self.encoding}",
            f"  kind: {self.kind} (told from {self.kind_from})",
            f"  rows read {self.rows:,}, kept {self.kept:,}, dropped {sum(self.dropped.values()):,}",
            *(f"    dropped: {count:,} {reason}" for reason, count in self.dropped.most_common()),
            f"  coordinates: {_counts(self.systems) or 'none'}",
        ]
        if self.no_point:
            lines.append(f"  kept without a point: {_counts(self.no_point)}")
        lines.append(f"  coordinate quality: {_counts(self.quality) or 'none'}")
        lines.append("  columns used: " + "; ".join(f"{name} <- {', '.join(of)}" for name, of in self.matched.items()))
        if self.unused:
            lines.append("  columns not used: " + ", ".join(self.unused))
        if self.personal:
            lines.append("  columns dropped for privacy: " + ", ".join(self.personal))
        if self.mended:
            lines.append(f"  noticed: {_counts(self.mended)}")
        if self.flags:
            lines.append(f"  doubts (flags): {_counts(self.flags)}")
        return "\n".join(lines)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counter.most_common())


@dataclass
class ImportReport:
    """A whole import: the source, its date and where that is from, the key, the files, the rejected rows."""

    source: str
    kinds: list[str]
    as_of: str
    as_of_from: str
    key: str
    files: list[FileReport]
    written: int = 0
    rejected_files: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The report as lines for the terminal."""
        lines = [one.text() for one in self.files]
        lines.append(f"{self.source}: {self.written:,} records held ({', '.join(self.kinds)})")
        lines.append(f"  as of {self.as_of} ({self.as_of_from}); told apart by {self.key}")
        lines += [f"  rejected rows: {name}" for name in self.rejected_files]
        return "\n".join(lines)

    def plain(self) -> dict[str, Any]:
        """The report as values for JSON."""
        return {**vars(self), "files": [one.plain() for one in self.files]}
