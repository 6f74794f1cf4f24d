"""The files an organizer takes away, made when they are fetched: nothing of a conversation is stored for them.

The link itself holds the facts; whoever has it can make the same files again.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Mapping
from typing import Any

from actions.festival_documents import KINDS, document
from actions.places_api import Reply
from knowledge.obligations.deadlines import today
from knowledge.obligations.festival import FestivalFacts, check
from nlu.texts import text

PATH = "/data/festival"
_FIELDS = ("people", "people_high", "venue", "materials", "host", "start", "end", "plan")


def links(facts: FestivalFacts, language: str, has_days: bool) -> tuple[dict[str, Any], ...]:
    """One link for each file; the calendar only where there are days."""
    query = urllib.parse.urlencode({"lang": language, **_written(facts)})
    return tuple(
        {
            "kind": kind,
            "label": text(f"festival_form.file.{kind}", language),
            "url": f"{PATH}?file={kind}&{query}",
        }
        for kind in KINDS
        if kind != "calendar" or has_days
    )


def _written(facts: FestivalFacts) -> dict[str, str]:
    given = {name: getattr(facts, name) for name in _FIELDS}
    said = {name: value for name, value in given.items() if value is not None}
    return {name: _word(value) for name, value in said.items()}


def _word(value: object) -> str:
    return (",".join(value) or "none") if isinstance(value, tuple) else str(value)


def read_facts(given: Mapping[str, str]) -> FestivalFacts:
    """Raises ValueError with one sentence."""
    try:
        return FestivalFacts(
            people=_whole(given.get("people")),
            people_high=_whole(given.get("people_high")),
            venue=given.get("venue") or None,
            materials=_words(given.get("materials")),
            host=given.get("host") or None,
            start=_day(given.get("start")),
            end=_day(given.get("end")),
            plan=given.get("plan") or None,
        )
    except ValueError:
        raise ValueError("The link is not whole; ask for the festival check again.") from None


def _whole(raw: str | None) -> int | None:
    return int(raw) if raw else None


def _day(raw: str | None) -> dt.date | None:
    return dt.date.fromisoformat(raw) if raw else None


def _words(raw: str | None) -> tuple[str, ...] | None:
    if not raw:
        return None
    return () if raw == "none" else tuple(raw.split(","))


def festival_file(given: Mapping[str, str]) -> Reply:
    """``GET /data/festival?file=docx&lang=ko&people=…``: the file, or 400 with one sentence."""
    kind, language = given.get("file", ""), given.get("lang", "ko")
    if kind not in KINDS or language not in ("ko", "en"):
        return _error('"file" must be one of ' + ", ".join(KINDS) + ', and "lang" ko or en.')
    try:
        facts = read_facts(given)
        found = document(kind, check(facts, today()), facts, language)
    except ValueError as error:
        return _error(str(error))
    if found is None:
        return _error("There are no days to put into a calendar yet; tell the day of the festival first.")
    return Reply(200, found.data, found.media_type)


def _error(sentence: str) -> Reply:
    import json

    return Reply(400, json.dumps({"error": sentence}, ensure_ascii=False).encode(), "application/json")
