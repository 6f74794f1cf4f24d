"""What later decrees changed in an article, as a list for its page: facts, no words of the law. Pure."""

from __future__ import annotations

from actions.compose_labels import day, label
from actions.page_markup import Html, el
from knowledge.decree import Article
from knowledge.later_changes import MOVED, LaterChange, facts, touching
from knowledge.library import Shelf
from nlu.page_words import law_text


def later_list(shelf: Shelf, article: Article, language: str) -> Html:
    """Every change of the article and its parts, newest first; that none was found is said with the last version."""
    changes = touching(article.number)
    newest = facts().as_of
    if not changes:
        date = day(newest.promulgated, language)
        words = law_text("later_none", language, date=date, number=newest.number)
        return el("p", words, class_="dates", data_testid="later-none")
    rows = [el("li", row) for row in dict.fromkeys(_row(change, language) for change in changes)]
    heading = law_text("later_more", language, count=len(rows))
    return el("details", el("summary", heading), el("ul", *rows, class_="notes"), class_="fold", data_testid="later")


def _row(change: LaterChange, language: str) -> str:
    return f"{label(change.provision, language)}: {_kind(change, language)} – {_when(change, language)}"


def _kind(change: LaterChange, language: str) -> str:
    if change.kind == MOVED:
        if change.to is None:
            return law_text("kind_moved_unsaid", language)
        return law_text("kind_moved", language, target=label(change.to, language))
    return law_text(f"kind_{change.kind}", language)


def _when(change: LaterChange, language: str) -> str:
    if change.promulgated is None:
        first, last = change.between or (facts().text.number, facts().as_of.number)
        return law_text("later_row_between", language, first=first, last=last)
    date = day(change.promulgated, language)
    if change.in_force is None:
        return law_text("later_row_promulgated", language, date=date, number=change.number)
    return law_text("later_row", language, date=date, number=change.number, in_force=day(change.in_force, language))


def inserted_when(number: str, language: str) -> str | None:
    """When a later decree inserted an article of that number; None when the facts tell of none."""
    found = next((c for c in facts().changes if c.provision == number and c.kind == "inserted"), None)
    if found is None:
        return None
    if found.promulgated is None and found.between:
        return law_text("when_between", language, first=found.between[0], last=found.between[1])
    return _when(found, language)
