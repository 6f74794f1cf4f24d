"""Whether a message asks for someone's duties as a list: ``nlu/<language>/duties.yml``.

Either a message asks what someone's duties are, or what someone must do, and says nothing else: beside the holder
every word is one of a closed list. Or someone says who they are and asks for what they must do. A question with a
condition ("… when the plan is changed"), or about somebody no row is for, stays a question about rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from nlu.duty_words import Lists, lexicon, order, shapes
from nlu.language import ENGLISH, LANGUAGES

LONGEST = 160
"""Characters of a message that may ask for this; a longer one is a story or a letter."""
_WORD = re.compile(r"[\w'-]+")
_TAKEN = "\0"


@dataclass(frozen=True)
class ListRequest:
    """A question for a list of duties; no holders: the message does not say who is asking."""

    holders: tuple[str, ...]


def find_list(text: str, language: str) -> ListRequest | None:
    """Whose duties someone wants as a list, None for any other message."""
    if len(text) > LONGEST:
        return None
    shape = shapes(text)
    for each in order(language):
        if ids := _named(shape[each], each) or _own(shape, each):
            return ListRequest(ids)
    return ListRequest(()) if any(lexicon(each).lists.all.search(shape[each]) for each in LANGUAGES) else None


def _named(shape: str, language: str) -> tuple[str, ...]:
    """The holders a message is about, where it is about nothing else."""
    lists = lexicon(language).lists
    if not lists.core.search(shape) or lists.not_core.search(shape):
        return ()
    ids, rest = _holders(shape, lists)
    first, *between, last = re.split(f"{_TAKEN}+", rest) if ids else ("?", "?")
    if any(not lists.between.fullmatch(gap) for gap in between):
        return ()
    return ids if all(_only_known(gap, lists, language) for gap in (first, last)) else ()


def _holders(shape: str, lists: Lists) -> tuple[tuple[str, ...], str]:
    """Every holder named, and the message with their words taken out."""
    ids: dict[str, None] = {}
    for holder in lists.holders:
        if not (holder.alone and ids) and holder.words.search(shape):
            shape = holder.words.sub(lambda found: _TAKEN * len(found[0]), shape)
            ids |= dict.fromkeys(holder.ids)
    return tuple(ids), shape


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


def _own(shape: dict[str, str], language: str) -> tuple[str, ...]:
    """Who is asking for their own duties: the first holder named anywhere in the message."""
    lists = lexicon(language).lists
    if not lists.own.search(shape[language]) or lists.not_own.search(shape[language]):
        return ()
    for each in order(language):
        for holder in lexicon(each).lists.holders:
            if not holder.alone and holder.words.search(shape[each]):
                return holder.ids
    return ()
