"""What is *not* in the decree's text and where it is: topics with example questions, written by us.

A topic is a matter that another text decides (an article of the Act, its ordinance, an attached table,
another law) or that no law text holds (a current fact). Titles and numbers of articles are plain facts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError

KINDS = ("act", "ordinance", "table", "fine", "other_law", "current_fact", "missing_article")


@dataclass(frozen=True)
class Topic:
    """``kind``: one of KINDS; ``law`` and ``title``: by language, empty where no text decides the matter;
    ``article``: its number ("3", "73-9") or empty; ``topic`` and ``questions``: ours, by language."""

    id: str
    kind: str
    law: dict[str, str]
    article: str
    title: dict[str, str]
    topic: dict[str, str]
    questions: dict[str, tuple[str, ...]]

    def said(self, language: str) -> str:
        """All that is said of it in one language, as one text."""
        return " ".join([self.title[language], self.topic[language], *self.questions[language]])


def load_topics(path: Path) -> tuple[Topic, ...]:
    """Read ``elsewhere.jsonl``; raises KnowledgeError with the line that is wrong."""
    found = []
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            found.append(_topic(json.loads(raw)))
        except (ValueError, KeyError) as error:
            where = f"{path.name}, line {number}"
            raise KnowledgeError(f"{where}: {error}; restore the file from the repository.") from None
    return tuple(found)


def _topic(row: dict[str, object]) -> Topic:
    def both(name: str) -> dict[str, str]:
        return {language: str(row[f"{name}_{language}"] or "") for language in ("en", "ko")}

    questions = {
        language: tuple(str(q) for q in row[f"questions_{language}"])  # type: ignore[attr-defined]  # a JSON row
        for language in ("en", "ko")
    }
    if row["kind"] not in KINDS:
        raise ValueError(f"{row['kind']!r} is not a kind of topic")
    return Topic(
        str(row["id"]),
        str(row["kind"]),
        both("law"),
        str(row["article"] or ""),
        both("title"),
        both("topic"),
        questions,
    )
