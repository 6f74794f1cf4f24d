"""A report while it is being told: what is known of it, and what a reading adds to that. Pure.

Nothing of a draft is written anywhere but in the session, and its words are redacted before they come in.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from knowledge.reports.model import LONGEST, NewReport
from nlu.report import OTHER, ReportReading
from nlu.report_places import ReportPlace

IDLE, WHAT, PLACE, WHICH, CONFIRM, WRONG, OFFER, WITHDRAW, RECEIPT = (
    "", "what", "place", "which", "confirm", "wrong", "offer", "withdraw", "receipt",
)  # fmt: skip


@dataclass(frozen=True)
class ReportDraft:
    """``step``: what was asked last. ``lat``/``lon``: degrees, three decimals. ``receipt``: of a report to delete;
    ``deletes``: the number asked for is that of a report to delete; ``before``: the step to go back to from there."""

    step: str = IDLE
    kind: str = ""
    what: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    dongs: tuple[str, ...] = ()
    since: str = ""
    choices: tuple[str, ...] = ()
    tries: int = 0
    own_words: bool = False
    removed: bool = False
    receipt: str = ""
    deletes: bool = False
    before: str = IDLE

    @property
    def about_another(self) -> bool:
        """Whether what was asked is about a report that was made before."""
        return self.step in (WITHDRAW, RECEIPT)

    def back(self) -> ReportDraft:
        """The report that was being told before another one was asked about; an empty one when there was none."""
        if not self.about_another:
            return self
        return replace(self, step=self.before, before=IDLE, receipt="", deletes=False) if self.before else ReportDraft()

    @property
    def alive(self) -> bool:
        """Whether a report is being told."""
        return self.step != IDLE

    def to_json(self) -> dict[str, Any]:
        """Only what is set, in plain values."""
        written = asdict(self)
        kept = {each.name: written[each.name] for each in fields(self) if written[each.name] != each.default}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}

    @classmethod
    def read(cls, value: object) -> ReportDraft:
        """A draft from what ``to_json`` gave; an empty one for anything else."""
        if not isinstance(value, dict):
            return cls()
        known = {each.name for each in fields(cls)}
        given: dict[str, Any] = {name: each for name, each in value.items() if name in known}
        given |= {name: tuple(each) for name, each in given.items() if isinstance(each, list)}
        try:
            return cls(**given)
        except TypeError:
            return cls()


def with_words(draft: ReportDraft, reading: ReportReading) -> ReportDraft:
    """What was read takes the place of what was told."""
    return replace(
        draft, kind=reading.kind or draft.kind or OTHER, what=reading.what[: LONGEST + 1],
        since=reading.since or draft.since, removed=draft.removed or bool(reading.removed),
    )  # fmt: skip


def with_more(draft: ReportDraft, reading: ReportReading) -> ReportDraft:
    """What is told behind what was told already; a kind takes the place of none."""
    kind = reading.kind if draft.kind in ("", OTHER) else draft.kind
    told = with_words(draft, reading)
    what = reading.what if draft.what in reading.what else f"{draft.what} / {reading.what}"
    return replace(told, kind=kind or OTHER, what=what[: LONGEST + 1])


def with_place(draft: ReportDraft, place: ReportPlace) -> ReportDraft:
    """Where it is, or the places to choose between; a point is coarsened to three decimals."""
    lat, lon = (None if each is None else round(each, 3) for each in (place.lat, place.lon))
    return replace(
        draft, place=place.names, lat=lat, lon=lon, dongs=place.dongs, choices=place.choices, own_words=False
    )  # fmt: skip


def as_told(draft: ReportDraft) -> NewReport:
    """The report as it is read back and kept."""
    return NewReport(
        draft.kind or OTHER, draft.what, draft.place, draft.lat, draft.lon, draft.dongs, draft.since
    )  # fmt: skip


def joined(what: str, where: str) -> str:
    """The reporter's words, with those that say where behind them."""
    return f"{what} ({where})"[: LONGEST + 1] if where else what
