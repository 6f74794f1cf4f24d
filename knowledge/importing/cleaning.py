"""Texts of rows made clean: entities, blanks, addresses, telephone numbers, numbers with units, dates."""

from __future__ import annotations

import datetime as dt
import functools
import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);")
_MOBILE = re.compile(r"(?<![\d-])(?:\(?\+?82[-.) ]*\(?0?|\(?0)1[016789][-.) ]*\d{3,4}[-. ]?\d{4}(?!\d)")
_PHONE = re.compile(r"\d[\d\-~,/ ()]{6,}")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_DATE = re.compile(r"((?:1[89]|[2-9]\d)\d\d)(?:[-./년]\s*(\d{1,2})[-./월]\s*(\d{1,2})|(\d\d)(\d\d))")
_LOT = r"(?:산\s?)?\d+(?:-\d+)?"
_GLUED = re.compile(rf"^(?P<road>.*\d\s*\([^()]*\))\s*(?P<lot>{_LOT})$")
_MAYBE_GLUED = re.compile(r"[로길]\s?\d{5,}$")
_LARGEST_COUNT = 1e12
_DIGITS = 25
"""A longer run of digits is no measure but a serial or an accident."""
_HOME = Path(__file__).with_name("home.yml")
Note = Callable[[str], None]


@dataclass(frozen=True)
class Home:
    """The city served: ``code`` (41270), its province and name, district codes by name, cities around it."""

    code: str
    province: str
    city: str
    districts: dict[str, str]
    neighbours: tuple[str, ...]
    address_typos: dict[str, str]


@functools.lru_cache(maxsize=1)
def home() -> Home:
    """The city of ``home.yml``, read once."""
    import yaml

    data = yaml.safe_load(_HOME.read_text("utf-8"))
    return Home(**{**data, "neighbours": tuple(data["neighbours"])})


def clean(text: str, note: Note) -> str:
    """Text with entities resolved and blanks single; says what it mended to ``note``."""
    if "&" in text and (plain := _ENTITY.sub(lambda hit: html.unescape(hit.group()), text)) != text:
        note("entities resolved")
        text = plain
    if "  " in text or "\n" in text or "\t" in text:
        note("repeated blanks made single")
        text = " ".join(text.split())
    return text


def without_mobile(text: str, note: Note) -> str:
    """Text without mobile telephone numbers (01x-): those belong to persons, wherever they stand."""
    if "1" not in text or not _MOBILE.search(text):
        return text
    note("mobile telephone numbers removed")
    return _MOBILE.sub("", text).strip(" ,/()")


def phone(text: str, note: Note) -> str:
    """A facility's telephone number; "" for a mobile number, a placeholder or something that is no number."""
    kept = without_mobile(text, note)
    return kept if _PHONE.search(kept) and re.search(r"[1-9]", kept) else ""


def number(text: str) -> float | None:
    """The first number in a text such as "1,234.5", "40㎡", "１５명"; None when there is none."""
    if not text:
        return None
    hit = _NUMBER.search(unicodedata.normalize("NFKC", text).replace(",", ""))
    return float(hit.group()) if hit and len(hit.group()) <= _DIGITS else None


def whole(text: str) -> int | None:
    """A count; None when there is none, or it is zero (which publishers write for "not known")."""
    value = number(text)
    return int(value) if value is not None and 1 <= value < _LARGEST_COUNT else None


def date(text: str) -> str:
    """The ISO day in "2023/09/16 11:00:00", "20230916", "2023년 9월 16일" or epoch milliseconds; else ""."""
    if re.fullmatch(r"1\d{12}", text):
        return dt.datetime.fromtimestamp(int(text) / 1000, dt.timezone(dt.timedelta(hours=9))).date().isoformat()
    hit = _DATE.match(text.strip())
    if not hit:
        return ""
    year, month, day = hit[1], hit[2] or hit[4], hit[3] or hit[5]
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def address(text: str, note: Note) -> str:
    """An address without its known faults; what cannot be told apart is left whole and noted."""
    if not text:
        return ""
    kept = without_mobile(clean(text, note), note)
    if (single := _undoubled(kept)) != kept:
        note("address: doubled city name made single")
        kept = single
    for wrong, right in home().address_typos.items():
        if wrong in kept:
            note(f"address: {wrong.strip()!r} corrected to {right.strip()!r}")
            kept = kept.replace(wrong, right)
    return kept


def _undoubled(text: str) -> str:
    words = text.split(" ")
    for size in (3, 2, 1):
        if len(words) > 2 * size and words[:size] == words[size : 2 * size]:
            return " ".join(words[size:])
    return text


def split_glued(text: str, note: Note) -> tuple[str, str]:
    """Road address and lot number of an address that has both in one text; the lot is "" when it has not.

    Only after a closing bracket is the seam certain: "…3길 12(본오동)793-3". "…로 46687" might be 466 and 87, so it
    stays whole.
    """
    if hit := _GLUED.match(text):
        note("address: lot number split from the road address")
        return hit["road"], hit["lot"]
    if _MAYBE_GLUED.search(text):
        note("address: road and lot number glued, left whole")
    return text, ""


def stated_area(text: str) -> tuple[str, str]:
    """City (시) and district (구, 군, or the city again) that an address names; "" where it names none."""
    city = district = ""
    if not text:
        return city, district
    for word in re.findall(r"\S+?시(?=\S+구(?:\s|$))|\S+", text.rstrip("0123456789"))[:5]:
        if re.search(r"(특별시|광역시|특별자치시|특별자치도|도)$", word):
            continue
        if word.endswith("시") and not city and not district and len(word) > 1:
            city = word
        elif word.endswith(("구", "군")) and len(word) > 1:
            district = word
            break
        elif not word.endswith("시"):
            break
    return city, district or city
