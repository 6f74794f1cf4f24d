"""The texts a person reads, by key and language: ``nlu/<language>/texts.yml``, and a file for each larger skill."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from nlu.josa import particles
from nlu.language import KOREAN, LANGUAGES

FOLDER = Path(__file__).parent
SKILLS = (
    "nearby",
    "festival",
    "festival_form",
    "documents",
    "draft",
    "reports",
    "duties",
    "scope",
    "kakao",
    "telegram",
)
"""Skills with a file of their own, ``nlu/<language>/<skill>.yml``; its texts are found at ``<skill>.…``."""


@functools.cache
def load(language: str) -> dict[str, Any]:
    """All texts of one language (nested mapping as in the file)."""
    import yaml

    if language not in LANGUAGES:
        raise KeyError(f"no texts in the language {language!r}")
    loaded = dict(yaml.safe_load((FOLDER / language / "texts.yml").read_text("utf-8")))
    for skill in SKILLS:
        loaded[skill] = yaml.safe_load((FOLDER / language / f"{skill}.yml").read_text("utf-8"))["texts"]
    return loaded


def text(key: str, language: str, **values: object) -> str:
    """The text at ``a.b`` with its placeholders filled; raises KeyError for a key that is not there."""
    found: Any = load(language)
    for part in key.split("."):
        found = found[part]
    filled = str(found).format(**values) if values else str(found)
    return particles(filled) if language == KOREAN else filled


def texts(key: str, language: str) -> list[str]:
    """The list of texts at ``a.b``."""
    found: Any = load(language)
    for part in key.split("."):
        found = found[part]
    return [str(each) for each in found]


def buttons(names: tuple[str, ...], language: str) -> list[dict[str, str]]:
    """Quick replies: the title is what is sent when it is pressed, as if the person had typed it."""
    return [{"title": text(f"button.{name}", language), "text": text(f"button.{name}", language)} for name in names]
