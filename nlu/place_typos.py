"""Names of Ansan with one slip of the finger: 원국동, 선뷰동; Wongoc-dong, near Seonbuu.

Only where a sign of place stands beside it, and never for a word on the list of words that are no place.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from knowledge.gazetteer import Place, gazetteer, outside
from knowledge.gazetteer.romanise import romanise
from nlu.place_signs import follows_a_name
from nlu.place_tokens import hangul_after, is_hangul, tokens, words

_RUN = re.compile(r"(?<![가-힣])[가-힣]{1,4}?\d?(?:동|역)")
_SHORTEST = 5
"""Latin names below this length are too close to English words."""
_SHORTEST_BARE = 6


def slips(text: str) -> Iterator[tuple[int, int, Place]]:
    """(start, end, the place it is one slip away from), in order; one that is near two names is left out."""
    yield from _hangul_slips(text)
    yield from _latin_slips(text)


def _hangul_slips(text: str) -> Iterator[tuple[int, int, Place]]:
    for found in _RUN.finditer(text):
        name = found.group()
        if len(name) < 3 or name in words()["not_misspelled"] or name in _all_names():
            continue
        if name.endswith(words()["not_misspelled"]) or not follows_a_name(hangul_after(text, found.end())):
            continue
        near = [place for known, place in _home_names() if len(known) == len(name) and _one_letter(known, name)]
        if len(near) == 1:
            yield found.start(), found.end(), near[0]


def _one_letter(known: str, name: str) -> bool:
    """One syllable differs, and in it one of its letters, or two that look or sound alike."""
    pairs = [(a, b) for a, b in zip(known, name, strict=True) if a != b]
    if len(pairs) != 1 or not all(is_hangul(letter) for letter in pairs[0]):
        return False
    (a, b) = (_letters(letter) for letter in pairs[0])
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _letters(syllable: str) -> tuple[int, int, int]:
    index = ord(syllable) - 0xAC00
    return index // 588, index % 588 // 28, index % 28


def _latin_slips(text: str) -> Iterator[tuple[int, int, Place]]:
    cut = [token for token in tokens(text) if not is_hangul(token.text[0])]
    for at, token in enumerate(cut):
        before = cut[at - 1].text if at else ""
        after = cut[at + 1] if at + 1 < len(cut) else None
        ended = after is not None and after.text in words()["typo_endings_en"] and after.start - token.end <= 1
        one_word = token.text.endswith("dong") and len(token.text) >= _SHORTEST + 4
        stem = token.text.removesuffix("dong") if one_word else token.text
        bare = before in words()["prepositions"] and len(stem) >= _SHORTEST_BARE
        if len(stem) < _SHORTEST or not (ended or one_word or bare):
            continue
        station = ended and after is not None and after.text in ("station", "stn")
        near = {place.id: place for known, place in _home_stems(station) if one_slip(known, stem)}
        if len(near) == 1:
            end = after.end if ended and after is not None else token.end
            yield token.start, end, next(iter(near.values()))


def one_slip(known: str, written: str) -> bool:
    """One letter changed, left out, added, or two neighbours swapped."""
    if known == written or abs(len(known) - len(written)) > 1:
        return False
    pairs = enumerate(zip(known, written, strict=False))
    head = next((at for at, (a, b) in pairs if a != b), min(len(known), len(written)))
    a, b = known[head:], written[head:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1)


@functools.cache
def _all_names() -> frozenset[str]:
    places = gazetteer()
    numberless = {re.sub(r"제?\d[\d.]*(?=동$)", "", place.name_ko) for place in places}
    return frozenset(numberless | {place.name_ko for place in places})


@functools.cache
def _home_names() -> tuple[tuple[str, Place], ...]:
    places = gazetteer()
    levels = ("admin_dong", "legal_dong", "station")
    return tuple(
        (place.name_ko, place)
        for place in places
        if not outside(place) and place.level in levels and len(place.name_ko) > 2 and places.usual(place) is place
    )


@functools.cache
def _home_stems(station: bool) -> tuple[tuple[str, Place], ...]:
    stems = []
    for name, place in _home_names():
        if (place.level == "station") == station and not re.search(r"\d", name):
            stems.append((romanise(name[:-1]).lower(), place))
    return tuple(stem for stem in stems if len(stem[0]) >= _SHORTEST)
