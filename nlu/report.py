"""Reads a hazard report in a message: whether it is one, of which kind, where, what and since when.

The emergency detector has run before. A question about rules, shelters or places is no report, whatever hazard
it names; "where do I report that the streetlight is out?" is one, for the hazard stands there.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from knowledge.citation import find_citations
from knowledge.reports import receipt as receipts
from nlu.place_landmarks import Lookup
from nlu.report_places import ReportPlace, find_place
from nlu.report_words import has, languages_in, lexicon, without_names

OTHER = "other"
A_NUMBER = 40
"""Characters up to which a message can be about a receipt and nothing else."""
NEAR = 60
"""Characters between a thing and what is wrong with it, at most."""
BEFORE = 6
"""Characters that count on top when what is wrong stands before the thing: it mostly stands behind it."""
SHORT = 60
"""Characters of a message that may name a hazard without a verb ("pothole in front of Choji Station")."""
CARRIES = 30
"""Characters that count on top for what only carries the thing ("the railing of the footbridge"): it is not broken."""
LONG = 600
"""Characters above which a message is a story, not a report."""
OLDEST_DAYS = 3 * 365
"""A hazard is not said to be there since longer than this."""
_CARRIER = re.compile(r"\b(of|on|along|at) (the|a|an|this|that|our|my)? ?$", re.I)


@dataclass(frozen=True)
class ReportReading:
    """``kind``: a key of ``knowledge/reports/kinds.json``, or None when no hazard is named. ``what``: the words
    without names and numbers, ``removed`` what was taken out. ``since``: an ISO day, or "" when none is said."""

    kind: str | None
    place: ReportPlace
    what: str
    removed: tuple[str, ...]
    since: str


def is_report(text: str, language: str) -> bool:
    """Whether a message tells of a hazard that should be looked at, or asks to report one. Never raises."""
    if not text.strip() or len(text) > LONG or find_citations(text):
        return False
    wish = _has("wish", text, language) and not _has("wish_other", text, language)
    if wish and not (_has("rule", text, language) and _find(text, language) is None):
        return not _asks_about_reporting(text, language)
    found = _find(text, language)
    if _has("wish_end", text, language) and (found is not None or _has("generic", text, language)):
        return not any(_has(name, text, language) for name in ("question", "rule", "wish_other"))
    if found is None:
        return _warns(text, language)
    return _tells(text, language, *found)


def read_report(text: str, language: str, today: dt.date, lookup: Lookup | None = None) -> ReportReading:
    """What a message says of a hazard; what it does not say stays empty. ``lookup``: ``Catalogue.named``."""
    cleaned = without_names(" ".join(text.split()))
    return ReportReading(
        kind_of(text, language), find_place(text, language, lookup), cleaned.text, cleaned.removed,
        since(text, language, today),
    )  # fmt: skip


def kind_of(text: str, language: str) -> str | None:
    """The kind of hazard the words name, None when they name none; ``OTHER`` for a danger of no listed kind."""
    found = _find(text, language)
    if found is not None:
        return found[0]
    return OTHER if _has("generic", text, language) else None


def since(text: str, language: str, today: dt.date) -> str:
    """The day since which a message says it is so (ISO), or ""; a day to come or long ago is none."""
    from nlu.dates import read_date

    reading = read_date(text, language, today, past=True)
    day = reading.start if reading is not None else None
    return day.isoformat() if day is not None and 0 <= (today - day).days <= OLDEST_DAYS else ""


def _find(text: str, language: str) -> tuple[str, bool] | None:
    """(kind, whether what is wrong is said too) of the hazard the text names most plainly.

    One that is a hazard by its name comes first, then the thing that stands nearest to what is wrong with it, then
    the kind that stands first in the file.
    """
    best: tuple[int, int, str, bool] | None = None
    for spoken in languages_in(text, language):
        for order, (kind, words) in enumerate(lexicon(spoken)["kinds"].items()):
            gap = _gap(text, words)
            itself = "itself" in words and words["itself"].search(text) is not None
            if gap is None and not itself:
                continue
            rank = (-1 if itself else gap or 0, order)
            if best is None or rank < best[:2]:
                best = (*rank, kind, gap is not None)
    return None if best is None else (best[2], best[3])


def _gap(text: str, words: dict[str, re.Pattern[str]]) -> int | None:
    """Characters between a thing and the nearest word of what is wrong with it; None when there are not both."""
    faults = [(found.start(), found.end()) for found in words["fault"].finditer(text)]
    gaps = []
    for thing in words["thing"].finditer(text):
        more = CARRIES if _CARRIER.search(text, 0, thing.start()) else 0
        gaps += [start - thing.end() + more for start, _ in faults if 0 <= start - thing.end() <= NEAR]
        gaps += [thing.start() - end + BEFORE + more for _, end in faults if 0 <= thing.start() - end <= NEAR // 2]
    return min(gaps, default=None)


def _tells(text: str, language: str, kind: str, faulty: bool) -> bool:
    asks = _has("question", text, language)
    wanted = _has("fix", text, language) or _has("where_to_report", text, language)
    if _has("rule", text, language) and not _located(text, language):
        return False
    if _has("hypothetical", text, language) and not _has("recent", text, language):
        return False
    if asks and (not wanted or _has("rule", text, language)):
        return False
    if faulty or _has("there", text, language):
        return True
    return len(text) <= SHORT and (_located(text, language) or wanted)


def _warns(text: str, language: str) -> bool:
    """A danger of no listed kind at a named place, told and not asked."""
    against = ("question", "rule", "hypothetical")
    if not _has("generic", text, language) or any(_has(name, text, language) for name in against):
        return False
    return len(text) <= 2 * SHORT and _located(text, language)


def _asks_about_reporting(text: str, language: str) -> bool:
    """"Do I have to report …?", "보고해야 하나요?": a question about a duty, not a report."""
    return _has("rule", text, language) and _has("question", text, language)


def _located(text: str, language: str) -> bool:
    place = find_place(text, language)
    return place.known or bool(place.choices)


def _has(name: str, text: str, language: str) -> bool:
    return has(name, text, language)


def adds(text: str, language: str) -> bool:
    """Whether a message tells of one more hazard beside another ("the street light too", "가로등도 나갔어요")."""
    if _has("also", text, language):
        return True
    for spoken in languages_in(text, language):
        words = lexicon(spoken)
        for kind in words["kinds"].values():
            if any(words["also_particle"].match(text[thing.end() :]) for thing in kind["thing"].finditer(text)):
                return True
    return False


def asks_after(text: str, language: str) -> bool:
    """Whether a message asks what becomes of a report: who sees it, when something is mended."""
    if len(text) > SHORT or _has("rule", text, language) or find_citations(text):
        return False
    return _has("aftercare", text, language) and _find(text, language) is None


def about_receipt(text: str, language: str) -> bool:
    """Whether a message is about reports that were made: it names a receipt number and wants something of it, or
    nothing else; it speaks of one that is to be withdrawn or looked up; or it asks what becomes of a report."""
    if asks_after(text, language):
        return True
    wants = has("withdraw", text, language) or has("status", text, language)
    if receipts.find(text) is not None:
        return wants or len(text) <= A_NUMBER
    return wants and len(text) <= A_NUMBER and has("receipt", text, language)


def wants_it_back(text: str, language: str) -> bool:
    """Whether a short message after a report wants that one deleted, without its number ("withdraw it", "취소할래")."""
    if len(text) > A_NUMBER or find_citations(text) or _has("rule", text, language):
        return False
    return _has("withdraw", text, language) and kind_of(text, language) is None
