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
from actions.report_asides import one_only, then
from actions.report_sense import agrees, corrects, is_bare, seeks_a_place, typed_number
from knowledge.reports.model import LONGEST, NewReport
from knowledge.reports.redaction import redact
from nlu.answer import Answer
from nlu.place_landmarks import Lookup
from nlu.report import OTHER, ReportReading, about_receipt, adds, is_report, read_report
from nlu.report_places import ReportPlace, find_place
from nlu.report_words import has, lexicon, without_names

IDLE, WHAT, PLACE, WHICH, CONFIRM, WRONG, OFFER, WITHDRAW, RECEIPT = (
    "", "what", "place", "which", "confirm", "wrong", "offer", "withdraw", "receipt",
)  # fmt: skip
TRIES = 2
"""Messages without a place that can be found, after which the reporter's own words must do."""
AN_ANSWER = 80
"""Characters up to which a message can answer one of our questions."""
A_HINT = 24
"""Characters up to which a message can say which part of the report is wrong, and no more."""
Location = tuple[float, float]


@dataclass(frozen=True)
class ReportDraft:
    """``step``: what was asked last. ``lat``/``lon``: degrees, three decimals. ``receipt``: of a report to delete;
    ``deletes``: the number asked for is that of a report to delete; ``before``: the step to go back to from there."""

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
    deletes: bool = False
    before: str = IDLE

    @property
    def about_another(self) -> bool:
        """Whether what was asked is about a report that was made before."""
        return self.step in (WITHDRAW, RECEIPT)

    def back(self) -> ReportDraft:
        """The report that was being told before another one was asked about; an empty one when there was none."""
        if not self.about_another:
            return self
        return replace(self, step=self.before, before=IDLE, receipt="", deletes=False) if self.before else ReportDraft()

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
        return _and_read_back(say.refused(refused, language), draft, language), draft, None
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
        answer = _and_read_back(say.outside(place.outside, language), draft, language)
        return answer, replace(draft, step=draft.step or PLACE), None
    if location is not None and not place.known:
        answer = _and_read_back(say.outside_point(language), draft, language)
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


def open_question(draft: ReportDraft, language: str) -> Answer | None:
    """What was asked last, to be put again when something else was answered in between; None when a receipt is
    what it is about, which the draft does not describe. A report that waits for its yes is read back."""
    if not draft.alive or draft.about_another:
        return None
    if draft.step == OFFER:
        sentence = say.emergency_offer(language)
        return Answer("clarify", language, sentence, sentence)
    return _asked(draft, language)


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
        if _another(draft, text, language, reading, place):
            return then(one_only(language), _asked(draft, language)), draft, None
        if _told_anew(draft, text, language, reading, place):
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
    moves = draft.step == WHAT and any(has(name, text, language) for name in ("skip", "photo"))
    if not bare and not moves and not is_bare(text, language):
        draft = _with_words(draft, reading)
    return _next(draft, language)


def _wishes(text: str, language: str, reading: ReportReading) -> bool:
    """Whether a message only says that something is to be reported, not what."""
    return reading.kind in (None, OTHER) and has("wish", text, language)


def _placed(draft: ReportDraft, text: str, language: str, place: ReportPlace) -> Advanced:
    if place.known or place.choices:
        return _next(_with_place(draft, place), language)
    skipped = has("skip", text, language)
    if not skipped and is_bare(text, language):
        return say.ask("place_again", language), draft, None
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


def _another(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> bool:
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


def _told_anew(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> bool:
    """Whether the hazard is told once more, in better words, where its place was asked for."""
    if reading.kind in (None, OTHER) or place.choices:
        return False
    return draft.kind in ("", OTHER, reading.kind) or corrects(text, language)


def _corrected(draft: ReportDraft, text: str, language: str, reading: ReportReading, place: ReportPlace) -> Advanced:
    """At the reading back: a correction takes the place of what was there, more words go behind it."""
    if is_bare(text, language):
        return _yes_or_no(draft, text, language)
    if _another(draft, text, language, reading, place):
        return _and_again(one_only(language), draft, language)
    changed = draft
    if place.known or place.choices:
        changed = _with_place(replace(draft, place="", lat=None, lon=None, dongs=()), place)
    if reading.since:
        changed = replace(changed, since=reading.since)
    if reading.kind is not None:
        replaces = draft.step == WRONG or corrects(text, language)
        changed = (_with_words if replaces else _with_more)(changed, reading)
    if changed != draft:
        return _next(changed, language)
    if draft.step == CONFIRM or has("deny", text, language):
        return _yes_or_no(draft, text, language)
    return _which_part(draft, text, language) or _next(_with_words(draft, reading), language)


def _yes_or_no(draft: ReportDraft, text: str, language: str) -> Advanced:
    """A message without anything new, at the reading back or where we asked what is wrong in it."""
    if draft.step == CONFIRM and agrees(text, language):
        return say.empty(language), ReportDraft(), _done(draft)
    wrong = draft.step == WRONG or has("deny", text, language)
    return say.ask("wrong" if wrong else "confirm", language), replace(draft, step=WRONG if wrong else CONFIRM), None


def _which_part(draft: ReportDraft, text: str, language: str) -> Advanced | None:
    """"The place" in answer to what is wrong: that part is asked for anew."""
    if len(text) > A_HINT:
        return None
    if has("change_place", text, language):
        return _next(replace(draft, place="", lat=None, lon=None, dongs=(), own_words=False, tries=0), language)
    if has("change_since", text, language):
        return say.ask("wrong", language), draft, None
    return _next(replace(draft, what="", kind=""), language) if has("change_kind", text, language) else None


def _and_again(first: Answer, draft: ReportDraft, language: str) -> Advanced:
    """Something said beside the report, and the report read back or its open question once more."""
    return then(first, open_question(draft, language)), draft, None


def _and_read_back(first: Answer, draft: ReportDraft, language: str) -> Answer:
    """A yes must stand behind the reading back: it is shown again where something else was said."""
    return then(first, _asked(draft, language)) if draft.step == CONFIRM else first


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
        return say.read_back(_done(draft), draft.removed, language)
    if draft.step == WHICH:
        return say.which(draft.choices, language)
    return say.ask(draft.step if draft.step in (WHAT, PLACE, WRONG) else "what", language)


def _with_words(draft: ReportDraft, reading: ReportReading) -> ReportDraft:
    return replace(
        draft, kind=reading.kind or draft.kind or OTHER, what=reading.what[: LONGEST + 1],
        since=reading.since or draft.since, removed=draft.removed or bool(reading.removed),
    )  # fmt: skip


def _with_more(draft: ReportDraft, reading: ReportReading) -> ReportDraft:
    """What is told behind what was told already; a kind takes the place of none."""
    kind = reading.kind if draft.kind in ("", OTHER) else draft.kind
    told = _with_words(draft, reading)
    what = reading.what if draft.what in reading.what else f"{draft.what} / {reading.what}"
    return replace(told, kind=kind or OTHER, what=what[: LONGEST + 1])


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
