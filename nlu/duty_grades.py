"""How often an area of a safety grade is inspected: the grade of a question, or of one that goes on from it."""

from __future__ import annotations

from nlu.duty_words import lexicon, shapes
from nlu.language import LANGUAGES

GRADES = {"a": "inspection-grade-abc", "b": "inspection-grade-abc", "c": "inspection-grade-abc"} | {
    "d": "inspection-grade-d",
    "e": "inspection-grade-e",
}
"""Grade -> duty."""
LONGEST = 120
SHORT = 24
"""Characters of a message that names a grade and nothing else ("and grade C?", "E는요")."""


def find_grades(text: str, going_on: bool = False) -> tuple[str, ...]:
    """The grades whose inspections a message asks for, () for any other message. ``going_on``: such a question was
    answered before, so that a grade alone is another one."""
    if len(text) > LONGEST:
        return ()
    named = _grades(text, "grade")
    if named and _about(text, "inspected"):
        return named
    if not going_on or len(text) > SHORT:
        return ()
    return named or _grades(text, "letter")


def _about(text: str, name: str) -> bool:
    shape = shapes(text)
    return any(lexicon(each).grades[name].search(shape[each]) for each in LANGUAGES)


def _grades(text: str, name: str) -> tuple[str, ...]:
    shape, found = shapes(text), dict[str, None]()
    for each in LANGUAGES:
        for match in lexicon(each).grades[name].finditer(shape[each]):
            found |= dict.fromkeys(group.lower() for group in match.groups() if group)
    return tuple(sorted(found))
