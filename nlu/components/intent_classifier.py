"""Rasa's door to ``nlu.intents``: trains it, keeps it in the model, sets the intent of each message."""

from __future__ import annotations

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

from nlu.intents import THRESHOLD, IntentReader

WARM_UP = ("heat shelter near Choji-dong", "원곡동 지진 대피소 어디야?")
"""Read once at start, so that the first person does not wait for lexicons and the gazetteer."""
RANKED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnsimIntentClassifier(GraphComponent, IntentClassifier):
    """``threshold``: probability from which a reading other than a question counts."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._threshold = float(config["threshold"])
        self._storage, self._resource = storage, resource
        self._reader: IntentReader | None = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": THRESHOLD}

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
        examples = [(message.get(TEXT), message.get(INTENT)) for message in training_data.intent_examples]
        self._reader = IntentReader.train(examples, self._threshold)
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(Path(folder))
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
            component._reader = IntentReader.load(Path(folder), component._threshold)
        for text in WARM_UP:
            component._reader.read(text)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._reader is not None
        for message in messages:
            ranking = [
                {"name": name, "confidence": share} for name, share in self._reader.read(message.get(TEXT) or "")
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[:RANKED], add_to_output=True)
        return messages
