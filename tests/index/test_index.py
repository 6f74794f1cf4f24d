from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from index.encoder import HashEncoder, load_encoder
from index.errors import EncoderError, IndexDamagedError, IndexMissingError, IndexStaleError
from index.passages import TEXT, build_passages, targets
from index.search import Searcher
from index.store import MANIFEST, read_index, write_index
from index.tokens import character_ngrams, english, korean


@pytest.fixture(scope="module")
def shelf(shelf):
    """The decree with a few of the topics that stand elsewhere: enough to search beside it, quick to build."""
    return dataclasses.replace(shelf, elsewhere=shelf.elsewhere[:12])


@pytest.fixture(scope="module")
def built(tmp_path_factory, shelf):
    folder = tmp_path_factory.mktemp("index") / "index"
    write_index(folder, shelf, HashEncoder())
    return folder


@pytest.fixture
def copy(built, tmp_path):
    import shutil

    folder = tmp_path / "index"
    shutil.copytree(built, folder)
    return folder


def test_passages_are_spans_of_the_source(shelf):
    texts = [p for p in build_passages(shelf) if p.view == TEXT]
    assert len(texts) > 1000
    for passage in texts:
        assert shelf.law.source[passage.start : passage.end] == shelf.law.quote(passage.provision)
        assert passage.path[-1].startswith("Article")


def test_every_living_paragraph_can_be_found(shelf):
    found = targets(shelf)
    assert len(found) == len(set(found)) == sum(not p.deleted for a in shelf.law.living for p in a.paragraphs)


def test_search_is_deterministic_and_says_its_parts(built, shelf):
    searcher = Searcher(read_index(built, shelf, "hash"), HashEncoder())
    hits = searcher.search("safety management plan of a regional festival three weeks before", 5)
    assert hits == searcher.search("safety management plan of a regional festival three weeks before", 5)
    assert hits[0].provision.startswith("73-9/")
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert all(h.score == pytest.approx(sum(h.parts.values()), abs=1e-2) for h in hits)
    assert all(h.focus == h.provision or h.focus.startswith(h.provision + "/") for h in hits)
    korean_hits = searcher.search("지역축제 안전관리계획 제출 기한", 3, "ko")
    assert korean_hits[0].provision.startswith("73-9/")


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_nothing_asked_nothing_found(built, shelf, question):
    assert Searcher(read_index(built, shelf, "hash"), HashEncoder()).search(question) == []


def test_a_missing_index_says_what_to_do(tmp_path, shelf):
    with pytest.raises(IndexMissingError, match="ansim index build"):
        read_index(tmp_path / "none", shelf, "hash")


def test_an_index_of_another_encoder_or_text_is_stale(built, shelf):
    with pytest.raises(IndexStaleError, match="encoder"):
        read_index(built, shelf, "minilm")
    note = dataclasses.replace(shelf.notes["71"], plain_en="Other words.")
    with pytest.raises(IndexStaleError, match="changed"):
        read_index(built, dataclasses.replace(shelf, notes={**shelf.notes, "71": note}), "hash")


def test_an_index_of_another_format_is_stale(copy, shelf):
    manifest = json.loads((copy / MANIFEST).read_text())
    (copy / MANIFEST).write_text(json.dumps({**manifest, "format": 99}))
    with pytest.raises(IndexStaleError, match="format 99"):
        read_index(copy, shelf, "hash")


@pytest.mark.parametrize("name", ["vectors.faiss", "passages.jsonl", MANIFEST])
def test_a_damaged_index_is_refused(copy, shelf, name):
    path = copy / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(bytes(raw[:-3]))
    with pytest.raises((IndexDamagedError, IndexStaleError)):
        read_index(copy, shelf, "hash")


def test_a_missing_part_is_damage(copy, shelf):
    (copy / "vectors.faiss").unlink()
    with pytest.raises(IndexDamagedError):
        read_index(copy, shelf, "hash")


def test_a_failed_build_leaves_the_old_index(copy, shelf):
    class Broken(HashEncoder):
        name = "broken"

        def encode(self, texts):
            raise EncoderError("no")

    with pytest.raises(EncoderError):
        write_index(copy, shelf, Broken())
    assert read_index(copy, shelf, "hash").manifest.encoder == "hash"
    assert [p.name for p in copy.parent.iterdir()] == ["index"]


def test_a_second_build_encodes_only_what_is_new(copy, shelf):
    class Counting(HashEncoder):
        seen = 0

        def encode(self, texts):
            Counting.seen += len(texts)
            return super().encode(texts)

    write_index(copy, shelf, Counting())
    assert Counting.seen == 0
    note = dataclasses.replace(shelf.notes["71"], plain_en="Quite other words.")
    write_index(copy, dataclasses.replace(shelf, notes={**shelf.notes, "71": note}), Counting())
    assert Counting.seen == 1


def test_vectors_have_length_one():
    rows = HashEncoder().encode(["one text", "한국어 글", ""])
    assert np.linalg.norm(rows, axis=1)[:2] == pytest.approx([1, 1])
    assert rows.shape == (3, 256)


def test_an_unknown_encoder_is_one_sentence(tmp_path):
    with pytest.raises(EncoderError, match="ANSIM_ENCODER"):
        load_encoder(str(tmp_path / "no-model"))


def test_tokens():
    assert english("The plans' deadlines") == english("plan deadline")
    assert "계획" in korean("안전관리계획은 언제까지 내나요?") or "안전관리계획" in korean(
        "안전관리계획은 언제까지 내나요?"
    )
    assert not {"은", "까지", "나요"} & set(korean("계획은 언제까지 내나요?"))
    assert character_ngrams("대피소") == ["대피", "피소", "대피소"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_stands_elsewhere_is_found_beside_the_law(built, shelf, language):
    searcher = Searcher(read_index(built, shelf, "hash"), HashEncoder())
    for topic in shelf.elsewhere[:4]:
        found = searcher.find(topic.questions[language][0], 5, language)
        assert found.topic == topic.id
        assert found.signs["else dense margin"] > 0.2
    inside = next(note for note in shelf.notes.values() if note.provision == "73-9/4")
    asked = (inside.questions_en if language == "en" else inside.questions_ko)[0]
    assert searcher.find(asked, 5, language).signs["else dense margin"] < 0


def test_an_index_of_other_topics_is_stale(built, shelf):
    with pytest.raises(IndexStaleError):
        read_index(built, dataclasses.replace(shelf, elsewhere=shelf.elsewhere[1:]), "hash")
