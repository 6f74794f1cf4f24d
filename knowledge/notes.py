"""Our own notes on provisions: unofficial Korean renderings, plain sentences, example questions.

One JSON object a line in ``knowledge/laws/<law>/notes/*.jsonl``. Every living article has one, and
every numbered paragraph of it; where an article has no numbered paragraphs the article's note
carries the rendering. Notes serve retrieval and a reply's lead; a quote is always the official text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.amendments import split_notes
from knowledge.decree import Article, Law
from knowledge.errors import KnowledgeError
from knowledge.numbers import implied_en, numbers_en, numbers_ko

MIN_QUESTIONS = 4
_HANGUL = re.compile(r"[가-힣]")
_FIELDS = {"provision", "title_ko", "rendering_ko", "plain_en", "plain_ko", "questions_en", "questions_ko"}


@dataclass(frozen=True)
class Note:
    """What we wrote about one provision; every text is unofficial."""

    provision: str
    plain_en: str
    plain_ko: str
    questions_en: tuple[str, ...]
    questions_ko: tuple[str, ...]
    title_ko: str = ""
    rendering_ko: str = ""


class NotesError(KnowledgeError):
    """A notes file that cannot be used; the message names file and line."""


def load_notes(folder: Path) -> dict[str, Note]:
    """All notes of a law by provision id; raises NotesError at the first bad line."""
    notes: dict[str, Note] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line, raw in enumerate(path.read_text("utf-8").splitlines(), start=1):
            note = _read(raw, f"{path.name} line {line}")
            if note.provision in notes:
                raise NotesError(f"{path.name} line {line}: a second note for {note.provision}")
            notes[note.provision] = note
    return notes


def _read(raw: str, where: str) -> Note:
    try:
        row = json.loads(raw)
    except ValueError as error:
        raise NotesError(f"{where}: not JSON ({error})") from None
    if not isinstance(row, dict) or not {"provision", "plain_en", "plain_ko"} <= set(row):
        raise NotesError(f"{where}: needs provision, plain_en, plain_ko")
    if unknown := set(row) - _FIELDS:
        raise NotesError(f"{where}: unknown fields {sorted(unknown)}")
    return Note(
        row["provision"],
        row["plain_en"],
        row["plain_ko"],
        tuple(row.get("questions_en", ())),
        tuple(row.get("questions_ko", ())),
        row.get("title_ko", ""),
        row.get("rendering_ko", ""),
    )


def expected_ids(law: Law, articles: Iterable[Article] | None = None) -> list[str]:
    """Ids that must have a note: every living article, and its numbered paragraphs not deleted."""
    found: list[str] = []
    for article in articles if articles is not None else law.living:
        found.append(article.number)
        found += [p.id for p in article.paragraphs if p.provision.paragraph != "0" and not p.deleted]
    return found


def carries_rendering(law: Law, provision_id: str) -> bool:
    """A paragraph does; an article only when it has no numbered paragraphs."""
    if "/" in provision_id:
        return True
    paragraphs = law.article(provision_id).paragraphs
    return bool(paragraphs) and paragraphs[0].provision.paragraph == "0"


def provision_words(law: Law, provision_id: str, *, context: bool = False) -> str:
    """The provision's quote without amendment notes; ``context`` adds the article's other words."""
    where = provision_id.split("/", 1)[0] if context else provision_id
    lines = law.quote(where).split("\n")
    if "/" not in where and not context:
        lines = lines[1:]
    return "\n".join(split_notes(line)[0] for line in lines if not line.startswith("["))


def check_notes(law: Law, notes: dict[str, Note]) -> Iterator[str]:
    """Every fault of the notes as one sentence: figures without ground, figures lost, gaps."""
    seen: dict[str, str] = {}
    for note in notes.values():
        if note.provision not in expected_ids(law):
            yield f"{note.provision}: no such living provision"
            continue
        yield from _check_figures(law, note)
        yield from _check_form(law, note)
        for question in (*note.questions_en, *note.questions_ko):
            key = " ".join(re.sub(r"[^\w ]", "", question.lower()).split())
            if key in seen:
                yield f"{note.provision}: question also at {seen[key]}: {question}"
            seen[key] = note.provision


def _check_figures(law: Law, note: Note) -> Iterator[str]:
    words = provision_words(law, note.provision)
    implied = implied_en(words)
    ground = numbers_en(words) | implied | numbers_en(note.provision)
    allowed = ground | {"1", "119", "112", "110"}
    for name, found in (("plain_en", numbers_en(note.plain_en)), ("plain_ko", numbers_ko(note.plain_ko))):
        if extra := found - allowed:
            yield f"{note.provision}: {name} states {sorted(extra)}, not in the provision"
    if note.rendering_ko:
        stated = numbers_ko(note.rendering_ko)
        own = numbers_en(words)
        if extra := stated - own - implied - {"1"} - _own_number(note.provision):
            yield f"{note.provision}: rendering_ko states {sorted(extra)}, not in the provision"
        if lost := own - stated - {"1"} - _own_number(note.provision):
            yield f"{note.provision}: rendering_ko lost {sorted(lost)}"


def _own_number(provision_id: str) -> set[str]:
    """A paragraph's own number, which a rendering may leave out."""
    return numbers_en(provision_id.split("/", 1)[1]) if "/" in provision_id else set()


def _check_form(law: Law, note: Note) -> Iterator[str]:
    if carries_rendering(law, note.provision) != bool(note.rendering_ko):
        yield f"{note.provision}: rendering_ko must stand with paragraphs and unnumbered articles"
    if ("/" not in note.provision) != bool(note.title_ko):
        yield f"{note.provision}: title_ko must stand with articles only"
    for name, texts, korean in (
        ("plain_en", (note.plain_en,), False),
        ("plain_ko", (note.plain_ko,), True),
        ("questions_en", note.questions_en, False),
        ("questions_ko", note.questions_ko, True),
    ):
        if name.startswith("questions") and len(texts) < MIN_QUESTIONS:
            yield f"{note.provision}: {name} has {len(texts)} of {MIN_QUESTIONS}"
        for text in texts:
            if not text.strip():
                yield f"{note.provision}: {name} has an empty text"
            elif bool(_HANGUL.search(text)) != korean:
                yield f"{note.provision}: {name} is in the wrong language: {text}"
