"""Reads a short answer as yes, no or "not sure", in Korean and English: ``nlu/<language>/answers.yml``."""

from __future__ import annotations

import enum
import functools
import re
from pathlib import Path
from typing import Final, Literal

from nlu.language import ENGLISH, KOREAN
from nlu.quantities import plain

FOLDER = Path(__file__).parent


class Unsure(enum.Enum):
    """The third answer: the person does not know. False in a condition, so that it never passes for a yes."""

    UNSURE = "unsure"

    def __bool__(self) -> bool:
        return False


UNSURE: Final = Unsure.UNSURE
Answer = bool | Literal[Unsure.UNSURE]

_YES_SIGNS, _NO_SIGNS = re.compile("^[👍👌🙆✅⭕🆗☑]"), re.compile("^[👎🙅❌✖🚫]")
_EDGES = " \t\n.,!~…ㅋㅎㅠㅜ^;:)(\"'*"
_CLAUSE = re.compile(r"[,.!;~…\n]+\s*|\s+[-–—]\s+")
_SPACES = re.compile(r"\s+")
LONGEST = 80
"""Characters up to which a first clause of yes or no decides about what comes after it."""


@functools.cache
def _lexicon(language: str) -> dict[str, re.Pattern[str]]:
    import yaml

    written = yaml.safe_load((FOLDER / language / "answers.yml").read_text("utf-8"))["lexicon"]
    return {name: re.compile(pattern, re.I) for name, pattern in written.items()}


def read_yes_no(text: str, language: str) -> Answer | None:
    """True, False or UNSURE; None when the message is no such answer (a question, a number, anything else).

    Answers in the other language count too: people write "네" and "ok" in either.
    """
    text = plain(text).strip()
    if _YES_SIGNS.match(text) or _NO_SIGNS.match(text):
        return _YES_SIGNS.match(text) is not None
    if _lexicon(KOREAN)["counter"].match(text):
        return None
    for each in (language, ENGLISH if language == KOREAN else KOREAN):
        if (answer := _in_language(text, each)) is not None:
            return answer
    return None


def is_only_yes_no(text: str, language: str) -> bool:
    """Whether a message says nothing but yes, no or "not sure": every clause of it is one, in either language."""
    text = plain(text).strip()
    return any(_every_clause(text, _lexicon(each)) for each in (language, *({ENGLISH, KOREAN} - {language})))


def _every_clause(text: str, words: dict[str, re.Pattern[str]]) -> bool:
    if words["question"].search(text):
        return False
    clauses = [part for part in (_stripped(part, words) for part in _CLAUSE.split(text)) if part]
    return bool(clauses) and all(_of(clause, words) is not None for clause in clauses)


def _in_language(text: str, language: str) -> Answer | None:
    words = _lexicon(language)
    if not text or words["question"].search(text):
        return None
    whole = _stripped(text, words)
    if (answer := _of(whole, words)) is not None:
        return answer
    clauses = [part for part in (_stripped(part, words) for part in _CLAUSE.split(text)) if part]
    if len(clauses) > 1 and len(text) <= LONGEST:
        return _of_clauses(clauses, words)
    return _of_first_word(whole, words)


def _stripped(text: str, words: dict[str, re.Pattern[str]]) -> str:
    text = _SPACES.sub(" ", text).strip(_EDGES)
    while (shorter := words["lead"].sub("", text, count=1).strip(_EDGES)) != text and shorter:
        text = shorter
    return text


def _of(text: str, words: dict[str, re.Pattern[str]]) -> Answer | None:
    if words["unsure"].fullmatch(text):
        return UNSURE
    if words["denied"].fullmatch(text):
        return False
    return True if words["affirmed"].fullmatch(text) else None


def _of_clauses(clauses: list[str], words: dict[str, re.Pattern[str]]) -> Answer | None:
    """The first clause that answers decides, unless a later one says more ("no, wait, yes", "네, 없어요")."""
    answer = _of(clauses[0], words)
    if answer is None:
        return None
    taken_back = words["takes_back"].search(", ".join(clauses)) is not None
    later = (_of(clause, words) for clause in clauses[1:])
    return next((each for each in later if each is UNSURE or (each is not None and taken_back)), answer)


def _of_first_word(text: str, words: dict[str, re.Pattern[str]]) -> Answer | None:
    """ "네 불꽃놀이 해요", "yes we use gas": the first word decides, when it is a plain yes or no."""
    first, _, rest = text.partition(" ")
    if not rest or len(text) > LONGEST:
        return None
    first_words = {"네": True, "넵": True, "예": True, "응": True, "yes": True, "yep": True, "yeah": True, "yup": True,
             "아니": False, "아니요": False, "아뇨": False, "아니오": False, "nope": False, "nah": False}  # fmt: skip
    answer = first_words.get(first.lower())
    if answer is None and first.lower() == "no" and words["denied"].fullmatch(rest):
        return False  # "no we don't", but not "no fire at all", which says what there is none of
    return answer
