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
_PAIR = "(" + "|".join(map(re.escape, _PAIRS)) + ")"
_UNSAID = r"""(?:\s?\([^()]*\)|\[[^\[\]]*\]|["'”’»」』*])*"""
"""What stands between a word and its particle and is not read with it: a remark in brackets, a closing quote."""
_FOUND = re.compile(rf"(?P<word>[^\s()\[\]])(?P<unsaid>{_UNSAID}){_PAIR}")
_DIGITS = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
"""Digits that are read with a final consonant: 영, 일, 삼, 육, 칠, 팔."""
_CAPITALS = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
"""Capital letters whose names end in a consonant: 엘, 엠, 엔, 알."""
_RIEUL = 8


def particles(text: str) -> str:
    """Each pair of forms made the one that fits the sound before it; left as it is after other letters."""
    return _FOUND.sub(lambda found: found["word"] + found["unsaid"] + _fitting(found["word"], found[3]), text)


def _fitting(before: str, pair: str) -> str:
    closed, opened = _PAIRS[pair]
    if "가" <= before <= "힣":
        final = (ord(before) - ord("가")) % 28
    elif before.isdigit() or "A" <= before <= "Z":
        # a capital that ends a word is read by its name: "AED", "CCTV", the last sign of a receipt number
        final = {"": 0, "ㄹ": _RIEUL}.get((_DIGITS | _CAPITALS).get(before, ""), 1)
    else:
        return pair
    if pair == "(으)로" and final == _RIEUL:
        return opened
    return closed if final else opened
