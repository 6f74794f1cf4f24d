"""Words on the map's picture and on the places given to programs: ``nlu/<language>/map.yml``."""

from __future__ import annotations

import functools

from nlu.texts import FOLDER


@functools.cache
def map_words(language: str) -> dict[str, str]:
    """All of them in one language, by key; raises KeyError for a language that is not there."""
    import yaml

    path = FOLDER / language / "map.yml"
    if not path.is_file():
        raise KeyError(f"no words for the map in the language {language!r}")
    return {str(key): str(words) for key, words in yaml.safe_load(path.read_text("utf-8")).items()}
