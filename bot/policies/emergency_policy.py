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

from nlu.emergency_aside import answered_too
from nlu.language import DEFAULT
from nlu.report import is_report
from nlu.route import CARD, DEADLINE, DUTIES, NEARBY, SOURCES

INTENT, REPLY, OFFER = "emergency", "utter_emergency", "action_report_offer"
ANSWER = {
    NEARBY: "action_answer_nearby",
    CARD: "action_answer_card",
    SOURCES: "action_answer_sources",
    DEADLINE: "action_answer_deadline",
    DUTIES: "action_answer_duties",
}
"""Skill -> the action that answers a message which may be no emergency after all."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class EmergencyPolicy(Policy):
    """Predicts the emergency reply after an emergency message, then what may follow it, then listens; else abstains."""

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
        heard = tracker.latest_message is not None and tracker.latest_message.intent.get("name") == INTENT
        if heard and (action := _next(tracker)) is not None:
            scores[domain.index_for_action(action)] = 1.0
        # a form's own prediction "uses no user input" and would outdo all that do, whatever their priority
        return self._prediction(scores, is_no_user_prediction=max(scores) > 0)


def _next(tracker: DialogueStateTracker) -> str | None:
    """The action after the latest one; all but the reply comes after the number to call, never before it."""
    latest = tracker.latest_action_name
    if latest == ACTION_LISTEN_NAME:
        return REPLY
    if latest == REPLY:
        said = (tracker.latest_message.text if tracker.latest_message else None) or ""
        if is_report(said, DEFAULT):
            return OFFER
        too = None if tracker.active_loop_name else answered_too(said)
        return ANSWER[too] if too else ACTION_LISTEN_NAME
    return ACTION_LISTEN_NAME if latest == OFFER or latest in ANSWER.values() else None
