"""Replies that need nothing but their text: greeting, help, emergency, "could not look"."""

from __future__ import annotations

from nlu import emergency as emergencies
from nlu.answer import Answer, Call
from nlu.texts import text, texts

STATIC = {
    "greet": "answered",
    "help": "answered",
    "about": "answered",
    "forgotten": "answered",
    "other_language": "answered",
    "complaint": "answered",
    "thanks": "answered",
    "acknowledged_new": "answered",
    "acknowledged_danger": "answered",
    "started_over": "answered",
    "goodbye": "answered",
    "empty": "clarify",
    "unavailable": "unavailable",
    "nearby.unavailable": "unavailable",
    "festival_form.stopped": "answered",
    "reports.only_in_chat": "clarify",
    "out_of_scope": "out_of_scope",
    "refused": "refused",
    "nothing_before": "clarify",
    "no_more": "no_evidence",
    "language_switched": "answered",
}
"""Text key -> status of the Answer it makes."""
CALLING = ("unavailable", "nearby.unavailable", "help", "acknowledged_danger")
"""Those that name the numbers to call."""
OFFERING = ("greet", "help", "empty", "acknowledged_new", "started_over", "complaint")
"""Those with one question for each thing that can be asked, as quick replies."""


def static(key: str, language: str) -> Answer:
    """The Answer of one of the STATIC texts."""
    words = text(key, language)
    calls = (Call("119", "119"), Call("112", "112")) if key in CALLING else ()
    suggestions = tuple(texts("offer", language)) if key in OFFERING else ()
    return Answer(STATIC[key], language, words, words, calls=calls, suggestions=suggestions)


def emergency(found: emergencies.Emergency, language: str) -> Answer:
    """The one message that someone in danger gets: the number first, then what to do now."""
    reply = emergencies.reply(found, language)
    calls = tuple(Call(number, label) for number, label in reply.calls)
    return Answer("emergency", language, reply.text.split("\n", 1)[0], reply.text, calls=calls)
