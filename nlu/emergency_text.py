"""What a message looks like to the emergency detector: cleaned, cut to a bound, in pieces, respelled.

Panic writes without spaces, in capitals, with typos and stretched letters; nothing here may fail on
any string, and all of it is linear in the (bounded) length of the message.
"""

from __future__ import annotations

import functools
import json
import math
import re
import unicodedata
from pathlib import Path

HEAD, TAIL = 400, 500
"""Characters kept of a long message: its beginning and, more of it, its end."""
PIECES = 6
"""At most so many pieces (sentences) of one message are looked at by themselves."""
PIECE, LAST = 160, 50
"""Characters of a piece; a longer run without a full stop is read by its two ends. The last LAST of a message are read
by themselves: the danger may stand behind words of something else without any stop."""
BETWEEN = 4000
"""Characters of a long message, behind those that ``clean`` keeps of its beginning, in which ``between`` looks."""

SHORT = 100
"""Characters up to which a message is one thought, however it is punctuated."""

_STOP = re.compile(r"[.!?。！？…;]+")
_CUT = re.compile(r"[.!?。！？…;\n\r\v\f\u2028\u2029]+|(?<=[요다죠])[,~^\s]+(?=\S)")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_NOT_WORD = re.compile(r"[\W_]+")
_LONG_RUN = re.compile(r"[a-z]{15,}")
_EMOJI = {
    "🔥": ("fire", "불"),
    "🆘": ("sos", "살려줘"),
    "🚨": ("", ""),
    "🚑": ("ambulance", "구급차"),
    "🚒": ("fire truck", "소방차"),
    "🚓": ("police", "경찰"),
    "👮": ("police", "경찰"),
    "😱": ("omg", ""),
    "🔪": ("knife", "칼"),
    "🔫": ("gun", "총"),
    "💣": ("bomb", "폭탄"),
    "💊": ("pills", "약"),
    "🩸": ("blood", "피"),
    "💥": ("crash", "쾅"),
    "🏠": ("house", "집"),
    "🚗": ("car", "차"),
    "👶": ("baby", "아기"),
    "👨": ("man", "남자"),
    "👩": ("woman", "여자"),
    "🌊": ("water", "물"),
}
"""What a sign stands for, in English and in Korean."""
_SIGNS = re.compile(f"([{''.join(_EMOJI)}])\\1*")
ALARMS = frozenset("🔥🆘🚨🚑🚒🚓🔪🔫💣")
"""Signs that shout."""
_SLIPPED = re.compile("(?<!빼)[앗엇엿햇됫갓졋혓렷쳣섯켯뎟겻녓몃볏셧왓봣줫](?=[어다음습네]|는데|지만|고있)|낫(?=어)")
"""A syllable of the past tense that is written as it sounds, with one s where there are two."""
_SLIPS = [
    (re.compile(pattern), right)
    for pattern, right in (
        ("[주쥬즈](?:세|새|셰|쎄)(?=[요여용ㅛ])", "주세"),
        ("(?<=[어아해나네])여(?![가-힣])", "요"),
        ("(?<=고) ?(?:십(?=[다어])|[싶시](?=[퍼파]))", "싶"),
        ("싶퍼|싶파", "싶어"),
        ("[주죽]꼬(?= ?싶)", "죽고"),
        ("냄세", "냄새"),
        ("떄", "때"),
        ("업어[졌졋]", "없어졌"),
        ("이써(?=[요여])", "있어"),
        ("업써(?=[요여])", "없어"),
        ("부리 ?(?=[났낫])", "불이 "),
        ("쪼차", "쫓아"),
    )
]
"""Korean as panic spells it, and as the lexicon reads it."""
_PARTICLE = re.compile("(?<=[a-z])(?:[가이은는을를에도의로와과]|에서|에게|한테|까지|부터|이랑)(?![가-힣])")
_SEAM = re.compile("(?<=[a-z])(?=[가-힣])|(?<=[가-힣])(?=[a-z])")
_SINGLE = re.compile("([ㄱ-ㅣ]+)")
_HANGUL = re.compile("[가-힣]")
_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me"}
_LOOKALIKES = str.maketrans("аеорсухіѕјԁһ", "aeopcyxisjdh")


def clean(text: str) -> str:
    """Composed, lower case, bounded; hidden and control characters gone, stretched letters shortened."""
    if len(text) > 4 * (HEAD + TAIL):
        text = text[: 2 * HEAD] + "\n" + text[-2 * TAIL :]
    low = _plain(text)
    if len(low) > HEAD + TAIL:
        low = low[:HEAD] + "\n" + low[-TAIL:]
    return _APOSTROPHES.sub("", low)


def between(text: str) -> list[str]:
    """The sentences of a long message that ``clean`` drops, cleaned; of a very long one, of BETWEEN characters."""
    if len(text) <= HEAD + TAIL:
        return []
    low = _APOSTROPHES.sub("", _plain(text[HEAD : min(len(text) - TAIL, HEAD + BETWEEN)]))
    return [part.strip()[:PIECE] for part in _CUT.split(low) if len(part.strip()) > 3]


def _plain(text: str) -> str:
    plain = text if text.isascii() else _respelt(_worded(_composed(text)))
    kept = "".join(char if char.isascii() and char.isprintable() else _spared(char) for char in plain)
    return _STRETCHED.sub(_shorten, kept.casefold().translate(_LOOKALIKES))


