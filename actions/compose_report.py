"""What is said while a hazard is reported, as Answers; the texts are ``nlu/<language>/reports.yml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from actions.compose_labels import day
from knowledge.reports.districts import district_name, district_of, place_name
from knowledge.reports.model import LONGEST, NewReport, Report, Told
from knowledge.reports.redaction import MARK
from nlu.answer import Answer, Call
from nlu.texts import text

_119 = (Call("119", "119"),)


def ask(what: str, language: str) -> Answer:
    """A question: "what", "place", "place_again", "wrong" or "confirm"."""
    buttons = _buttons(language) if what == "confirm" else ()
    return _said("clarify", text(f"reports.ask.{what}", language), language, suggestions=buttons)


def which(names: Sequence[str], language: str) -> Answer:
    """Which of several places is meant; each can be pressed."""
    numbered = " / ".join(f"{number}. {name}" for number, name in enumerate(names, 1))
    return _said("clarify", text("reports.ask.which", language, names=numbered), language, suggestions=tuple(names))


def read_back(new: NewReport, removed: bool, language: str) -> Answer:
    """The report as it would be kept, and the question whether it is right."""
    key = "reports.read_back"
    lines = [text(f"{key}.title", language), text(f"{key}.kind", language, kind=kind_name(new.kind, language))]
    if new.place:
        lines.append(text(f"{key}.place", language, place=place_name(new.place, language)))
    else:
        lines.append(text(f"{key}.place_own_words", language))
    district = district_name(district_of(new.dongs), language)
    if district:
        lines.append(text(f"{key}.district", language, district=district))
    lines.append(text(f"{key}.what", language, what=new.what[:LONGEST]))
    if new.since:
        lines.append(text(f"{key}.since", language, date=day(dt.date.fromisoformat(new.since), language)))
    if removed:
        lines.append(text(f"{key}.removed", language, mark=MARK))
    if len(new.what) > LONGEST:
        lines.append(text(f"{key}.shortened", language))
    lines += [text("reports.photo_next", language), text("reports.ask.confirm", language)]
    return _said("clarify", "\n".join(lines), language, suggestions=_buttons(language))


def stored(told: Told, language: str) -> Answer:
    """The receipt, and what it is good for."""
    first = text(f"reports.stored.{'joined' if told.joined else 'new'}", language, receipt=told.receipt)
    after = text("reports.stored.next", language, receipt=told.receipt)
    report = told.report
    computed = {
        "name": "hazard_report", "receipt": told.receipt, "joined": told.joined, "kind": report.kind,
        "place": report.place, "district": report.district, "status": report.status,
    }  # fmt: skip
    whole = "\n".join([first, after, text("reports.stored.kept", language)])
    calls = (Call("110", "110"), Call("119", "119"))
    return Answer("answered", language, first, whole, calls=calls, computed=(computed,))


def state(report: Report, receipt: str, language: str) -> Answer:
    """How a report stands."""
    said = text(
        "reports.state", language, receipt=receipt, kind=kind_name(report.kind, language),
        place=_place(report, language), status=text(f"reports.status.{report.status}", language),
        date=day(report.first_seen, language), times=report.times,
    )  # fmt: skip
    computed = {"name": "hazard_report", "receipt": receipt, "status": report.status, "times": report.times}
    return Answer("answered", language, said, said, computed=(computed,))


def withdraw_sure(report: Report, receipt: str, language: str) -> Answer:
    """Ask before anything is deleted."""
    kind, place = kind_name(report.kind, language), _place(report, language)
    said = text("reports.withdraw.sure", language, receipt=receipt, kind=kind, place=place)
    return _said("clarify", said, language, suggestions=_buttons(language))


def withdrawn(receipt: str, language: str) -> Answer:
    return _said("answered", text("reports.withdraw.done", language, receipt=receipt), language)


def not_withdrawn(language: str) -> Answer:
    return _said("answered", text("reports.withdraw.kept", language), language)


def no_receipt(receipt: str, known_form: bool, language: str) -> Answer:
    """A number that is in nobody's report, or (``known_form`` False) that cannot be one; "" asks for it."""
    if not receipt:
        return _said("clarify", text("reports.withdraw.which", language), language)
    key = "unknown" if known_form else "wrong"
    return _said("no_evidence", text(f"reports.withdraw.{key}", language, receipt=receipt), language)


def refused(why: str, language: str) -> Answer:
    """Calmly no: "hostile", "link", "empty", "repeated", "sender" or "everybody"."""
    calls = _119 if why in ("sender", "everybody") else ()
    return _said("refused", text(f"reports.refused.{why}", language), language, calls=calls)


def photo(asked: Answer, language: str) -> Answer:
    """Photos are not kept; and the question that is open, once more."""
    first = text("reports.photo", language)
    return _said("clarify", f"{first}\n{asked.text}", language, suggestions=asked.suggestions)


def outside(place: str, language: str) -> Answer:
    return _said("out_of_scope", text("reports.outside", language, place=place), language)


def outside_point(language: str) -> Answer:
    return _said("clarify", text("reports.outside_point", language), language)


def cancelled(language: str) -> Answer:
    return _said("answered", text("reports.cancelled", language), language)


def unavailable(language: str) -> Answer:
    """The store could not be used."""
    calls = (Call("110", "110"), Call("119", "119"))
    return _said("unavailable", text("reports.unavailable", language), language, calls=calls)


def emergency_offer(language: str) -> str:
    """The sentence after an emergency's reply."""
    return text("reports.emergency_offer", language)


def empty(language: str) -> Answer:
    """Stands in until the store has given a receipt: said only when nobody stores the report."""
    return unavailable(language)


def kind_name(kind: str, language: str) -> str:
    return text(f"reports.kind.{kind}", language)


def _place(report: Report, language: str) -> str:
    return place_name(report.place, language) or text("reports.no_place", language)


def _buttons(language: str) -> tuple[str, ...]:
    return text("reports.button.confirm", language), text("reports.button.cancel", language)


def _said(
    status: str, words: str, language: str, suggestions: tuple[str, ...] = (), calls: tuple[Call, ...] = ()
) -> Answer:
    return Answer(status, language, words.split("\n", 1)[0], words, suggestions=suggestions, calls=calls)
