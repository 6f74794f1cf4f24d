"""An index as a folder: written aside and renamed, and refused when stale or damaged."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index.elsewhere import ElsewhereIndex, texts_to_encode
from index.encoder import Encoder, Vectors
from index.errors import IndexDamagedError, IndexMissingError, IndexStaleError, SearchIndexError
from index.lexical import LexicalIndex
from index.passages import DENSE, LANGUAGE, Passage, build_passages, targets
from index.vectors import VectorIndex
from knowledge.library import Shelf

FORMAT = 5
BATCH = 512
MANIFEST = "manifest.json"
LEXICAL = {
    f"{view}.{tokenizer}": (view, tokenizer)
    for view, tokenizer in (
        ("question_en", "english"),
        ("joint_en", "english"),
        ("article_en", "english"),
        ("question_ko", "korean"),
        ("plain_ko", "korean"),
        ("title_ko", "korean"),
        ("joint_ko", "korean"),
        ("article_ko", "korean"),
        ("joint_ko", "ngrams"),
        ("article_ko", "ngrams"),
    )
}
"""Lexical indexes: name -> (view, tokenizer)."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Manifest:
    """What an index was built from, and the digest of each of its files."""

    format: int
    encoder: str
    dimension: int
    inputs: str
    passages: int
    targets: tuple[str, ...]
    files: dict[str, str]


@dataclass(frozen=True)
class StoredIndex:
    """A loaded index folder."""

    manifest: Manifest
    passages: list[Passage]
    vectors: VectorIndex
    lexical: dict[str, LexicalIndex]
    elsewhere: ElsewhereIndex | None


def input_digest(shelf: Shelf) -> str:
    """A digest of all that is indexed: the law's text, our notes on it, what stands elsewhere."""
    digest = hashlib.sha256(shelf.edition.sha256.encode())
    for passage in build_passages(shelf):
        digest.update(f"{passage.view}\0{passage.provision}\0{passage.text}\n".encode())
    for topic in shelf.elsewhere:
        digest.update(f"{topic.id}\0{topic.said('en')}\0{topic.said('ko')}\n".encode())
    return digest.hexdigest()


def write_index(folder: Path, shelf: Shelf, encoder: Encoder, progress: Progress = lambda _: None) -> Manifest:
    """Build beside ``folder`` and rename into place, so that a reader never sees half an index."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".index-", dir=folder.parent))
    try:
        manifest = _write(aside, folder, shelf, encoder, progress)
        old = folder.with_name(f".old-{folder.name}")
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest


def _write(aside: Path, folder: Path, shelf: Shelf, encoder: Encoder, progress: Progress) -> Manifest:
    passages = build_passages(shelf)
    with (aside / "passages.jsonl").open("w", encoding="utf-8") as out:
        for passage in passages:
            out.write(json.dumps(asdict(passage), ensure_ascii=False) + "\n")
    texts = [p.text for p in passages if has_vector(p, encoder.languages)]
    others = texts_to_encode(shelf.elsewhere, encoder.languages)
    vectors = _encode([*texts, *others], encoder, _known(folder, encoder), progress)
    VectorIndex.build(vectors[: len(texts)]).save(aside / "vectors.faiss")
    ElsewhereIndex.write(aside, shelf.elsewhere, passages, encoder.languages, vectors[len(texts) :])
    for name, (view, tokenizer) in LEXICAL.items():
        texts = [p.text for p in passages if p.view == view]
        if texts:
            LexicalIndex.build(texts, tokenizer).save(aside / "lexical" / name)
    progress("word indexes written")
    manifest = Manifest(
        FORMAT,
        encoder.name,
        encoder.dimension,
        input_digest(shelf),
        len(passages),
        tuple(targets(shelf)),
        _digests(aside),
    )
    (aside / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), "utf-8")
    return manifest


def has_vector(passage: Passage, languages: tuple[str, ...]) -> bool:
    """True when the passage's view is matched by meaning and the encoder reads its language."""
    return passage.view in DENSE and LANGUAGE[passage.view] in languages


def _encode(texts: list[str], encoder: Encoder, known: dict[str, Vectors], progress: Progress) -> Vectors:
    """Vectors of the texts; those that the last index holds are taken over, the others encoded by length."""
    new = sorted({text for text in texts if text not in known}, key=len)
    for begin in range(0, len(new), BATCH):
        batch = new[begin : begin + BATCH]
        known.update(zip(batch, encoder.encode(batch), strict=True))
        progress(f"encoded {begin + len(batch)} of {len(new)} passages")
    return np.vstack([known[text] for text in texts])


def _known(folder: Path, encoder: Encoder) -> dict[str, Vectors]:
    """Texts and vectors of the index that is about to be replaced, when the same encoder made it."""
    try:
        manifest = read_manifest(folder)
        if (manifest.format, manifest.encoder, manifest.files) != (FORMAT, encoder.name, _digests(folder)):
            return {}
        passages = _read_passages(folder / "passages.jsonl")
        vectors = VectorIndex.load(folder / "vectors.faiss").rows()
    except SearchIndexError:
        return {}
    texts = [p.text for p in passages if has_vector(p, encoder.languages)]
    return {**dict(zip(texts, vectors, strict=True)), **ElsewhereIndex.known(folder)}


def read_manifest(folder: Path) -> Manifest:
    """Raises IndexMissingError or IndexDamagedError."""
    try:
        row = json.loads((folder / MANIFEST).read_text("utf-8"))
        return Manifest(**{**row, "targets": tuple(row["targets"])})
    except FileNotFoundError:
        raise IndexMissingError(folder) from None
    except (ValueError, TypeError, KeyError) as error:
        raise IndexDamagedError(f"{MANIFEST}: {error}") from None


def read_index(folder: Path, shelf: Shelf, encoder_name: str) -> StoredIndex:
    """Load an index that fits the law and the encoder; raises SearchIndexError otherwise."""
    manifest = read_manifest(folder)
    check_fresh(manifest, shelf, encoder_name)
    if (found := _digests(folder)) != manifest.files:
        wrong = sorted(set(found.items()) ^ set(manifest.files.items()))
        raise IndexDamagedError(f"{wrong[0][0]} is not as it was written")
    passages = _read_passages(folder / "passages.jsonl")
    vectors = VectorIndex.load(folder / "vectors.faiss")
    lexical = {}
    for name, (view, tokenizer) in LEXICAL.items():
        size = sum(1 for p in passages if p.view == view)
        if size:
            lexical[name] = LexicalIndex.load(folder / "lexical" / name, tokenizer, size)
    elsewhere = ElsewhereIndex.read(folder, shelf.elsewhere, passages)
    return StoredIndex(manifest, passages, vectors, lexical, elsewhere)


def check_fresh(manifest: Manifest, shelf: Shelf, encoder_name: str) -> None:
    """Raises IndexStaleError when the index was built from other inputs than those at hand."""
    if manifest.format != FORMAT:
        raise IndexStaleError(f"format {manifest.format}, this version reads {FORMAT}")
    if manifest.encoder != encoder_name:
        raise IndexStaleError(f"built with the encoder {manifest.encoder!r}, not {encoder_name!r}")
    if manifest.inputs != input_digest(shelf):
        raise IndexStaleError("the law's text or the notes have changed since")


def _read_passages(path: Path) -> list[Passage]:
    found = []
    for raw in path.read_text("utf-8").splitlines():
        row = json.loads(raw)
        found.append(Passage(**{**row, "path": tuple(row["path"])}))
    return found


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
