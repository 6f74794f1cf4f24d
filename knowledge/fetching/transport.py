"""Where the key joins a request: below the client, so that no log line and no error of it can show the key."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from knowledge.fetching.secret import Key
from knowledge.fetching.settings import LOOPBACK


class KeyedTransport(httpx.BaseTransport):
    """Sends each request with the key added to its address; what is above sees the address without it."""

    def __init__(self, key: Key, parameter: str, inner: httpx.BaseTransport) -> None:
        self._key = key
        self._parameter = parameter
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = request.url.copy_set_param(self._parameter, self._key.reveal())
        keyed = httpx.Request(
            request.method, address, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return self._inner.handle_request(keyed)

    def close(self) -> None:
        self._inner.close()


def plain_transport(base: str) -> httpx.HTTPTransport:
    """The network, by way of the proxy that the environment names for this address."""
    parts = urlsplit(base)
    host = parts.hostname or ""
    proxies = {} if host in LOOPBACK or proxy_bypass(host) else getproxies()
    return httpx.HTTPTransport(proxy=proxies.get(parts.scheme) or proxies.get("all"))


@contextmanager
def silenced() -> Iterator[None]:
    """httpcore writes headers of answers into its debug log; while a key is in use it writes nothing."""
    names = ("httpcore", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
    before = {name: logging.getLogger(name).disabled for name in names}
    try:
        for name in names:
            logging.getLogger(name).disabled = True
        yield
    finally:
        for name, disabled in before.items():
            logging.getLogger(name).disabled = disabled
