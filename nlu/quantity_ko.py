"""Korean numerals in a text: "천이백", "12백", "1만2천", "오륙백", "스무", "몇백", and what stands around them."""

# ruff: noqa: E501  (a grammar reads better as one pattern a line)
from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.quantity_model import AT_LEAST, AT_MOST, LESS_THAN, MORE_THAN, Count, Quantity, same_scale, value_of

_SINO = {sign: i for i, sign in enumerate("영일이삼사오육칠팔구")} | {"공": 0, "륙": 6}
_SCALES = {"십": 10, "백": 100, "천": 1_000, "만": 10_000, "억": 100_000_000}
_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_ONES = {"하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7,
         "여덟": 8, "아홉": 9}  # fmt: skip
_SOME = {"한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "너댓": (4, 5), "네댓": (4, 5), "너덧": (4, 5),
         "대여섯": (5, 6), "예닐곱": (6, 7), "일고여덟": (7, 8), "여덟아홉": (8, 9)}  # fmt: skip
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_NATIVE = rf"(?:(?:{'|'.join(_TENS)})(?:{'|'.join(_ONES)})?|(?:{'|'.join(_ONES)}))"
_SCALED = rf"(?:(?:(?:{_DIGITS}|[일이삼사오육륙칠팔구])\s?)?[십백천만억](?![가-힣]?축제))"
_NUMERAL = rf"(?:{_SCALED}(?:\s?{_SCALED})*(?:\s?(?:{_DIGITS}|[일이삼사오육칠팔구](?!상|하|내|나|벤|요|에요|고|라|며|었|지)|{_NATIVE}))?|{_DIGITS}|{_NATIVE})"
_PAIR = r"(?P<pair>일이|이삼|삼사|사오|오륙|오육|육칠|칠팔|팔구)(?P<pair_scale>[십백천만]+)"
_VAGUE = r"(?P<vague>몇|수)\s?(?P<vague_scale>[십백천만]+)"
_SOMES = rf"(?P<some>{'|'.join(sorted(_SOME, key=len, reverse=True))}|두어)\s?(?P<some_scale>[십백천만]*)"
_FIND = re.compile(
    rf"(?:{_PAIR}|{_VAGUE}|{_SOMES}|(?P<low>{_NUMERAL})"
    rf"(?:\s?(?P<mid>여|명|사람)?\s?(?:~|-|–|—|에서|부터|내지|또는|혹은|이나|(?<=\d),)\s?(?P<high>{_NUMERAL}))?)"
)
_UNIT = re.compile(
    r"\s?(?P<over>여|남짓|몇)?\s?(?P<odd>의\s|이\s?넘는\s)?\s?"
    r"(?P<unit>명|사람|분(?!\s?(동안|간|뒤|후|전|마다|거리|의|류|기|량|말|이내|만|쯤\s*걸|정도\s*걸)|기|위)"
    r"|인(?!당|이상|분|데|원|치|용|증|가|제|천)|가량|여\s?명|석)"
)
_TAIL = re.compile(
    r"\s?(여|남짓)?\s?(이에요|예요|입니다|이요|요|이고요?|이라고?|정도|쯤|가량|내외|안팎|남짓|이상|이하|미만|초과|이내|넘|까지|은?\s?될|"
    r"밖에|뿐|사이|[.,!?)~]|은|는|이|으로|로|입니다|올|와|예상|[+±]|수준|규모|선|\s*$)"
)
_APPROX_BEFORE = re.compile(r"(약|대략|대충|거의|한|어림|아마|얼추)\s?$")
_APPROX_AFTER = re.compile(r"\s?(정도|쯤|가량|내외|안팎|남짓|여\b|전후|언저리|±)")
_AFTER = (
    (MORE_THAN, re.compile(r"\s?(을|를|은|이|도)?\s?(정도|쯤)?\s?(초과|넘(?!지|진)|보다\s?(많|더))")),
    (AT_LEAST, re.compile(r"\s?(정도|쯤)?\s?(이상|부터(?!\s?\d)|\+)")),
    (LESS_THAN, re.compile(r"\s?(정도|쯤)?\s?(미만|(이|은)?\s?(안|못)\s?(되|돼|될)|보다\s?적|도\s?안)")),
    (AT_MOST, re.compile(r"\s?(정도|쯤)?\s?(이하|이내|까지|을?\s?(안|못)\s?넘|을?\s?넘지|은?\s?넘진|밖에|한도)")),
)
_BEFORE = ((AT_LEAST, re.compile(r"(최소|적어도|못해도|최하)(한|로|는)?\s?(약|한)?\s?$")),
           (AT_MOST, re.compile(r"(최대|많아야|많아도|많으면|기껏해야|최고)(한|로|는)?\s?(약|한)?\s?$")))  # fmt: skip