def _worded(text: str) -> str:
    """Signs as words; in a Korean message, in both languages."""
    korean = _HANGUL.search(text) is not None

    def said(run: re.Match[str]) -> str:
        english, native = _EMOJI[run.group(1)]
        return f" {english} " * len(run.group()) + native * korean + " "

    return _SIGNS.sub(said, text)


def _respelt(text: str) -> str:
    if _HANGUL.search(text) is None:
        return text
    text = _SLIPPED.sub(lambda found: chr(ord(found.group()) + 1), text)  # the next syllable ends in two s
    for slip, right in _SLIPS:
        text = slip.sub(right, text)
    return text


def _composed(text: str) -> str:
    """NFKC, but single Hangul letters (ㅠㅠ, ㅅㄹㅈㅅㅇ) stay the letters that the lexicon is written in."""
    parts = _SINGLE.split(text)
    return "".join(part if _SINGLE.match(part) else unicodedata.normalize("NFKC", part) for part in parts)


def _spared(char: str) -> str:
    if char in "\n\r\t\v\f":
        return "\n" if char != "\t" else " "
    return "" if unicodedata.category(char) in _DROPPED else char


def _shorten(found: re.Match[str]) -> str:
    """heeelp -> help, ㅋㅋㅋㅋ -> ㅋㅋ: a stretch of three or more is one letter, of single jamo two."""
    return found.group(1) * (2 if _SINGLE.fullmatch(found.group(1)) else 1)


def pieces(cleaned: str) -> list[str]:
    """The sentences of a message: the first ones and, above all, the last ones; [] when there is one."""
    parts = [part.strip() for part in _CUT.split(cleaned) if len(part.strip()) > 3]
    if len(parts) > PIECES:
        parts = parts[:2] + parts[2 - PIECES :]
    ends: list[str] = []
    for part in parts:
        ends += [part] if len(part) <= PIECE else [_first_words(part), _last_words(part)]
    if parts and len(parts[-1]) > LAST and len(cleaned) > PIECE:
        ends.append(_last_words(parts[-1], LAST))
    return ends if len(ends) > 1 else []


def _first_words(part: str) -> str:
    return part[:PIECE].rsplit(" ", 1)[0]


def _last_words(part: str, most: int = PIECE) -> str:
    return part[-most:].split(" ", 1)[-1]


def words(cleaned: str) -> str:
    """`` so many words `` with one space around each, run-together and misspelt Latin words repaired."""
    spaced = _NOT_WORD.sub(" ", _SEAM.sub(" ", _PARTICLE.sub("", cleaned))).strip()
    spaced = _LONG_RUN.sub(lambda run: _segment(run.group()), spaced)
    return f" {' '.join(_respell(word) for word in spaced.split())} "


def sentences(cleaned: str) -> list[str]:
    """What the lexicon reads in one go: a short message whole, a long one by its full stops."""
    return [cleaned] if len(cleaned) <= SHORT else [part for part in _STOP.split(cleaned) if part.strip()]


def squash(cleaned: str) -> str:
    """Letters and digits only: the form that does not depend on spacing."""
    return _NOT_WORD.sub("", cleaned)


@functools.cache
def _known() -> dict[str, int]:
    """English words and how often they stand in the corpus (written by nlu.train_emergency)."""
    path = Path(__file__).parent / "data" / "emergency_words.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


@functools.cache
def _weights() -> tuple[dict[str, float], int]:
    known = _known()
    total = sum(known.values()) or 1
    return {word: math.log(n / total) for word, n in known.items()}, max(map(len, known), default=1)


@functools.lru_cache(maxsize=256)
def _segment(run: str) -> str:
    """Spaces for a run of letters: the likeliest split into known words (Viterbi over a bounded run)."""
    logs, longest = _weights()
    run = run[:300]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        options = [(best[end - 1][0] - 14.0, end - 1)]
        for start in range(max(0, end - longest), end):
            cost = logs.get(run[start:end])
            if cost is not None:
                options.append((best[start][0] + cost, start))
        best.append(max(options))
    cuts, end = [], len(run)
    while end:
        cuts.append(run[best[end][1] : end])
        end = best[end][1]
    return " ".join(reversed(cuts))


@functools.cache
def _deletions() -> dict[str, list[str]]:
    """Every known word of five letters or more under itself with one letter left out."""
    table: dict[str, list[str]] = {}
    for word in _known():
        if len(word) >= 5:
            for gone in {word[:i] + word[i + 1 :] for i in range(len(word))}:
                table.setdefault(gone, []).append(word)
    return table


@functools.lru_cache(maxsize=4096)
def _respell(word: str) -> str:
    """A Latin word that is not known, as the commonest known word one slip away; else unchanged."""
    known = _known()
    if word in known or len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    near = [other for other in swapped if other in known]
    shorter = [word[:i] + word[i + 1 :] for i in range(len(word))]
    near += [other for other in shorter if other in known and len(other) >= 4]
    near += _deletions().get(word, [])
    if not near and len(word) >= 6:
        near = [other for gone in shorter for other in _deletions().get(gone, ()) if len(other) == len(word)]
    return max(near, key=lambda other: (known[other], other)) if near else word


def forget() -> None:
    """Drops what was read from the word list, after it was written anew."""
    for cached in (_known, _weights, _segment, _deletions, _respell):
        cached.cache_clear()
