"""Life first: an emergency is answered before any rule, form or loop, in every dialogue state."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.language import DEFAULT
from nlu.report import is_report

INTENT, REPLY, OFFER = "emergency", "utter_emergency", "action_report_offer"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class EmergencyPolicy(Policy):
    """Predicts the emergency reply after an emergency message, then listens; else abstains."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": 100}

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EmergencyPolicy:
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, rule_only_data: dict[str, Any] | None = None, **kwargs: Any
    ) -> PolicyPrediction:
        scores = self._default_predictions(domain)
        if tracker.latest_message is not None and tracker.latest_message.intent.get("name") == INTENT:
            if tracker.latest_action_name == ACTION_LISTEN_NAME:
                scores[domain.index_for_action(REPLY)] = 1.0
            elif tracker.latest_action_name == REPLY and is_report(tracker.latest_message.text or "", DEFAULT):
                # said after the number to call, never before it
                scores[domain.index_for_action(OFFER)] = 1.0
            elif tracker.latest_action_name in (REPLY, OFFER):
                scores[domain.index_for_action(ACTION_LISTEN_NAME)] = 1.0
        # a form's own prediction "uses no user input" and would outdo all that do, whatever their priority
        return self._prediction(scores, is_no_user_prediction=max(scores) > 0)
