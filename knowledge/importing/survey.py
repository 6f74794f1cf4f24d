"""What only a look at all rows can tell: which key is unique, which points are shared, how new the rows are.

The first of the two passes over the files. Of each row a few numbers are kept (some hundred bytes), never the
row itself, so that a list of a whole country fits in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.catalogue.model import Record
from knowledge.importing.columns import Match
from knowledge.importing.kinds import rules
from knowledge.importing.mapping import Mapped, digest_key
from knowledge.importing.table import Row

_MODES: tuple[tuple[str, ...], ...] = (
    ("key",),
    ("district_code", "key"),
    ("serial",),
    ("district_code", "serial"),
    ("year", "zone"),
)
_NUMBERED: tuple[tuple[str, ...], ...] = (("row_number",),)
_SHARED = -1
DIGEST = "a digest of kind, name, point and address"


def official_key(row: Row, columns: Match, mode: tuple[str, ...]) -> str:
    """The publisher's key of a row; "" when a part of it is missing."""
    parts: list[str] = []
    for name in mode:
        values = columns.all(row, name) if name == "serial" else [columns.first(row, name)]
        if not values or not all(values):
            return ""
        parts += values
    return "-".join("".join(part.split()) for part in parts)


def fingerprint(record: Record) -> int:
    """A number that differs for records that differ in anything but their key."""
    return hash((record.kind, record.name, record.lat, record.lon, record.end_lat, record.end_lon, record.address,
                 record.capacity, record.area_m2, record.phone, record.as_of, str(record.extra)))  # fmt: skip


def _spot(record: Record) -> int:
    return hash((record.kind, record.extra.get("year"), record.lat, record.lon))


def _label(record: Record) -> int:
    """Who stands at a point: by name, and where things have none of their own, by address."""
    who = (record.name, record.address) if record.kind in rules()["numbered"] else record.name
    return hash(who) or 1


@dataclass
class Survey:
    """Facts about all rows that will be kept."""

    newest_as_of: str = ""
    newest_update: str = ""
    kinds: set[str] = field(default_factory=set)
    rows: int = 0
    _keys: dict[tuple[str, ...], dict[int, int]] = field(default_factory=lambda: {m: {} for m in _MODES + _NUMBERED})
    _spots: dict[int, int] = field(default_factory=dict)

    def add(self, row: Row, columns: Match, mapped: Mapped, today: str) -> None:
        """Take note of a row that has a record."""
        record = mapped.record
        if record is None:
            return
        self.rows += 1
        self.kinds.add(record.kind)
        self.newest_as_of = max(self.newest_as_of, record.as_of if record.as_of <= today else "")
        self.newest_update = max(self.newest_update, mapped.updated if mapped.updated <= today else "")
        content = fingerprint(record)
        for mode, seen in list(self._keys.items()):
            key = official_key(row, columns, mode)
            if not key or seen.setdefault(hash(key), content) != content:
                del self._keys[mode]
        if record.lat is not None:
            label = _label(record)
            if self._spots.setdefault(_spot(record), label) != label:
                self._spots[_spot(record)] = _SHARED

    def shared(self, record: Record) -> bool:
        """Whether rows with other names lie at exactly this record's point."""
        return record.lat is not None and self._spots.get(_spot(record)) == _SHARED

    def mode(self) -> tuple[str, ...]:
        """The first official key that tells all rows apart; () when there is none.

        A running number of the list is one only for things without names (hydrants): for all others it changes
        with each edition and would hide that a place is listed twice.
        """
        numbered = bool(self.kinds) and self.kinds <= set(rules()["numbered"])
        modes = _MODES + (_NUMBERED if numbered else ())
        return next((mode for mode in modes if mode in self._keys), ()) if self.rows else ()


def key_of(row: Row, columns: Match, record: Record, mode: tuple[str, ...]) -> str:
    """The key of a record: the official one where it is unique, else a digest of what it is and where."""
    return official_key(row, columns, mode) if mode else digest_key(record)
