"""Passages: the texts that are matched against a question, each tied to its provision.

A passage belongs to a *view*, a family of texts that is scored as one: the official text, our
example questions, our plain sentences, our Korean renderings. Everything a view says is folded
into the paragraph it belongs to (``4/0`` for an article without numbered paragraphs); notes on a
whole article belong to the article and count for each of its paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.decree import Article, Unit
from knowledge.library import Shelf

TEXT, TITLE, QUESTION_EN, PLAIN_EN = "text", "title", "question_en", "plain_en"
QUESTION_KO, PLAIN_KO, RENDERING_KO, TITLE_KO = "question_ko", "plain_ko", "rendering_ko", "title_ko"
LANGUAGE = {
    TEXT: "en",
    TITLE: "en",
    QUESTION_EN: "en",
    PLAIN_EN: "en",
    QUESTION_KO: "ko",
    PLAIN_KO: "ko",
    RENDERING_KO: "ko",
    TITLE_KO: "ko",
}
VIEWS = (TEXT, TITLE, QUESTION_EN, PLAIN_EN, QUESTION_KO, PLAIN_KO, RENDERING_KO, TITLE_KO)


@dataclass(frozen=True)
class Passage:
    """``provision`` is the finest unit meant; ``path`` the heading chain; ``text`` what is matched."""

    view: str
    provision: str
    path: tuple[str, ...]
    text: str
    start: int = -1
    end: int = -1
    """Span in the source text for the official text, -1 for what we wrote."""


def targets(shelf: Shelf) -> list[str]:
    """Paragraph ids that can be found, in the order of the text."""
    return [p.id for article in shelf.law.living for p in article.paragraphs if not p.deleted]


def build_passages(shelf: Shelf) -> list[Passage]:
    """All passages of a law and of our notes on it, in a fixed order."""
    found: list[Passage] = []
    for article in shelf.law.living:
        found.append(Passage(TITLE, article.number, article.path, article.title))
        for paragraph in article.paragraphs:
            if not paragraph.deleted:
                found += _text_passages(article, paragraph)
    found += _note_passages(shelf)
    return found


def _text_passages(article: Article, paragraph: Unit) -> Iterator[Passage]:
    """The paragraph as a whole, then each of its parts below the words that open it."""
    place = article.path
    yield Passage(TEXT, paragraph.id, place, f"{article.title}. {paragraph.words()}", paragraph.start, paragraph.end)
    for part in paragraph.children:
        if not part.deleted:
            yield Passage(
                TEXT, part.id, place, f"{article.title}. {paragraph.own} {part.words()}", part.start, part.end
            )


def _note_passages(shelf: Shelf) -> Iterator[Passage]:
    for note in shelf.notes.values():
        article = shelf.law.article_of(note.provision)
        provision = note.provision
        if note.rendering_ko and "/" not in provision:
            provision = f"{provision}/0"
        for view, texts in (
            (TITLE_KO, (note.title_ko,)),
            (PLAIN_EN, (note.plain_en,)),
            (PLAIN_KO, (note.plain_ko,)),
            (RENDERING_KO, (note.rendering_ko,)),
            (QUESTION_EN, note.questions_en),
            (QUESTION_KO, note.questions_ko),
        ):
            for text in texts:
                if text:
                    yield Passage(view, provision, article.path, text)
