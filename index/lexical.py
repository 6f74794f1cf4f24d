"""Word matching by BM25 (library bm25s): one index for each view and way of cutting words."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Vectors
from index.errors import IndexDamagedError
from index.tokens import TOKENIZERS


@functools.lru_cache(maxsize=20_000)
def _cut(tokenizer: str, text: str) -> tuple[str, ...]:
    """The words of a text; kept, since a build cuts the same texts for several indexes."""
    return tuple(TOKENIZERS[tokenizer](text))


class LexicalIndex:
    """BM25 scores of a question against every text of one view."""

    def __init__(self, tokenizer: str, retriever: Any, size: int) -> None:
        self.tokenizer = tokenizer
        self._retriever = retriever
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str], tokenizer: str) -> LexicalIndex:
        import bm25s

        tokens = [list(_cut(tokenizer, text)) or ["\x00"] for text in texts]
        retriever = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        retriever.index(tokens, show_progress=False)
        return cls(tokenizer, retriever, len(texts))

    def save(self, folder: Path) -> None:
        self._retriever.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, tokenizer: str, size: int) -> LexicalIndex:
        import bm25s

        try:
            return cls(tokenizer, bm25s.BM25.load(str(folder), show_progress=False), size)
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamagedError(f"{folder.name}: {error}") from None

    def scores(self, tokens: Sequence[str]) -> Vectors:
        """float32 of shape (texts,): 0 where no word is shared."""
        vocabulary = self._retriever.vocab_dict
        known = [token for token in tokens if token in vocabulary]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._retriever.get_scores(known), dtype=np.float32)

    def coverage(self, tokens: Sequence[str], rows: Sequence[int]) -> tuple[float, ...]:
        """For each row the share of the question's words that stand in that text, rare words counting more.

        A word that stands in no text counts like the rarest.
        """
        vocabulary = self._retriever.vocab_dict
        rarest = float(np.log(self._size + 1))
        whole = 0.0
        found = np.zeros(len(rows))
        for token in dict.fromkeys(tokens):
            if token not in vocabulary:
                whole += rarest
                continue
            scores = np.asarray(self._retriever.get_scores([token]))
            weight = float(np.log((self._size + 1) / (np.count_nonzero(scores) + 0.5)))
            whole += weight
            found += weight * (scores[list(rows)] > 0)
        return tuple((found / whole).tolist()) if whole > 0 else (0.0,) * len(rows)

    def known(self, tokens: Sequence[str]) -> float:
        """Share of the tokens that occur in the texts at all; 0 for none."""
        vocabulary = self._retriever.vocab_dict
        return sum(token in vocabulary for token in tokens) / len(tokens) if tokens else 0.0
