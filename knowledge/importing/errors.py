"""The errors of importing disclosed data; each message is one sentence that says what to do."""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class ImportDataError(KnowledgeError):
    """A file that cannot be imported as it is."""


class NotATableError(ImportDataError):
    """Bytes that are none of the forms that are read here."""


class RefusedByPublisherError(ImportDataError):
    """An interface answered with an error of its own instead of rows; ``code`` is the publisher's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"The publisher answered with error {code or '(no code)'} instead of data: {message}.")
        self.code, self.publisher_message = code, message


class UnknownKindError(ImportDataError):
    """What kind of thing the rows describe cannot be told."""
