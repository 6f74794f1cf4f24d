from __future__ import annotations

import hashlib
import shutil

import pytest

from knowledge.library import DECREE, LAWS, Edition, LibraryError
from tests.conftest import SHARED


def test_the_bundled_text_is_the_seed_document_unaltered(shelf):
    raw = shelf.edition.path.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == shelf.edition.sha256
    seed = SHARED / "seeds" / "002_a6bdb9244df0d52d.txt"
    if seed.exists():
        assert raw == seed.read_bytes()


def test_an_altered_text_is_refused(tmp_path):
    folder = tmp_path / "edition"
    shutil.copytree(LAWS / DECREE / "en-33578", folder)
    (folder / "text.txt").write_bytes((folder / "text.txt").read_bytes() + b"x")
    with pytest.raises(LibraryError, match="restore it"):
        Edition.read(folder).text()


def test_a_missing_manifest_is_one_sentence(tmp_path):
    with pytest.raises(LibraryError, match="manifest"):
        Edition.read(tmp_path)


@pytest.mark.parametrize(("article", "end"), [("73-9", "/제73조의9"), ("1", "/제1조")])
def test_the_address_of_an_article(shelf, article, end):
    assert shelf.edition.article_url(article).endswith(end)
