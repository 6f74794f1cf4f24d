"""Whether a message asks for someone's duties as a list: ``nlu/<language>/duties.yml``.

Either a whole sentence asks what someone's duties are, or what someone must do, and names nothing but a holder; or
someone says who they are and asks for what they must do. A question with a condition ("… when the plan is
changed"), or about somebody no row is for, stays a question about rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlu.duty_words import Lists, lexicon, order, shaped, shapes
from nlu.language import LANGUAGES

LONGEST = 160
"""Characters of a message that may ask for this; a longer one is a story or a letter."""


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
        lists = lexicon(each).lists
        ids = _named(shape[each], lists) or _own(shape, each)
        if ids:
            return ListRequest(ids)
    return ListRequest(()) if any(lexicon(each).lists.all.search(shape[each]) for each in LANGUAGES) else None


def _named(shape: str, lists: Lists) -> tuple[str, ...]:
    """The holders a sentence is about, where it is about nothing else."""
    for pattern in lists.about:
        found = pattern.fullmatch(shape)
        if found and (ids := _holders(found["who"])):
            return ids
    return ()


def _holders(words: str) -> tuple[str, ...]:
    """All holders of "the mayor and the governor"; none when one of them is unknown."""
    for language in LANGUAGES:
        lists, shape = lexicon(language).lists, shaped(words, language)
        if ids := _holder(shape, lists):
            return ids
        each = [_holder(part, lists) for part in lists.between.split(shape)]
        if all(each):
            return tuple(dict.fromkeys(name for ids in each for name in ids))
    return ()


def _holder(words: str, lists: Lists) -> tuple[str, ...]:
    """A holder with nothing beside it but what may stand there: articles, "small", "of Ansan"."""
    for holder in lists.holders:
        for found in holder.words.finditer(words):
            if lists.fill.fullmatch(words[: found.start()]) and lists.fill.fullmatch(words[found.end() :]):
                return holder.ids
    return ()


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
