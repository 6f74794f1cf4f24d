"""Telling a report: whether a message goes on with it, and what it makes of the draft. Pure.

Only what is missing is asked for; everything is read back and kept only after a yes.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from actions import compose_report as say
from actions.report_asides import one_only, then
from actions.report_corrections import correct, tells_anew, tells_another
from actions.report_draft import (
    CONFIRM,
    IDLE,
    OFFER,
    PLACE,
    WHAT,
    WHICH,
    WRONG,
    ReportDraft,
    as_told,
    joined,
    with_place,
    with_words,
)
from actions.report_questions import Advanced, and_read_back, ask_again, ask_next
from actions.report_sense import agrees, is_bare, seeks_a_place, typed_number
from knowledge.reports.model import LONGEST
from knowledge.reports.redaction import redact
from nlu.place_landmarks import Lookup
from nlu.report import OTHER, ReportReading, about_receipt, is_report, read_report
from nlu.report_places import ReportPlace, find_place
from nlu.report_words import has, lexicon, without_names

TRIES = 2
"""Messages without a place that can be found, after which the reporter's own words must do."""
AN_ANSWER = 80
"""Characters up to which a message can answer one of our questions."""
Location = tuple[float, float]


def advance(
    draft: ReportDraft,
    text: str,
    language: str,
    today: dt.date,
    location: Location | None = None,
    lookup: Lookup | None = None,
) -> Advanced:
    """What to say to a message, the draft after it, and the report when it was said yes to.

    ``location``: (lat, lon) shared with the message; ``lookup``: ``Catalogue.named``, for schools and parks.
    The emergency detector has run before; ``text`` is a cleaned message.
    """
    if draft.alive and has("cancel", text, language):
        return say.cancelled(language), ReportDraft(), None
    refused = _refusal(text, language)
    if refused:
        return and_read_back(say.refused(refused, language), draft, language), draft, None
    if draft.alive and draft.step != WHAT and has("photo", text, language) and len(text) <= AN_ANSWER:
        return say.photo(ask_again(draft, language), language), draft, None
    if draft.step == OFFER:
        if not agrees(text, language) and not is_report(text, language):
            return say.cancelled(language), ReportDraft(), None
        return ask_next(replace(draft, step=WHAT), language)
    if draft.step == CONFIRM and has("confirm", text, language):
        return say.empty(language), ReportDraft(), as_told(draft)
    reading = read_report(text, language, today, lookup)
    place = find_place(text, language, lookup, location)
    if place.outside:
        answer = and_read_back(say.outside(place.outside, language), draft, language)
        return answer, replace(draft, step=draft.step or PLACE), None
    if location is not None and not place.known:
        answer = and_read_back(say.outside_point(language), draft, language)
        return answer, replace(draft, step=CONFIRM if draft.step == CONFIRM else PLACE), None
    return _take(draft, text, language, reading, place)


def belongs(draft: ReportDraft, text: str, language: str, located: bool = False) -> bool:
    """Whether a message goes on with the draft, rather than asking something else in the middle of it."""
    if not draft.alive:
        return False
    if located or about_receipt(text, language):
        return True
    if seeks_a_place(text, language, draft.step in (PLACE, WHICH, WRONG)):
        return draft.step == WHICH and re.search(r"\d", text) is not None
    moves = ("cancel", "confirm", "deny", "skip", "photo", "hostile")
    if any(has(name, text, language) for name in moves) or is_report(text, language):
        return True
    if draft.about_another:
        return typed_number(text) is not None or is_bare(text, language)
    asks = has("question", text, language) or has("rule", text, language)
    return not asks and len(text) <= (LONGEST if draft.step in (WHAT, WRONG) else AN_ANSWER)


def offer(
    text: str, language: str, today: dt.date, lookup: Lookup | None = None, draft: ReportDraft | None = None
) -> tuple[str, ReportDraft] | None:
    """What to add to an emergency's reply when its message also tells of a hazard that will stand.

    The sentence, and the draft that waits for a yes; None when the message tells of no hazard. Words such as "the
    road caved in" sound like an emergency and are a report too: 119 stands first, nothing is lost. ``draft``: the
    report that was being told when the message came; without words of a hazard it goes on as it was.
    """
    reading = read_report(text, language, today, lookup)
    told = is_report(text, language)
    named = reading.kind is not None and (reading.kind != OTHER or told) and not _wishes(text, language, reading)
    if reading.place.outside or not (named or told):
        return None
    waiting = draft or ReportDraft()
    if named:
        waiting = with_words(waiting, reading)
    if reading.place.known or reading.place.choices:
        waiting = with_place(waiting, reading.place)
    return say.emergency_offer(language), replace(waiting, step=OFFER)


def _take(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> Advanced:
    """Put what a message says into the draft, by what was asked."""
    if draft.step in (IDLE, WHAT):
        return _first(draft, text, language, reading, place)
    if draft.step in (PLACE, WHICH):
        if tells_another(draft, text, language, reading, place):
            return then(one_only(language), ask_again(draft, language)), draft, None
        if tells_anew(draft, text, language, reading, place):
            draft = with_words(draft, reading)
            if not place.known:
                return ask_next(draft, language)
        draft = replace(draft, since=reading.since or draft.since)
        return (_placed if draft.step == PLACE else _chosen)(draft, text, language, place)
    return correct(draft, text, language, reading, place)


def _first(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> Advanced:
    """The first telling: a bare wish to report ("I'd like to report something") leaves the words to be asked for."""
    if place.known or place.choices:
        draft = with_place(draft, place)
    bare = _wishes(text, language, reading) and not place.known
    moves = draft.step == WHAT and any(has(name, text, language) for name in ("skip", "photo"))
    if not bare and not moves and not is_bare(text, language):
        draft = with_words(draft, reading)
    return ask_next(draft, language)


def _wishes(text: str, language: str, reading: ReportReading) -> bool:
    """Whether a message only says that something is to be reported, not what."""
    return reading.kind in (None, OTHER) and has("wish", text, language)


def _placed(draft: ReportDraft, text: str, language: str, place: ReportPlace) -> Advanced:
    if place.known or place.choices:
        return ask_next(with_place(draft, place), language)
    skipped = has("skip", text, language)
    if not skipped and is_bare(text, language):
        return say.ask("place_again", language), draft, None
    if not skipped and draft.tries + 1 < TRIES:
        return say.ask("place_again", language), replace(draft, tries=draft.tries + 1), None
    if not skipped:  # the words say where, though no map does
        draft = replace(draft, what=joined(draft.what, without_names(" ".join(text.split())).text))
    return ask_next(replace(draft, own_words=True), language)


def _chosen(draft: ReportDraft, text: str, language: str, place: ReportPlace) -> Advanced:
    """One of several places: by its number or its name."""
    number = re.fullmatch(r"\W*(\d)\W*(번|st|nd|rd|th)?\W*", text)
    if number and 1 <= int(number[1]) <= len(draft.choices):
        picked = find_place(draft.choices[int(number[1]) - 1], language)
        return ask_next(with_place(draft, picked), language)
    return _placed(draft, text, language, place)


def _refusal(text: str, language: str) -> str:
    """Why a message is not taken: "hostile", "link", or "" when it is."""
    if any(lexicon(each)["hostile"].search(text) for each in ("ko", "en")):
        return "hostile"
    return "link" if "link" in redact(text).removed else ""
