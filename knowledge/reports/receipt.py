"""Receipt numbers such as AS-7K3Q-92M: short enough to say on the telephone, too many to guess, with a check sign.

Six signs of 29 that are not mixed up by eye or ear (no 0/O, 1/I/L, U/V) carry some 595 million numbers; the
seventh checks the others, so that every single wrong sign and every swap of two neighbours is noticed.
"""

from __future__ import annotations

import re
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
"""29 signs, a prime number: that is why the weighted sum below notices every slip and swap."""
BODY = 6
_INVERSE = pow(BODY + 1, -1, len(LETTERS))
_SIGN = r"([2-9A-Z])[\s-]{0,2}"
_SHAPE = re.compile(rf"(?<![A-Z0-9])AS(\s?[-–—]\s?|\s|:\s?)?{_SIGN * BODY}([2-9A-Z])(?![A-Z0-9])", re.I)


def new() -> str:
    """A receipt number nobody can foresee."""
    return _written("".join(secrets.choice(LETTERS) for _ in range(BODY)))


def check_sign(body: str) -> str:
    """The last sign: with it, the sum of all signs weighted 1 to 7 is a multiple of 29."""
    total = sum(weight * LETTERS.index(sign) for weight, sign in enumerate(body, 1))
    return LETTERS[-total * _INVERSE % len(LETTERS)]


def valid(receipt: str) -> bool:
    """Whether this is a receipt number as it is written, with the right check sign."""
    found = re.fullmatch(rf"AS-([{LETTERS}]{{4}})-([{LETTERS}]{{3}})", receipt)
    return found is not None and _written((found[1] + found[2])[:BODY]) == receipt


def find(text: str) -> str | None:
    """The receipt number in a message, however it is spaced and cased; None when there is none.

    One whose check sign is wrong comes back too, for ``valid`` to refuse, when it is written with its hyphen;
    without one it is a word ("as special").
    """
    found = _SHAPE.search(text)
    if found is None:
        return None
    hyphen, *signs = found.groups()
    body = "".join(signs).upper()
    written = f"AS-{body[:4]}-{body[4:]}"
    return written if valid(written) or (hyphen or "").strip(" :") else None


def _written(body: str) -> str:
    return f"AS-{body[:4]}-{body[4:]}{check_sign(body)}"
