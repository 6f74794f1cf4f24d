"""Reads how many people a message tells of, in Korean and English.

Dates, times, prices, phone numbers, article numbers and counts of other things are no counts of people. No
library of numerals is used: none that is kept reads "천이백 명", "오륙백", "12백명" or "1.2k" in a sentence.
"""

# ruff: noqa: E501  (a grammar reads better as one pattern a line)
from __future__ import annotations

import re

from nlu import quantity_en, quantity_ko
from nlu.language import KOREAN
from nlu.quantity_model import AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN, Count, Quantity

__all__ = ["AT_LEAST", "AT_MOST", "LESS_THAN", "MORE_THAN", "Count", "Quantity", "blanked", "counts", "plain", "read_number", "sum_of_parts"]

_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
_OTHER = re.compile(
    r"""
    (?<!\d)\+?\d{2,3}[-.\s]\d{2,4}[-.\s]\d{4}(?!\d) | (?<!\d)\d{4}-\d{4}(?!\d) | \b(?:call|dial|phone)\s(?:119|112|110)\b
    | (?:19|20)\d\d\s?[-./]\s?\d{1,2}(?:\s?[-./]\s?\d{1,2}\.?)?(?!\d) | (?:19|20)\d\d년(?:도)?(?:\s?\d{1,2}월)?(?:\s?\d{1,2}일)?
    | (?<![\d.,/])\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?(?![\d/])
    | (?<![\d.,])\d{1,2}\.\d{1,2}\s?[~-]\s?(?:\d{1,2}\.)?\d{1,2}(?![\d.,]|\s?[백천만k])
    | \d{1,2}월\s?(?:\d{1,2}(?:\s?[~,-]\s?\d{1,2})?일)? | \d+(?:\s?[~,-]\s?\d+)?\s?(?:일|시(?!민)|년|주(?!민)|개월|달)(?:간|쯤|경|반)?(?:\s?\d+분)?
    | [오사삼이일육칠팔구십유시]{1,2}월\s?[일이삼사오육칠팔구십]{1,4}일
    | (?<![가-힣])제\s?\d+(?:\s?[조항호목회차장절](?:의\s?\d+)?)? | \d+\s?(?:조(?!금)|항|호(?!선)|회|차|층|번|동(?!네)|구역|페이지|쪽|세(?![가-힣])|살|학년|퍼센트|프로|%)
    | [\d,.]+\s?[십백천만억]*\s?원 | [일이삼사오육칠팔구십백천만억]+\s?원(?![가-힣]곡) | [₩$€£]\s?[\d,.]+k? | \b[\d,.]+k?\s?(?:won|krw|dollars?|usd|bucks|euros?)\b
    | \b(?:\d{1,2}(?:st|nd|rd|th)?\s?(?:-|–|to|and|until)\s?(?:the\s)?)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?""" + _MONTHS + r"""(?:,?\s20\d\d)?\b
    | \b""" + _MONTHS + r"""\s(?:the\s)?\d{1,2}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|until|through)\s?(?:the\s)?\d{1,2}(?:st|nd|rd|th)?)?(?!\d|,\d)(?:,?\s20\d\d)?
    | \b""" + _MONTHS + r"""\s20\d\d\b | \b\d+(?:st|nd|rd|th)\b | \b\d{1,2}:\d\d\b(?:\s?[ap]\.?m\.?)? | \b\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b|o'?\s?clock)
    | \b(?:article|art\.|section|paragraph|subparagraph|chapter|table|no\.|room|gate|floor|exit|line|route)\s?\d[\d-]*
    | \b(?:at|from|until|till|by)\s\d{1,2}(?=\s(?:in\sthe\s(?:morning|evening|afternoon)|sharp|to\s\d{1,2}\s?[ap]m)) | (?:in|since|back\sin|during)\s(?:19|20)\d\d\b
    """,
    re.I | re.X,
)  # fmt: skip
_PLAIN = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord(sign): "~" for sign in "〜∼˜"} | {0x3000: " ", 0xA0: " ", 0x2019: "'"}
"""Full-width signs, tildes and quotes to plain ones, one character each. NFKC would also take "ㅇㅇ" apart."""
LONGEST = 1_000
"""Characters of a message that are read."""
_PART = re.compile(r"\b(adult|child|kid|men|women|senior|parent|teacher|student|pupil)(?:s|ren)?\b", re.I)
_PART_BEFORE = re.compile(r"(성인|어른|아이|어린이|아동|청소년|남자|여자|남성|여성|노인|어르신|학생|학부모|교사)(?:들)?(?:은|는|이|가)?\s?(?:약|한)?\s?$")
_DENIED_AFTER = re.compile(r"\s?(이|가|은)?\s?(아니라|아니고|말고|에서\s+(?=\S*\d))")
_DENIED_BEFORE = re.compile(r"\b(?:not|instead of|rather than|wasn'?t|isn'?t)\s(?:about |around )?$", re.I)
_CORRECTED = re.compile(r"\b(?:actually|sorry|correction|i meant?|make (?:it|that)|no,|wait|rather|scratch that|oops)\b|아니[,. ]|아뇨|아니다|정정|다시|수정|사실은?\b|잘못", re.I)


