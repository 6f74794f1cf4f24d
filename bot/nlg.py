"""Static replies in the person's language: ``utter_<key>`` -> the text ``<key>`` of ``nlu``."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from nlu import emergency, festival_form, replies
from nlu.answer import Answer
from nlu.language import choose
from nlu.say import payload


class AnsimNLG(NaturalLanguageGenerator):
    """Needs neither the action server nor the index."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Any = None) -> None:
        pass

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        answer = answer_for(utter_action, tracker)
        said = payload(answer)
        return {"text": said["text"], "buttons": said["buttons"], "custom": said["json_message"]}


def answer_for(utter_action: str, tracker: DialogueStateTracker) -> Answer:
    """The Answer of an utter action; an emergency reads the message once more for its kind."""
    latest = tracker.latest_message
    text = (latest.text if latest else None) or ""
    metadata = (latest.metadata if latest else None) or {}
    language = choose(
        text, metadata.get("language") or tracker.get_slot("language_choice"), tracker.get_slot("language")
    )
    if utter_action == "utter_emergency":
        found = emergency.detect(text)
        if found is not None:
            return replies.emergency(found, found.language)
        return replies.static("unavailable", language)
    if utter_action == "utter_default":
        return replies.static("unavailable", language)  # Rasa's own fallback, when it can predict nothing
    asked = utter_action.removeprefix("utter_ask_festival_")
    if asked != utter_action:
        note = tracker.get_slot("festival_note") or {}
        return festival_form.opening(asked, language, note)
    return replies.static(utter_action.removeprefix("utter_"), language)
