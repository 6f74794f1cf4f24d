"""Which provisions of a law cite which: read from its own words, kept only when they mean this law itself.

The formal English of the decree cites in lists ("Articles 84-6, 84-7, and 88-3", "Article 66-4 (1) 2, 4, and 6
of the Act"); a list is followed to its end to see of which law it speaks. What is not certain is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.citation import find_citations
from knowledge.decree import LIVING, Article, Law

_NUMBER = r"\d{1,3}(?:-\d{1,2})?"
_PART = rf"(?:\s\(\d{{1,2}}\))?(?:\s{_NUMBER}(?![\d%]))?(?:\s\([a-n]\))?"
_GAP = r"(?:,?\s(?:and|or|through)\s|,\s)"
_REST = rf"(?:{_GAP}(?:Articles?\s)?(?:{_NUMBER}{_PART}|\(\d{{1,2}}\)(?:\s{_NUMBER})?|\([a-n]\)))*"
_LIST = re.compile(rf"\b(?P<kind>Articles?)\s(?P<first>{_NUMBER}{_PART})(?P<rest>{_REST})")
_MEMBER = re.compile(rf"{_GAP}(?:Articles?\s)?(?P<member>{_NUMBER}{_PART})")
_WITHIN = re.compile(r"\bsubparagraph (?P<number>\d{1,2}(?:-\d)?) of $")
_OF_ANOTHER = re.compile(
    r"^(?:\s\(.{0,80}?\))?(?:\swith the exception of [^.;]{0,200}?)?\sof (?:the|said|that|such) (?!Decree\b)"
)
_NOTES = re.compile(r"<[^<>]*>|^\[.*$", re.M)
_QUOTED = re.compile(r'"[^"\n]*"')


@dataclass(frozen=True)
class Reference:
    """``source`` cites ``target`` (both ids of the law); ``start``/``end`` are offsets into the law's source text."""

    source: str
    target: str
    start: int
    end: int


def references(law: Law, article: Article) -> tuple[Reference, ...]:
    """What an article cites of its own law, in the order of the text. A citation of itself is left out."""
    begin, words = article.unit.start, law.quote(article.number)
    heading = len(words.split("\n", 1)[0])
    # blanked, not cut out, so that offsets stay those of the source
    plain = _QUOTED.sub(_blank, _NOTES.sub(_blank, words))
    found: list[Reference] = []
    for listed in _LIST.finditer(plain, heading):
        if _OF_ANOTHER.match(plain[listed.end() :]):
            continue
        for start, end, target in _members(plain, listed):
            if law.has(target) and law.article_of(target).status == LIVING and not _inside(target, article):
                place = begin + start
                found.append(Reference(_holder(article, place), target, place, begin + end))
    return tuple(found)


def citing(law: Law) -> dict[str, tuple[Reference, ...]]:
    """Article number -> the references to it or to its parts from other articles, in the order of the text."""
    found: dict[str, list[Reference]] = {}
    for article in law.living:
        for reference in references(law, article):
            found.setdefault(reference.target.split("/", 1)[0], []).append(reference)
    return {number: tuple(each) for number, each in found.items()}


def _members(words: str, listed: re.Match[str]) -> list[tuple[int, int, str]]:
    """(start, end, id) of each article that a list names; after "Article" (not "Articles") only the first."""
    spans = [listed.span("first")]
    if listed["kind"] == "Articles":
        spans += [
            (listed.start("rest") + m.start("member"), listed.start("rest") + m.end("member"))
            for m in _MEMBER.finditer(listed["rest"])
        ]
    found = []
    for at, (start, end) in enumerate(spans):
        read = find_citations(f"Article {words[start:end]}")
        if not read:
            continue
        target = read[0].provision_id
        within = _WITHIN.search(words[: listed.start()]) if at == 0 and "/" not in target else None
        found.append((start, end, f"{target}/0/{within['number']}" if within else target))
    return found


def _holder(article: Article, place: int) -> str:
    """The smallest paragraph of the article that holds an offset: that is what cites."""
    for paragraph in article.paragraphs:
        if paragraph.start <= place < paragraph.end:
            return paragraph.id if paragraph.provision.paragraph != "0" else article.number
    return article.number


def _inside(target: str, article: Article) -> bool:
    return target.split("/", 1)[0] == article.number


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())
