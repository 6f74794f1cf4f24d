"""One version of a Korean statute as it was imported: what it is, its parsed text, its attachments.

The text lives in ``law`` (`knowledge.decree.Law`), with the same ids in every language:
제73조의9제1항제2호나목 is ``73-9/1/2/b``, 제4조제4호의2 (no numbered paragraph) is ``4/0/4-2``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.decree import Article, Law, Unit
from knowledge.errors import UnknownProvisionError

ACT, DECREE, RULE = "act", "decree", "rule"
MARKDOWN, DRF_XML, DRF_JSON = "markdown", "drf-xml", "drf-json"

LAW_ID = re.compile(r"[0-9]{1,10}")
_MEDIALS = "가나다라마바사아자차카타파하거너더러머버서어저처커터"
"""The first 26 marks of items (목) in their order: as many as there are Latin letters."""
_LETTERS = {mark: chr(ord("a") + place) for place, mark in enumerate(_MEDIALS)}
_BOLD_MARK = re.compile(r"\*\*(\S)\*\*")
_ESCAPE = re.compile(r"\\([\\.*_#+\-\[\]()<>~|`])")
_HASHES = re.compile(r"^#{1,6} ", re.M)
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")


@dataclass(frozen=True)
class Attachment:
    """A 별표 or 서식: only its heading and links are in a statute file, never its text."""

    kind: str
    """As the publisher names it: 별표, 서식, 별지, …"""
    number: str
    """``1`` or ``1-2`` (별표 1의2)."""
    title: str
    link: str
    pdf: str


@dataclass(frozen=True)
class Division:
    """A heading above the articles (편, 장, 절, 관) and the 1-based line of the source it stands in."""

    text: str
    line: int


@dataclass(frozen=True)
class Statute:
    """A statute in one version. ``number`` is the promulgation number without leading zeros."""

    law_id: str
    title: str
    kind: str
    """``act``, ``decree`` or ``rule``."""
    kind_name: str
    """The publisher's word, e.g. 대통령령 or 행정안전부령."""
    number: str
    promulgated: dt.date
    in_force: dt.date
    """First day in force; of a statute that comes into force in steps, the day of this version."""
    status: str
    law: Law
    attachments: tuple[Attachment, ...]
    divisions: tuple[Division, ...] = field(repr=False)
    article_dates: tuple[tuple[str, dt.date], ...] = ()
    """Articles whose own in-force date differs from ``in_force`` (told by the DRF form only)."""
    form: str = field(default=MARKDOWN, compare=False)

    @property
    def source(self) -> str:
        """The text that every quote is a span of (Markdown: the file; DRF: its content fields)."""
        return self.law.source

    @property
    def articles(self) -> tuple[Article, ...]:
        return self.law.articles

    def units(self) -> Iterator[Unit]:
        return self.law.units()

    def nearest(self, provision_id: str) -> Unit:
        """The unit with that id, else the closest one above it; raises UnknownProvisionError."""
        parts = provision_id.split("/")
        for size in range(len(parts), 0, -1):
            if self.law.has("/".join(parts[:size])):
                return self.law.unit("/".join(parts[:size]))
        raise UnknownProvisionError(provision_id)

    def quote(self, provision_id: str) -> str:
        """The exact span of the source; raises UnknownProvisionError."""
        return self.law.quote(provision_id)


def display(text: str) -> str:
    """A quote as people read it: without Markdown escapes, bold marks and blank lines."""
    plain = _BOLD_MARK.sub(r"\1", _HASHES.sub("", text))
    return _BLANK.sub("\n", _ESCAPE.sub(r"\1", plain))


def kind_of(name: str) -> str | None:
    """``act`` for 법률, ``decree`` for 대통령령, ``rule`` for 총리령 and ministries' 부령; else None."""
    name = name.strip()
    if name in ("법률", "헌법"):
        return ACT
    if name == "대통령령":
        return DECREE
    return RULE if name.endswith(("령", "규칙")) else None


def numeral(main: str, branch: str | None) -> str:
    """``("73", "9")`` -> ``73-9``; leading zeros and an empty or zero branch fall away."""
    number = str(int(main))
    return f"{number}-{int(branch)}" if branch and int(branch) else number


def branched(text: str) -> str:
    """``4의2`` -> ``4-2``."""
    main, _, branch = text.partition("의")
    return numeral(main, branch)


def letter(mark: str) -> str | None:
    """``나`` -> ``b``, ``가의2`` -> ``a-2``; None for a mark beyond the 26th."""
    first, _, branch = mark.partition("의")
    latin = _LETTERS.get(first)
    return f"{latin}-{int(branch)}" if latin and branch else latin


def circled(mark: str) -> str | None:
    """``③`` -> ``3`` (① to ㊿); None when the mark is not a circled number."""
    if len(mark) != 1 or not unicodedata.name(mark, "").startswith("CIRCLED "):
        return None
    value = unicodedata.numeric(mark, 0)
    return str(int(value)) if value >= 1 else None


def date_of(text: str) -> dt.date | None:
    """Read ``2023-06-27``, ``20230627`` or ``2023. 6. 27.``; None when it is no date."""
    digits = re.fullmatch(r"\s*(\d{4})[-./]?\s*(\d{1,2})[-./]?\s*(\d{1,2})\.?\s*", text)
    try:
        return dt.date(int(digits[1]), int(digits[2]), int(digits[3])) if digits else None
    except ValueError:
        return None