def read_number(text: str, language: str) -> Quantity | None:
    """The number of people a text states, None when it states none.

    A number with a word for people comes before a bare one; after a correction ("actually 1,200", "아니 1200명이요")
    the last one holds.
    """
    found = counts(text, language)
    if not found:
        return None
    if (whole := sum_of_parts(found, blanked(text))) is not None:
        return whole
    best = [count for count in found if count.unit] or found
    return best[-1 if _CORRECTED.search(plain(text)) else 0].quantity


def sum_of_parts(found: list[Count], text: str) -> Quantity | None:
    """Adults and children are counted apart ("성인 200명, 아이 100명"): their sum; None when the counts are no such parts."""
    parts = []
    for count in found:
        before, after = text[max(0, count.start - 12) : count.start], text[count.start : count.end + 12]
        korean, english = _PART_BEFORE.search(before), _PART.search(after)
        if korean or english:
            parts.append((count, (korean[1] if korean else english[1] if english else "").lower().rstrip("s")))
    if len(parts) < 2 or len({name for _, name in parts}) < len(parts) or any(count.quantity.high for count, _ in parts):
        return None
    quantities = [count.quantity for count, _ in parts]
    surface = text[parts[0][0].start : parts[-1][0].end]
    return Quantity(sum(q.low for q in quantities), None, any(q.approximate for q in quantities), surface)


def counts(text: str, language: str) -> list[Count]:
    """Every count of people in a text, in order, as positions in ``plain(text)``; denied ones ("not 500 but 800")
    are left out."""
    text = blanked(text[:LONGEST])
    first, second = (quantity_ko, quantity_en) if language == KOREAN else (quantity_en, quantity_ko)
    found = list(first.counts(text))
    taken = [(count.start, count.end) for count in found]
    for count in second.counts(text):
        clash = [i for i, (start, end) in enumerate(taken) if count.start < end and start < count.end]
        if not clash:
            found.append(count)
        elif count.unit and not any(found[i].unit for i in clash):
            found[clash[0]] = count
    found.sort(key=lambda count: count.start)
    return [
        count
        for count in found
        if not _DENIED_AFTER.match(text[count.end :]) and not _DENIED_BEFORE.search(text[: count.start])
    ]


def plain(text: str) -> str:
    """The text with full-width digits and signs made plain, and one sign for "to"."""
    return text.translate(_PLAIN)


def blanked(text: str) -> str:
    """``plain(text)`` with what holds numbers but counts nobody struck out, at the same positions."""
    return _OTHER.sub(lambda found: "¤" * len(found[0]), plain(text))
