"""Which column of a file is which standard field, by the many spellings in ``spellings.yml``."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.importing.table import Row

_SPELLINGS = Path(__file__).with_name("spellings.yml")
_UNIT = re.compile(r"[(\[]\s*(?:m2|km2|m|명|인|개|대|wgs84|°|단위[^)\]]*)\s*[)\]]$|(?<=[^_\s/])[_\s/](?:m2|km2|명)$")
_IGNORED = re.compile(r"[\s_\-()\[\]{}<>./·,:;'\"*]+")


def normalised(name: str) -> str:
    """A column name without what spellings differ in: case, width, blanks, brackets, a unit at the end.

    >>> normalised("시설면적(㎡)") == normalised("시설 면적_m2") == "시설면적"
    True
    """
    text = unicodedata.normalize("NFKC", name).strip().lower().replace("²", "2")
    return _IGNORED.sub("", _UNIT.sub("", text) or text)


@dataclass(frozen=True)
class Spellings:
    """``fields``: field and preference by normalised spelling; ``extra``: the fields that a record keeps beside
    its own; ``personal``: spellings never to be kept."""

    fields: dict[str, tuple[str, int]]
    extra: frozenset[str]
    personal: frozenset[str]
    personal_parts: tuple[str, ...]

    def is_personal(self, name: str) -> bool:
        """Whether a column holds a person's name or number."""
        plain = normalised(name)
        return plain in self.personal or any(part in plain for part in self.personal_parts)

    def field_of(self, name: str) -> str | None:
        """The standard field of a column name, None when it is not known."""
        known = self.fields.get(normalised(name))
        return known[0] if known else None


@functools.lru_cache(maxsize=1)
def spellings() -> Spellings:
    """The spellings of ``spellings.yml``, read once."""
    import yaml

    data = yaml.safe_load(_SPELLINGS.read_text("utf-8"))
    fields: dict[str, tuple[str, int]] = {}
    for field, names in (data["fields"] | data["extra"]).items():
        for order, name in enumerate(names):
            fields.setdefault(normalised(str(name)), (field, order))
    personal = frozenset(map(normalised, data["personal"]))
    return Spellings(fields, frozenset(data["extra"]), personal, tuple(data["personal_parts"]))


@dataclass(frozen=True)
class Match:
    """What the columns of one header mean.

    ``fields``: columns by field, the preferred spelling first. ``unused``: columns nobody knows.
    ``personal``: columns that are dropped because they name or reach a person.
    """

    fields: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]
    personal: tuple[str, ...]

    def first(self, row: Row, field: str) -> str:
        """The value of a field in a row: of its columns, the first that holds one; "" for none."""
        for column in self.fields.get(field, ()):
            if value := row.values.get(column):
                return value
        return ""

    def all(self, row: Row, field: str) -> list[str]:
        """The values of all columns of a field, in their order in the file's spelling list."""
        return [row[column] for column in self.fields.get(field, ())]

    def has(self, *fields: str) -> bool:
        """Whether the header has all these fields."""
        return all(field in self.fields for field in fields)


def match(columns: Iterable[str]) -> Match:
    """Match the columns of a header."""
    known = spellings()
    found: dict[str, list[tuple[int, str]]] = {}
    unused, personal = [], []
    for column in columns:
        if known.is_personal(column):
            personal.append(column)
        elif hit := known.fields.get(normalised(column)):
            found.setdefault(hit[0], []).append((hit[1], column))
        else:
            unused.append(column)
    fields = {field: tuple(column for _, column in sorted(hits)) for field, hits in found.items()}
    return Match(fields, tuple(unused), tuple(personal))


def header_score(cells: Iterable[str]) -> int:
    """How many of the cells are spellings of standard columns; 0 when any of them holds a number."""
    filled = [text for text in cells if text]
    if any(re.fullmatch(r"[-+]?[\d.,]+", text) for text in filled):
        return 0
    known = spellings()
    hits = sum(1 for text in filled if known.field_of(text) or known.is_personal(text))
    return hits if hits * 2 >= len(filled) else 0
