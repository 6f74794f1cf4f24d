"""What is asked while a report is being told: only what is missing (what, then where), then the reading back. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions import compose_report as say
from actions.report_asides import then
from actions.report_draft import CONFIRM, OFFER, PLACE, WHAT, WHICH, WRONG, ReportDraft, as_told
from knowledge.reports.model import NewReport
from nlu.answer import Answer

Advanced = tuple[Answer, ReportDraft, NewReport | None]
"""What to say, the draft after it, and the report when it was said yes to."""


def ask_next(draft: ReportDraft, language: str) -> Advanced:
    """Ask for what is missing, or read back."""
    if not draft.what:
        return say.ask("what", language), replace(draft, step=WHAT), None
    if draft.choices:
        return say.which(draft.choices, language), replace(draft, step=WHICH), None
    if not draft.place and not draft.own_words:
        return say.ask("place", language), replace(draft, step=PLACE), None
    whole = replace(draft, step=CONFIRM)
    return say.read_back(as_told(whole), draft.removed, language), whole, None


def ask_again(draft: ReportDraft, language: str) -> Answer:
    """The question that is open."""
    if draft.step == CONFIRM:
        return say.read_back(as_told(draft), draft.removed, language)
    if draft.step == WHICH:
        return say.which(draft.choices, language)
    return say.ask(draft.step if draft.step in (WHAT, PLACE, WRONG) else "what", language)


def open_question(draft: ReportDraft, language: str) -> Answer | None:
    """What was asked last, to be put again when something else was answered in between; None when a receipt is
    what it is about, which the draft does not describe. A report that waits for its yes is read back."""
    if not draft.alive or draft.about_another:
        return None
    if draft.step == OFFER:
        sentence = say.emergency_offer(language)
        return Answer("clarify", language, sentence, sentence)
    return ask_again(draft, language)


def and_again(first: Answer, draft: ReportDraft, language: str) -> Advanced:
    """Something said beside the report, and the report read back or its open question once more."""
    return then(first, open_question(draft, language)), draft, None


def and_read_back(first: Answer, draft: ReportDraft, language: str) -> Answer:
    """A yes must stand behind the reading back: it is shown again where something else was said."""
    return then(first, ask_again(draft, language)) if draft.step == CONFIRM else first
