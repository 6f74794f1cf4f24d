"""The result of a festival check for the chat: the composed check, and the files to take away."""

from __future__ import annotations

from dataclasses import replace

from actions.compose_festival import compose_festival
from actions.festival_files import links
from knowledge.obligations.deadlines import today
from knowledge.obligations.festival import FestivalFacts, check
from nlu.answer import Answer
from nlu.texts import text


def festival_result(facts: FestivalFacts, language: str) -> Answer:
    """The check of these facts today, in Asia/Seoul."""
    checked = check(facts, today())
    answer = compose_festival(checked, facts, language)
    files = links(facts, language, checked.plan_due is not None) if checked.applies is not False else ()
    closing = [text("festival_form.files", language) + " " + " · ".join(str(each["label"]) for each in files)]
    words = [answer.text, *(closing if files else []), text("festival_form.again", language)]
    return replace(answer, text="\n\n".join(words), files=files)
