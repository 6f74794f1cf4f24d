"""Does a festival need a safety plan (Article 73-9 of the decree), what goes into it, and by which day.

Only what is true stands here: facts in, a check out. Each line of a check names what it rests on: the
decree (with its provision), the practice of a ministry or local governments, or good practice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from knowledge.later_changes import AMENDED, DELETED, INSERTED, MOVED, TITLE_AMENDED, LaterChange, touching
from knowledge.obligations.deadlines import before, is_closed, last_open

VENUES = ("mountain", "water", "other")
MATERIALS = ("fire", "firecrackers", "petroleum", "gas", "other")
HOSTS = ("local_government", "private")
PLANS = ("none", "draft", "submitted", "changing")
DECREE, MINISTRY, GOOD_PRACTICE = "decree", "ministry", "good_practice"
BASES = (DECREE, MINISTRY, GOOD_PRACTICE)
THRESHOLD = 1_000
"""Article 73-9 (1) 1: English "exceed 1,000", Korean "1천명 이상"; exactly so many is told, not decided."""
PLAN_WEEKS, CHANGE_DAYS = 3, 7
"""Article 73-9 (4)."""
ARTICLE, KINDS, BY_NUMBER, BY_VENUE, BY_MATERIAL = "73-9", "73-9/1", "73-9/1/1", "73-9/1/2/a", "73-9/1/2/b"
PARTS, OPINIONS, FILING, MANUAL, DETAILS = "73-9/2", "73-9/3", "73-9/4", "73-9/5", "73-9/6"
KINDS_OF_CHANGE = (MOVED, AMENDED, INSERTED, DELETED, TITLE_AMENDED)
REQUIRED_PARTS = tuple(f"{PARTS}/{number}" for number in range(1, 6))
LISTED_MATERIALS = ("fire", "firecrackers", "petroleum", "gas")
"""Those that Article 73-9 (1) 2 (b) names; it says "such as", so another one is not decided by the list."""


@dataclass(frozen=True)
class FestivalFacts:
    """What an organizer said; None is "not said yet"."""

    people: int | None = None
    """Expected number of people at one time, at the peak; of a range its lower end."""
    people_high: int | None = None
    """Upper end when a range was given."""
    venue: str | None = None
    """One of VENUES."""
    materials: tuple[str, ...] | None = None
    """Of MATERIALS; () is "none at all"."""
    host: str | None = None
    """One of HOSTS."""
    place: str = ""
    start: dt.date | None = None
    """First day."""
    end: dt.date | None = None
    """Last day."""
    plan: str | None = None
    """One of PLANS: how far the plan is."""


@dataclass(frozen=True)
class Line:
    """One line of a check, without words: the text at ``festival.line.<key>`` filled with ``values``."""

    key: str
    basis: str
    """One of BASES."""
    provision: str | None
    """Provision id of a decree line."""
    values: Mapping[str, Any]
    """Dates as date, numbers as int."""


@dataclass(frozen=True)
class FestivalCheck:
    """What follows from the facts."""

    applies: bool | None
    """None: unclear, see ``missing`` and the lines."""
    grounds: tuple[str, ...]
    """Provision ids of what makes it apply."""
    plan_due: dt.date | None
    change_due: dt.date | None
    late: bool
    """The day for what is still to be handed in (the plan, or its change) has passed."""
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    """Names of the facts (fields of FestivalFacts) still needed."""

def check(facts: FestivalFacts, today: dt.date) -> FestivalCheck:
    """What Article 73-9 means for this festival on this day (in Asia/Seoul).

    A last day before the first one is left aside and named in ``missing``. Raises ValueError for a word
    that is not in VENUES, MATERIALS, HOSTS or PLANS, for fewer than one person, and beyond the calendar.
    """
    _refuse(facts)
    reasons, open_facts = _reasons(facts)
    grounds = tuple(line.provision or "" for line in reasons if line.key.startswith("ground_"))
    applies = True if grounds else None if open_facts else False
    due, change = _due_days(facts, applies)
    late = applies is not False and _late(facts, today, due, change)
    lines = [line for line in reasons if applies is not True or line.provision in grounds]
    if applies is False:
        lines.append(_decree("not_covered", KINDS))
    else:
        lines += [*_duties(facts), *_filing(facts, today, due, change), _decree("manual", MANUAL)]
        lines += [_decree("details", DETAILS), _decree("term", KINDS)]
    lines += [*_changed(), *_practice(facts, applies), *_advice(facts, today, applies, due, change, late)]
    return FestivalCheck(
        applies, tuple(dict.fromkeys(grounds)), due, change, late, tuple(lines), _missing(facts, applies, open_facts)
    )


def _refuse(facts: FestivalFacts) -> None:
    given = (facts.venue, VENUES), (facts.host, HOSTS), (facts.plan, PLANS)
    for word, words in (*given, *((material, MATERIALS) for material in facts.materials or ())):
        if word is not None and word not in words:
            raise ValueError(f"{word!r} is not one of {', '.join(words)}.")
    if facts.people is not None and facts.people < 1:
        raise ValueError("the number of people is 1 or more.")
    if facts.people_high is not None and facts.people_high < (facts.people or 1):
        raise ValueError("the upper end of a range of people is not below its lower end.")


def _decree(key: str, provision: str, **values: Any) -> Line:
    return Line(key, DECREE, provision, values)


def _reasons(facts: FestivalFacts) -> tuple[list[Line], tuple[str, ...]]:
    """A line for each of the three grounds, and the facts that leave one of them open."""
    read = {"people": _by_number(facts), "venue": _by_venue(facts), "materials": _by_material(facts)}
    settled = ("ground_", "not_")
    open_facts = tuple(fact for fact, line in read.items() if not line.key.startswith(settled))
    return list(read.values()), open_facts


def _by_number(facts: FestivalFacts) -> Line:
    low = facts.people
    if low is None:
        return _decree("people_unknown", BY_NUMBER)
    high = facts.people_high or low
    key = "people_exactly" if low == high == THRESHOLD else "people_straddle"
    if low > THRESHOLD:
        key = "ground_people" if low == high else "ground_people_range"
    elif high < THRESHOLD:
        key = "not_people" if low == high else "not_people_range"
    return _decree(key, BY_NUMBER, people=low, people_high=high)


def _by_venue(facts: FestivalFacts) -> Line:
    if facts.venue is None:
        return _decree("venue_unknown", BY_VENUE)
    return _decree("not_venue" if facts.venue == "other" else f"ground_{facts.venue}", BY_VENUE)


def _by_material(facts: FestivalFacts) -> Line:
    if facts.materials is None:
        return _decree("materials_unknown", BY_MATERIAL)
    listed = tuple(material for material in LISTED_MATERIALS if material in facts.materials)
    if listed:
        return _decree("ground_materials", BY_MATERIAL, materials=listed)
    return _decree("materials_other" if facts.materials else "not_materials", BY_MATERIAL)


def _due_days(facts: FestivalFacts, applies: bool | None) -> tuple[dt.date | None, dt.date | None]:
    """Day of the plan and of its change; none when paragraph (4) is not for this host."""
    if facts.start is None or applies is False or facts.host == "local_government":
        return None, None
    return before(facts.start, weeks=PLAN_WEEKS), before(facts.start, days=CHANGE_DAYS)


def _late(facts: FestivalFacts, today: dt.date, due: dt.date | None, change: dt.date | None) -> bool:
    if due is None or change is None or facts.plan == "submitted":
        return False
    return today > (change if facts.plan == "changing" else due)


def _duties(facts: FestivalFacts) -> list[Line]:
    """What the plan holds, and whose opinions come first; the same for every host."""
    parts = [_decree(f"part_{number}", part) for number, part in enumerate(REQUIRED_PARTS, start=1)]
    return [_decree("opinions", OPINIONS), _decree("parts", PARTS), *parts]


def _filing(facts: FestivalFacts, today: dt.date, due: dt.date | None, change: dt.date | None) -> list[Line]:
    """To whom, by which day, how it was counted, and where today stands."""
    if facts.host == "local_government":
        return [_decree("local_host", FILING)]
    lines = [_decree("private_host" if facts.host else "host_unknown", FILING)]
    if facts.start is None or due is None or change is None:
        return [*lines, _decree("submit_undated", FILING), _decree("change_undated", FILING)]
    lines += [_decree("submit", FILING, due=due, start=facts.start), _decree("change", FILING, due=change)]
    if _last_day(facts) > facts.start:
        lines.append(_decree("first_day", FILING, start=facts.start, end=_last_day(facts)))
    lines += [_decree("closed", FILING, due=day) for day in (due, change) if is_closed(day)]
    return [*lines, *_standing(facts, today, due, change)]


def _last_day(facts: FestivalFacts) -> dt.date:
    assert facts.start is not None
    return max(facts.start, facts.end or facts.start)


def _standing(facts: FestivalFacts, today: dt.date, due: dt.date, change: dt.date) -> list[Line]:
    """Where today stands beside the day that matters."""
    assert facts.start is not None
    if _last_day(facts) < today:
        return [_decree("over", FILING, end=_last_day(facts))]
    if facts.plan == "submitted" and today <= change:
        return [_decree("submitted", FILING, due=change, left=(change - today).days)]
    what, day = ("change", change) if facts.plan in ("submitted", "changing") else ("plan", due)
    left = (day - today).days
    if left < 0:
        return [_decree(f"{what}_late", FILING, due=day, past=-left)]
    return [_decree(f"{what}_today" if left == 0 else f"{what}_left", FILING, due=day, left=left)]


def _changed() -> list[Line]:
    """What later decrees did to the article, from the bundled facts: one line for each kind and decree."""
    grouped: dict[tuple[str, LaterChange], list[LaterChange]] = {}
    for change in touching(ARTICLE):
        same = change if change.kind == MOVED else replace(change, provision="", lead=False, within=None)
        grouped.setdefault((change.kind, same), []).append(change)
    ordered = sorted(grouped, key=lambda each: (each[1].promulgated is None, KINDS_OF_CHANGE.index(each[0])))
    return [_change_line(each[0], grouped[each]) for each in ordered]


def _change_line(kind: str, changes: list[LaterChange]) -> Line:
    first = changes[0]
    provision = ARTICLE if kind == INSERTED or len(changes) > 1 else first.provision
    values: dict[str, Any] = {
        "provisions": tuple(sorted({change.provision for change in changes}, key=_in_order)),
        "number": first.number,
        "promulgated": first.promulgated,
        "in_force": first.in_force,
    }
    if first.to:
        values["to"] = first.to
    if first.between:
        values["after"], values["latest"] = first.between
    return _decree(f"{kind}_{'later' if first.promulgated else 'between'}", provision, **values)


def _in_order(provision: str) -> tuple[str, ...]:
    return tuple(part.zfill(4) for part in provision.split("/"))


def _practice(facts: FestivalFacts, applies: bool | None) -> list[Line]:
    """What the ministry's manual and local governments ask for, by the press and by published opinions."""
    keys = [] if applies is False else ["manual_density", "local_staff"]
    if applies is not True:
        keys += ["local_smaller", "ordinance_opinion"]
    return [Line(f"practice_{key}", MINISTRY, None, {}) for key in (*keys, "ansan")]


