"""An Answer as one Rasa bot message: text, quick replies, and the Answer itself for programs."""

from __future__ import annotations

from typing import Any

from nlu.answer import Answer
from nlu.texts import text


def quick_replies(answer: Answer) -> list[dict[str, str]]:
    """Titles that are sent as typed when pressed: further provisions first, then what can be done next."""
    titles = [*answer.suggestions, *(text(f"button.{step}", answer.language) for step in answer.next_steps)]
    return [{"title": title, "text": title} for title in dict.fromkeys(titles)]


def payload(answer: Answer) -> dict[str, Any]:
    """Arguments of ``utter_message``; the same keys make a message of the NLG."""
    replies = [{"title": each["title"], "payload": each["text"]} for each in quick_replies(answer)]
    return {"text": answer.text, "buttons": replies, "json_message": {"answer": answer.to_json()}}
