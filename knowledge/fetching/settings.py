"""Where the portals are. A test or a mirror names another address in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from knowledge.fetching.errors import FetchError
from knowledge.register.datasets import DATAGOKR, SAFETYDATA

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ADDRESS = {
    SAFETYDATA: ("ANSIM_SAFETYDATA_URL", "https://www.safetydata.go.kr"),
    DATAGOKR: ("ANSIM_DATAGOKR_URL", "https://apis.data.go.kr"),
}


def base_address(portal: str, environment: Mapping[str, str] = os.environ) -> str:
    """The base address of a portal; raises FetchError for one to which a key must not be sent."""
    variable, official = _ADDRESS[portal]
    address = environment.get(variable, "").strip() or official
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.username:
        raise FetchError(f"{variable} is no address of a portal; write it like {official}.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise FetchError(f"{variable} is not encrypted, so the key would travel in the open; use an https address.")
    return address.rstrip("/")
