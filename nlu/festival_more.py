"""What is asked after a festival check, or beside it, beyond the matters of its plan: whether it is late, why it
applies, what is still to be done, what follows without a plan, and the files.
"""

from __future__ import annotations

from nlu.festival_about import SHORT_QUESTION
from nlu.festival_form import said

LATE, WHY, TO_DO, WITHOUT, FILES = "late", "why", "to_do", "without", "files"
MORE = (WITHOUT, LATE, FILES, TO_DO, WHY)
"""The more exact first."""


def festival_more(message: str, language: str) -> str | None:
    """Which of MORE a message asks for, None when it asks for none or for something else."""
    if len(message) > SHORT_QUESTION or said("more_other", message, language):
        return None
    return next((each for each in MORE if said(f"more_{each}", message, language)), None)
