"""Find out what became of each provision of a statute since an earlier version: plain facts, no sentences.

``python -m knowledge.amended_since ../shared/data/law/framework_act`` writes
``laws/disaster-safety-decree/amended-after-33578.json`` anew. It compares the text of decree 33578 with the
newest version in the folder, reads the dates in the notes (``<개정 2024. 3. 26.>`` names the day of
promulgation), and takes number and in-force date of each from ``version_index.json``. A provision
whose words differ although no note dates the change is listed with the two versions between which it
came. The 이동 notes are not in that copy of the text, so moves are found by their words.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.decree import LIVING, Article, Law, Unit
from knowledge.enforcement_days import Instrument, day_in_force, read_index
from knowledge.later_changes import FACTS, LaterChange
from knowledge.provision import sort_key
from knowledge.statute import Statute
from knowledge.statute_pairs import UnitPair, pair_articles, pair_units, squeeze
from knowledge.statute_read import read_statute

_NOTE = (
    "Facts only: which provisions of the text later decrees changed. Ids are those of the text; an inserted "
    "provision and 'to' have the number of the newest version. Attached tables are not compared."
)


class Comparison:
    """Compares two versions; ``between`` (in their order) narrow down changes that no note dates."""

    def __init__(self, old: Law, new: Law, index: tuple[Instrument, ...], between: tuple[Law, ...] = ()) -> None:
        self.old, self.new = old, new
        self.cutoff = old.text_date
        self.index = {one.promulgated: one for one in index if one.promulgated > self.cutoff}
        self.steps = (old, *between, new)
        self.addenda = {addendum.decree_number: addendum for addendum in new.addenda}

    def changes(self) -> tuple[LaterChange, ...]:
        """Every change, in the order of the provisions, of each provision the newest first."""
        found: list[LaterChange] = []
        for pair in pair_articles(self.old, self.new):
            found += self._article(pair.old, pair.new)
        unique = dict.fromkeys(found)
        return tuple(sorted(unique, key=_order))

    def _article(self, old: Article | None, new: Article | None) -> list[LaterChange]:
        if old is None or new is None or (old.status != LIVING and new.status == LIVING):
            one = new or old
            assert one is not None
            kind = "inserted" if new is not None else "deleted"
            return self._whole(one, kind) if one.status == LIVING else []
        if new.status != LIVING:
            return self._whole(new, "deleted") if old.status == LIVING else []
        found = []
        if old.number != new.number:
            found.append(LaterChange(old.number, "moved", to=new.number, between=self._between(old.unit)))
        if squeeze(old.title) != squeeze(new.title):
            found.append(LaterChange(old.number, "title_amended", between=self._between(old.unit)))
        return found + self._brothers(
            old.number, new.number, pair_units(old.paragraphs, new.paragraphs, self._inserted_later)
        )

    def _brothers(self, old_id: str, new_id: str, pairs: Sequence[UnitPair]) -> list[LaterChange]:
        """Changes of the parts of one unit and below; the one day on which parts came or went dates new numbers."""
        found = [change for pair in pairs for change in self._unit(pair)]
        if old_id != new_id:
            new_ids = {_where(pair.new) for pair in pairs if pair.old is None and pair.new is not None}
            found = [
                replace(c, within=_cited(old_id)) if c.kind == "inserted" and c.provision in new_ids else c
                for c in found
            ]
        came = [c for c in found if c.kind in ("inserted", "deleted") and c.provision.count("/") == _depth(pairs)]
        days = {change.promulgated for change in came}
        day = next(iter(days)) if len(days) == 1 else None
        if day is None:
            return found
        return [
            self._dated(change, change.to or "", day) if change.kind == "moved" and not change.promulgated else change
            for change in found
        ]

    def _whole(self, article: Article, kind: str) -> list[LaterChange]:
        """An article that came or went: dated by its deletion note, else known only "between"."""
        days = [day for note in article.unit.notes if note.kind == kind for day in note.dates if day > self.cutoff]
        change = LaterChange(article.number, kind, between=self._between(article.unit))
        return [self._dated(change, article.number, day) for day in days[-1:]] or [change]

    def _unit(self, pair: UnitPair) -> list[LaterChange]:
        if pair.old is None or pair.new is None:
            return [self._alone(pair)]
        if pair.old.deleted and pair.new.deleted:
            return []
        below = [] if pair.new.deleted else self._brothers(pair.old.id, pair.new.id, pair.children)
        where = _where(pair.old)
        own = [self._dated(change, _where(pair.new), day) for change, day in self._noted(pair, where)]
        days = {change.promulgated for change in own}
        if len(days) == 1 and below:  # the paragraph's one note dates what changed inside it
            day = next(iter(days))
            assert day is not None
            below = [
                self._dated(change, change.to or change.provision, day) if change.promulgated is None else change
                for change in below
            ]
            if not pair.own_changed:
                own = []
        elif pair.own_changed and not own:
            kind = "deleted" if pair.new.deleted else "inserted" if pair.old.deleted else "amended"
            own = [LaterChange(where, kind, lead=bool(pair.new.children), between=self._between(pair.old))]
        if pair.moved and _only_number_changed(pair):
            moved = LaterChange(where, "moved", to=pair.new.id, between=self._between(pair.old))
            if len(own) == 1 and not pair.own_changed and own[0].promulgated:  # the note tells of the move
                return [self._dated(moved, pair.new.id, own[0].promulgated), *below]
            own.append(moved)
        return own + below

    def _noted(self, pair: UnitPair, where: str) -> Iterator[tuple[LaterChange, dt.date]]:
        assert pair.new is not None
        for note in pair.new.notes:
            kind = "amended" if note.kind == "wholly_amended" else note.kind
            for day in note.dates:
                if day > self.cutoff:
                    yield LaterChange(where, kind, lead=pair.own_changed and bool(pair.new.children)), day

    def _alone(self, pair: UnitPair) -> LaterChange:
        """A unit that is only in one version (what lies below it goes with it)."""
        if pair.new is not None:
            days = [day for note in pair.new.notes for day in note.dates if day > self.cutoff]
            change = LaterChange(_where(pair.new), "inserted", between=self._between(pair.new))
            return self._dated(change, change.provision, min(days)) if days else change
        assert pair.old is not None
        kind = "amended" if pair.old.id.endswith("/0") else "deleted"  # the article lives on in other words
        return LaterChange(_where(pair.old), kind, between=self._between(pair.old))

    def _inserted_later(self, unit: Unit) -> bool:
        return any(note.kind == "inserted" and day > self.cutoff for note in unit.notes for day in note.dates)

    def _dated(self, change: LaterChange, new_id: str, day: dt.date) -> LaterChange:
        """With date, number and in-force date of the amendment of ``day``."""
        one = self.index.get(day)
        if one is None:
            return replace(change, promulgated=day, between=None)
        in_force = day_in_force(one, self.addenda.get(one.number), new_id)
        return replace(change, promulgated=day, number=one.number, in_force=in_force, between=None)

    def _between(self, unit: Unit) -> tuple[str, str]:
        """The two of the versions at hand between which this unit's text changed last."""
        texts = [_text(law, unit.id) for law in self.steps]
        last = max((i for i in range(1, len(texts)) if texts[i] != texts[i - 1]), default=len(texts) - 1)
        return self.steps[last - 1].version, self.steps[last].version


