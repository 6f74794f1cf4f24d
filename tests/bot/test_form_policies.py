"""An emergency outdoes a form's own prediction in every dialogue state; what a long pause and a finished report leave.

The policies and the ensemble are those of the trained model; no server is needed.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time

import pytest

from bot.training import DOMAIN, model_path

STATES = {
    "at the beginning": (None, []),
    "festival_form": ("festival_form", []),
    "report_form": ("report_form", []),
    "after an answer": (None, ["action_answer_rule"]),
    "after an answer in festival_form": ("festival_form", ["action_answer_rule", "festival_form"]),
    "after an answer in report_form": ("report_form", ["action_answer_rule", "report_form"]),
}


@pytest.fixture(scope="module")
def agent():
    from rasa.core.agent import Agent
    from rasa.utils.endpoints import EndpointConfig

    from bot.nlg import AnsimNLG

    if not model_path().exists():
        pytest.skip("the dialogue model is not trained; run `make setup`")
    nowhere = EndpointConfig("http://127.0.0.1:9/webhook")
    return Agent.load(str(model_path()), generator=AnsimNLG(), action_endpoint=nowhere)


@pytest.fixture(scope="module")
def domain():
    from rasa.shared.core.domain import Domain

    return Domain.load(str(DOMAIN))


def conversation(domain, state, text, intent, *, at=None):
    """A tracker in which ``text`` was just said in this state. ``at``: seconds since 1970 of all events."""
    from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    loop, actions = STATES[state]
    events = [ActionExecuted("action_listen"), UserUttered("x", {"name": "ask_rule", "confidence": 1.0})]
    if loop:
        events += [ActionExecuted(loop), ActiveLoop(loop), SlotSet("requested_slot", "festival_people")]
    events += [ActionExecuted(name) for name in actions]
    events += [ActionExecuted("action_listen"), UserUttered(text, {"name": intent, "confidence": 1.0})]
    for event in events:
        event.timestamp = at or event.timestamp
    return DialogueStateTracker.from_events(state, events, domain.slots)


def predictions(agent, tracker):
    """What each policy of the trained model predicts, by its name."""
    from rasa.engine.constants import PLACEHOLDER_TRACKER

    nodes = {"emergency": "run_bot.policies.emergency_policy.EmergencyPolicy0", "rules": "run_RulePolicy1"}
    found = agent.processor.graph_runner.run({PLACEHOLDER_TRACKER: tracker}, targets=list(nodes.values()))
    return {name: found[node] for name, node in nodes.items()}


def chosen(domain, tracker, found):
    from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble

    given = {f"policy_{name}": prediction for name, prediction in found.items()}
    best = DefaultPolicyPredictionEnsemble().combine_predictions_from_kwargs(tracker, domain, **given)
    return domain.action_names_or_texts[best.max_confidence_index]


@pytest.mark.parametrize("text", ["my house is on fire", "집에 불이 났어요"])
@pytest.mark.parametrize("state", STATES)
def test_an_emergency_wins_the_ensemble(agent, domain, state, text):
    from rasa.shared.core.events import ActionExecuted

    tracker = conversation(domain, state, text, "emergency")
    found = predictions(agent, tracker)
    loop = STATES[state][0]
    if loop:
        rules = found["rules"]
        assert domain.action_names_or_texts[rules.max_confidence_index] == loop
        assert rules.is_no_user_prediction, "the loop's prediction outdoes all that read the message"
    assert chosen(domain, tracker, found) == "utter_emergency"
    tracker.update(ActionExecuted("utter_emergency"))
    assert chosen(domain, tracker, predictions(agent, tracker)) == "action_listen", "and nothing else is said"


DOUBTS = [
    ("my mother cannot stand this heat at her age, any cooling centre in Sa-dong", "action_answer_nearby"),
    ("우리 어머니가 더위를 못 참으시는데 사동에 무더위쉼터 있나요", "action_answer_nearby"),
]


@pytest.mark.parametrize(("text", "action"), DOUBTS)
@pytest.mark.parametrize("state", STATES)
def test_the_question_of_a_doubt_is_answered_behind_the_number(agent, domain, state, text, action):
    """Outside a form: the number first, then the answer, then nothing."""
    from rasa.shared.core.events import ActionExecuted

    tracker = conversation(domain, state, text, "emergency")
    said = []
    for _ in range(3):
        said.append(chosen(domain, tracker, predictions(agent, tracker)))
        tracker.update(ActionExecuted(said[-1]))
        if said[-1] == "action_listen":
            break
    assert said == ["utter_emergency", *([] if STATES[state][0] else [action]), "action_listen"]


@pytest.mark.parametrize("state", ["festival_form", "report_form"])
def test_what_is_no_emergency_is_the_forms(agent, domain, state):
    tracker = conversation(domain, state, "300", "ask_rule")
    assert chosen(domain, tracker, predictions(agent, tracker)) == STATES[state][0]


@pytest.mark.parametrize(("text", "language"), [("hello", "en"), ("안녕하세요", "ko")])
@pytest.mark.parametrize("state", ["festival_form", "report_form"])
def test_after_a_long_pause_a_form_is_left(agent, domain, state, text, language):
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    sender = f"pause-{state}-{language}"
    tracker = conversation(domain, state, "300", "ask_rule", at=time.time() - 25 * 3600)
    tracker.sender_id = sender

    async def run():
        await agent.tracker_store.save(tracker)
        out = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, out, sender))
        return out.messages, await agent.tracker_store.retrieve(sender)

    messages, after = asyncio.run(run())
    answers = [each["custom"]["answer"] for each in messages if each.get("custom")]
    assert [each["status"] for each in answers] == ["answered"]
    assert answers[0]["language"] == language
    assert after.active_loop_name is None
    assert after.get_slot("requested_slot") is None


@pytest.mark.parametrize("ends", ["kept", "a new session"])
def test_the_words_of_a_report_are_stored_while_it_is_told_and_no_longer(tmp_path, domain, ends):
    from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.tracker_store import AnsimTrackerStore

    store = AnsimTrackerStore(domain, db=str(tmp_path / "c.sqlite"))

    def stored():
        with sqlite3.connect(tmp_path / "c.sqlite") as db:
            rows = db.execute("select data from events order by id").fetchall()
        return [json.loads(data) for (data,) in rows]

    tracker = DialogueStateTracker.from_events("s", [SessionStarted()], domain.slots)
    for words in ("the railing is broken", "the railing is bent"):
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(SlotSet("report_draft", {"step": "place", "what": words}))
        asyncio.run(store.save(tracker))
    assert "broken" not in json.dumps(stored())
    back = asyncio.run(store.retrieve("s"))
    assert back.get_slot("report_draft") == {"step": "place", "what": "the railing is bent"}
    back.update(SlotSet("report_draft", None) if ends == "kept" else SessionStarted())
    asyncio.run(store.save(back))
    assert "railing" not in json.dumps(stored())
    assert len(stored()) == 6
    assert asyncio.run(store.retrieve("s")).get_slot("report_draft") is None
