"""A report while it is being told: what is known of it, and what one more message makes of it. Pure.

Only what is missing is asked for (what, then where); everything is read back and kept only after a yes. Nothing of
a draft is written anywhere but in the session, and its words are redacted before they come in.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from actions import compose_report as say
from knowledge.reports.model import LONGEST, NewReport
from knowledge.reports.redaction import redact
from nlu.answer import Answer
from nlu.answers import read_yes_no
from nlu.place_landmarks import Lookup
from nlu.report import OTHER, ReportReading, is_report, read_report
from nlu.report_places import ReportPlace, find_place
from nlu.report_words import has, lexicon, without_names

IDLE, WHAT, PLACE, WHICH, CONFIRM, WRONG, OFFER, WITHDRAW, RECEIPT = (
    "", "what", "place", "which", "confirm", "wrong", "offer", "withdraw", "receipt",
)  # fmt: skip
TRIES = 2
"""Messages without a place that can be found, after which the reporter's own words must do."""
AN_ANSWER = 80
"""Characters up to which a message can answer one of our questions."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
Location = tuple[float, float]


@dataclass(frozen=True)
class ReportDraft:
    """``step``: what was asked last. ``lat``/``lon``: degrees, three decimals; ``receipt``: of a report to delete."""

    step: str = IDLE
    kind: str = ""
    what: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    dongs: tuple[str, ...] = ()
    since: str = ""
    choices: tuple[str, ...] = ()
    tries: int = 0
    own_words: bool = False
    removed: bool = False
    receipt: str = ""

    @property
    def alive(self) -> bool:
        """Whether a report is being told."""
        return self.step != IDLE

    def to_json(self) -> dict[str, Any]:
        """Only what is set, in plain values."""
        written = asdict(self)
        kept = {each.name: written[each.name] for each in fields(self) if written[each.name] != each.default}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}

    @classmethod
    def read(cls, value: object) -> ReportDraft:
        """A draft from what ``to_json`` gave; an empty one for anything else."""
        if not isinstance(value, dict):
            return cls()
        known = {each.name for each in fields(cls)}
        given: dict[str, Any] = {name: each for name, each in value.items() if name in known}
        given |= {name: tuple(each) for name, each in given.items() if isinstance(each, list)}
        try:
            return cls(**given)
        except TypeError:
            return cls()


Advanced = tuple[Answer, ReportDraft, NewReport | None]


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
        return say.refused(refused, language), draft, None
    if draft.alive and draft.step != WHAT and has("photo", text, language) and len(text) <= AN_ANSWER:
        return say.photo(_asked(draft, language), language), draft, None
    if draft.step == OFFER:
        if not agrees(text, language) and not is_report(text, language):
            return say.cancelled(language), ReportDraft(), None
        return _next(replace(draft, step=WHAT), language)
    if draft.step == CONFIRM and has("confirm", text, language):
        return say.empty(language), ReportDraft(), _done(draft)
    reading = read_report(text, language, today, lookup)
    place = find_place(text, language, lookup, location)
    if place.outside:
        return say.outside(place.outside, language), replace(draft, step=draft.step or PLACE), None
    if location is not None and not place.known:
        return say.outside_point(language), replace(draft, step=PLACE), None
    return _take(draft, text, language, reading, place)


def belongs(draft: ReportDraft, text: str, language: str, located: bool = False) -> bool:
    """Whether a message goes on with the draft, rather than asking something else in the middle of it."""
    if not draft.alive:
        return False
    moves = ("cancel", "confirm", "deny", "skip", "photo", "hostile")
    if located or any(has(name, text, language) for name in moves) or is_report(text, language):
        return True
    asks = has("question", text, language) or has("rule", text, language)
    return not asks and len(text) <= (LONGEST if draft.step in (WHAT, WRONG) else AN_ANSWER)


def open_question(draft: ReportDraft, language: str) -> Answer | None:
    """What was asked last, to be put again when something else was answered in between; None when a receipt is
    what it is about, which the draft does not describe."""
    if draft.step in (IDLE, WITHDRAW, RECEIPT):
        return None
    if draft.step == OFFER:
        sentence = say.emergency_offer(language)
        return Answer("clarify", language, sentence, sentence)
    return _asked(draft, language)


def agrees(text: str, language: str) -> bool:
    """Whether a message says yes to what was asked."""
    return has("confirm", text, language) or read_yes_no(text, language) is True


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
        waiting = _with_words(waiting, reading)
    if reading.place.known or reading.place.choices:
        waiting = _with_place(waiting, reading.place)
    return say.emergency_offer(language), replace(waiting, step=OFFER)


def _take(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> Advanced:
    """Put what a message says into the draft, by what was asked."""
    if draft.step in (IDLE, WHAT):
        return _first(draft, text, language, reading, place)
    if draft.step in (PLACE, WHICH):
        if reading.kind not in (None, OTHER) and not place.choices:  # told anew, in better words
            draft = _with_words(draft, reading)
            if not place.known:
                return _next(draft, language)
        draft = replace(draft, since=reading.since or draft.since)
        return (_placed if draft.step == PLACE else _chosen)(draft, text, language, place)
    return _corrected(draft, text, language, reading, place)


def _first(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> Advanced:
    """The first telling: a bare wish to report ("I'd like to report something") leaves the words to be asked for."""
    if place.known or place.choices:
        draft = _with_place(draft, place)
    bare = _wishes(text, language, reading) and not place.known
    moves = draft.step == WHAT and any(has(name, text, language) for name in ("confirm", "deny", "skip", "photo"))
    if _LETTERS.search(text) and not bare and not moves:
        draft = _with_words(draft, reading)
    return _next(draft, language)


def _wishes(text: str, language: str, reading: ReportReading) -> bool:
    """Whether a message only says that something is to be reported, not what."""
    return reading.kind in (None, OTHER) and has("wish", text, language)


def _placed(draft: ReportDraft, text: str, language: str, place: ReportPlace) -> Advanced:
    if place.known or place.choices:
        return _next(_with_place(draft, place), language)
    skipped = has("skip", text, language)
    if not skipped and draft.tries + 1 < TRIES:
        return say.ask("place_again", language), replace(draft, tries=draft.tries + 1), None
    if not skipped:  # the words say where, though no map does
        draft = replace(draft, what=_joined(draft.what, without_names(" ".join(text.split())).text))
    return _next(replace(draft, own_words=True), language)


def _chosen(draft: ReportDraft, text: str, language: str, place: ReportPlace) -> Advanced:
    """One of several places: by its number or its name."""
    number = re.fullmatch(r"\W*(\d)\W*(번|st|nd|rd|th)?\W*", text)
    if number and 1 <= int(number[1]) <= len(draft.choices):
        picked = find_place(draft.choices[int(number[1]) - 1], language)
        return _next(_with_place(draft, picked), language)
    return _placed(draft, text, language, place)


def _corrected(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> Advanced:
    """At the reading back: what is said anew takes the place of what was there."""
    changed = draft
    if place.known or place.choices:
        changed = _with_place(replace(draft, place="", lat=None, lon=None, dongs=()), place)
    if reading.since:
        changed = replace(changed, since=reading.since)
    if reading.kind is not None:
        changed = _with_words(changed, reading)
    if changed != draft:
        return _next(changed, language)
    if draft.step == CONFIRM and agrees(text, language):
        return say.empty(language), ReportDraft(), _done(draft)
    if has("deny", text, language) or draft.step == CONFIRM:
        again = "wrong" if has("deny", text, language) else "confirm"
        return say.ask(again, language), replace(draft, step=WRONG if again == "wrong" else CONFIRM), None
    return _next(_with_words(draft, reading), language)


def _next(draft: ReportDraft, language: str) -> Advanced:
    """Ask for what is missing, or read back."""
    if not draft.what:
        return say.ask("what", language), replace(draft, step=WHAT), None
    if draft.choices:
        return say.which(draft.choices, language), replace(draft, step=WHICH), None
    if not draft.place and not draft.own_words:
        return say.ask("place", language), replace(draft, step=PLACE), None
    asked = replace(draft, step=CONFIRM)
    return say.read_back(_done(asked), draft.removed, language), asked, None


def _asked(draft: ReportDraft, language: str) -> Answer:
    """The question that is open."""
    if draft.step == CONFIRM:
        return say.ask("confirm", language)
    if draft.step == WHICH:
        return say.which(draft.choices, language)
    return say.ask(draft.step if draft.step in (WHAT, PLACE, WRONG) else "what", language)


def _with_words(draft: ReportDraft, reading: ReportReading) -> ReportDraft:
    return replace(
        draft, kind=reading.kind or draft.kind or OTHER, what=reading.what[: LONGEST + 1],
        since=reading.since or draft.since, removed=draft.removed or bool(reading.removed),
    )  # fmt: skip


def _with_place(draft: ReportDraft, place: ReportPlace) -> ReportDraft:
    lat, lon = (None if each is None else round(each, 3) for each in (place.lat, place.lon))
    return replace(
        draft, place=place.names, lat=lat, lon=lon, dongs=place.dongs, choices=place.choices, own_words=False
    )  # fmt: skip


def _done(draft: ReportDraft) -> NewReport:
    return NewReport(
        draft.kind or OTHER, draft.what, draft.place, draft.lat, draft.lon, draft.dongs, draft.since
    )  # fmt: skip


def _joined(what: str, where: str) -> str:
    """The reporter's words, with those that say where behind them."""
    return f"{what} ({where})"[: LONGEST + 1] if where else what


def _refusal(text: str, language: str) -> str:
    """Why a message is not taken: "hostile", "link", or "" when it is."""
    if any(lexicon(each)["hostile"].search(text) for each in ("ko", "en")):
        return "hostile"
    return "link" if "link" in redact(text).removed else ""
