"""Shared fixtures: the parsed decree, a small index with the hash encoder, the folder beside the repository."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

# an example is not wrong for being slow on a busy machine
settings.register_profile("ansim", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ansim")

OWN = Path(tempfile.mkdtemp(prefix="ansim-tests-"))
"""What this run keeps on disk; removed at its end."""
# what a developer imported must not decide what a test sees
os.environ["ANSIM_LAWS_DIR"] = str(OWN / "laws")
os.environ["ANSIM_GUIDES_FILE"] = str(OWN / "guides.json")
os.environ["ANSIM_REPORTS"] = str(OWN / "reports.sqlite")
os.environ["ANSIM_CATALOGUE"] = str(OWN / "catalogue.sqlite")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_unconfigure() -> None:
    shutil.rmtree(OWN, ignore_errors=True)


@pytest.fixture(scope="session")
def shelf():
    from knowledge.library import decree

    return decree()


@pytest.fixture(scope="session")
def law(shelf):
    return shelf.law


@pytest.fixture(scope="session")
def eval_folder() -> Path:
    """Question sets that lie beside the repository; tests that measure skip without them."""
    folder = SHARED / "eval"
    if not folder.exists():
        pytest.skip("the question sets (../shared/eval) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def catalogue():
    """The bundled places in a store of their own, which the code under test and servers it starts find too."""
    from knowledge.catalogue.build import build
    from knowledge.catalogue.opening import open_catalogue

    store = open_catalogue()
    build(store, lambda _: None)
    return store


@pytest.fixture(scope="session")
def service():
    """The real answer service with the built index."""
    from actions.answering import Answerer

    return Answerer.open()