def _depth(pairs: Sequence[UnitPair]) -> int:
    """Slashes in the ids of these brothers: 1 for paragraphs."""
    unit = next((pair.new or pair.old for pair in pairs), None)
    return unit.id.count("/") if unit else 0


def _text(law: Law, provision_id: str) -> str | None:
    if not law.has(provision_id):
        return None
    unit = law.unit(provision_id)
    return squeeze(f"{unit.own} {unit.words()}")


def _where(unit: Unit) -> str:
    return _cited(unit.id)


def _cited(unit_id: str) -> str:
    """The id that is cited: an article without numbered paragraphs stands for its paragraph ``0``."""
    return unit_id.removesuffix("/0") if unit_id.count("/") == 1 else unit_id


def _only_number_changed(pair: UnitPair) -> bool:
    """Its own number changed, not only that of a unit above it."""
    assert pair.old is not None
    assert pair.new is not None
    return pair.old.id.rpartition("/")[2] != pair.new.id.rpartition("/")[2]


def _order(change: LaterChange) -> tuple[Any, ...]:
    day = change.promulgated or dt.date.max
    return sort_key(change.provision), -day.toordinal(), change.kind, change.to or ""


def facts(
    folder: Path, first: str = "33578", last: str = "35947", between: tuple[str, ...] = ("33938",)
) -> dict[str, Any]:
    """The content of the facts file, from the versions in ``folder``."""
    old, new = _read(folder, first), _read(folder, last)
    index = read_index(folder)
    steps = tuple(_read(folder, number).law for number in between)
    changes = Comparison(old.law, new.law, index, steps).changes()
    versions = [one for one in index if old.promulgated < one.promulgated <= new.promulgated]
    return {
        "law": "disaster-safety-decree",
        "law_id": old.law_id,
        "publisher": "law.go.kr",
        "text": {
            "number": old.number,
            "promulgated": old.promulgated.isoformat(),
            "in_force": old.in_force.isoformat(),
        },
        "as_of": {
            "number": new.number,
            "promulgated": new.promulgated.isoformat(),
            "in_force": new.in_force.isoformat(),
        },
        "note": _NOTE,
        "versions": [
            {"number": v.number, "promulgated": v.promulgated.isoformat(), "in_force": v.in_force.isoformat()}
            for v in versions
        ],
        "changes": [change.as_row() for change in changes],
    }


def _read(folder: Path, number: str) -> Statute:
    path = next(iter(sorted(folder.glob(f"decree_{number}_*"))), None)
    if path is None:
        raise FileNotFoundError(f"{folder}: no file decree_{number}_…; name the folder that holds the versions.")
    return read_statute(path.read_bytes())


def write(folder: Path, target: Path = FACTS) -> int:
    """Write the facts file, one change on a line; returns the number of changes."""
    content = facts(folder)
    changes, versions = content.pop("changes"), content.pop("versions")
    head = json.dumps(content, ensure_ascii=False, indent=1)[:-2]
    lists = (
        f' "{name}": [\n' + ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows) + "\n ]"
        for name, rows in (("versions", versions), ("changes", changes))
    )
    target.write_text(head + ",\n" + ",\n".join(lists) + "\n}\n", "utf-8")
    return len(changes)


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} changes written to {FACTS}")
