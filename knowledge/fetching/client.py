"""Asking a portal: one page at a time, patiently, with the key out of sight."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from knowledge.fetching.envelope import Page, read_page
from knowledge.fetching.errors import FetchError, PortalError
from knowledge.fetching.secret import Key
from knowledge.register.datasets import Dataset

if TYPE_CHECKING:
    import httpx

AGAIN = frozenset({429, 500, 502, 503, 504})
"""HTTP status codes after which the same request is sent again."""


@dataclass(frozen=True)
class Patience:
    """Bounds of waiting: ``tries`` for each page; seconds before the second try, doubled each time;
    ``longest`` seconds of one wait, also of one that the portal asks for; ``timeout`` seconds for an answer."""

    tries: int = 5
    first: float = 1.0
    longest: float = 60.0
    timeout: float = 30.0


@dataclass(frozen=True)
class Trouble:
    """Why a try gave no page. ``wait``: seconds the portal asks for."""

    sentence: str
    passing: bool
    wait: float | None = None


class Portal:
    """A dataset's service, opened with a key."""

    def __init__(self, dataset: Dataset, key: Key, client: httpx.Client, patience: Patience) -> None:
        self._dataset = dataset
        self._key = key
        self._client = client
        self._patience = patience

    def page(self, number: int, rows: int, parameters: Mapping[str, str]) -> Page:
        """Page ``number`` (from 1) with at most ``rows`` rows; raises FetchError when it cannot be had."""
        asked = {"pageNo": str(number), "numOfRows": str(rows), **parameters}
        pause, trouble = self._patience.first, ""
        for tries_left in reversed(range(self._patience.tries)):
            got = self._try(asked)
            if isinstance(got, Page):
                return got
            trouble = got.sentence
            wait = pause if got.wait is None else got.wait
            if not got.passing or not tries_left or wait > self._patience.longest:
                break
            time.sleep(wait)
            pause = min(pause * 2, self._patience.longest)
        # raised here and not where it was caught, so that no exception of a library hangs on it
        raise FetchError(f"{self._dataset.id}, page {number}: {self._key.redact(trouble)}")

    def _try(self, asked: Mapping[str, str]) -> Page | Trouble:
        import httpx

        try:
            response = self._client.get(self._dataset.path, params=asked)
            text = self._key.redact(_text(response))
        except httpx.TimeoutException:
            return Trouble("The portal did not answer in time; run the command again later.", True)
        except httpx.HTTPError as error:
            kind = type(error).__name__
            return Trouble(f"The portal cannot be reached ({kind}); check the network and run the command again.", True)
        if response.status_code in AGAIN:
            return _overloaded(response)
        try:
            page = read_page(text)
        except PortalError as error:
            return Trouble(str(error), error.passing)
        except FetchError as error:
            return Trouble(str(error), False) if response.is_success else _refused(response.status_code)
        return page if response.is_success else _refused(response.status_code)


def _text(response: httpx.Response) -> str:
    """The answer as text: UTF-8, or CP949 as some older services write."""
    try:
        return response.content.decode("utf-8")
    except UnicodeDecodeError:
        return response.content.decode("cp949", "replace")


def _overloaded(response: httpx.Response) -> Trouble:
    wait = _asked_wait(response.headers.get("Retry-After", ""))
    told = f", and asks to wait {wait:.0f} seconds" if wait is not None else ""
    what = "has had too many requests" if response.status_code == 429 else "has a fault at the moment"
    return Trouble(f"The portal {what} (HTTP {response.status_code}){told}; run the command again later.", True, wait)


def _refused(status: int) -> Trouble:
    if 300 <= status < 400:
        return Trouble(f"The portal has moved (HTTP {status}); set its new address in the environment.", False)
    if status in (401, 403):
        return Trouble(f"The portal refuses the key (HTTP {status}); check it and its approval on the portal.", False)
    return Trouble(f"The portal answered with HTTP {status}; check the dataset id and the address.", False)


def _asked_wait(header: str) -> float | None:
    """Seconds of a Retry-After header, written as seconds or as a date; None without one that can be read."""
    if header.strip().isdecimal():
        return float(header)
    try:
        then = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    now = dt.datetime.now(then.tzinfo)
    return max(0.0, (then - now).total_seconds())


@contextmanager
def open_portal(dataset: Dataset, key: Key, base: str, patience: Patience | None = None) -> Iterator[Portal]:
    """A client for one dataset at a base address, closed afterwards."""
    import httpx

    from knowledge.fetching.transport import KeyedTransport, plain_transport, silenced

    patience = patience or Patience()
    transport = KeyedTransport(key, dataset.key_parameter, plain_transport(base))
    with silenced(), httpx.Client(base_url=base, transport=transport, timeout=patience.timeout) as client:
        yield Portal(dataset, key, client, patience)
