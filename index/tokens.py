"""Words of a text as lexical matching wants them: English stems, Korean morphemes, character n-grams."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

_WORD = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*|[가-힣]+", re.I)
_STOP_EN = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "i",
        "my",
        "me",
        "we",
        "our",
        "us",
        "you",
        "your",
        "he",
        "she",
        "they",
        "them",
        "his",
        "her",
        "their",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "not",
        "no",
        "if",
        "so",
        "than",
        "then",
        "there",
        "here",
        "what",
        "which",
        "who",
        "whom",
        "when",
        "where",
        "why",
        "how",
        "any",
        "some",
        "such",
        "am",
        "im",
        "ive",
        "id",
        "dont",
        "doesnt",
        "isnt",
        "about",
        "into",
        "over",
        "under",
        "up",
        "down",
        "out",
    ]
)
_KEPT_KO = ("N", "V", "XR", "SL", "SN", "MAG", "SH")
_DROPPED_KO = frozenset({"VX", "VCP", "VCN", "NP", "NNB"})


@functools.cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


@functools.cache
def _kiwi() -> Any:
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1, load_multi_dict=False)


def english(text: str) -> list[str]:
    """Stems of the words that carry meaning, numbers kept."""
    words = [w for w in _WORD.findall(text.lower().replace("'", "")) if w not in _STOP_EN]
    return list(_stemmer().stemWords(words))


def korean(text: str) -> list[str]:
    """Nouns, verb and adjective stems, numbers and foreign words, without particles and endings."""
    return [
        token.form.lower()
        for token in _kiwi().tokenize(text)
        if token.tag.startswith(_KEPT_KO) and token.tag not in _DROPPED_KO
    ]


def character_ngrams(text: str) -> list[str]:
    """Pairs and triples of characters inside words: a net under the morphological analyser."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        found += [word[i : i + 2] for i in range(len(word) - 1)]
        found += [word[i : i + 3] for i in range(len(word) - 2)]
    return found


TOKENIZERS: dict[str, Callable[[str], list[str]]] = {"english": english, "korean": korean, "ngrams": character_ngrams}
