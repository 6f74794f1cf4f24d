"""Which unit of one version of a statute became which unit of a later one.

Units of the same number pair first; where paragraphs were inserted or articles moved, the words decide,
so that a paragraph that only got another number is not taken for a changed one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from knowledge.decree import LIVING, Article, Law, Unit
from knowledge.history import moves

_SAME_NUMBER = 0.12
"""What the same number is worth beside likeness of words (0 to 1)."""
_ALIKE = 0.55
_RELATED = 0.4
"""Enough likeness for what is left when all that is alike has found its partner."""
_MOVED = 0.7
"""Least likeness of two articles of different numbers that counts as a move."""
_T = TypeVar("_T", Unit, Article)


@dataclass(frozen=True)
class UnitPair:
    """A unit of the old and of the new version; one of them is None when it was added or removed."""

    old: Unit | None
    new: Unit | None
    children: tuple[UnitPair, ...] = ()

    @property
    def moved(self) -> bool:
        """The number below the article changed."""
        return bool(self.old and self.new and _tail(self.old) != _tail(self.new))

    @property
    def own_changed(self) -> bool:
        """The unit's own line has other words (blanks and notes do not count)."""
        return squeeze(self.old.own if self.old else "") != squeeze(self.new.own if self.new else "")


@dataclass(frozen=True)
class ArticlePair:
    old: Article | None
    new: Article | None


def squeeze(words: str) -> str:
    """Words without blanks, to compare what was printed with other spacing."""
    return "".join(words.split())


@functools.lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """0 (nothing in common) to 1 (equal but for blanks)."""
    first, second = squeeze(one), squeeze(other)
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE / 2 else 0.0


def pair_units(old: Sequence[Unit], new: Sequence[Unit], since: Callable[[Unit], bool] | None = None) -> list[UnitPair]:
    """Pair brothers (and their children); ``since`` tells of a new unit that it was inserted after the
    old version, so that it has no partner. In the order of the new version, removed ones in between."""

    def score(one: Unit, other: Unit) -> float:
        same = one.id.rpartition("/")[2] == other.id.rpartition("/")[2]
        if one.deleted or other.deleted:
            return 1.0 if same else 0.0
        if since is not None and since(other):
            return 0.0
        like = likeness(_full(one), _full(other))
        return like + _SAME_NUMBER if same and like else like

    partners = _match(old, new, score, _ALIKE)
    left = [unit for unit in old if all(unit is not partner for partner in partners.values())]
    partners |= _match(left, [unit for unit in new if id(unit) not in partners], score, _RELATED)
    taken = {id(partner) for partner in partners.values()}
    for unit in new:  # words rewritten altogether under the same number
        same_number = next((o for o in old if o.id.rpartition("/")[2] == unit.id.rpartition("/")[2]), None)
        inserted = since is not None and since(unit)
        if id(unit) not in partners and same_number is not None and id(same_number) not in taken and not inserted:
            partners[id(unit)] = same_number
            taken.add(id(same_number))
    found = [_pair(partners.get(id(unit)), unit, since) for unit in new]
    for place, unit in enumerate(old):
        if id(unit) not in taken:
            found.insert(_after(found, old[:place]), _pair(unit, None, since))
    return found


def _pair(old: Unit | None, new: Unit | None, since: Callable[[Unit], bool] | None) -> UnitPair:
    children = pair_units(old.children if old else (), new.children if new else (), since)
    return UnitPair(old, new, tuple(children))


def _after(found: list[UnitPair], earlier: Sequence[Unit]) -> int:
    """Where a removed unit belongs: behind the last pair of one that stood before it."""
    before = {id(unit) for unit in earlier}
    return max((place + 1 for place, pair in enumerate(found) if id(pair.old) in before), default=0)


def pair_articles(old: Law, new: Law) -> list[ArticlePair]:
    """Pair the articles of two versions: the 이동 notes first, then number with like words, then words alone."""
    partners: dict[str, Article] = {}
    told = {move.new: move.old for move in moves(new) if move.date is not None and move.date > old.text_date}
    articles = {article.number: article for article in old.articles}
    for article in new.articles:
        if article.number in told and told[article.number] in articles:
            partners[article.number] = articles[told[article.number]]
    taken = {article.number for article in partners.values()}
    for article in new.articles:
        same = articles.get(article.number)
        if article.number in partners or same is None or same.number in taken:
            continue
        if article.status != LIVING or same.status != LIVING or _alike(same, article) >= _ALIKE:
            partners[article.number] = same
            taken.add(same.number)
    rest_old = [a for a in old.articles if a.number not in taken and a.status == LIVING]
    rest_new = [a for a in new.articles if a.number not in partners and a.status == LIVING]
    # an article that is now an empty or deleted number may live on under another one
    empty = {number for number, was in partners.items() if was.status == LIVING and not _lives(new, number)}
    rest_old += [partners[number] for number in empty]
    fresh = _match(rest_old, rest_new, _alike, _MOVED)
    for article in rest_new:
        was = fresh.get(id(article))
        if was is not None:
            partners[article.number] = was
            taken.add(was.number)
            empty.discard(was.number)
    for article in rest_new:  # rewritten altogether under the same number
        if article.number not in partners and article.number in articles and article.number not in taken:
            partners[article.number] = articles[article.number]
            taken.add(article.number)
    moved = {was.number for number, was in partners.items() if number != was.number}
    found = [
        ArticlePair(None if _left(was, article, moved) else was, article)
        for article in new.articles
        for was in [partners.get(article.number)]
    ]
    return found + [ArticlePair(article, None) for article in old.articles if article.number not in taken]


def _left(was: Article | None, now: Article, moved: set[str]) -> bool:
    """True for the empty number that a moved article left behind."""
    return was is not None and was.number == now.number and was.number in moved


def _lives(law: Law, number: str) -> bool:
    return law.article(number).status == LIVING


def _alike(one: Article, other: Article) -> float:
    same = _SAME_NUMBER if one.number == other.number else 0.0
    titles = 1.0 if one.title and squeeze(one.title) == squeeze(other.title) else 0.0
    words = likeness(one.unit.words(), other.unit.words())
    return max(words, (words + titles) / 2) + (same if words > 0.2 or titles else 0.0)


def _match(old: Sequence[_T], new: Sequence[_T], score: Callable[[_T, _T], float], least: float) -> dict[int, _T]:
    """Best partners first: {id of the new one: old one}; ties go to the earlier ones."""
    scored = [
        (-value, j, i)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (value := score(one, other)) >= least
    ]
    found: dict[int, _T] = {}
    used: set[int] = set()
    for _value, j, i in sorted(scored):
        if i not in used and id(new[j]) not in found:
            found[id(new[j])] = old[i]
            used.add(i)
    return found


def _full(unit: Unit) -> str:
    return unit.words() or unit.own


def _tail(unit: Unit) -> str:
    return unit.id.partition("/")[2]
