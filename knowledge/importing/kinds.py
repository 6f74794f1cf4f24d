"""What kind of thing the rows of a file describe, told from columns, words and values (``kinds.yml``)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from knowledge.catalogue.model import KINDS
from knowledge.importing.columns import normalised
from knowledge.importing.errors import UnknownKindError
from knowledge.importing.table import Table

_RULES = Path(__file__).with_name("kinds.yml")
_SHORT = 3
"""A word this short ("aed") must stand alone among Latin letters."""
BY_ROW = "by row"
"""Stands for "each row says its own kind"."""


@functools.lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """The rules of ``kinds.yml``, read once."""
    import yaml

    data: dict[str, Any] = yaml.safe_load(_RULES.read_text("utf-8"))
    return data


def kind_of(table: Table, file: str) -> tuple[str, str]:
    """Kind (or BY_ROW) and what it was told from; raises UnknownKindError when nothing tells."""
    columns = {normalised(column) for column in table.columns}
    if columns & {"shltsecd", "shltsenm"}:
        return BY_ROW, "a column with the kind of each row"
    if kind := _by_words(" ".join(table.columns)):
        return kind, "the names of the columns"
    if kind := _by_columns(columns):
        return kind, "the set of columns"
    values = _told_by_values(table)
    for words, what in ((values, "values"), (table.title, "words beside the rows"), (file, "file name")):
        if kind := _by_words(words):
            return kind, f"the {what}"
    raise UnknownKindError(f"What the rows of {file} are cannot be told; name it with --kind ({', '.join(KINDS)}).")


def _told_by_values(table: Table) -> str:
    """What the first row says in a column that names a kind of disaster."""
    named = [column for column in table.columns if normalised(column) in ("재난유형", "지형지물부호")]
    first = next(iter(table.rows()), None) if named else None
    return " ".join(first[column] for column in named) if first else ""


def kind_by_word(text: str) -> str:
    """The kind that a text such as "무더위쉼터" or a code of the combined list means; "" for none."""
    return str(rules()["codes"].get(text, "")) or _by_words(text)


def _by_words(text: str) -> str:
    """The kind whose longest word stands in a text; "" for none."""
    plain, lower = _letters(text), text.lower()
    hits = [
        (len(word), kind)
        for kind, words in rules()["words"].items()
        for word in words
        if (re.search(rf"(?<![a-z]){word}(?![a-z])", lower) if len(word) <= _SHORT else _letters(word) in plain)
    ]
    return max(hits)[1] if hits else ""


def _letters(text: str) -> str:
    return re.sub(r"[\s_\-.()/]+", "", text.lower())


def _by_columns(columns: set[str]) -> str:
    hits = [
        (len(needed), kind)
        for kind, sets in rules()["columns"].items()
        for needed in sets
        if {normalised(column) for column in needed} <= columns
    ]
    return max(hits)[1] if hits else ""


def check_kinds(kinds: Iterable[str]) -> None:
    """Raise UnknownKindError for a kind that there is not."""
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownKindError(f"There is no kind {kind!r}; take one of: {', '.join(KINDS)}.")
