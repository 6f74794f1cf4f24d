"""The rows an import did not take over, written beside the store with the reason, so that anybody can check."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from pathlib import Path
from types import TracebackType

from knowledge.importing.cleaning import without_mobile
from knowledge.importing.columns import spellings
from knowledge.importing.errors import ImportDataError
from knowledge.importing.table import Row

PROJECT = Path(__file__).resolve().parent.parent.parent


def rejected_folder() -> Path:
    """``$ANSIM_HOME/rejected``, else ``.ansim/rejected`` in the repository."""
    return Path(os.environ.get("ANSIM_HOME") or PROJECT / ".ansim") / "rejected"


class RejectedRows:
    """One CSV file of rejected rows. It appears (and replaces the last one) only when the import succeeds."""

    def __init__(self, folder: Path, source: str, file: str) -> None:
        stem = re.sub(r"[^\w.-]+", "_", Path(file).stem)
        self.path = folder / f"{source}-{stem}.csv"
        self.count = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".rejected-", dir=folder)
        except OSError as error:
            raise ImportDataError(
                f"{folder} cannot be written ({error.strerror}); make room or set ANSIM_HOME to another folder."
            ) from None
        self._part = Path(name)
        self._stream = os.fdopen(handle, "w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._columns: list[str] = []

    def add(self, row: Row, reason: str) -> None:
        """Write a row with its reason; columns that name or reach persons are left out here too."""
        columns = [name for name in row.values if not spellings().is_personal(name)]
        if columns != self._columns:
            self._writer.writerow(["row", "reason", *columns])
            self._columns = columns
        self._writer.writerow([row.number, reason, *(without_mobile(row[c], lambda _: None) for c in columns)])
        self.count += 1

    def __enter__(self) -> RejectedRows:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        self._part.unlink(missing_ok=True)

    def keep(self) -> str | None:
        """Put the file in its place; its path, or None when there was nothing to reject."""
        self._stream.close()
        if not self.count:
            self.path.unlink(missing_ok=True)
            return None
        os.replace(self._part, self.path)
        return str(self.path)
