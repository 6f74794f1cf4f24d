"""A short question about the plan of the festival that is being checked: "when is it due?", "어디에 내요?".

Alone it could mean any plan; beside a check it means this one. A question that names another subject is left
to the search.
"""

from __future__ import annotations

from nlu.festival_form import ASKS, ASKS_WORD, said

ABOUT = ("change", "to", "parts", "opinions", "due")
"""The more exact first: "until when can I change it?" asks about the change."""
SHORT_QUESTION = 60
"""Characters; a longer one tells enough by itself."""


def festival_about(message: str, language: str) -> str | None:
    """Which of ABOUT a message asks for, None when it asks for none or for something else."""
    if len(message) > SHORT_QUESTION or said("other", message, language):
        return None
    found = next((each for each in ABOUT if said(f"about_{each}", message, language)), None)
    asks = any(said(each, message, language) for each in (ASKS, ASKS_WORD, "about_due"))
    return found if asks else None
