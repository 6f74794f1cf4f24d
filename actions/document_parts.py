"""The five required parts of a festival safety plan, Article 73-9 (2): their words, and our Korean rendering."""

from __future__ import annotations

import re

from actions.compose_citation import rendering
from knowledge.library import Shelf
from knowledge.obligations.festival import PARTS, REQUIRED_PARTS
from nlu.language import KOREAN

NAMES = ("outline", "management", "prevention", "staffing", "emergency")
PROVISIONS = dict(zip(NAMES, REQUIRED_PARTS, strict=True))
_NUMBERED = re.compile(r"(?m)^(\d)\. *(.+)$")


def requirement(shelf: Shelf, name: str) -> str:
    """The words of the decree for one part, a verbatim span of the bundled text without its number."""
    return shelf.law.unit(PROVISIONS[name]).own


def requirement_ko(shelf: Shelf, name: str) -> str:
    """Our unofficial Korean rendering of the same words."""
    lines = dict(_NUMBERED.findall(rendering(shelf, PARTS, KOREAN) or ""))
    return str(lines[PROVISIONS[name].rpartition("/")[2]]).strip()
