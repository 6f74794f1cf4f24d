"""What a message wants: exact phrases first, then a linear model; all the rest is a question.

Small talk is formulaic and questions about rules are not, so only a confident small-talk reading
counts; everything else goes to the router, and from there to the index, which knows better what is in scope.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from knowledge.citation import find_citations
from nlu import nearby
from nlu.intent_examples import no_small_talk
from nlu.language import ENGLISH, KOREAN, detect
from nlu.language_wish import is_only_a_wish, wished_language
from nlu.linear_model import LinearModel, normal
from nlu.message import LOCATION_ONLY
from nlu.route import CARD, DEADLINE, DUTIES, FESTIVAL, NEARBY, REPORT, RULE, SOURCES, route

QUESTION, EMERGENCY, FOLLOW_UP = "ask_rule", "emergency", "follow_up"
INTENT_OF = {
    RULE: QUESTION,
    NEARBY: "ask_nearby",
    CARD: "ask_card",
    SOURCES: "ask_sources",
    DEADLINE: "ask_deadline",
    DUTIES: "ask_duties",
    FESTIVAL: "start_festival",
    REPORT: "start_report",
}
THRESHOLD = 0.5
"""Probability from which a reading other than a question counts."""
SWITCHES: dict[str | None, str] = {ENGLISH: "switch_to_english", KOREAN: "switch_to_korean"}
QUESTIONS = frozenset({*INTENT_OF.values(), FOLLOW_UP})
"""Intents that ``nlu.route`` tells apart; to the linear model they are all one: not small talk."""


class IntentReader:
    """``read(text)``: the intents of a message, best first."""

    def __init__(self, model: LinearModel, phrases: dict[str, str], threshold: float = THRESHOLD) -> None:
        self._model, self._phrases, self._threshold = model, phrases, threshold

    @classmethod
    def train(cls, examples: Iterable[tuple[str, str]], threshold: float = THRESHOLD) -> IntentReader:
        """From (text, intent) pairs, and questions of every kind, which are no small talk."""
        pairs = [(t, QUESTION if intent in QUESTIONS else intent) for t, intent in examples if intent != EMERGENCY]
        pairs += [(question, QUESTION) for question in no_small_talk()]
        model = LinearModel.train([text for text, _ in pairs], [intent for _, intent in pairs])
        return cls(model, {normal(text): intent for text, intent in pairs if intent != QUESTION}, threshold)

    def save(self, folder: Path) -> None:
        self._model.save(folder)
        (folder / "phrases.json").write_text(json.dumps(self._phrases, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, threshold: float = THRESHOLD) -> IntentReader:
        phrases = json.loads((folder / "phrases.json").read_text("utf-8"))
        return cls(LinearModel.load(folder), phrases, threshold)

    def read(self, text: str) -> list[tuple[str, float]]:
        """(intent, confidence), best first; never empty."""
        if text == LOCATION_ONLY:
            return [(INTENT_OF[NEARBY], 1.0)]
        exact = self._phrases.get(normal(text))
        if exact is not None:
            return [(exact, 1.0)]
        if find_citations(text):
            # "Article 95" shares its words with "show the whole article", but it names a provision
            return [(QUESTION, 1.0)]
        ranking = sorted(self._model.probabilities(text).items(), key=lambda pair: -pair[1])
        name, share = ranking[0]
        if name != QUESTION and share < self._threshold:
            name, share = QUESTION, 1.0 - share
        if name in SWITCHES.values():
            name = SWITCHES.get(wished_language(text), name) if is_only_a_wish(text) else QUESTION
        asked, certain = _asked(text)
        if name == QUESTION or certain:
            # "show the list of shelters in Wa-dong" shares its words with "show the list"
            name = asked
        return [(name, share), *((other, likeness) for other, likeness in ranking if other != name)]


def question_intent(text: str) -> str:
    """The skill that a message which is no small talk is for. The thread of the conversation, which may make
    a short message a follow-up, is known to the action only; it decides the same way."""
    return _asked(text)[0]


def _asked(text: str) -> tuple[str, bool]:
    """The intent of a message that is no small talk, and whether words of its own make that certain."""
    asked = route(text, detect(text))
    reading = asked.reading
    if reading is not None and asked.skill == NEARBY and (reading.only_place or "again" in reading.signs):
        return FOLLOW_UP, True  # "and near Choji Station?" makes full sense only after another answer
    if reading is not None and asked.skill == RULE and nearby.is_follow_up(reading):
        # "more", "the next one" can be said of provisions too
        return FOLLOW_UP, bool(reading.seeks or reading.located or reading.nth or "more_room" in reading.signs)
    return INTENT_OF[asked.skill], asked.skill != RULE
