"""Duties, deadlines and entitlements of the decree, as data beside the provision that grounds each of them.

``rows/*.yml`` hold one row for each thing that binds or serves someone outside the Ministry of the Interior
and Safety; ``rows/names.yml`` the closed lists rows refer to. Texts are ours, unofficial, in both languages;
the words that count are those of the provision. A new duty is a new row. How committees and headquarters are
made up, definitions and what binds only the Minister are not here (``rows/unlisted.yml`` says which).
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.obligations.deadlines import after, before

ROWS = Path(__file__).parent / "rows"
NAMES, UNLISTED = "names.yml", "unlisted.yml"
MUST, MAY, IS = "must", "may", "is"
FORCES = (MUST, MAY, IS)
DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
MONTH_END, CALENDAR_YEAR, HALF_YEAR = "month_end", "calendar_year", "half_year"
BEFORE, AFTER, ON = "before", "after", "on"
LAST = "last"
Said = Mapping[str, str]
"""A text of ours by language, "en" and "ko"."""


class DutyError(KnowledgeError):
    """A row or a name that is not as this module says, or an id that is not there."""


@dataclass(frozen=True)
class Period:
    """When. One of: a word of names.yml; every ``amount`` units (with ``times``: at least so often in each);
    a ``date`` of each year ("10-31", "02-last"; due by it, or with side "on" that day); or ``amount`` units
    before or after an anchor of names.yml.

    ``during``: it lasts that long instead of being due then. Amount 0 is the anchor day itself, 0 "month_end"
    the last day of its month; "calendar_year" counts whole years from the year after the anchor.
    """

    word: str = ""
    amount: int = 0
    unit: str = ""
    side: str = ""
    anchor: str = ""
    during: bool = False
    times: int = 0
    date: str = ""

    @property
    def structured(self) -> bool:
        """Whether a calendar day follows from the day of the anchor."""
        return bool(self.anchor)

    def due(self, anchor: dt.date) -> dt.date:
        """The last day, counted from the anchor, whose own day is not counted (Articles 157 and 160 of the
        Civil Act; the decree itself has no rule of counting). Months and years go by the calendar: the same
        day of the later month, or its last day where it has no such day. A day on a weekend is not moved.

        Raises DutyError for a period without an anchor, ValueError where the calendar ends.
        """
        if not self.structured:
            raise DutyError("no calendar day follows from that period.")
        if self.unit == MONTH_END:
            return anchor.replace(day=calendar.monthrange(anchor.year, anchor.month)[1])
        if self.unit == CALENDAR_YEAR:
            return dt.date(anchor.year + self.amount, 12, 31)
        move = before if self.side == BEFORE else after
        units = {DAY: "days", WEEK: "weeks", MONTH: "months"}
        if self.unit == YEAR:
            return move(anchor, months=12 * self.amount)
        return move(anchor, **{units[self.unit]: self.amount})


@dataclass(frozen=True)
class Duty:
    """One row. ``condition`` and ``exceptions`` are None where there is none; ``elsewhere`` names what the
    provision leaves to another text; ``beside``: further provisions its words rest on."""

    id: str
    kind: str
    holders: tuple[str, ...]
    addressees: tuple[str, ...]
    force: str
    provision: str
    beside: tuple[str, ...]
    period: Period
    condition: Said | None
    what: Said
    exceptions: Said | None
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Holder:
    """Who someone is. ``private``: a person or an organisation outside the administration."""

    id: str
    name: Said
    private: bool


def _read(name: str) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load((ROWS / name).read_text("utf-8"), Loader=loader)
    except (OSError, yaml.YAMLError) as error:
        raise DutyError(f"{name} cannot be read ({error}); restore it from the repository.") from None


@functools.cache
def names(group: str) -> dict[str, Said]:
    """A closed list of names.yml: addressees, kinds, anchors, words, pointers or holders."""
    return {key: {language: row[language] for language in ("en", "ko")} for key, row in _read(NAMES)[group].items()}


@functools.cache
def holders() -> dict[str, Holder]:
    """All holders, in the order of the page."""
    said = names("holders")
    return {key: Holder(key, said[key], bool(row["private"])) for key, row in _read(NAMES)["holders"].items()}


@functools.cache
def unlisted() -> dict[str, str]:
    """Provisions that state a "shall" or "may" and have no row: why, by provision id."""
    return {str(provision): reason for reason, ids in _read(UNLISTED).items() for provision in ids}


@functools.cache
def duties() -> dict[str, Duty]:
    """All rows by id, in the order of the decree; raises DutyError with the row that is wrong."""
    found: dict[str, Duty] = {}
    for path in sorted(ROWS.glob("art-*.yml")):
        for row in _read(path.name):
            duty = _duty(row, path.name)
            if duty.id in found:
                raise DutyError(f"{path.name}: {duty.id} is there twice.")
            found[duty.id] = duty
    return found


def duty(duty_id: str) -> Duty:
    """The row with that id; raises DutyError."""
    try:
        return duties()[duty_id]
    except KeyError:
        raise DutyError(f"there is no duty {duty_id!r}; `ansim duties` lists them.") from None


def duties_of(*holder_ids: str) -> tuple[Duty, ...]:
    """Rows of any of these holders, in the order of the decree."""
    return tuple(each for each in duties().values() if set(holder_ids) & set(each.holders))


def _duty(row: dict[str, Any], file: str) -> Duty:
    try:
        made = Duty(
            row["id"],
            row["kind"],
            tuple(row["holder"]),
            tuple(row.get("to", ())),
            row["force"],
            str(row["provision"]),
            tuple(str(each) for each in row.get("with", ())),
            _period(row["period"]),
            row.get("condition"),
            row["what"],
            row.get("except"),
            tuple(row.get("elsewhere", ())),
        )
    except (KeyError, TypeError) as error:
        raise DutyError(f"{file}: {row.get('id', row)}: {error}") from None
    _check(made, file)
    return made


def _check(made: Duty, file: str) -> None:
    """Every name is one of the closed lists."""
    period = made.period
    used = {
        "holders": made.holders,
        "addressees": made.addressees,
        "kinds": (made.kind,),
        "pointers": made.elsewhere,
        "anchors": (period.anchor,) if period.anchor else (),
        "words": (period.word,) if period.word else (),
    }
    wrong = [f"{group}: {name}" for group, said in used.items() for name in said if name not in names(group)]
    if wrong or made.force not in FORCES or not made.holders:
        raise DutyError(f"{file}: {made.id}: unknown {', '.join(wrong) or made.force or 'holder'}")


def _period(row: Mapping[str, Any]) -> Period:
    if "word" in row:
        return Period(word=row["word"])
    if "date" in row or ON in row:
        return Period(date=row.get("date") or row[ON], side="" if "date" in row else ON)
    if "every" in row:
        return Period(amount=int(row["every"]), unit=row["unit"], times=int(row.get("times", 0)))
    side = BEFORE if BEFORE in row else AFTER
    during = "during" in row
    return Period(
        amount=int(row["during" if during else "within"]), unit=row["unit"], side=side, anchor=row[side], during=during
    )
