"""Korean place names in Latin letters: Revised Romanization of Korean (Ministry of Culture notice 2000-8).

Sounds change between syllables of a name (종로 Jongno, 별내 Byeollae), not across the hyphen before an
administrative ending (삼죽면 Samjuk-myeon). Tense sounds are not shown, and ㅎ after ㄱ, ㄷ, ㅂ stays an h,
as the notice says for names.
"""

from __future__ import annotations

import re

# tables are written the way they are read aloud, one line each
_INITIALS = tuple(re.split(" ", "g kk n d tt r m b pp s ss - j jj ch k t p h"))
_VOWELS = tuple(re.split(" ", "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"))
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_CLOSED = dict(zip(_FINALS.strip(), "kkknnntlkmlllplmppttNttktpt", strict=True))
"""The sound of a final before a consonant or at the end; N is ng."""
_LINKED = {"ㄱ": "g", "ㄲ": "kk", "ㄴ": "n", "ㄷ": "d", "ㄹ": "r", "ㅁ": "m", "ㅂ": "b", "ㅅ": "s", "ㅆ": "ss"}
_LINKED |= {"ㅇ": "ng", "ㅈ": "j", "ㅊ": "ch", "ㅋ": "k", "ㅌ": "t", "ㅍ": "p", "ㅎ": ""}
_SPLIT = {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"}
_SPLIT |= {"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}
_NASAL = {"k": "N", "t": "n", "p": "m"}
_ENDINGS = {"도": "do", "시": "si", "군": "gun", "구": "gu", "읍": "eup"}
_ENDINGS |= {"면": "myeon", "리": "ri", "동": "dong", "가": "ga"}
_NUMBERED = re.compile(r"^([가-힣]+?)(제?)(\d[\d.]*)([가-힣]+)$")


def romanise(name: str) -> str:
    """Latin letters for a run of Hangul, first letter large; other characters stay as they are."""
    return "".join(_word(part) for part in re.split(r"([가-힣]+)", name)).strip()


def romanise_place(name: str) -> str:
    """A name with its administrative ending: 상록구 "Sangnok-gu", 본오1동 "Bono 1-dong", 종로1.2.3.4가동."""
    street, apart, rest = name.partition("가제")
    if apart:  # 성수1가제1동: the first dong of the first street
        return f"{romanise_place(street + '가')} {rest[:-1]}-{_tail(rest[-1:])}"
    numbered = _NUMBERED.match(name)
    if numbered:
        return f"{romanise(numbered[1])} {numbered[3]}-{_tail(numbered[4])}"
    ending = _ENDINGS.get(name[-1:])
    return f"{romanise(name[:-1])}-{ending}" if ending and len(name) > 1 else romanise(name)


def _tail(ending: str) -> str:
    return "-".join(_ENDINGS.get(letter, romanise(letter).lower()) for letter in ending)


def _word(text: str) -> str:
    if not re.fullmatch(r"[가-힣]+", text):
        return text
    syllables = [_parts(letter) for letter in text]
    out = ""
    for place, (initial, vowel, final) in enumerate(syllables):
        start = _INITIALS[initial] if place == 0 else ""
        following = syllables[place + 1] if place + 1 < len(syllables) else None
        out += start.replace("-", "") + _VOWELS[vowel] + _joint(final, following)
    return out[:1].upper() + out[1:]


def _parts(letter: str) -> tuple[int, int, str]:
    index = ord(letter) - 0xAC00
    return index // 588, index % 588 // 28, _FINALS[index % 28].strip()


def _joint(final: str, following: tuple[int, int, str] | None) -> str:
    """The letters from a final through the next syllable's initial."""
    if following is None:
        return _spell(_CLOSED[final]) if final else ""
    initial = _INITIALS[following[0]]
    if not final:
        return initial.replace("-", "")
    if initial == "-":
        return _link(final, following[1])
    if final in "ㅎㄶㅀ" and initial in ("g", "d", "j"):
        return _spell(_CLOSED[final]).replace("t", "") + {"g": "k", "d": "t", "j": "ch"}[initial]
    return _spell("".join(_assimilate(_CLOSED[final], initial)))


def _link(final: str, vowel: int) -> str:
    """A final before a vowel moves over; ㄷ and ㅌ before i soften."""
    both = _SPLIT.get(final, final)
    kept, moved = both[:-1], both[-1]
    softens = _VOWELS[vowel] == "i" and moved in "ㄷㅌ"
    letters = {"ㄷ": "j", "ㅌ": "ch"}[moved] if softens else _LINKED[moved]
    return (_spell(_CLOSED[kept]) if kept else "") + letters


def _assimilate(closed: str, initial: str) -> tuple[str, str]:
    if initial == "r":
        if closed in "nl":
            return "l", "l"
        return _NASAL.get(closed, closed), "n"
    if closed == "l" and initial == "n":
        return "l", "l"
    if initial in ("n", "m"):
        return _NASAL.get(closed, closed), initial
    return closed, initial


def _spell(sound: str) -> str:
    return sound.replace("N", "ng")
