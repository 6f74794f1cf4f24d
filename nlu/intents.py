"""What a message wants: exact phrases first, then a linear model; all the rest is a question.

Small talk is formulaic and questions about rules are not, so only a confident small-talk reading
counts; everything else goes to the router, and from there to the index, which knows better what is in scope.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.citation import find_citations
from knowledge.library import decree
from nlu import nearby
from nlu.language import detect
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
THRESHOLD = 0.7
"""Probability from which a reading other than a question counts."""
FEW_LETTERS = 4
_SWITCH = re.compile(
    r"[\W_]|영어|영문|한국어|한글|한국말|우리말|english|korean|hangul|으?로|바꿔|바꾸|변경|전환|설정|말씀?|대화|얘기|이야기"
    r"|대답|답변?|응답|안내|설명|언어|부탁|가능|할래|하자|해|줘|주세요|줄래|요|좀|다시|please|can|could|you|speak|talk|answer"
    r"|reply|respond|switch|change|use|language|now|back|lets?|want|prefer|would|like|me|my|the|in|to|it|i|is|set",
    re.I,
)
"""Words of a wish for a language; what is left of a message says whether it wishes for anything else."""
QUESTIONS = frozenset({*INTENT_OF.values(), FOLLOW_UP})
"""Intents that ``nlu.route`` tells apart; to the linear model they are all one: not small talk."""
CERTAIN = QUESTIONS - {QUESTION, FOLLOW_UP}
"""Readings that need words of their own, and so outdo a likeness to small talk."""


class IntentReader:
    """``read(text)``: the intents of a message, best first."""

    def __init__(self, model: LinearModel, phrases: dict[str, str], threshold: float = THRESHOLD) -> None:
        self._model, self._phrases, self._threshold = model, phrases, threshold

    @classmethod
    def train(cls, examples: Iterable[tuple[str, str]], threshold: float = THRESHOLD) -> IntentReader:
        """From (text, intent) pairs, and the questions in our notes, which are no small talk."""
        pairs = [(t, QUESTION if intent in QUESTIONS else intent) for t, intent in examples if intent != EMERGENCY]
        notes = decree().notes.values()
        pairs += [(q, QUESTION) for note in notes for q in (note.questions_en[:1] + note.questions_ko[:1])]
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
        if name.startswith("switch_to_") and len(_SWITCH.sub("", text)) > FEW_LETTERS:
            name = QUESTION  # "write my letter in English"
        asked = question_intent(text)
        if name == QUESTION or asked in CERTAIN:
            # "show the list of shelters in Wa-dong" shares its words with "show the list"
            name = asked
        return [(name, share), *((other, likeness) for other, likeness in ranking if other != name)]


def question_intent(text: str) -> str:
    """The skill that a message which is no small talk is for. The thread of the conversation, which may make
    a short message a follow-up, is known to the action only; it decides the same way."""
    asked = route(text, detect(text))
    if asked.skill == RULE and asked.reading is not None and nearby.is_follow_up(asked.reading):
        return FOLLOW_UP
    return INTENT_OF[asked.skill]


def examples_in(files: Sequence[Path]) -> list[tuple[str, str]]:
    """(text, intent) of Rasa training files (``nlu/<language>/intents.yml``)."""
    import yaml

    return [
        (line.strip().removeprefix("- "), block["intent"])
        for path in files
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for line in block["examples"].splitlines()
        if line.strip()
    ]
