"""The spellings in spaCy's phrase matcher, and the spans of a message that are spelled like a place."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from knowledge.gazetteer import gazetteer
from nlu.place_forms import forms
from nlu.place_tokens import Token, key, near, tokens


@dataclass(frozen=True)
class Entry:
    """What a spelling may mean: place id and note of the form. ``spaced``: it has a blank between Hangul."""

    place_id: str
    note: str
    spaced: bool


@dataclass(frozen=True)
class Found:
    """A span of the message (offsets) and what its spelling may mean."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class PlaceIndex:
    """Built once: about half a second for some forty thousand spellings, spaCy's own import apart."""

    def __init__(self) -> None:
        from spacy.matcher import PhraseMatcher
        from spacy.vocab import Vocab

        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._entries: dict[tuple[str, ...], dict[str, Entry]] = defaultdict(dict)
        for form in forms(gazetteer()):
            place, spaced = form.place_id, " " in form.text
            kept = self._entries[key(form.text)]
            known = kept.get(place)
            if known is None or (known.note and not form.note):
                kept[place] = Entry(place, form.note, spaced or bool(known and known.spaced))
            elif spaced and not known.spaced:
                kept[place] = Entry(place, known.note, True)
        self._matcher.add("place", [self._doc(words) for words in self._entries])

    def __contains__(self, text: str) -> bool:
        return key(text) in self._entries

    def find(self, text: str) -> list[Found]:
        """Every span, overlapping ones too, by start and the longest first."""
        cut = tokens(text)
        spans = self._matcher(self._doc(tuple(token.text for token in cut))) if cut else []
        found = [found for _, first, last in spans if (found := self._found(text, cut[first:last]))]
        return sorted(found, key=lambda one: (one.start, -one.end))

    def _found(self, text: str, span: list[Token]) -> Found | None:
        entries = self._entries[tuple(token.text for token in span)].values()
        kept = tuple(
            entry
            for entry in entries
            if all(near(text, left, right, entry.spaced) for left, right in itertools.pairwise(span))
        )
        return Found(span[0].start, span[-1].end, kept) if kept else None

    def _doc(self, words: tuple[str, ...]) -> Any:
        from spacy.tokens import Doc

        return Doc(self._vocab, words=list(words))


@functools.cache
def place_index() -> PlaceIndex:
    return PlaceIndex()