def _advice(
    facts: FestivalFacts,
    today: dt.date,
    applies: bool | None,
    due: dt.date | None,
    change: dt.date | None,
    late: bool,
) -> list[Line]:
    """Our own advice, no duty."""
    if applies is False:
        return [_advise("ask_office"), _advise("if_it_grows")]
    if facts.start is not None and _last_day(facts) < today:
        return [_advise("check_date")]
    lines = [_advise("as_if_it_applies")] if applies is None else []
    if late or (facts.plan == "submitted" and change is not None and today > change):
        lines.append(_advise("late_now" if late else "late_change"))
    open_days = (day for day in (due, change) if day is not None and day >= today and is_closed(day))
    lines += [_advise("open_day", due=day, open=last_open(day)) for day in open_days]
    if due is not None and not late:
        lines.append(_advise("early"))
    return [*lines, _advise("opinions_written")]


def _advise(key: str, **values: Any) -> Line:
    return Line(f"advice_{key}", GOOD_PRACTICE, None, values)


def _missing(facts: FestivalFacts, applies: bool | None, open_facts: tuple[str, ...]) -> tuple[str, ...]:
    """What a person can still say that changes the result. A number of exactly 1,000 is no gap."""
    exactly = facts.people == THRESHOLD == (facts.people_high or THRESHOLD)
    needed = [] if applies else [fact for fact in open_facts if not (fact == "people" and exactly)]
    if applies is not False:
        needed += [fact for fact in ("host", "start") if getattr(facts, fact) is None]
        needed += ["end"] if facts.start and facts.end and facts.end < facts.start else []
    return tuple(needed)
