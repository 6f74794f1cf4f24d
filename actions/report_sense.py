"""What a short message in the middle of a report is: a yes or no, a correction, a number, a question for others.

Pure readings of the words; the draft decides what to make of them.
"""

from __future__ import annotations

import re

from knowledge.reports import receipt as receipts
from nlu import nearby
from nlu.answers import read_yes_no
from nlu.report import adds, kind_of
from nlu.report_places import find_place
from nlu.report_words import has, languages_in, lexicon

BARE = 24
"""Characters up to which a yes or no says nothing else."""
_NUMBER = re.compile(r"\W*(?:AS[\s:–—-]*)?(?=[A-Z]*\d)[A-Z0-9]{2,5}[\s–—-]?[A-Z0-9]{1,5}\W*", re.I)
_LETTERS = re.compile(r"[^\W\d_]{2}")


def agrees(text: str, language: str) -> bool:
    """Whether a message says yes to what was asked."""
    return has("confirm", text, language) or read_yes_no(text, language) is True


def says_no(text: str, language: str) -> bool:
    """Whether a message says no, or lets go of what was asked."""
    return any(has(name, text, language) for name in ("deny", "cancel")) or read_yes_no(text, language) is False


def is_bare(text: str, language: str) -> bool:
    """Whether nothing stands there that could be a hazard or a place: a mere yes, no or sign."""
    if not _LETTERS.search(text) or has("confirm", text, language):
        return True
    if len(text) > BARE or not (agrees(text, language) or says_no(text, language)):
        return False
    place = find_place(text, language)
    return kind_of(text, language) is None and not (place.known or place.choices or place.outside)


def corrects(text: str, language: str) -> bool:
    """Whether a message says that what was written down is to be otherwise ("no, …", "난간이 아니라 …")."""
    return not adds(text, language) and (has("correct", text, language) or has("deny", text, language))


def more_exact(text: str, language: str) -> str:
    """What a message adds to the words that are read back: a thing or a number behind a "no wait" or an "oh"
    ("oh, two streetlights"); "" where it adds nothing."""
    for each in languages_in(text, language):
        found = lexicon(each)["amend"].match(text)
        rest = text[found.end() :] if found else ""
        adds_to_it = lexicon(each)["number"].search(rest) is not None or _names_a_thing(rest, each)
        if rest and adds_to_it and not is_bare(rest, language):
            return rest
    return ""


def _names_a_thing(text: str, language: str) -> bool:
    return any(words["thing"].search(text) for words in lexicon(language)["kinds"].values())


def typed_number(text: str) -> str | None:
    """The receipt number that a message consists of or names, as it was typed when it is none; else None."""
    named = receipts.find(text)
    if named is not None:
        return named
    return " ".join(text.split()).strip(" .!?\"'").upper() if _NUMBER.fullmatch(text) else None


def is_only_a_number(text: str) -> bool:
    """Whether a message holds no word of any language, only what looks like a receipt number."""
    return _NUMBER.fullmatch(text) is not None or receipts.find(text) == text.strip().upper()


def seeks_a_place(text: str, language: str, answers: bool) -> bool:
    """Whether a message looks for a place of ours, or goes on from an answer about such places.

    ``answers``: a place was asked for, so that "the shelter in Gojan" says where the hazard is.
    """
    reading = nearby.read(text, language)
    asked = has("seek", text, language)
    if reading.nth is not None or {"more", "more_room", "again"} & reading.signs:
        return nearby.is_follow_up(reading) and not reading.only_place
    if not reading.seeks or kind_of(text, language) is not None:
        return False
    return asked or (not answers and (reading.bare or "where" in reading.signs))
