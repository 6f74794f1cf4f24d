"""The errors of this room; each message is one sentence that says what to do."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of all errors raised in ``knowledge``."""


class LawTextError(KnowledgeError):
    """A law text that is broken or of another form; carries the 1-based line number."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


class UnknownProvisionError(KnowledgeError):
    """A provision id that the law does not hold."""

    def __init__(self, provision_id: str) -> None:
        super().__init__(f"There is no provision {provision_id!r} in this text; check the number.")
        self.provision_id = provision_id
