"""What a message changes in a report that is told already: a correction, more words, a second hazard. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions import compose_report as say
from actions.report_asides import one_only
from actions.report_draft import (
    CONFIRM,
    PLACE,
    WHICH,
    WRONG,
    ReportDraft,
    as_told,
    joined,
    with_more,
    with_place,
    with_words,
)
from actions.report_questions import Advanced, and_again, ask_next
from actions.report_sense import agrees, corrects, is_bare, more_exact
from nlu.report import OTHER, ReportReading, adds
from nlu.report_places import ReportPlace
from nlu.report_words import has

A_HINT = 24
"""Characters up to which a message can say which part of the report is wrong, and no more."""


def correct(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> Advanced:
    """At the reading back: a correction takes the place of what was there, more words go behind it."""
    exact = more_exact(text, language)
    if is_bare(text, language) and not exact:
        return _yes_or_no(draft, text, language)
    if tells_another(draft, text, language, reading, place):
        return and_again(one_only(language), draft, language)
    changed = draft
    if place.known or place.choices:
        changed = with_place(replace(draft, place="", lat=None, lon=None, dongs=()), place)
        if reading.kind is None and corrects(text, language):  # else the words would go on telling of the old place
            told = joined(draft.what, reading.what)
            changed = replace(changed, what=told, removed=draft.removed or bool(reading.removed))
    if reading.since:
        changed = replace(changed, since=reading.since)
    if reading.kind is not None:
        replaces = draft.step == WRONG or corrects(text, language)
        changed = (with_words if replaces else with_more)(changed, reading)
    if changed == draft and exact:
        changed = with_more(draft, reading)
    if changed != draft:
        return ask_next(changed, language)
    if draft.step == CONFIRM or has("deny", text, language):
        return _yes_or_no(draft, text, language)
    return _which_part(draft, text, language) or ask_next(with_words(draft, reading), language)


def tells_another(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> bool:
    """Whether a second hazard is told beside the first: of another kind or at another place, and no correction."""
    if reading.kind is None or not draft.what:
        return False
    if adds(text, language):
        return reading.kind != OTHER
    if corrects(text, language) or draft.step == WRONG or reading.kind == OTHER:
        return False
    elsewhere = bool(draft.place) and place.known and place.names != draft.place
    # where a place is asked for, the thing it is beside may be named too
    other = draft.kind not in ("", OTHER, reading.kind) and not (draft.step in (PLACE, WHICH) and place.known)
    return other or elsewhere


def tells_anew(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> bool:
    """Whether the hazard is told once more, in better words, where its place was asked for."""
    if reading.kind in (None, OTHER) or place.choices:
        return False
    return draft.kind in ("", OTHER, reading.kind) or corrects(text, language)


def _yes_or_no(draft: ReportDraft, text: str, language: str) -> Advanced:
    """A message without anything new, at the reading back or where we asked what is wrong in it."""
    if draft.step == CONFIRM and agrees(text, language):
        return say.empty(language), ReportDraft(), as_told(draft)
    wrong = draft.step == WRONG or has("deny", text, language)
    return say.ask("wrong" if wrong else "confirm", language), replace(draft, step=WRONG if wrong else CONFIRM), None


def _which_part(draft: ReportDraft, text: str, language: str) -> Advanced | None:
    """"The place" in answer to what is wrong: that part is asked for anew."""
    if len(text) > A_HINT:
        return None
    if has("change_place", text, language):
        return ask_next(replace(draft, place="", lat=None, lon=None, dongs=(), own_words=False, tries=0), language)
    if has("change_since", text, language):
        return say.ask("wrong", language), draft, None
    return ask_next(replace(draft, what="", kind=""), language) if has("change_kind", text, language) else None
