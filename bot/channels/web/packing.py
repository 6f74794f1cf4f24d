"""Texts are served packed (gzip) to whoever takes it: a phone on a bad line loads a quarter."""

from __future__ import annotations

import functools
import gzip

from sanic import response
from sanic.response import HTTPResponse

LEAST = 1000
"""Bytes below which packing gains nothing."""
_TEXTS = ("text/", "application/json", "application/geo+json", "application/manifest+json", "image/svg+xml")


def served(accepts: str, body: bytes, content_type: str, headers: dict[str, str]) -> HTTPResponse:
    """A reply with this body; ``accepts`` is the request's Accept-Encoding."""
    if len(body) < LEAST or not content_type.startswith(_TEXTS):
        return response.raw(body, headers=headers, content_type=content_type)
    headers = {**headers, "Vary": ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))}
    if not takes_gzip(accepts):
        return response.raw(body, headers=headers, content_type=content_type)
    return response.raw(_packed(body), headers={**headers, "Content-Encoding": "gzip"}, content_type=content_type)


def takes_gzip(accepts: str) -> bool:
    """Whether gzip stands among the encodings that are taken, and not with weight 0."""
    for part in accepts.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


@functools.lru_cache(maxsize=64)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
