"""A provision: any citable unit of a law, with the id used everywhere in the product.

The id is ``article/paragraph/subparagraph/item``: ``73-9``, ``73-9/4``, ``84-6/3/1``,
``73-9/1/2/b``. Where an article has no numbered paragraphs but has subparagraphs, the paragraph
is ``0``: ``4/0/4-2``. An addendum is ``addenda-<decree number>``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.errors import UnknownProvisionError

_ID = re.compile(
    r"(?P<article>\d+(?:-\d+)?|addenda-\d+(?:-[a-z]+)?)"
    r"(?:/(?P<paragraph>\d+(?:-\d+)?)"
    r"(?:/(?P<subparagraph>\d+(?:-\d+)?)"
    r"(?:/(?P<item>[a-z](?:-\d+)?))?)?)?"
)


@dataclass(frozen=True)
class Provision:
    """One citable unit. ``version`` is the number of the decree whose text is meant."""

    law: str
    version: str
    article: str
    paragraph: str | None = None
    subparagraph: str | None = None
    item: str | None = None

    @property
    def id(self) -> str:
        """The canonical id, e.g. ``73-9/1/2/b``."""
        parts = (self.article, self.paragraph, self.subparagraph, self.item)
        return "/".join(part for part in parts if part is not None)

    @property
    def parent(self) -> Provision | None:
        """The unit that holds this one, or None for an article."""
        if self.item is not None:
            return replace(self, item=None)
        if self.subparagraph is not None:
            above = None if self.paragraph == "0" else self.paragraph
            return replace(self, subparagraph=None, paragraph=above)
        if self.paragraph is not None:
            return replace(self, paragraph=None)
        return None

    def holds(self, other: Provision) -> bool:
        """True when ``other`` is this provision or lies inside it."""
        return other.id == self.id or other.id.startswith(self.id + "/")

    @classmethod
    def parse(cls, provision_id: str, law: str, version: str) -> Provision:
        """Read an id; raises UnknownProvisionError when it has not the form of one."""
        found = _ID.fullmatch(provision_id.strip())
        if found is None:
            raise UnknownProvisionError(provision_id)
        return cls(law, version, **found.groupdict())


def sort_key(provision_id: str) -> tuple[tuple[int, str], ...]:
    """Order ids as the text does: 4/0/4 < 4/0/4-2 < 4/0/5, 73-9 < 73-10 < 74."""
    pieces: list[tuple[int, str]] = []
    for part in provision_id.split("/"):
        for piece in [*part.split("-"), "0"][:2]:
            pieces.append((int(piece), "") if piece.isdigit() else (0, piece))
    return tuple(pieces)
