"""The errors of this room; each message is one sentence that says what to do."""

from __future__ import annotations

REBUILD = "run `ansim index build`"


class SearchIndexError(Exception):
    """Base of all errors raised in ``index``."""


class IndexMissingError(SearchIndexError):
    def __init__(self, folder: object) -> None:
        super().__init__(f"There is no search index at {folder}; {REBUILD}.")


class IndexStaleError(SearchIndexError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"The search index does not fit ({reason}); {REBUILD}.")


class IndexDamagedError(SearchIndexError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"The search index is damaged ({reason}); {REBUILD}.")


class EncoderError(SearchIndexError):
    """The encoder cannot be loaded; the message says what to do."""