def counts(text: str) -> Iterator[Count]:
    """Every count of people the text states, in order; a number with another unit is none."""
    for found in _FIND.finditer(text):
        before = text[: found.start()]
        spelled = not found[0][0].isdigit()
        glued = bool(re.search(r"[가-힣]$", before)) and not re.search(r"(약|한|총|최대|최소|인원|명)$", before)
        if (spelled and glued) or re.search(r"[\d.,/:]$|(?<![가-힣])제\s?$|[A-Za-z]$", before):
            continue
        unit = _UNIT.match(text, found.end())
        end = unit.end() if unit else found.end()
        if unit is None and not _stands_alone(text, found, before, spelled):
            continue
        if (quantity := _quantity(found, before, text[end:], unit)) is not None:
            tail = _APPROX_AFTER.match(text[end:])
            yield Count(quantity, found.start(), end + (tail.end() if tail else 0), unit is not None)


def _stands_alone(text: str, found: re.Match[str], before: str, spelled: bool) -> bool:
    """Whether a number without a unit can be a count: nothing but an ending follows it."""
    if not _TAIL.match(text, found.end()):
        return False
    if found["some"] or (spelled and re.fullmatch(_NATIVE, found[0])):
        return False
    # one syllable ("이", "만", "천") is a word of its own far more often than a number
    short = spelled and len(found[0]) == 1
    return not short or (found[0] in "백천만" and not before.strip() + text[found.end() :].strip("이요.정도쯤 명"))


def _quantity(found: re.Match[str], before: str, after: str, unit: re.Match[str] | None) -> Quantity | None:
    approximate = bool(_APPROX_BEFORE.search(before) or _APPROX_AFTER.match(after))
    approximate = approximate or bool(unit and (unit["over"] or unit["unit"] == "가량"))
    bound = next((name for name, pattern in _AFTER if pattern.match(after)), None)
    if unit and unit["odd"] and "넘" in unit["odd"]:
        bound = MORE_THAN
    if bound is None:
        bound = next((name for name, pattern in _BEFORE if pattern.search(before)), None)
    low, high, rough = _values(found)
    if high is not None and found["high"] and re.match(r"\s?(으로|로)\s?(늘|줄|바뀌|바꿔|변경|수정|조정)", after):
        low, high = high, None
    if low is None or (low == 0 and not unit):
        return None
    surface = f"{found[0]}{unit[0] if unit else ''}".strip()
    return Quantity(low, high, approximate or rough, surface, bound)


def _values(found: re.Match[str]) -> tuple[int | None, int | None, bool]:
    if pair := found["pair"]:
        scale = _product(found["pair_scale"])
        return _SINO[pair[0]] * scale, _SINO[pair[1]] * scale, False
    if found["vague"]:  # "몇백": some hundreds, from two to nine of them
        scale = _product(found["vague_scale"])
        return 2 * scale, 9 * scale, True
    if found["some"]:
        scale = _product(found["some_scale"])
        if found["some"] == "두어":
            return 2 * scale, None, True
        low, high = _SOME[found["some"]]
        return low * scale, high * scale, False
    low_value, high_value = read(found["low"]), read(found["high"]) if found["high"] else None
    if low_value is None or high_value is None:
        return low_value, high_value, False
    if high_value <= low_value:
        return None, None, False
    if found["low"].isdigit() and len(found["low"]) <= 2:  # "5~6백": the right side's scale holds for the left too
        scale = _product(re.sub(r"[^십백천만]", "", found["high"])) if not found["high"].isdigit() else 1
        low_value = low_value * scale if low_value * scale < high_value else low_value
    return same_scale(low_value, high_value, found["low"], found["high"]), high_value, False


def _product(scales: str) -> int:
    product = 1
    for sign in scales:
        product *= _SCALES[sign]
    return product


def read(numeral: str) -> int | None:
    """The value of one Korean numeral, digits and words mixed; None when it is not a whole number."""
    numeral = re.sub(r"[\s,]", "", numeral)
    total, part, number = 0.0, 0.0, None
    at = 0
    pieces = re.compile(rf"\d+(?:\.\d+)?|[십백천만억]|{'|'.join(_TENS)}|{'|'.join(sorted(_ONES, key=len, reverse=True))}|[{''.join(_SINO)}]")
    for piece in pieces.finditer(numeral):
        if piece.start() != at:
            return None
        at, word = piece.end(), piece[0]
        if word in ("만", "억"):
            total += (part + (number or 0.0) or 1.0) * _SCALES[word]
            part, number = 0.0, None
        elif word in _SCALES:
            part += (1.0 if number is None else number) * _SCALES[word]
            number = None
        elif word in _TENS:
            part += _TENS[word]
        else:
            number = (number or 0.0) + (float(word) if word[0].isdigit() else _ONES.get(word, _SINO.get(word, 0)))
    return value_of(total + part + (number or 0.0)) if at == len(numeral) and numeral else None
