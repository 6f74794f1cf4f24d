"""The due days of a festival safety plan as an iCalendar file (RFC 5545, icalendar library)."""

from __future__ import annotations

import datetime as dt
import hashlib
import urllib.parse
from typing import TYPE_CHECKING

from actions.compose_festival import weekday
from actions.compose_labels import day, label
from actions.compose_later import amended_later
from actions.document_model import plain, said
from actions.document_plan import closed
from knowledge.library import Shelf
from knowledge.obligations.festival import ARTICLE, FILING, FestivalCheck, FestivalFacts
from nlu.texts import text

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar"
REMIND_DAYS = (7, 1)
REMIND_AT = dt.timedelta(hours=9)
"""Reminders come at nine in the morning, so many days before."""


def to_calendar(
    shelf: Shelf, check: FestivalCheck, facts: FestivalFacts, language: str, made: dt.datetime
) -> bytes | None:
    """Two all-day events with reminders, or None when there is no due day. ``made`` bears its time zone."""
    if check.plan_due is None or check.change_due is None or facts.start is None:
        return None
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Ansim//Festival safety plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", text("documents.calendar.name", language))
    calendar.add("x-wr-timezone", "Asia/Seoul")
    for name, due in (("plan", check.plan_due), ("change", check.change_due)):
        calendar.add_component(_event(shelf, name, due, facts, language, made))
    return bytes(calendar.to_ical())


def _event(
    shelf: Shelf, name: str, due: dt.date, facts: FestivalFacts, language: str, made: dt.datetime
) -> Event:
    from icalendar import Alarm, Event

    summary = text(f"documents.calendar.{name}", language)
    place = plain(said(facts.place))
    event = Event()
    event.add("uid", uid(name, facts))
    event.add("dtstamp", made.astimezone(dt.timezone.utc))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", f"{summary} · {place}" if place else summary)
    event.add("description", _described(shelf, name, due, facts, language))
    event.add("url", urllib.parse.quote(shelf.edition.article_url(ARTICLE), safe=":/"))
    event.add("transp", "TRANSPARENT")
    for days in REMIND_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", REMIND_AT - dt.timedelta(days=days))
        event.add_component(alarm)
    return event


def uid(name: str, facts: FestivalFacts) -> str:
    """The same festival (place and first day) keeps its events when the file is made again, in either language."""
    place = plain(said(facts.place)).casefold()
    return hashlib.sha256(f"{name}|{place}|{facts.start}".encode()).hexdigest()[:32] + "@ansim"


def _described(shelf: Shelf, name: str, due: dt.date, facts: FestivalFacts, language: str) -> str:
    assert facts.start is not None
    where = "documents.calendar"
    lines = [
        text(f"{where}.rule_{name}", language, start=weekday(facts.start, language)),
        text(f"{where}.counted", language),
    ]
    lines += filter(None, [closed(due, language)])
    lines.append(
        text(
            f"{where}.provision",
            language,
            label=label(FILING, language),
            date=day(shelf.edition.promulgated, language),
            change=amended_later(shelf, FILING, language) or "",
        )
    )
    lines.append(f"“{shelf.law.quote(FILING)}”")
    lines.append(text(f"{where}.unofficial", language))
    return "\n".join(lines)
