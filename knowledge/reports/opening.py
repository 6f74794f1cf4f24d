"""Where this installation keeps its reports, read once from the environment, and opening the store."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from knowledge.reports.sqlite import SqliteReports

PROJECT = Path(__file__).resolve().parent.parent.parent


@functools.cache
def address() -> Path:
    """``$ANSIM_REPORTS``, else ``reports.sqlite`` in ``$ANSIM_HOME``, else in ``.ansim``."""
    home = Path(os.environ.get("ANSIM_HOME") or PROJECT / ".ansim")
    return Path(os.environ.get("ANSIM_REPORTS") or home / "reports.sqlite")


def open_reports(path: Path | None = None) -> SqliteReports:
    """The store at this path (None: as set). Opens nothing yet: the first question may raise ReportError."""
    return SqliteReports(path or address())
