"""The commands ``festival plan`` (files to take away) and ``festival draft`` (is everything in a draft)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from actions.compose_draft import compose_draft
from actions.draft_check import check_draft
from actions.draft_reading import LARGEST
from actions.festival_commands import read_words
from actions.festival_documents import documents, write_documents
from knowledge.obligations.deadlines import today as today_in_seoul
from knowledge.obligations.festival import check
from nlu.language import choose

EXIT_NOT_READ = 1


def run_festival_plan(
    people: str | None,
    venue: str | None,
    materials: list[str] | None,
    date: str | None,
    until: str | None,
    host: str | None,
    plan: str | None,
    place: str | None,
    folder: str,
    language: str,
    as_json: bool,
    today: dt.date | None = None,
) -> int:
    """Write checklist, calendar and draft plan into a folder and print their paths. Raises ValueError and OSError.

    The first eight are as for ``festival check``; ``place`` is any name or address.
    """
    facts = replace(read_words(people, venue, materials, date, until, host, plan), place=place or "")
    found = documents(check(facts, today or today_in_seoul()), facts, language)
    written = [str(path) for path in write_documents(Path(folder), found)]
    print(json.dumps({"files": written}, ensure_ascii=False) if as_json else "\n".join(written))
    return 0


def run_festival_draft(file: str, language: str | None, as_json: bool) -> int:
    """Check the draft in a file; exit status 1 when it cannot be read as a draft. Raises OSError.

    ``language`` None: that of the lines shown, else Korean.
    """
    path = Path(file)
    with path.open("rb") as stream:
        found = check_draft(stream.read(LARGEST + 1), path.name)
    shown = " ".join(each.text for part in found.parts for each in part.shown)
    answer = compose_draft(found, choose(shown, language, None))
    print(json.dumps(answer.to_json(), ensure_ascii=False) if as_json else answer.text)
    return EXIT_NOT_READ if found.problem else 0
