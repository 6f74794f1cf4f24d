"""Which catalogue this installation uses, read once from the environment, and opening it."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalogue.model import Catalogue

PROJECT = Path(__file__).resolve().parent.parent.parent
_DATABASE = ("postgresql://", "postgres://")


@dataclass(frozen=True)
class CatalogueSettings:
    """``address``: path of a SQLite file, or ``postgresql://…`` (may hold a password: never print it)."""

    address: str


@functools.cache
def settings() -> CatalogueSettings:
    """``$ANSIM_CATALOGUE``, else ``catalogue.sqlite`` in ``$ANSIM_HOME``, else in ``.ansim``."""
    home = Path(os.environ.get("ANSIM_HOME") or PROJECT / ".ansim")
    return CatalogueSettings(os.environ.get("ANSIM_CATALOGUE") or str(home / "catalogue.sqlite"))


def open_catalogue(address: str | None = None) -> Catalogue:
    """The catalogue at this address (None: as set). Opens nothing yet: the first question may raise CatalogueError."""
    address = address or settings().address
    if address.startswith(_DATABASE):
        from knowledge.catalogue.postgis import PostgisCatalogue

        return PostgisCatalogue(address)
    from knowledge.catalogue.sqlite import SqliteCatalogue

    return SqliteCatalogue(address)


def shown(address: str | None = None) -> str:
    """The address as it may be printed: nothing of a database but that it is one."""
    address = address or settings().address
    return "a PostgreSQL database (ANSIM_CATALOGUE)" if address.startswith(_DATABASE) else address
