"""English numerals in a text: "1.2k", "one thousand two hundred", "a couple of hundred", "two dozen"."""

# ruff: noqa: E501  (a grammar reads better as one pattern a line)
from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.quantity_model import AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN, Count, Quantity, same_scale, value_of

_UNITS = {word: i for i, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}  # fmt: skip
_TENS = {word: i * 10 for i, word in enumerate(
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)} | {"fourty": 40}  # fmt: skip
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "grand": 1_000, "k": 1_000, "million": 1_000_000}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?)"
_SCALE = r"(?:dozen|score|hundred|thousand|million)"
_WORD = rf"(?:{'|'.join(sorted([*_UNITS, *_TENS], key=len, reverse=True))})"
_DIGIT_NUMERAL = rf"{_DIGITS}(?:\s?k\b|\s(?:hundred|thousand|million)\b)?"
_FEW = rf"(?:an?|half an?|(?:an? )?couple(?: of)?|(?:an? )?(?:few|several)|{_WORD} and a half)\s{_SCALE}"
_HALF = rf"(?:(?:tens of )?{_SCALE}s of|tens of thousands|hundreds(?= ?$)|thousands(?= ?$))"
_WORDS = rf"(?:{_FEW}|{_WORD})\b(?:[\s-](?:and\s)?(?:{_WORD}|{_SCALE})\b)*"
_NUMERAL = rf"(?:{_DIGIT_NUMERAL}|(?<![a-z]){_WORDS}|(?<![a-z]){_SCALE}\b(?!s))"
_FIND = re.compile(
    rf"(?P<low>{_NUMERAL}|{_HALF}|(?<![a-z])a couple of(?= [a-z])|\d-)(?:\s?(?:-|–|—|~|\bto\b|\bor\b|\band\b(?=\s\d|\s(?:{_WORD}|a)\b))\s?(?P<high>{_NUMERAL}))?",
    re.I,
)
_NOUN = (
    r"(?:people|ppl|persons?|folks?|guests?|visitors?|attend(?:ee|ant)s?|participants?|spectators?|onlookers|runners?|kids|children|employees"
    r"|students|pupils|members|locals|residents|tourists|pax|heads|souls|walkers|hikers|fans|tickets|seats|viewers|players"
    r"|customers|shoppers|of us|men|women|adults|seniors|elders|neighbou?rs|villagers|parents|families|racers|cyclists|swimmers|campers|congregants"
    r"|staff|volunteers|performers|singers|dancers|musicians|guards|crew|marshals|stewards|workers|officers|head count|headcount|crowd|audience)"
)
_NOT_ADJECTIVE = r"(?!(?:for|of|and|with|in|at|on|or|per|to|from|by|days?|weeks?|months?|stages?|booths?|stalls?|tents?|trucks?|boats?|buses|minutes|hours|meters|metres|won)\b)"
_UNIT = re.compile(rf"\s?(?:{_NOT_ADJECTIVE}[a-z-]+\s){{0,2}}?(?P<noun>{_NOUN})\b", re.I)
_BARE = re.compile(
    r"\s?(?:$|[.,!?;:)+]|\+|ish\b|-ish\b|-?(?:strong)\b|(?:a|per|each|every)\s(?:day|night|evening|session|show)\b|(?:at|in|will|would|are|is|on|if|when|but|and"
    r"|with|coming|expected|come|attending|there|together|only|so|please|this|that|then|now|instead|tops|max|maximum|minimum|total|"
    r"altogether|or|i|we|it|for|because|since|today|yes|no|approximately|roughly|exactly|sharp|not|though|plus|give|more|show|showed|turned|will|came|may|might|could|should)\b(?!\s(?:hours|minutes|won)))",
    re.I,
)
_APPROX_BEFORE = re.compile(
    r"(?:\b(?:about|around|round|roughly|approx(?:imately)?\.?|some|circa|ca\.?|c\.|maybe|perhaps|probably|nearly|almost|close to|guess|say"
    r"|in the (?:region|neighbou?rhood|area) of|(?:something )?like|just (?:over|under))|~)\s*(?:an?\s)?$",
    re.I,
)
_APPROX_AFTER = re.compile(r"\s?(?:-?ish\b|(?:[a-z]+\s)?or so\b|,? give or take|,? more or less|,? approximately|,? roughly|-odd\b|\sodd\b|or thereabouts)", re.I)
_BEFORE = (
    (AT_MOST, re.compile(r"\b(?:no more than|not more than|at (?:the )?most|up to|max(?:imum)?(?: of| is|:)?|as many as|never more than|not (?:over|exceed(?:ing)?)|"
                         r"capped at|limit(?:ed)? (?:of|to)|won'?t exceed|(?:doesn'?t|don'?t) exceed|no(?:t)? over|peak(?:s|ing)? (?:of|at))\s*(?:about |around )?$", re.I)),
    (LESS_THAN, re.compile(r"\b(?:fewer than|less than|under|below|not even|short of)\s*(?:about |around )?$", re.I)),
    (AT_LEAST, re.compile(r"\b(?:at least|no (?:fewer|less) than|not (?:fewer|less) than|minimum(?: of)?|upwards of|a minimum of)\s*$", re.I)),
    (MORE_THAN, re.compile(r"\b(?:more than|over|above|exceed(?:s|ing)?|north of|greater than|beyond)\s*(?:about |around )?$", re.I)),
)  # fmt: skip
_AFTER = (
    (AT_LEAST, re.compile(r"\s?(?:\+|(?:people |visitors |guests |persons )?(?:or (?:more|above|over)|and (?:up|above|more)|at least|(?:at )?minimum|plus\b))", re.I)),
    (AT_MOST, re.compile(r"\s?(?:people |visitors |guests |persons )?(?:or (?:less|fewer|under)|at (?:the )?most|tops\b|max(?:imum)?\b)", re.I)),
)  # fmt: skip
_NOT_BEHIND = re.compile(r"[\d.,/:#$€£₩-]$|[A-Za-z]$|\b(?:no|nr|room|gate|route|line|bus|floor|table|article|section)\.?\s$", re.I)
_WHOLE_WORDS = re.compile(r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|a couple of)", re.I)


