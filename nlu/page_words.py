"""Words of the pages beside the chat: ``nlu/<language>/law_page.yml`` and ``nlu/<language>/offline.yml``."""

from __future__ import annotations

import functools

from nlu.josa import particles
from nlu.language import KOREAN, LANGUAGES
from nlu.texts import FOLDER

LAW, OFFLINE = "law_page", "offline"


@functools.cache
def load(language: str, page: str = LAW) -> dict[str, str]:
    """All words of a page in one language, by key; raises KeyError for a language that is not there."""
    import yaml

    if language not in LANGUAGES:
        raise KeyError(f"no words for the pages in the language {language!r}")
    written = yaml.safe_load((FOLDER / language / f"{page}.yml").read_text("utf-8"))
    return {str(key): str(words) for key, words in written.items()}


def law_text(key: str, language: str, **values: object) -> str:
    """Words of the provision pages with their placeholders filled; raises KeyError for a key that is not there."""
    found = load(language)[key]
    filled = found.format(**values) if values else found
    return particles(filled) if language == KOREAN else filled


def offline_text(key: str, language: str) -> str:
    """Words of the page that is there without a connection; raises KeyError for a key that is not there."""
    return load(language, OFFLINE)[key]
