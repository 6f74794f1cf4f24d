"""From a question about rules to an Answer, in process, from one law and its index."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from actions.compose_history import compose_addendum, compose_former
from actions.compose_limits import (
    compose_near_miss,
    compose_pointer,
    compose_refusal,
    compose_table,
    compose_text_date,
    only_points,
)
from actions.compose_rule import compose_found, compose_list, compose_other_law, compose_provision, compose_several
from actions.scope import HOSTILE, IN, MANY_WORDS, NEAR_MISS, Scope, load_judge, plainly_hostile
from index.search import Found, Hit, Searcher
from index.settings import settings
from knowledge.citation import OTHER_LAW, Citation, find_citations, find_decree_number, find_table_number
from knowledge.elsewhere import Topic
from knowledge.library import Shelf, decree
from knowledge.statute_store import StatuteStore
from nlu import replies
from nlu.answer import Answer
from nlu.cues import asks_text_date
from nlu.language import detect
from nlu.when import as_of

DEPTH = 10
"""Matches kept for "next match"."""
TOGETHER = 3
"""Provisions that one message names and that are shown together."""
NAMED_ELSEWHERE = frozenset({"act", "ordinance", "other_law"})
"""Kinds of matters whose article is named when it is clear."""
CLEARLY = {"else dense margin": 0.02, "else joint.english margin": 0.1, "else question.english margin": 0.1} | {
    "else joint.korean margin": 0.1,
    "else question.korean margin": 0.1,
}
"""By how much a matter must lie nearer than the decree in each comparison that the language has."""


class Answerer:
    """Answers questions from one law. Safe to use from several threads."""

    def __init__(self, shelf: Shelf, searcher: Searcher) -> None:
        self.shelf = shelf
        self.searcher = searcher

    @classmethod
    def open(cls) -> Answerer:
        """The bundled law with its built index, and the official Korean text where it was imported.

        Raises KnowledgeError or SearchIndexError.
        """
        store = StatuteStore()
        shelf = replace(decree(), official=lambda provision_id, day: store.pair(provision_id, as_of=day))
        return cls(shelf, Searcher.open(settings().folder, shelf, settings().encoder))

    def about(self, question: str, language: str) -> Answer:
        """Answer a question about rules: provisions that it names, else what the index finds."""
        spoken = detect(question, language)
        named = self._named(question, language)
        number = find_table_number(question)
        if named is not None:
            if plainly_hostile(question, spoken):
                return compose_refusal(HOSTILE, language)
            return compose_table(self.shelf, number, language, beside=named) if number else named
        if asks_text_date(question):
            return compose_text_date(self.shelf, language)
        found = self.searcher.find(question, DEPTH, spoken)
        if not found.hits:
            return replies.static("empty", language)
        hits = _pairs(found.hits)
        scope = load_judge(spoken).decide(question, found)
        if number and _about_table(question, scope):
            return compose_table(self.shelf, number, language, hits)
        table = only_points(self.shelf, hits[0][0])
        if table is not None and scope.label in (IN, NEAR_MISS):
            return compose_pointer(self.shelf, hits, table, language)
        if scope.label == IN:
            return compose_found(self.shelf, hits, language, as_of=as_of(question))
        if scope.label != NEAR_MISS:
            return compose_refusal(scope.label, language)
        return compose_near_miss(self.shelf, hits, scope.kind, language, self._topic(found, scope.kind))

    def _topic(self, found: Found, kind: str) -> Topic | None:
        """The matter that stands elsewhere, when both readers take it for a law's and it lies clearly nearer."""
        topic = next((topic for topic in self.shelf.elsewhere if topic.id == found.topic), None)
        if topic is None or not {topic.kind, kind} <= NAMED_ELSEWHERE:
            return None
        return topic if all(found.signs.get(name, least) >= least for name, least in CLEARLY.items()) else None

    def provision(self, provision_id: str, language: str, matches: Sequence[str] = ()) -> Answer:
        """The Answer that shows one provision."""
        return compose_provision(self.shelf, provision_id, language, matches)

    def others(self, matches: Sequence[str], language: str) -> Answer:
        """The list of further matches."""
        return compose_list(self.shelf, matches, language)

    def _named(self, question: str, language: str) -> Answer | None:
        """A provision, or a decree, that the message names by number goes straight there."""
        decree_number = find_decree_number(question)
        if decree_number is not None:
            return compose_addendum(self.shelf, decree_number, language)
        numbers = {article.number for article in self.shelf.law.articles}
        cited = [c for c in find_citations(question) if not c.bare or c.provision_id.split("/", 1)[0] in numbers]
        if not cited:
            return None
        if cited[0].of != OTHER_LAW:
            cited = [citation for citation in cited if citation.of != OTHER_LAW]
        wanted = {(citation.of, citation.provision_id): citation for citation in reversed(cited)}
        several = list(reversed(wanted.values()))[:TOGETHER]
        return compose_several([self._cited(each, question, language) for each in several], language)

    def _cited(self, citation: Citation, question: str, language: str) -> Answer:
        """The Answer on one number that the message names."""
        day = as_of(question)
        if citation.of == OTHER_LAW:
            return compose_other_law(citation.provision_id, citation.other, language)
        if day is not None and day < self.shelf.law.text_date:
            return compose_former(self.shelf, citation.provision_id, day, language)
        return compose_provision(self.shelf, citation.provision_id, language, as_of=day)


@functools.cache
def answerer() -> Answerer:
    """The process's Answerer, opened once."""
    return Answerer.open()


def _about_table(question: str, scope: Scope) -> bool:
    """Whether a message that names an attached table asks for the table, not for a rule that its text answers."""
    return scope.label == NEAR_MISS or len(question.split()) < MANY_WORDS


def _pairs(hits: Sequence[Hit]) -> list[tuple[str, str]]:
    return [(hit.provision, hit.focus) for hit in hits]