def counts(text: str) -> Iterator[Count]:
    """Every count of people the text states, in order; a number with another unit is none."""
    for found in _FIND.finditer(text):
        before = text[: found.start()]
        if _NOT_BEHIND.search(before):
            continue
        end = found.end()
        unit = _UNIT.match(text, end)
        if unit is None:
            small = _WHOLE_WORDS.fullmatch(found[0]) and text.strip(" .!") != found[0]
            if small or not _BARE.match(text, end) or found[0].lower().endswith(" of"):
                continue
        quantity = _quantity(found, before, text[end:], text[unit.end() :] if unit else text[end:])
        if quantity is not None:
            yield Count(quantity, found.start(), unit.end() if unit else end, unit is not None)


def _quantity(found: re.Match[str], before: str, after: str, behind: str) -> Quantity | None:
    ranged = re.search(r"\bbetween\s*$", before, re.I) is not None
    joined = re.search(r"\band\b", found[0][len(found["low"]) :], re.I) is not None
    low, rough = read(found["low"])
    high, _ = read(found["high"]) if found["high"] else (None, False)
    if low is None or (joined and not ranged):
        return Quantity(low, None, False, found["low"]) if low is not None else None
    if high is not None:
        low, high = _shared_scale(low, high, found)
    if re.search(r"\b(?:went|changed?|rose|raised?|grew|increased?|moved|up|down|dropped)\b[^.]{0,20}\bfrom\s*$", before, re.I) and high:
        low, high = high, None
    if high is not None and high <= low:
        return None
    few = re.match(r"(?:a )?(?:few|several)\s|.*s of$|.*ds$", found["low"], re.I)
    if few and high is None:  # "several hundred": from two to nine of them
        low, high = 2 * low, 9 * low
    approximate = rough or any(p.search(before) for p in (_APPROX_BEFORE,)) or any(
        _APPROX_AFTER.match(rest) for rest in (after, behind)
    )  # fmt: skip
    bound = next((name for name, pattern in _BEFORE if pattern.search(before)), None)
    if bound is None:
        bound = next((name for name, p in _AFTER if p.match(after) or p.match(behind)), None)
    return Quantity(low, high, approximate, f"{found[0]}".strip(), bound)


def _shared_scale(low: int, high: int, found: re.Match[str]) -> tuple[int, int]:
    """ "five to six hundred", "2-3k": the scale of the right side holds for the left side too."""
    scale = re.search(r"(k|dozen|hundred|thousand|million)\s*$", found["high"], re.I)
    if scale and low < 100 and not re.search(r"k|dozen|hundred|thousand", found["low"], re.I):
        return low * _SCALES[scale[1].lower()], high
    return same_scale(low, high, found["low"], found["high"]), high


def read(numeral: str) -> tuple[int | None, bool]:
    """The value of one English numeral, and whether its words leave it open ("a couple of hundred")."""
    numeral = numeral.lower().strip()
    rough = re.search(r"couple|few|several", numeral) is not None
    if found := re.fullmatch(rf"({_DIGITS})\s?(k|hundred|thousand|million)?", numeral):
        return value_of(round(float(re.sub(r"[, ]", "", found[1])) * _SCALES.get(found[2] or "", 1), 6)), False
    if found := re.fullmatch(r"(tens of )?(hundred|thousand|dozen|million|score)s(?: of)?", numeral):
        return _SCALES[found[2]] * (10 if found[1] else 1), True
    if numeral == "a couple of":
        return 2, True
    total, part = 0.0, 0.0
    few = re.match(r"(?:an? )?(?:few|several)\s", numeral)
    numeral = re.sub(r"^(?:a )?couple(?: of)?\s", "two ", numeral)
    numeral = re.sub(r"^(?:an? )?(?:few|several)\s", "one ", numeral)
    numeral = re.sub(r"^half an?\s", "half ", numeral)
    numeral = re.sub(r"^an?\s", "one ", numeral)
    numeral = numeral.replace(" and a half", " plushalf")
    for word in re.split(r"[\s-]+", numeral):
        if word == "and":
            continue
        if word in ("half", "plushalf"):
            part += 0.5
        elif word in _UNITS:
            part += _UNITS[word]
        elif word in _TENS:
            part += _TENS[word]
        elif word in ("hundred", "dozen", "score"):
            part = (part or 1) * _SCALES[word]
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0.0
        else:
            return None, False
    return value_of(total + part), rough or bool(few)
