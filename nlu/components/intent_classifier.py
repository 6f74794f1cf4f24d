"""Intent of a message: exact phrases first, then a linear model; all the rest is a question.

Small talk is formulaic and questions about rules are not, so only a confident small-talk reading
counts; everything else goes to the index, which knows better what is in scope.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

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
FEW_LETTERS = 4
_SWITCH = re.compile(
    r"[\W_]|영어|영문|한국어|한글|한국말|우리말|english|korean|hangul|으?로|바꿔|바꾸|변경|전환|설정|말씀?|대화|얘기|이야기"
    r"|대답|답변?|응답|안내|설명|언어|부탁|가능|할래|하자|해|줘|주세요|줄래|요|좀|다시|please|can|could|you|speak|talk|answer"
    r"|reply|respond|switch|change|use|language|now|back|lets?|want|prefer|would|like|me|my|the|in|to|it|i|is|set",
    re.I,
)
"""Words of a wish for a language; what is left of a message says whether it wishes for anything else."""
WARM_UP = ("heat shelter near Choji-dong", "원곡동 지진 대피소 어디야?")
"""Read once at start, so that the first person does not wait for lexicons and the gazetteer."""
QUESTIONS = frozenset({*INTENT_OF.values(), FOLLOW_UP})
"""Intents that ``nlu.route`` tells apart; to the linear model they are all one: not small talk."""
CERTAIN = QUESTIONS - {QUESTION, FOLLOW_UP}
"""Readings that need words of their own, and so outdo a likeness to small talk."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnsimIntentClassifier(GraphComponent, IntentClassifier):
    """``threshold``: probability from which a reading other than a question counts."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._threshold = float(config["threshold"])
        self._storage, self._resource = storage, resource
        self._model: LinearModel | None = None
        self._phrases: dict[str, str] = {}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.7, "questions_from_notes": 600}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnsimIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        pairs = [
            (m.get(TEXT), QUESTION if m.get(INTENT) in QUESTIONS else m.get(INTENT))
            for m in training_data.intent_examples
            if m.get(INTENT) != EMERGENCY
        ]
        notes = decree().notes.values()
        asked = [q for note in notes for q in (note.questions_en[:1] + note.questions_ko[:1])]
        pairs += [(question, QUESTION) for question in asked]
        self._model = LinearModel.train([text for text, _ in pairs], [intent for _, intent in pairs])
        self._phrases = {normal(text): intent for text, intent in pairs if intent not in (QUESTION, EMERGENCY)}
        with self._storage.write_to(self._resource) as folder:
            self._model.save(Path(folder))
            (Path(folder) / "phrases.json").write_text(json.dumps(self._phrases, ensure_ascii=False), "utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnsimIntentClassifier:
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = LinearModel.load(Path(folder))
            component._phrases = json.loads((Path(folder) / "phrases.json").read_text("utf-8"))
        for text in WARM_UP:
            component.classify(text)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            intent, confidence, ranking = self.classify(message.get(TEXT) or "")
            message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def classify(self, text: str) -> tuple[str, float, list[dict[str, Any]]]:
        """(intent, confidence, ranking)."""
        assert self._model is not None
        if text == LOCATION_ONLY:
            return INTENT_OF[NEARBY], 1.0, [{"name": INTENT_OF[NEARBY], "confidence": 1.0}]
        exact = self._phrases.get(normal(text))
        if exact is not None:
            return exact, 1.0, [{"name": exact, "confidence": 1.0}]
        if find_citations(text):
            # "Article 95" shares its words with "show the whole article", but it names a provision
            return QUESTION, 1.0, [{"name": QUESTION, "confidence": 1.0}]
        shares = self._model.probabilities(text)
        ranking: list[dict[str, Any]] = [
            {"name": name, "confidence": share} for name, share in sorted(shares.items(), key=lambda pair: -pair[1])
        ]
        best = ranking[0]
        if best["name"] != QUESTION and best["confidence"] < self._threshold:
            best = {"name": QUESTION, "confidence": 1.0 - best["confidence"]}
        if best["name"].startswith("switch_to_") and len(_SWITCH.sub("", text)) > FEW_LETTERS:
            best = {"name": QUESTION, "confidence": best["confidence"]}  # "write my letter in English"
        asked = question_intent(text)
        if best["name"] == QUESTION or asked in CERTAIN:
            # "show the list of shelters in Wa-dong" shares its words with "show the list"
            best = {"name": asked, "confidence": best["confidence"]}
        return best["name"], best["confidence"], ranking[:5]


def question_intent(text: str) -> str:
    """The skill that a message which is no small talk is for. The thread of the conversation, which may make
    a short message a follow-up, is known to the action only; it decides the same way."""
    language = detect(text)
    asked = route(text, language)
    if asked.skill == RULE and asked.reading is not None and nearby.is_follow_up(asked.reading):
        return FOLLOW_UP
    return INTENT_OF[asked.skill]
