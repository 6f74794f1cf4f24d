"""Words of the provision pages: ``nlu/<language>/law_page.yml``."""

from __future__ import annotations

import functools

from nlu.josa import particles
from nlu.language import KOREAN, LANGUAGES
from nlu.texts import FOLDER


@functools.cache
def load(language: str) -> dict[str, str]:
    """All of them in one language, by key; raises KeyError for a language that is not there."""
    import yaml

    if language not in LANGUAGES:
        raise KeyError(f"no words for the law's pages in the language {language!r}")
    written = yaml.safe_load((FOLDER / language / "law_page.yml").read_text("utf-8"))
    return {str(key): str(words) for key, words in written.items()}


def law_text(key: str, language: str, **values: object) -> str:
    """The words under ``key`` with their placeholders filled; raises KeyError for a key that is not there."""
    found = load(language)[key]
    filled = found.format(**values) if values else found
    return particles(filled) if language == KOREAN else filled
