"""Commands of this room: search, index build, index inspect, and its part of the doctor's report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

from index.encoder import load_encoder
from index.errors import SearchIndexError
from index.search import Searcher
from index.settings import settings
from index.store import check_fresh, read_index, read_manifest, write_index
from knowledge.citation import label_en
from knowledge.library import decree


def fresh() -> bool:
    """True when the built index fits the law, the notes and the encoder."""
    try:
        check_fresh(read_manifest(settings().folder), decree(), settings().encoder)
    except SearchIndexError:
        return False
    return True


def ensure(progress: Callable[[str], None]) -> None:
    """Build the index unless it is fresh."""
    if fresh():
        progress("Search index: reused, nothing changed")
        return
    run_build(progress)


def run_build(progress: Callable[[str], None]) -> int:
    """Build the index of the bundled law."""
    progress(f"Search index: loading the encoder {settings().encoder!r}")
    encoder = load_encoder(settings().encoder)
    manifest = write_index(settings().folder, decree(), encoder, lambda line: progress(f"Search index: {line}"))
    progress(f"Search index: built, {manifest.passages} passages for {len(manifest.targets)} provisions")
    return 0


def run_inspect(as_json: bool) -> int:
    """What is in the built index; raises SearchIndexError when it is missing, stale or damaged."""
    stored = read_index(settings().folder, decree(), settings().encoder)
    manifest = asdict(stored.manifest)
    views = dict(Counter(passage.view for passage in stored.passages))
    found = {
        "folder": str(settings().folder),
        **{k: v for k, v in manifest.items() if k not in ("files", "targets")},
        "provisions": len(stored.manifest.targets),
        "views": views,
        "lexical": sorted(stored.lexical),
    }
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for key, value in found.items():
            print(f"{key:12} {value}")
    return 0


def run_search(question: str, k: int, language: str, as_json: bool) -> int:
    """Print the k best provisions with the parts of their scores."""
    searcher = Searcher.open(settings().folder, decree(), settings().encoder)
    hits = searcher.search(question, k, language)
    if as_json:
        print(json.dumps({"question": question, "hits": [asdict(hit) for hit in hits]}, ensure_ascii=False))
        return 0
    if not hits:
        print("Nothing to search for: write a question in words.")
    for rank, hit in enumerate(hits, start=1):
        title = decree().law.article_of(hit.provision).title
        parts = ", ".join(f"{name} {value:.2f}" for name, value in hit.parts.items())
        print(f"{rank:2}. {hit.score:6.2f}  {label_en(hit.provision):22} {title}  ({parts}; cosine {hit.cosine:.2f})")
    return 0


def report() -> list[tuple[str, bool, str]]:
    """(what, in order?, detail or how to mend it) for the doctor."""
    try:
        load_encoder(settings().encoder)
        encoder = ("encoder", True, f"{settings().encoder} loads without network")
    except SearchIndexError as error:
        encoder = ("encoder", False, str(error))
    try:
        stored = read_index(settings().folder, decree(), settings().encoder)
        return [encoder, ("search index", True, f"{len(stored.passages)} passages")]
    except SearchIndexError as error:
        return [encoder, ("search index", False, str(error))]
