"""What a message wants: exact phrases first, then a linear model; all the rest is a question.

Small talk is formulaic and questions about rules are not, so only a confident small-talk reading
counts; everything else goes to the router, and from there to the index, which knows better what is in scope.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.citation import find_citations
from knowledge.obligations.deadlines import today
from nlu import festival_form, nearby
from nlu.answers import is_only_yes_no
from nlu.cues import sounds_hostile
from nlu.festival_request import is_festival_request
from nlu.intent_examples import everyday, no_small_talk
from nlu.language import ENGLISH, KOREAN, detect
from nlu.language_wish import asks_to_be_answered_in, is_only_a_wish, wished_language, wishes_another
from nlu.linear_model import LinearModel, normal
from nlu.message import LOCATION_ONLY
from nlu.route import CARD, DEADLINE, DUTIES, FESTIVAL, NEARBY, REPORT, RULE, SOURCES, route
from nlu.skill_reader import OTHER, shares

QUESTION, EMERGENCY, FOLLOW_UP = "ask_rule", "emergency", "follow_up"
ACKNOWLEDGE, GO_ON, START_OVER = "acknowledge", "go_on", "start_over"
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
THRESHOLD = 0.7
"""Probability that a message is small talk of any kind, from which the likeliest kind counts."""
CLOSE = 0.6
"""Probability below which a bare yes or no is one, whatever small talk its letters are like ("ㅇㅇ", "하이")."""
OTHER_LANGUAGE, COMPLAINT = "other_language", "complaint"
NOT_OURS = 0.4
"""Probability of wanting nothing of ours from which a language named beside other words is the one to answer in."""
SWITCHES: dict[str | None, str] = {ENGLISH: "switch_to_english", KOREAN: "switch_to_korean"}
QUESTIONS = frozenset({*INTENT_OF.values(), FOLLOW_UP})
"""Intents that ``nlu.route`` tells apart; to the linear model they are all one: not small talk."""


class IntentReader:
    """``read(text)``: the intents of a message, best first."""

    def __init__(self, model: LinearModel, phrases: dict[str, str], threshold: float = THRESHOLD) -> None:
        self._model, self._phrases, self._threshold = model, phrases, threshold

    @classmethod
    def train(cls, examples: Iterable[tuple[str, str]], threshold: float = THRESHOLD) -> IntentReader:
        """From (text, intent) pairs, everyday small talk, and questions of every kind, which are no small talk."""
        pairs = [(t, QUESTION if intent in QUESTIONS else intent) for t, intent in examples if intent != EMERGENCY]
        pairs += [*everyday(talk=True), *((question, QUESTION) for question in no_small_talk())]
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
        exact = exact or _command(text)
        if exact is not None:
            return [(exact, 1.0)]
        if wishes_another(text) and question_intent(text) == QUESTION:
            return [(OTHER_LANGUAGE, 1.0)]
        wished = wished_language(text)
        if wished and asks_to_be_answered_in(text, wished) and shares(text).get(OTHER, 0.0) >= NOT_OURS:
            return [(str(SWITCHES[wished]), 1.0)]
        if find_citations(text):
            # "Article 95" shares its words with "show the whole article", but it names a provision
            return [(QUESTION, 1.0)]
        ranking = sorted(self._model.probabilities(text).items(), key=lambda pair: -pair[1])
        name, share = self._small_talk(text, ranking)
        if name == COMPLAINT and sounds_hostile(text):
            name = QUESTION  # abuse is refused where questions are judged
        if name in SWITCHES.values():
            name = SWITCHES.get(wished_language(text), name) if is_only_a_wish(text) else QUESTION
        asked, certain = _asked(text)
        if name == QUESTION or certain:
            # "show the list of shelters in Wa-dong" shares its words with "show the list"
            name = asked
        return [(name, share), *((other, likeness) for other, likeness in ranking if other != name)]

    def _small_talk(self, text: str, ranking: Sequence[tuple[str, float]]) -> tuple[str, float]:
        """The likeliest kind of small talk when it is small talk at all, else QUESTION; with a probability."""
        asked = next((share for name, share in ranking if name == QUESTION), 0.0)
        name, share = next((pair for pair in ranking if pair[0] != QUESTION), (QUESTION, 0.0))
        small = 1.0 - asked >= self._threshold
        if (not small or share < CLOSE) and _says_yes_or_no(text):
            return ACKNOWLEDGE, max(share, self._threshold)
        return (name, share) if small else (QUESTION, asked)


def _command(text: str) -> str | None:
    """ "Continue" or "start over", which the grammar of the festival check reads whole.

    "Start the festival check again" asks for the check by name, and that says what is kept.
    """
    spoken = detect(text)
    if festival_form.said(festival_form.GO_ON, text, spoken):
        return GO_ON
    anew = festival_form.said(festival_form.RESTART, text, spoken)
    return START_OVER if anew and not is_festival_request(text, spoken, today()) else None


def _says_yes_or_no(text: str) -> bool:
    """Whether nothing is said but yes or no: an answer, and where nothing was asked, one in passing."""
    spoken = detect(text)
    # "stop" is a farewell outside a form
    return is_only_yes_no(text, spoken) and not festival_form.said(festival_form.STOP, text, spoken)


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
    return INTENT_OF[asked.skill], asked.skill != RULE and not asked.learned
