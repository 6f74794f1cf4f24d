"""Passage vectors in FAISS; the only module that imports it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Vectors
from index.errors import IndexDamagedError


class VectorIndex:
    """Exact inner product over unit vectors (cosine), one row for each passage."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        import faiss

        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexDamagedError(f"{path.name}: {str(error).splitlines()[0][:80]}") from None

    def rows(self) -> Vectors:
        """All vectors, shape (passages, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, self.size), dtype=np.float32)

    def scores(self, vector: Vectors) -> Vectors:
        """float32 of shape (passages,): the cosine of every passage with one vector."""
        values, rows = self._index.search(vector.reshape(1, -1), self.size)
        out = np.empty(self.size, dtype=np.float32)
        out[rows[0]] = values[0]
        return out
