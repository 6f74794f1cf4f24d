"""The portals' error codes as sentences that say what to do.

Codes: the error table on the pages of data.go.kr (01, 04, 05, 10, 12, 20, 22, 30, 31, 32, 99), which safetydata.go.kr
shares; INFO-0 and INFO-3 belong to the ministry's older services.
"""

from __future__ import annotations

import re
from typing import Any

from knowledge.fetching.errors import PortalError

GOOD = frozenset({"00", "0", "000", "200", "INFO-0", "INFO-000"})
NOTHING = frozenset({"03", "3", "INFO-3", "INFO-200"})
_TOLD = {
    "QUOTA": "The key's number of requests for today is used up; run the command again tomorrow, "
    "or ask the portal for more.",
    "KEY": "The portal does not know this key for this dataset; copy the key again, and check that its use was "
    "approved (a new key takes up to a day).",
    "EXPIRED": "The key's time is over; extend its use on the portal.",
    "ADDRESS": "The key is bound to another network address; register this machine's address with the key on the "
    "portal, or run the command where the key is registered.",
    "DENIED": "The portal refuses this dataset for this key; apply for the use of the dataset on its page.",
    "GONE": "The portal has no such service, or has closed it; look for the dataset's new number on the portal.",
    "REQUEST": "The portal does not accept the request's parameters; give what the dataset needs "
    "with --param NAME=VALUE.",
    "PASSING": "The portal has a fault at the moment; run the command again later.",
}
_BY_CODE = {
    "22": "QUOTA",
    "21": "DENIED",
    "20": "DENIED",
    "30": "KEY",
    "31": "EXPIRED",
    "32": "ADDRESS",
    "12": "GONE",
    "10": "REQUEST",
    "11": "REQUEST",
    "01": "PASSING",
    "02": "PASSING",
    "04": "PASSING",
    "05": "PASSING",
}
_BY_WORDS = (
    ("QUOTA", re.compile(r"LIMITED[ _]NUMBER[ _]OF[ _]SERVICE[ _]REQUESTS|QUOTA|PER[ _]SECOND", re.I)),
    ("ADDRESS", re.compile(r"UNREGISTERED[ _]IP", re.I)),
    ("EXPIRED", re.compile(r"DEADLINE[ _]HAS[ _]EXPIRED|EXPIRED", re.I)),
    ("KEY", re.compile(r"SERVICE[ _]?KEY|NOT[ _]REGISTERED|등록되지 않은 서비스키|인증키", re.I)),
    ("DENIED", re.compile(r"ACCESS[ _]DENIED", re.I)),
    ("GONE", re.compile(r"NO[ _]OPENAPI[ _]SERVICE", re.I)),
    ("REQUEST", re.compile(r"INVALID[ _]REQUEST[ _]PARAMETER|MANDATORY", re.I)),
    ("PASSING", re.compile(r"APPLICATION[ _]ERROR|HTTP[ _]ERROR|SERVICE[ _]?TIME[ _]?OUT|DB[ _]ERROR", re.I)),
)
LONGEST = 120
"""Characters shown of the portal's own words."""


def check(code: Any, *words: Any) -> bool:
    """Whether the answer is "no data"; False for a good one. Raises PortalError for any other code.

    The portal's words decide before its number: the same number stands for different errors on the two portals.
    """
    number = str(code if code is not None else "").strip().upper()
    said = " ".join(str(word) for word in words if word)
    kind = next((kind for kind, pattern in _BY_WORDS if pattern.search(said)), None)
    if kind is None:
        if number in GOOD:
            return False
        if number in NOTHING:
            return True
        kind = _BY_CODE.get(number.removeprefix("INFO-").zfill(2))
    own = f" (the portal said {number or 'no code'}: {said[:LONGEST] or 'nothing more'})"
    told = _TOLD.get(kind or "", "The portal answered with an error it does not explain; run the command again later.")
    raise PortalError(told[:-1] + own + ".", number, passing=kind == "PASSING")
