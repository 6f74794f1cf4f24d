"""What can go wrong with a fetch; each message is one sentence that says what to do and never holds a key."""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class FetchError(KnowledgeError):
    """The dataset could not be fetched, or not as a whole."""


class PortalError(FetchError):
    """The portal answered, and its answer is an error (often with HTTP status 200)."""

    def __init__(self, sentence: str, code: str, passing: bool = False) -> None:
        super().__init__(sentence)
        self.code = code
        self.passing = passing
        """Whether the same request may well succeed a little later."""
