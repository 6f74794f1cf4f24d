"""What the web channel serves beside the chat: offline page, worker, widget, and how often feedback may come."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from actions.feedback import REASONS
from bot.channels.law import channel as law
from bot.channels.web import channel, embed, offline
from bot.channels.web.limit import Limit
from nlu.cards import cards
from nlu.page_words import load


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_card_stands_on_the_offline_page(language):
    page = offline.page()
    for card in cards(language).values():
        for line in (card.title, *card.lines):
            assert line.replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;") in page
    assert page.count('href="tel:119"') > 20
    for number in ("112", "109"):
        assert f'href="tel:{number}"' in page


def test_the_words_of_the_offline_page_stand_in_both_files():
    assert load("en", "offline").keys() == load("ko", "offline").keys()


def test_the_worker_names_what_it_keeps_and_its_version_follows_the_content(monkeypatch):
    kept = json.loads(re.search(r"const KEPT = (\[.*?\]);", offline.worker()).group(1))
    assert kept == ["offline", *offline.KEPT]
    assert all(channel._file(name.removeprefix("static/")).status == 200 for name in offline.KEPT)
    before = offline.version()
    for cached in (offline.page, offline.version):
        cached.cache_clear()
    assert offline.version() == before
    monkeypatch.setattr(offline, "NUMBERS", ("119",))
    for cached in (offline.page, offline.version):
        cached.cache_clear()
    assert offline.version() != before
    monkeypatch.undo()
    for cached in (offline.page, offline.version):
        cached.cache_clear()


def test_the_reasons_of_the_page_are_those_that_are_counted():
    source = (channel.STATIC / "view_feedback.js").read_text("utf-8")
    assert tuple(json.loads(re.search(r"REASONS = (\[.*?\]);", source).group(1))) == REASONS


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        ("", ()),
        ("https://www.city.example", ("https://www.city.example",)),
        ("https://a.example/, http://b.example:8080\nhttps://A.example", ("https://a.example", "http://b.example:8080")),
    ],
)
def test_who_may_frame_the_chat(given, origins):
    assert embed.read_origins(given) == origins


@pytest.mark.parametrize(
    "given",
    ["*", "city.example", "https://*", "https://a.example;script-src *", "'self'", "https://a.example/page", "data:"],
)
def test_an_origin_that_is_none_is_one_sentence(given):
    with pytest.raises(ValueError, match=r"^ANSIM_EMBED_ORIGINS must hold .*\.$"):
        embed.read_origins(given)


def test_a_named_origin_is_in_the_policy_and_in_the_widget(monkeypatch):
    monkeypatch.setenv("ANSIM_EMBED_ORIGINS", "https://www.city.example")
    for cached in (embed.origins, channel.headers):
        cached.cache_clear()
    assert channel.headers()["Content-Security-Policy"].endswith("frame-ancestors https://www.city.example")
    assert embed.widget().startswith('const ORIGINS = ["https://www.city.example"];')
    monkeypatch.delenv("ANSIM_EMBED_ORIGINS")
    for cached in (embed.origins, channel.headers):
        cached.cache_clear()
    assert channel.headers()["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_a_minute_has_room_for_so_much():
    limit = Limit(each=2, together=3, seconds=60)
    assert [limit.allow("a", 1000), limit.allow("a", 1001), limit.allow("a", 1002)] == [True, True, False]
    assert [limit.allow("b", 1003), limit.allow("c", 1004)] == [True, False]
    assert limit.allow("a", 1061) is True


async def test_a_law_that_cannot_be_reached_says_could_not_look(monkeypatch):
    monkeypatch.setenv("ANSIM_ACTIONS_URL", "http://127.0.0.1:9/webhook")
    answer = await law.forward("disaster-safety-decree/73-9", "en")
    assert answer.status == 503
    words = answer.body.decode()
    for language in ("ko", "en"):
        assert load(language)["down_title"] in words
    assert 'href="tel:119"' in words


@pytest.mark.parametrize(
    ("accepts", "packed"),
    [("gzip, deflate, br", True), ("br;q=1, gzip;q=0.5", True), ("*", True), ("br", False), ("gzip;q=0", False)],
)
def test_texts_are_packed_for_whoever_takes_it(accepts, packed):
    plain, answer = channel._file("chat.css"), channel._file("chat.css", accepts)
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert (gzip.decompress(answer.body) if packed else answer.body) == plain.body
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in channel._file("icons/icon-512.png", accepts).headers
