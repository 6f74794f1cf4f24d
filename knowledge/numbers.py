"""The numbers a sentence states, in English or Korean, as comparable strings.

Used to check that a note says no figure its provision does not say: ``three weeks`` and ``3주``
both give ``3``; ``15/100`` and ``100분의 15`` both give ``15`` and ``100``; ``Jun. 27, 2023``
and ``2023년 6월 27일`` both give ``2023``, ``6`` and ``27``. Word forms of one (``one``, ``a``,
``한``, ``하나``) are left out: they are rarely figures.
"""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b\.?(?= \d)"
)
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SMALL = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALE_EN = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORDS_EN = re.compile(
    r"\b(?:("
    + "|".join(_TENS)
    + r")(?:-("
    + "|".join([*list(_SMALL)[:8], "one"])
    + r"))?|("
    + "|".join(_SMALL)
    + r"))\b",
    re.I,
)
_SCALED_EN = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?) (hundred|thousand|million|billion)\b", re.I)
_SCALE_KO = {"억": 100_000_000, "만": 10_000, "천": 1_000, "백": 100}
_SCALED_KO = re.compile(r"(?:\d[\d,]*(?:\.\d+)?\s?[억만천백]+\s?)+(?:\d[\d,]*)?")
_PIECE_KO = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([억만천백]*)")
_WORDS_KO = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_COUNTED_KO = re.compile(
    r"(?<![가-힣])("
    + "|".join(_WORDS_KO)
    + r") ?(?=(?:가지|명|번|차례|달|개월|주|곳|사람|시간|해|분의|배)(?![가-힣]*물))"
)


_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LONE_MONTH = re.compile(r"\b(January|February|March|April|June|July|August|September|October|November|December)\b")


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def numbers_en(text: str) -> set[str]:
    """Numbers stated in English text: digits, number words from two up, months of dates."""
    text = _MONTH.sub(lambda m: str(_MONTHS.index(m[1][:3].lower()) + 1), text)
    text = re.sub(r"\bone (?=(?:hundred|thousand|million|billion)\b)", "1 ", text, flags=re.I)
    text = _WORDS_EN.sub(_word_en, text)
    text = _SCALED_EN.sub(lambda m: _plain(float(m[1].replace(",", "")) * _SCALE_EN[m[2].lower()]), text)
    return {_plain(float(m.replace(",", ""))) for m in _DIGITS.findall(text)}


def implied_en(text: str) -> set[str]:
    """Numbers a translation may write where the English has a word: ordinals and lone months."""
    chapters = {str(_ROMAN.index(c) + 1) for c in re.findall(r"\bChapter ([IVX]+)\b", text) if c in _ROMAN}
    months = {str(_MONTHS.index(m[:3].lower()) + 1) for m in _LONE_MONTH.findall(text)}
    return (
        months
        | chapters
        | {str(i) for i, word in enumerate(_ORDINALS, start=2) if re.search(rf"\b{word}\b", text, re.I)}
    )


def _word_en(found: re.Match[str]) -> str:
    if found[3]:
        return str(_SMALL[found[3].lower()])
    unit = (found[2] or "").lower()
    return str(_TENS[found[1].lower()] + (1 if unit == "one" else _SMALL.get(unit, 0)))


def numbers_ko(text: str) -> set[str]:
    """Numbers stated in Korean text: digits, 1천/1만/1억 forms, counted words (두 가지)."""
    text = _COUNTED_KO.sub(lambda m: f"{_WORDS_KO[m[1]]} ", text)
    text = _SCALED_KO.sub(lambda m: f" {_plain(_scaled_ko(m[0]))} ", text)
    return {_plain(float(m.replace(",", ""))) for m in _DIGITS.findall(text)}


def _scaled_ko(text: str) -> float:
    total, rest = 0.0, 0.0
    for digits, scale in _PIECE_KO.findall(text):
        value = float(digits.replace(",", ""))
        for mark in scale:
            if mark in "억만":
                total, rest, value = total + (rest + value) * _SCALE_KO[mark], 0.0, 0.0
            else:
                value *= _SCALE_KO[mark]
        rest += value
    return total + rest
