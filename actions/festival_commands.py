"""The command ``festival check``: the festival check without a chat. Words are accepted in both languages."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from typing import Any

from actions.compose_festival import compose_festival, line_text
from knowledge.obligations.deadlines import today as today_in_seoul
from knowledge.obligations.festival import FestivalCheck, FestivalFacts, check
from nlu.language import LANGUAGES
from nlu.quantities import counts
from nlu.texts import FOLDER

_COUNT = re.compile(r"(\d[\d,]*)(?:\s*[-~–]\s*(\d[\d,]*))?\s*(?:people|persons|명)?", re.I)


def run_festival_check(
    people: str | None,
    venue: str | None,
    materials: list[str] | None,
    date: str | None,
    until: str | None,
    host: str | None,
    plan: str | None,
    language: str,
    as_json: bool,
    today: dt.date | None = None,
) -> int:
    """Print the check of one festival; exit status 0 whatever the result. Raises ValueError for a bad value.

    ``people``: a number or a range; ``date`` and ``until``: first and last day as YYYY-MM-DD; ``today``:
    the day to judge from (default: today in Seoul).
    """
    facts = read_words(people, venue, materials, date, until, host, plan)
    found = check(facts, today or today_in_seoul())
    if as_json:
        print(json.dumps(as_row(found, language), ensure_ascii=False))
    else:
        print(compose_festival(found, facts, language).text)
    return 0


def as_row(found: FestivalCheck, language: str) -> dict[str, Any]:
    """The check as JSON: dates in ISO form, ``applies`` true, false or "unclear"."""
    return {
        "applies": "unclear" if found.applies is None else found.applies,
        "grounds": list(found.grounds),
        "plan_due": found.plan_due.isoformat() if found.plan_due else None,
        "change_due": found.change_due.isoformat() if found.change_due else None,
        "late": found.late,
        "missing": list(found.missing),
        "lines": [
            {"text": line_text(line, language), "basis": line.basis, "provision": line.provision}
            for line in found.lines
        ],
    }


def read_words(
    people: str | None,
    venue: str | None,
    materials: list[str] | None,
    date: str | None,
    until: str | None,
    host: str | None,
    plan: str | None,
) -> FestivalFacts:
    """The facts that the words of a command stand for; raises ValueError with what is accepted."""
    low, high = _count(people) if people else (None, None)
    start, end = (_day(date, "--date") if date else None), (_day(until, "--until") if until else None)
    if end and not start:
        raise ValueError("--until needs --date, the first day.")
    if start and end and end < start:
        raise ValueError(f"the last day, {end}, is before the first, {start}.")
    return FestivalFacts(
        people=low,
        people_high=high,
        venue=_meaning("venue", venue) if venue else None,
        materials=_materials(materials) if materials else None,
        host=_meaning("host", host) if host else None,
        start=start,
        end=end,
        plan=_meaning("plan", plan) if plan else None,
    )


def _count(raw: str) -> tuple[int, int | None]:
    found = _COUNT.fullmatch(raw.strip())
    low, high = (int(each.replace(",", "")) if each else None for each in found.groups()) if found else _in_words(raw)
    if low is None:
        raise ValueError(f"--people takes a number or a range such as 800-1200, not {raw!r}.")
    if low < 1 or (high is not None and high < low):
        raise ValueError("--people takes 1 or more, a range from its lower to its upper end.")
    return low, high


def _in_words(raw: str) -> tuple[int | None, int | None]:
    """A number as the chat takes it ("1.2k", "천이백 명"), when nothing else is said; (None, None) otherwise."""
    for language in LANGUAGES:
        found = counts(raw, language)
        if len(found) == 1 and (said := found[0].quantity).surface.strip() == raw.strip():
            return (said.low, said.high) if said.bound is None and not said.approximate else (None, None)
    return None, None


def _day(raw: str, option: str) -> dt.date:
    try:
        return dt.datetime.strptime(raw.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise ValueError(f"{option} takes a day as YYYY-MM-DD that is in the calendar, not {raw!r}.") from None


def _materials(words: list[str]) -> tuple[str, ...]:
    """Several words, also parted by commas; a word for "none" stands alone."""
    given = [each.strip() for word in words for each in word.split(",") if each.strip()]
    none = {_plain(word) for language in LANGUAGES for word in _words(language)["none"]}
    said = [_plain(each) in none for each in given]
    if all(said):
        return ()
    if any(said):
        raise ValueError("--materials takes either a word for none or materials, not both.")
    return tuple(dict.fromkeys(_meaning("materials", each) for each in given))


def _meaning(what: str, word: str) -> str:
    """What a word stands for, in any language; raises ValueError with the words of that kind."""
    lists = [_words(language)[what] for language in LANGUAGES]
    for meanings in lists:
        for meaning, spellings in meanings.items():
            if _plain(word) in {_plain(each) for each in (meaning, *spellings)}:
                return str(meaning)
    accepted = (f"{words[0]}" for meanings in lists for words in meanings.values())
    raise ValueError(f"--{what}: {word!r} is not known; use one of {', '.join(accepted)}.")


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", word.strip().casefold())


@functools.cache
def _words(language: str) -> dict[str, Any]:
    import yaml

    return dict(yaml.safe_load((FOLDER / language / "festival.yml").read_text("utf-8"))["words"])
