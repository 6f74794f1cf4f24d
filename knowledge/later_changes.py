"""What later decrees changed in the bundled text: facts with dates and numbers, no sentences.

The file ``amended-after-33578.json`` is made by `knowledge.amended_since`. With it every answer from the
bundled text can say that the provision it quotes was amended since, and when.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.decree import LIVING
from knowledge.errors import KnowledgeError

FACTS = Path(__file__).parent / "laws" / "disaster-safety-decree" / "amended-after-33578.json"
AMENDED, INSERTED, DELETED, MOVED, TITLE_AMENDED = "amended", "inserted", "deleted", "moved", "title_amended"
KINDS = (AMENDED, INSERTED, DELETED, MOVED, TITLE_AMENDED)


class LaterChangesError(KnowledgeError):
    """The facts file is missing or of another form."""


@dataclass(frozen=True)
class LaterChange:
    """One change of one provision. Numbers are those of the bundled text, of an inserted one its new number.

    Without ``promulgated`` no note dates the change; it came by one of the decrees after the first
    version of ``between``, the last of which is the second one.
    """

    provision: str
    kind: str
    number: str | None = None
    """Number of the amending Presidential Decree."""
    promulgated: dt.date | None = None
    in_force: dt.date | None = None
    to: str | None = None
    """Where a moved provision stands now."""
    lead: bool = False
    """The opening words of a provision with parts changed: that concerns every part."""
    between: tuple[str, str] | None = None
    within: str | None = None
    """Of an inserted part: the provision of the bundled text that it came into, where numbers differ."""

    @property
    def holder(self) -> str:
        """The provision of the bundled text that holds this one ("" for an article)."""
        return self.within or self.provision.rpartition("/")[0].removesuffix("/0")

    def as_row(self) -> dict[str, Any]:
        """For the facts file and for answers in JSON; nothing that is not known."""
        row: dict[str, Any] = {"provision": self.provision, "kind": self.kind}
        if self.to:
            row["to"] = self.to
        row["number"] = self.number
        row["promulgated"] = self.promulgated.isoformat() if self.promulgated else None
        row["in_force"] = self.in_force.isoformat() if self.in_force else None
        if self.lead:
            row["lead"] = True
        if self.between:
            row["between"] = list(self.between)
        if self.within:
            row["within"] = self.within
        return row

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> LaterChange:
        if row["kind"] not in KINDS:
            raise ValueError(f"kind {row['kind']!r}")
        between = row.get("between")
        return cls(
            row["provision"],
            row["kind"],
            row["number"],
            dt.date.fromisoformat(row["promulgated"]) if row["promulgated"] else None,
            dt.date.fromisoformat(row["in_force"]) if row["in_force"] else None,
            row.get("to"),
            bool(row.get("lead")),
            (between[0], between[1]) if between else None,
            row.get("within"),
        )


@dataclass(frozen=True)
class LaterVersion:
    """The bundled text or a decree that amended it later, with its first day in force."""

    number: str
    promulgated: dt.date
    in_force: dt.date


@dataclass(frozen=True)
class Facts:
    """The whole file. ``as_of`` is the newest version that was looked at."""

    publisher: str
    text: LaterVersion
    """The bundled text."""
    as_of: LaterVersion
    versions: tuple[LaterVersion, ...]
    changes: tuple[LaterChange, ...]


@functools.cache
def facts(path: Path = FACTS) -> Facts:
    """Read the facts file; raises LaterChangesError with what to do."""
    try:
        row = json.loads(path.read_text("utf-8"))
        return Facts(
            row["publisher"],
            _version(row["text"]),
            _version(row["as_of"]),
            tuple(_version(one) for one in row["versions"]),
            tuple(LaterChange.from_row(one) for one in row["changes"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LaterChangesError(f"{path.name} cannot be read ({error}); restore it from the repository.") from None


def _version(row: dict[str, str]) -> LaterVersion:
    days = dt.date.fromisoformat(row["promulgated"]), dt.date.fromisoformat(row["in_force"])
    return LaterVersion(row["number"], *days)


@functools.cache
def later_changes() -> dict[str, tuple[LaterChange, ...]]:
    """All changes by provision id, of each provision the newest first."""
    found: dict[str, list[LaterChange]] = {}
    for change in facts().changes:
        found.setdefault(change.provision, []).append(change)
    return {provision: tuple(changes) for provision, changes in found.items()}


def touching(provision_id: str) -> tuple[LaterChange, ...]:
    """Changes of a provision of the bundled text, of its parts, and of what holds it, newest first.

    A change of a holder counts for its part when it concerns all of it (the holder was moved or
    deleted, or its opening words changed) or when no finer change explains it. A part that was inserted
    counts for its holder, and a new provision that took over the asked number does not.
    """
    asked = provision_id.removesuffix("/0")
    every = later_changes()
    found = [c for c in every.get(asked, ()) if c.kind != INSERTED or not _ours(asked)]
    found += [c for c in facts().changes if _is_part(c, asked)]
    undated = any(change.promulgated is None for change in found)
    above = asked
    while "/" in above:
        above = above.rpartition("/")[0].removesuffix("/0")
        found += [c for c in every.get(above, ()) if _reaches_down(c, undated)]
    return tuple(sorted(dict.fromkeys(found), key=_newest_first))


def number_in(provision_id: str, in_force: dt.date) -> str | None:
    """The id under which a provision of the bundled text stands in the version in force from ``in_force``.

    None when it is gone there, or when it moved at an unknown time that may be before or after.
    """
    above, rest = provision_id, ""
    while above:
        for change in later_changes().get(above.removesuffix("/0"), ()):
            whole = above == provision_id and (change.to or "").startswith(f"{above}/")
            if change.kind not in (MOVED, DELETED) or whole:
                continue
            reached = _reached(change, in_force)
            if reached is None or (reached and change.kind == DELETED):
                return None
            if reached:
                return _with_article(f"{change.to}{rest}", provision_id.partition("/")[0], in_force)
        above, _slash, last = above.rpartition("/")
        rest = f"/{last}{rest}"
    return provision_id


def _with_article(new_id: str, article: str, in_force: dt.date) -> str | None:
    """``new_id`` has the newest number of its article; a version before the article moved has the old one."""
    number, slash, rest = new_id.partition("/")
    moved = next((c for c in later_changes().get(article, ()) if c.kind == MOVED and c.to == number), None)
    if number == article or moved is None:
        return new_id
    reached = _reached(moved, in_force)
    return None if reached is None else new_id if reached else article + slash + rest


def _reached(change: LaterChange, in_force: dt.date) -> bool | None:
    """Whether a version has a change already; None when that is not known."""
    if change.in_force is not None:
        return change.in_force <= in_force
    days = {version.number: version.in_force for version in (facts().text, *facts().versions)}
    before, after = change.between or (facts().text.number, facts().as_of.number)
    if in_force >= days[after]:
        return True
    return False if in_force <= days[before] else None


def decree_in_force_on(day: dt.date) -> LaterVersion | None:
    """The later decree whose version was in force on a day; None while the bundled text was."""
    return max(
        (v for v in facts().versions if v.in_force <= day), key=lambda v: (v.in_force, v.promulgated), default=None
    )


def _is_part(change: LaterChange, asked: str) -> bool:
    if change.kind == INSERTED:
        return change.holder == asked or change.holder.startswith(asked + "/")
    return change.provision.startswith(asked + "/")


def _ours(provision_id: str) -> bool:
    """True when the bundled text has that id itself (an empty or deleted number does not count)."""
    from knowledge.library import decree

    law = decree().law
    return law.has(provision_id) and law.article_of(provision_id).status == LIVING


def _reaches_down(change: LaterChange, undated: bool) -> bool:
    """Whether a change of a holder concerns the part that was asked for (``undated``: which itself has
    a change without a date, that a dated one of its holder may explain)."""
    if change.kind in (INSERTED, TITLE_AMENDED):
        return False
    if change.kind in (MOVED, DELETED) or change.lead or (undated and change.promulgated):
        return True
    finer = (c for c in facts().changes if c.provision.startswith(change.provision + "/"))
    return all(c.promulgated not in (None, change.promulgated) for c in finer)


def _newest_first(change: LaterChange) -> tuple[int, str]:
    day = change.promulgated or facts().as_of.promulgated
    return -day.toordinal(), change.provision
