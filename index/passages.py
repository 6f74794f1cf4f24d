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
from knowledge.notes import Note

TEXT, QUESTION_EN, PLAIN_EN = "text", "question_en", "plain_en"
QUESTION_KO, PLAIN_KO, TITLE_KO = "question_ko", "plain_ko", "title_ko"
JOINT_EN, JOINT_KO, ARTICLE_EN, ARTICLE_KO = "joint_en", "joint_ko", "article_en", "article_ko"
"""``joint``: all that is said in one language about a paragraph, as one text; ``article``: about an article."""
LANGUAGE = {
    TEXT: "en",
    QUESTION_EN: "en",
    PLAIN_EN: "en",
    JOINT_EN: "en",
    ARTICLE_EN: "en",
    QUESTION_KO: "ko",
    PLAIN_KO: "ko",
    TITLE_KO: "ko",
    JOINT_KO: "ko",
    ARTICLE_KO: "ko",
}
VIEWS = tuple(LANGUAGE)
DENSE = (TEXT, QUESTION_EN, PLAIN_EN, QUESTION_KO, PLAIN_KO)
"""Views that get vectors, when the encoder understands their language."""


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
        for paragraph in article.paragraphs:
            if not paragraph.deleted:
                found += _text_passages(article, paragraph)
    found += _note_passages(shelf)
    found += _joint_passages(shelf)
    return [passage for passage in found if passage.text.strip()]


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
        path = shelf.law.article_of(note.provision).path
        provision = _place(note)
        single = ((TITLE_KO, note.title_ko), (PLAIN_EN, note.plain_en), (PLAIN_KO, note.plain_ko))
        for view, text in single:
            if text:
                yield Passage(view, provision, path, text)
        for view, questions in ((QUESTION_EN, note.questions_en), (QUESTION_KO, note.questions_ko)):
            for question in questions:
                yield Passage(view, provision, path, question)


def _place(note: Note) -> str:
    """The paragraph a note belongs to; an article without numbered paragraphs has paragraph 0."""
    return f"{note.provision}/0" if note.rendering_ko and "/" not in note.provision else note.provision


def _joint_passages(shelf: Shelf) -> Iterator[Passage]:
    """Everything said about a paragraph, and about its article, as one text in each language."""
    for article in shelf.law.living:
        own = shelf.notes.get(article.number)
        whole: dict[str, list[str]] = {"en": _said(own, "en"), "ko": _said(own, "ko")}
        living = [p for p in article.paragraphs if not p.deleted]
        for paragraph in living:
            note = shelf.notes.get(paragraph.id)
            for language, view in (("en", JOINT_EN), ("ko", JOINT_KO)):
                said = _said(note, language) if note else []
                if language == "en":
                    said = [article.title, paragraph.words(), *said]
                elif own:
                    said = [own.title_ko, *said]
                whole[language] += said
                yield Passage(view, paragraph.id, article.path, " ".join([*said, *_said(own, language)]))
        for language, view in (("en", ARTICLE_EN), ("ko", ARTICLE_KO)):
            if living:
                yield Passage(view, article.number, article.path, " ".join(whole[language]))


def _said(note: Note | None, language: str) -> list[str]:
    if note is None:
        return []
    if language == "en":
        return [note.plain_en, *note.questions_en]
    return [note.title_ko, note.rendering_ko, note.plain_ko, *note.questions_ko]
