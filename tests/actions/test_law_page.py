"""Provision pages: every article of the law in both languages, verbatim, escaped, with what cites it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from actions.law_contents import contents_page, missing_page
from actions.law_page import article_page
from actions.law_routes import page
from actions.page_markup import Html, el, join
from knowledge.decree import LIVING
from knowledge.references import citing, references
from knowledge.statute import display
from knowledge.statute_store import StatuteStore
from nlu.page_words import load
from tests.conftest import SHARED

LANGUAGES = ("en", "ko")
VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


class Reader(HTMLParser):
    """Reads a page strictly: every element closed in order; keeps ids, links and the text below a mark."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(words)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        assert not any(name.startswith("on") or name == "style" for name in given), attrs
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        if tag not in VOID:
            self.open.append((tag, given))
            if "data-testid" in given:
                self.texts.append((given["data-testid"], ""))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for at in range(len(self.texts)):
            name = self.texts[at][0]
            if any(given.get("data-testid") == name for _, given in self.open) and at == self._last(name):
                self.texts[at] = (name, self.texts[at][1] + data)

    def _last(self, name):
        return max(at for at, (each, _) in enumerate(self.texts) if each == name)

    def read(self, name):
        return [words for each, words in self.texts if each == name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_has_a_page_with_its_words_to_the_letter(shelf, language):
    for article in shelf.law.articles:
        read = Reader(article_page(shelf, article.number, language))
        assert len(read.ids) == len(set(read.ids)), article.number
        if article.status == LIVING:
            assert read.read("verbatim") == [shelf.law.quote(each.id) for each in article.paragraphs], article.number


def test_the_words_of_a_page_and_no_more_stand_in_both_files():
    assert load("en").keys() == load("ko").keys()
    fields = {key: set(re.findall(r"{(\w+)}", words)) for key, words in load("en").items()}
    assert fields == {key: set(re.findall(r"{(\w+)}", words)) for key, words in load("ko").items()}


def test_every_link_leads_to_a_page_and_a_mark_that_are_there(shelf):
    pages = {a.number: Reader(article_page(shelf, a.number, "en")) for a in shelf.law.articles}
    within = f"/law/{shelf.edition.law}/"
    checked = 0
    for read in [*pages.values(), Reader(contents_page(shelf, "en"))]:
        for link in read.links:
            if link.startswith(within):
                article, _, mark = link.removeprefix(within).partition("#")
                target = pages[article.split("?")[0]]
                assert not mark or mark in target.ids, link
                checked += 1
    assert checked > 600


def test_what_cites_an_article_is_said_on_it(shelf):
    assert {each.source for each in citing(shelf.law)["84-7"]} == {"84-5", "84-6/2"}
    for language, named in (("en", "Article 84-6 (2)"), ("ko", "제84조의6제2항")):
        assert named in Reader(article_page(shelf, "84-7", language)).read("cited")[0]
    assert "66-11" not in citing(shelf.law)


@pytest.mark.parametrize(
    ("number", "targets"),
    [
        ("73-9", []),  # Article 66-11 is one of the Act
        ("70", ["69/1/1", "69/1/2"]),  # beside Articles 4 and 7 of the Regulations
        ("66-5", ["66-3/2", "66-3/2", "4/0/6"]),
        ("48", ["50", "51", "51-2", "52"]),
        ("49", []),  # a list of the Act with an exception in its middle
        ("73", []),  # words of another decree, in quotation marks
        ("75-2", ["74", "75/4"]),
    ],
)
def test_a_citation_counts_only_when_it_is_of_this_law(shelf, number, targets):
    found = references(shelf.law, shelf.law.article(number))
    assert [each.target for each in found] == targets
    for each in found:
        assert each.target.split("/")[0] in shelf.law.source[each.start : each.end]


@pytest.mark.parametrize(("language", "words"), [("en", "Amended on 26 March 2024"), ("ko", "2024년 3월 26일 개정")])
def test_later_changes_are_told_with_their_dates(shelf, language, words):
    read = Reader(article_page(shelf, "73-9", language))
    assert words in read.read("amended")[0]
    assert "34354" in read.read("later")[0]
    assert len(Reader(article_page(shelf, "1", language)).read("later-none")) == 1


def test_empty_numbers_say_why(shelf):
    assert "deleted" in Reader(article_page(shelf, "5", "en")).read("gone")[0]
    assert "제83조의3" in Reader(article_page(shelf, "85", "ko")).read("gone")[0]


def test_our_rendering_is_marked_where_the_official_text_is_not_held(shelf):
    read = Reader(article_page(shelf, "73-9", "ko"))
    assert len(read.read("rendering")) == 6
    assert read.read("official-text") == []
    assert load("ko")["rendering_note"] in article_page(shelf, "73-9", "ko")


def test_the_official_text_takes_the_place_of_our_rendering(shelf, tmp_path):
    decrees = sorted((SHARED / "data" / "law" / "framework_act").glob("decree_*.md"))
    if not decrees:
        pytest.skip("the Korean decrees (../shared/data/law) are not on this machine")
    store = StatuteStore(tmp_path)
    for path in decrees:
        store.add(path.read_bytes())
    held = replace(shelf, official=lambda provision, day: store.pair(provision, as_of=day))
    newest = display(store.newest_in_force("009708", dt.date.today()).statute().source)
    for number in ("1", "4", "73-9", "84-6"):
        korean = Reader(article_page(held, number, "ko"))
        for words in korean.read("official-text"):
            assert words in newest
        assert len(korean.read("official-text")) + len(korean.read("rendering")) == len(korean.read("paragraph"))
        assert korean.read("official-text")
        assert Reader(article_page(held, number, "en")).read("official-text") == korean.read("official-text")


def test_text_is_escaped():
    assert el("p", "<b>&\"'", title='"><script>') == (
        '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&quot;&#x27;</p>'
    )
    assert join("<", Html("<i></i>"), None, between="&") == "&lt;&amp;<i></i>"


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        ("73-9", 200, ""),
        ("", 200, ""),
        ("73-9/4", 302, "/law/disaster-safety-decree/73-9?lang=en#4"),
        ("73-9/1/2/b", 302, "/law/disaster-safety-decree/73-9?lang=en#1/2/b"),
        ("73-9/44", 404, ""),
        ("999", 404, ""),
        ("<script>alert(1)</script>", 404, ""),
        ("../../etc/passwd", 404, ""),
        ("9" * 200, 404, ""),
        ("٣", 404, ""),
    ],
)
def test_every_address_has_an_answer(shelf, asked, status, location):
    made = page(shelf, "disaster-safety-decree", asked, {"lang": "en"})
    assert (made.status, made.location) == (status, location)
    assert "<script>alert" not in made.body
    if status != 302:
        Reader(made.body)


def test_another_law_and_another_language(shelf):
    assert page(shelf, "civil-code", "1", {}).status == 404
    assert '<html lang="ko"' in page(shelf, "disaster-safety-decree", "1", {"lang": "fr"}).body


@pytest.mark.parametrize(
    ("language", "words"), [("en", "A later decree inserted Article 20-2"), ("ko", "제20조의2는 나중에")]
)
def test_an_unknown_number_gets_help(shelf, language, words):
    read = Reader(missing_page(shelf, "20-2", language))
    assert any(link.startswith("/law/disaster-safety-decree/20?") for link in read.links)
    assert words in missing_page(shelf, "20-2", language)
    assert "89" in missing_page(shelf, "999", language)
