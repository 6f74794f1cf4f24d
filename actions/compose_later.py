"""What happened to a provision after the bundled text, in one sentence. Pure."""

from __future__ import annotations

from actions.compose_labels import day, label
from knowledge.later_changes import AMENDED, DELETED, MOVED, LaterChange, touching
from knowledge.library import Shelf
from nlu.texts import text


def amended_later(shelf: Shelf, provision_id: str, language: str) -> str | None:
    """ "Amended on 26 March 2024 (Decree No. 34354); this text is of 27 June 2023.", or None."""
    changes = touching(provision_id)
    if not changes:
        return None
    own = provision_id.removesuffix("/0")
    gone = next((c for c in changes if c.kind == DELETED and own.startswith(c.provision)), None)
    moved = next((c for c in changes if c.kind == MOVED and c.to and own.startswith(c.provision)), None)
    dated = next((c for c in changes if c.promulgated), None)
    parts: list[str] = []
    if gone is not None:
        parts.append(_told("deleted", gone, language))
    elif moved is not None:
        parts.append(_told("moved", moved, language))
    if gone is None and any(c.kind not in (DELETED, MOVED) for c in changes):
        kept = [c for c in changes if c.kind == AMENDED or not (c is moved or c is gone)]
        newest = next((c for c in kept if c.promulgated), None)
        if newest is not None or dated is None:
            parts.append(_told("amended", newest or kept[0], language))
    date = day(shelf.edition.promulgated, language)
    return " ".join([*parts, text("later.text_date", language, date=date)])


def _told(what: str, change: LaterChange, language: str) -> str:
    target = label(change.to, language) if change.to else ""
    if change.promulgated is not None:
        date = day(change.promulgated, language)
        return text(f"later.{what}", language, date=date, number=change.number, target=target)
    first, last = change.between or ("33578", "")
    return text(f"later.{what}_between", language, first=first, last=last, target=target)
