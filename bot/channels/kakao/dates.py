"""The days that a shortened reply must still say: what is due when, and how old its sources are. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.channels.kakao.shorten import clip
from nlu.texts import load, text, texts

MOST, WHAT = 3, 50
"""Lines, and units of what is due in each, so that all of them fit a card beside the source."""


def due_lines(answer: Mapping[str, Any], said: str) -> list[str]:
    """A line for each due day that ``said`` does not tell: what is due, and the day in the reader's words."""
    language = answer["language"]
    found: list[str] = []
    for each in answer["computed"]:
        what, iso = _due(each, language)
        day = spoken(iso, language)
        if what and day and day not in said:
            found.append(text("kakao.due_line", language, what=clip(what[0].upper() + what[1:], WHAT), date=day))
    return list(dict.fromkeys(found))[:MOST]


def dates_line(answer: Mapping[str, Any]) -> str:
    """The dates of the sources; "" without any."""
    dates = ", ".join(str(each) for each in answer["source_dates"])
    return text("kakao.dates", answer["language"], dates=dates) if dates else ""


def spoken(iso: str, language: str) -> str:
    """ "2026-04-14" as "14 April 2026", "2026년 4월 14일"; "" for what is no day."""
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return ""
    return text("date", language, day=day.day, month=texts("months", language)[day.month - 1], year=day.year)


def _due(row: Mapping[str, Any], language: str) -> tuple[str, str]:
    """(what is due, ISO day) of a computed row: a day of the festival check, or a counted duty (docs/contract.md)."""
    names = load(language)["kakao"]["due"]
    if row.get("name") in names:
        return str(names[row["name"]]), str(row.get("value") or "")
    return str(row.get("what") or row.get("label") or ""), str(row.get("due") or "")
