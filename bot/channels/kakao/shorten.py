"""Texts made to fit, cut at the ends of sentences and never inside what must be kept. Pure."""

from __future__ import annotations

import re

from bot.channels.kakao.limits import units

_MARK = "…"
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+")


def clip(text: str, most: int) -> str:
    """One line of at most ``most`` units, with "…" where it was cut."""
    line = " ".join(text.split())
    if units(line) <= most:
        return line
    line = line[:most]
    while line and units(line) + 1 > most:
        line = line[:-1]
    return line.rstrip() + _MARK


def fit(text: str, most: int, tail: str = "", cut: str = "") -> str:
    """``text`` and, after an empty line, ``tail``, in ``most`` units: ``tail`` stays whole while it fits alone.

    ``cut`` is said where the text had to be shortened; the tail's lines that the text has already are left out.
    """
    kept = "\n".join(line for line in tail.split("\n") if line and line not in text)
    if units(_joined(text, kept)) <= most:
        return _joined(text, kept)
    kept = "\n".join(line for line in tail.split("\n") if line)
    end = _joined(cut, kept)
    if units(end) + 2 >= most:
        return head(kept or text, most)
    begin = head(text, most - units(end) - 2)
    return _joined(begin, cut, "\n".join(line for line in kept.split("\n") if line not in begin))


def head(text: str, most: int) -> str:
    """The longest beginning of whole sentences; the first sentence is clipped when it is too long by itself."""
    if units(text) <= most:
        return text
    ends = [found.start() for found in _SENTENCE.finditer(text)]
    whole = [end for end in ends if units(text[:end]) <= most]
    return text[: whole[-1]].rstrip() if whole else clip(text, most)


def split(text: str, most: int, parts: int, cut: str, tail: str = "") -> list[str]:
    """At most ``parts`` texts of ``most`` units; ``cut`` and ``tail`` end the last one when something had to go."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < parts:
        last = len(found) == parts - 1
        piece = fit(rest, most, tail if units(rest) > most else "", cut) if last else _at_paragraph(rest, most)
        found.append(piece)
        rest = "" if last else rest[len(piece) :].strip()
    return found


def _at_paragraph(text: str, most: int) -> str:
    """The longest beginning that ends with a paragraph, else with a line or sentence, else anywhere."""
    if units(text) <= most:
        return text
    for mark in ("\n\n", "\n", ". "):
        end = text.rfind(mark, most // 2, most - 1)
        if end > 0 and units(text[: end + 1]) <= most:
            return text[: end + 1].rstrip()
    text = text[:most]
    while units(text) > most:
        text = text[:-1]
    return text


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
