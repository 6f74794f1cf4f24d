"""Whether a message asks for someone's duties as a list: ``nlu/<language>/duties.yml``.

Either a message asks what someone's duties are, or what someone must do, and says nothing else: beside the holder
every word is one of a closed list. Or someone says who they are and asks for what they must do. A question with a
condition ("… when the plan is changed"), or about somebody no row is for, stays a question about rules.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass

from knowledge.obligations.duties import holders
from nlu.duty_words import Holder, Lists, lexicon, order, shapes
from nlu.language import ENGLISH, LANGUAGES
from nlu.texts import text as words

LONGEST = 160
"""Characters of a message that may ask for this; a longer one is a story or a letter."""
_WORD = re.compile(r"[\w'-]+")
_TAKEN = "\0"


@dataclass(frozen=True)
class ListRequest:
    """A question for a list of duties; no holders: the message does not say who is asking. ``unnamed``: who it is
    about is nobody whom the decree names a duty for, and ``holders`` are the nearest."""

    holders: tuple[str, ...]
    unnamed: str = ""


def find_list(text: str, language: str) -> ListRequest | None:
    """Whose duties someone wants as a list, None for any other message."""
    if len(text) > LONGEST:
        return None
    if (holder := _offered().get(_folded(text))) is not None:
        return ListRequest((holder,))
    shape = shapes(text)
    for each in order(language):
        if (found := _named(shape[each], each) or _own(shape, each)) is not None:
            return found
    return ListRequest(()) if any(lexicon(each).lists.all.search(shape[each]) for each in LANGUAGES) else None


@functools.cache
def _offered() -> dict[str, str]:
    """What a list offers to say (a holder's name, or "duties of" it) -> the holder's id."""
    said: dict[str, str] = {}
    for language in LANGUAGES:
        for key, holder in holders().items():
            name = holder.name[language]
            said |= {_folded(each): key for each in (name, words("duties.list.chip", language, holder=name))}
    return said


def _folded(message: str) -> str:
    return " ".join(message.split()).strip(" .!?").casefold()


def holders_in(text: str, language: str) -> ListRequest | None:
    """The holders a message names, whatever else it says; None where it names none, or is too long."""
    if len(text) > LONGEST:
        return None
    shape = shapes(text)
    for each in order(language):
        found, _ = _holders(shape[each], lexicon(each).lists)
        if found:
            return _request(found)
    return None


def _named(shape: str, language: str) -> ListRequest | None:
    """The holders a message is about, where it is about nothing else."""
    lists = lexicon(language).lists
    if not lists.core.search(shape) or lists.not_core.search(shape):
        return None
    found, rest = _holders(shape, lists)
    if not found:
        return None
    first, *between, last = re.split(f"{_TAKEN}+", rest)
    if any(not lists.between.fullmatch(gap) for gap in between):
        return None
    return _request(found) if all(_only_known(gap, lists, language) for gap in (first, last)) else None


def _holders(shape: str, lists: Lists) -> tuple[list[Holder], str]:
    """Every holder named, and the message with their words taken out."""
    named: list[Holder] = []
    for holder in lists.holders:
        if not (holder.alone and named) and holder.words.search(shape):
            shape = holder.words.sub(lambda found: _TAKEN * len(found[0]), shape)
            named.append(holder)
    return named, shape


def _request(found: list[Holder]) -> ListRequest:
    """Those the decree names; who it does not name counts where nobody else is asked for."""
    bound = [holder for holder in found if not holder.unnamed] or found
    ids = tuple(dict.fromkeys(each for holder in bound for each in holder.ids))
    return ListRequest(ids, bound[0].unnamed)


def _only_known(gap: str, lists: Lists, language: str) -> bool:
    """Whether all that stands there may stand beside a holder."""
    words = _WORD.findall(lists.place.sub(" ", gap))
    if language == ENGLISH:
        bare = (word.lower().removesuffix("'s").strip("'-") for word in words)
        return all(not word or word in lists.known for word in bare)
    return all(_made_of(word, lists.known) for word in words)


def _made_of(word: str, pieces: Collection[str]) -> bool:
    """Whether a Korean text without blanks is a row of known pieces."""
    reached = [True] + [False] * len(word)
    longest = max(map(len, pieces))
    for end in range(1, len(word) + 1):
        starts = range(max(0, end - longest), end)
        reached[end] = any(reached[start] and word[start:end] in pieces for start in starts)
    return reached[-1]


def _own(shape: dict[str, str], language: str) -> ListRequest | None:
    """Who is asking for their own duties: the first holder named anywhere in the message."""
    lists = lexicon(language).lists
    if not lists.own.search(shape[language]) or lists.not_own.search(shape[language]):
        return None
    for each in order(language):
        for holder in lexicon(each).lists.holders:
            if not holder.alone and holder.words.search(shape[each]):
                return _request([holder])
    return None
