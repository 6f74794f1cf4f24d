"""One message about hazard reports, with the store: tell, read back, keep, look up, withdraw. The action calls it."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace
from zoneinfo import ZoneInfo

from actions import compose_report as say
from actions.report_asides import aftercare, let_go, lost, then, which_receipt
from actions.report_draft import RECEIPT, WITHDRAW, ReportDraft
from actions.report_questions import open_question
from actions.report_sense import agrees, says_no, typed_number
from actions.report_telling import Location, advance, belongs
from knowledge.reports import receipt as receipts
from knowledge.reports.model import RepeatedError, ReportError, TooManyError
from knowledge.reports.sqlite import SqliteReports
from nlu.answer import Answer
from nlu.place_landmarks import Lookup
from nlu.report import about_receipt, asks_after, is_report
from nlu.report_words import has

logger = logging.getLogger(__name__)
SEOUL = ZoneInfo("Asia/Seoul")


def turn(
    draft: ReportDraft,
    text: str,
    language: str,
    sender: str,
    now: dt.datetime,
    location: Location | None = None,
    lookup: Lookup | None = None,
    store: SqliteReports | None = None,
) -> tuple[Answer, ReportDraft]:
    """What to say and the draft to keep in the session (``draft.alive`` False: it is over).

    ``text`` is a cleaned message and no emergency. ``store`` None: this installation's.
    """
    from knowledge.reports.opening import open_reports

    store = store or open_reports()
    try:
        if asks_after(text, language):
            return _beside(aftercare(language), draft.back(), language)
        if draft.about_another and (is_report(text, language) or not belongs(draft, text, language)):
            draft = draft.back()  # not what was asked for
        lets_go = draft.alive and receipts.find(text) is None and has("cancel", text, language)
        if draft.about_another or (about_receipt(text, language) and not lets_go):
            return _receipt(draft, text, language, sender, now, store)
        answer, after, new = advance(draft, text, language, now.astimezone(SEOUL).date(), location, lookup)
        if new is None:
            return answer, after
        return say.stored(store.add(new, sender, now), language), after
    except TooManyError as error:
        return say.refused(error.limit, language), ReportDraft()
    except RepeatedError:
        return say.refused("repeated", language), ReportDraft()
    except ReportError as error:
        logger.error("%s", error)
        return say.unavailable(language), ReportDraft()


def _beside(answer: Answer, waiting: ReportDraft, language: str) -> tuple[Answer, ReportDraft]:
    """An answer that is not about the report being told, which goes on when there is one."""
    return then(answer, open_question(waiting, language)), waiting


def _receipt(
    draft: ReportDraft, text: str, language: str, sender: str, now: dt.datetime, store: SqliteReports
) -> tuple[Answer, ReportDraft]:
    """About a report that was made before; one that is being told waits meanwhile."""
    waiting, named = draft.back(), receipts.find(text)
    asked_anew = about_receipt(text, language)
    deletes = has("withdraw", text, language) or (draft.step == RECEIPT and draft.deletes)
    if named is None and draft.step == WITHDRAW and not asked_anew:
        return _beside(_sure(draft.receipt, text, language, store), waiting, language)
    if named is None and draft.step == RECEIPT and not asked_anew:
        return _without_number(draft, text, language)
    if named is None:
        asked = replace(waiting, step=RECEIPT, before=waiting.step, deletes=deletes)
        return which_receipt(waiting.alive, language), asked
    if not receipts.valid(named):
        return _beside(say.no_receipt(named, False, language), waiting, language)
    report = store.asked(named, sender, now)
    if report is None:
        return _beside(say.no_receipt(named, True, language), waiting, language)
    if deletes:
        sure = replace(waiting, step=WITHDRAW, before=waiting.step, receipt=named)
        return say.withdraw_sure(report, named, language), sure
    return _beside(say.state(report, named, language), waiting, language)


def _sure(number: str, text: str, language: str, store: SqliteReports) -> Answer:
    """Yes or no to a deletion."""
    if not agrees(text, language):
        return say.not_withdrawn(language)
    gone = store.withdraw(number)
    return say.withdrawn(number, language) if gone else say.no_receipt(number, True, language)


def _without_number(draft: ReportDraft, text: str, language: str) -> tuple[Answer, ReportDraft]:
    """What was said where a receipt number was asked for and is none: a slip is asked for again."""
    typed, waiting = typed_number(text), draft.back()
    if typed is not None:
        return say.no_receipt(typed, False, language), draft
    if has("skip", text, language):
        return _beside(lost(language), waiting, language)
    if says_no(text, language):
        return _beside((say.not_withdrawn if draft.deletes else let_go)(language), waiting, language)
    if waiting.alive:  # a yes is one to the report that waits; it is read back before it counts
        return open_question(waiting, language) or which_receipt(True, language), waiting
    return which_receipt(False, language), draft
