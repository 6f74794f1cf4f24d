"""What the web channel serves beside messages: its files, the outlines, the settings of the map."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from bot.channels.web import channel, tiles
from bot.channels.web.tiles import read_tiles

WEB = Path(channel.__file__).parent
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture
def with_tiles(monkeypatch):
    monkeypatch.setenv("ANSIM_TILE_URL", TILES)
    monkeypatch.setenv("ANSIM_TILE_ATTRIBUTION", "© Example")
    caches = (tiles.tiles, channel.headers, channel.config)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def policy():
    return channel.headers()["Content-Security-Policy"]


def test_without_tiles_nothing_else_is_allowed(monkeypatch):
    monkeypatch.delenv("ANSIM_TILE_URL", raising=False)
    for cached in (tiles.tiles, channel.headers, channel.config):
        cached.cache_clear()
    assert "img-src 'self' data:;" in policy()
    assert "http" not in policy()
    assert channel.config()["tiles"] is None


def test_tiles_add_exactly_their_host(with_tiles):
    assert "img-src 'self' data: https://tiles.example.org;" in policy()
    assert policy().count("https://") == 1
    assert channel.config()["tiles"] == {"url": TILES, "attribution": "© Example"}


@pytest.mark.parametrize(
    ("url", "attribution"),
    [
        ("tiles.example.org/{z}/{x}/{y}", "©"), ("https://a.example/{z}/{x}.png", "©"), (TILES, " "),
        ("https://a.example; script-src *//{z}/{x}/{y}", "©"), ("https://{s}.example.org/{z}/{x}/{y}.png", "©"),
        ("javascript:alert(1)/{z}/{x}/{y}", "©"), ("https://a b.example/{z}/{x}/{y}", "©"),
    ],
)  # fmt: skip
def test_a_bad_address_of_tiles_is_one_sentence(url, attribution):
    with pytest.raises(ValueError, match=r"^ANSIM_TILE_.*\.$"):
        read_tiles(url, attribution)


def test_whose_the_outlines_are_is_said_in_both_languages():
    boundaries = channel.config()["boundaries"]
    assert "SGIS" in boundaries["publisher"]["ko"]
    assert "SGIS" in boundaries["publisher"]["en"]
    assert boundaries["as_of"][:4].isdigit()


@pytest.mark.parametrize(
    "name", ["../channel.py", "vendor/../../channel.py", "/etc/hostname", "vendor", "vendor/leaflet", ""]
)
def test_no_name_leads_out_of_the_folder(name):
    assert channel._file(name).status == 404


def test_the_outlines_are_served_as_they_are():
    served = channel._file("ansan-dongs.geojson")
    assert served.content_type.startswith("application/geo+json")
    assert len(json.loads(served.body)["features"]) == 25


def test_leaflet_is_what_its_sums_say_with_its_licence():
    lines = (WEB / "vendor" / "SHA256SUMS").read_text("utf-8").splitlines()
    kept = WEB / "static" / "vendor" / "leaflet"
    assert {line.split()[1].removeprefix("./") for line in lines} == {
        path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()
    }
    for line in lines:
        digest, name = line.split()
        assert hashlib.sha256((kept / name).read_bytes()).hexdigest() == digest, name
    assert "Redistribution and use" in (kept / "LICENSE").read_text("utf-8")
    assert channel._file("vendor/leaflet/leaflet.js").status == 200


def test_no_registry_is_named_in_the_lock():
    assert "resolved" not in (WEB / "vendor" / "package-lock.json").read_text("utf-8")
