"""The Answer: what one question gets, in one language, in a form people and programs can read.

It stands in this room because every room that speaks uses it: the action server composes it, the
dialogue's static replies (emergency, help, "could not look") are Answers too (docs/adr/0002).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

STATUSES = (
    "answered",
    "clarify",
    "not_in_text",
    "no_evidence",
    "none_nearby",
    "no_such_data",
    "unavailable",
    "out_of_scope",
    "refused",
    "emergency",
    "handed_off",
)


@dataclass(frozen=True)
class Citation:
    """A quoted provision. ``quote`` and ``history`` are verbatim spans of the law's source text.

    ``rendering`` is our unofficial Korean rendering, ``amended_later`` a sentence saying that a later
    decree changed the provision.
    """

    provision: str
    label: str
    law: str
    version: str
    heading: str
    title: str
    """The article's title in the reader's language."""
    path: tuple[str, ...]
    quote: str
    quote_language: str
    history: tuple[str, ...]
    text_date: str
    url: str
    rendering: str | None = None
    amended_later: str | None = None
    quote_ko: str | None = None
    """The official Korean words, when the Korean text was imported."""
    quote_ko_version: str | None = None
    quote_ko_in_force: str | None = None


@dataclass(frozen=True)
class Call:
    """A number to tap, with what it is for."""

    number: str
    label: str


@dataclass(frozen=True)
class Answer:
    """``text`` is the whole reply in plain words; the other fields are its parts."""

    status: str
    language: str
    lead: str
    text: str
    citations: tuple[Citation, ...] = ()
    places: tuple[dict[str, Any], ...] = ()
    computed: tuple[dict[str, Any], ...] = ()
    next_steps: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    """Provision ids found for the question, best first, for "next match"."""
    calls: tuple[Call, ...] = ()
    source_dates: tuple[str, ...] = ()
    files: tuple[dict[str, Any], ...] = ()
    """Files to take away: ``{kind, label, url}``, the address within this service."""
    map: dict[str, Any] | None = None
    """What a map of ``places`` needs beside them: ``{origin, destination, dong_codes}``."""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"{self.status!r} is not a status")

    def to_json(self) -> dict[str, Any]:
        """Plain lists and mappings."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
