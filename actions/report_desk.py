"""One message about hazard reports, with the store: tell, read back, keep, look up, withdraw. The action calls it."""

from __future__ import annotations

import datetime as dt
import logging
from zoneinfo import ZoneInfo

from actions import compose_report as say
from actions.report_draft import RECEIPT, WITHDRAW, Location, ReportDraft, advance, agrees
from knowledge.reports import receipt as receipts
from knowledge.reports.model import RepeatedError, ReportError, TooManyError
from knowledge.reports.sqlite import SqliteReports
from nlu.answer import Answer
from nlu.place_landmarks import Lookup
from nlu.report import about_receipt
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
        if draft.step in (WITHDRAW, RECEIPT) or about_receipt(text, language):
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


def _receipt(
    draft: ReportDraft, text: str, language: str, sender: str, now: dt.datetime, store: SqliteReports
) -> tuple[Answer, ReportDraft]:
    named = receipts.find(text)
    if draft.step == WITHDRAW and named is None:
        if not agrees(text, language):
            return say.not_withdrawn(language), ReportDraft()
        if store.withdraw(draft.receipt):
            return say.withdrawn(draft.receipt, language), ReportDraft()
        return say.no_receipt(draft.receipt, True, language), ReportDraft()
    deletes = has("withdraw", text, language) or (draft.step == RECEIPT and draft.what == WITHDRAW)
    if named is None and draft.step == RECEIPT:
        return say.not_withdrawn(language), ReportDraft()
    if named is None:
        asked = ReportDraft(step=RECEIPT, what=WITHDRAW if deletes else "")
        return say.no_receipt("", True, language), asked
    if not receipts.valid(named):
        return say.no_receipt(named, False, language), ReportDraft()
    report = store.asked(named, sender, now)
    if report is None:
        return say.no_receipt(named, True, language), ReportDraft()
    if deletes:
        return say.withdraw_sure(report, named, language), ReportDraft(step=WITHDRAW, receipt=named)
    return say.state(report, named, language), ReportDraft()

