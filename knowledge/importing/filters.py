"""Rows that must not be shown: places out of use, abolished, or deleted by their office."""

from __future__ import annotations

import re

from knowledge.importing.cleaning import date
from knowledge.importing.columns import Match
from knowledge.importing.table import Row

_OUT_OF_USE = re.compile(r"사용중지|일시중지|중지|휴업|휴관|미사용|미운영")
_ABOLISHED = re.compile(r"폐지|폐업|폐쇄|해제|말소|취소|철거")
_NO, _YES = {"n", "no", "0", "false", "미개방", "미사용"}, {"y", "yes", "1", "true", "삭제"}
_NEVER = "9000"
"""Publishers write "not removed" also as a day in the year 9999."""


def rejection(row: Row, match: Match) -> str:
    """Why a row is not taken over; "" when it is."""
    status = match.first(row, "status")
    if _OUT_OF_USE.search(status):
        return f"out of use ({status})"
    if _ABOLISHED.search(status):
        return f"abolished ({status})"
    if match.first(row, "open").lower() in _NO:
        return "not open (OPN_YN N)"
    if match.first(row, "used").lower() in _NO:
        return "not in use (USE_AT N)"
    if match.first(row, "deleted").lower() in _YES:
        return "deleted by the publisher (DEL_YN Y)"
    removed = match.first(row, "removed")
    if (day := date(removed)) and day < _NEVER:
        return "abolished (day of removal set)"
    return ""
