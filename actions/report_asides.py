"""What is said beside a report that is being told, as Answers; the texts are ``nlu/<language>/reports.yml``."""

from __future__ import annotations

from dataclasses import replace

from nlu.answer import Answer, Call
from nlu.texts import text


def then(first: Answer, asked: Answer | None) -> Answer:
    """An answer, and the question that is open once more behind it."""
    if asked is None:
        return first
    return replace(first, text=f"{first.text}\n\n{asked.text}", suggestions=asked.suggestions)


def aftercare(language: str) -> Answer:
    """What becomes of a report, who sees it, and that it is no call for repair."""
    calls = (Call("110", "110"), Call("120", "120"), Call("119", "119"))
    return _said("answered", "reports.aftercare", language, calls)


def one_only(language: str) -> Answer:
    """A second hazard was told: the first one stands."""
    return _said("clarify", "reports.one_only", language)


def which_receipt(waiting: bool, language: str) -> Answer:
    """Asks for a receipt number; ``waiting``: another report is being told and not saved yet."""
    return _said("clarify", f"reports.withdraw.{'which_other' if waiting else 'which'}", language)


def how_to_withdraw(language: str) -> Answer:
    """How a report that was kept is deleted; its number stands in no slot, so that nothing leads back to a sender."""
    return _said("clarify", "reports.withdraw.how", language)


def lost(language: str) -> Answer:
    """Without its number no report is found."""
    return _said("no_evidence", "reports.withdraw.lost", language)


def let_go(language: str) -> Answer:
    """No number after all."""
    return _said("answered", "reports.withdraw.let_go", language)


def _said(status: str, key: str, language: str, calls: tuple[Call, ...] = ()) -> Answer:
    words = text(key, language)
    return Answer(status, language, words.split("\n", 1)[0], words, calls=calls)
