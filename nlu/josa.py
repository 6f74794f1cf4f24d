"""Korean particles that depend on the sound before them: "역은(는)" becomes "역은", "장소은(는)" "장소는"."""

from __future__ import annotations

import re

_PAIRS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_FOUND = re.compile("(.)(" + "|".join(map(re.escape, _PAIRS)) + ")")
_DIGITS = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
"""Digits that are read with a final consonant: 영, 일, 삼, 육, 칠, 팔."""
_RIEUL = 8


def particles(text: str) -> str:
    """Each pair of forms made the one that fits the letter before it; left as it is after other letters."""
    return _FOUND.sub(lambda found: found[1] + _fitting(found[1], found[2]), text)


def _fitting(before: str, pair: str) -> str:
    closed, opened = _PAIRS[pair]
    if "가" <= before <= "힣":
        final = (ord(before) - ord("가")) % 28
    elif before.isdigit():
        final = {"": 0, "ㄹ": _RIEUL}.get(_DIGITS.get(before, ""), 1)
    else:
        return pair
    if pair == "(으)로" and final == _RIEUL:
        return opened
    return closed if final else opened
