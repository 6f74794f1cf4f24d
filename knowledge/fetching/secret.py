"""The user's key: read from the environment, kept out of every text.

The portals want the key as a parameter of the address, so anything that shows an address shows the key.
It is therefore added inside the transport (``knowledge.fetching.transport``) and taken out of every text
that comes back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import quote, quote_plus, unquote

from knowledge.fetching.errors import FetchError
from knowledge.register.datasets import Dataset

HIDDEN = "[key]"
SHORTEST = 8
"""A shorter key would make redaction eat ordinary words; the portals' keys have 16 characters and more."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Key:
    """A secret that shows itself only through ``reveal``."""

    __slots__ = ("__forms", "__value")

    def __init__(self, value: str) -> None:
        # data.go.kr hands out the same key plain and percent-encoded; the plain one is encoded when sent
        self.__value = unquote(value) if "%" in value else value
        self.__forms = _forms(value) | _forms(self.__value)

    def reveal(self) -> str:
        """The key itself, for the transport only."""
        return self.__value

    def redact(self, text: str) -> str:
        """The text without the key in any spelling, plain or percent-encoded (once or twice)."""
        for form in sorted(self.__forms, key=len, reverse=True):
            text = re.sub(re.escape(form), HIDDEN, text, flags=re.IGNORECASE)
        return text

    def __repr__(self) -> str:
        return f"Key({HIDDEN})"


def _forms(value: str) -> set[str]:
    once = {quote(value, safe=""), quote(value), quote_plus(value), quote(value, safe="/+="), quote(value, safe="+")}
    return {value, value.replace("+", " ")} | once | {quote(form, safe="") for form in once}


def read_key(dataset: Dataset, name: str | None = None, environment: Mapping[str, str] = os.environ) -> Key:
    """The key for a dataset from the variable ``name``, else from the first of the dataset's own variables.

    Raises FetchError; its text names variables, never a value.
    """
    if name is not None and not _NAME.fullmatch(name):
        raise FetchError("--key-env takes the name of an environment variable, never the key itself.")
    names = (name,) if name is not None else dataset.key_variables
    value = next((environment[each].strip() for each in names if environment.get(each, "").strip()), "")
    if not value:
        # a key pasted as --key-env can look like a name, so the name is not repeated
        told = "the variable given with --key-env" if name is not None else " or ".join(names)
        raise FetchError(
            f"No key: apply for one at {dataset.apply_at}, put it into {told} in the environment, and run again."
        )
    if len(value) < SHORTEST or any(char.isspace() or not char.isprintable() for char in value):
        raise FetchError(f"What the environment holds for {dataset.id} is no key of a portal; copy it again.")
    return Key(value)
