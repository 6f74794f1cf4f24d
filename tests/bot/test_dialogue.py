"""Policy, stored conversations and static replies, without a server."""

from __future__ import annotations

import asyncio

import pytest

from bot.training import DOMAIN, model_path


@pytest.fixture(scope="module")
def domain():
    from rasa.shared.core.domain import Domain

    return Domain.load(str(DOMAIN))


@pytest.fixture(scope="module")
def agent(tmp_path_factory):
    """The trained dialogue with our NLG; no action server behind it."""
    from rasa.core.agent import Agent
    from rasa.utils.endpoints import EndpointConfig

    from bot.nlg import AnsimNLG

    if not model_path().exists():
        pytest.skip("the dialogue model is not trained; run `make setup`")
    return Agent.load(
        str(model_path()), generator=AnsimNLG(), action_endpoint=EndpointConfig("http://127.0.0.1:9/webhook")
    )


def policy_for():
    from rasa.engine.graph import ExecutionContext, GraphSchema

    from bot.policies.emergency_policy import EmergencyPolicy

    return EmergencyPolicy({"priority": 100}, None, None, ExecutionContext(GraphSchema({})))


def say(agent, text, sender="x"):
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    async def run():
        out = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, out, sender))
        return out.messages

    return asyncio.run(run())


def answers(messages):
    return [m["custom"]["answer"] for m in messages if m.get("custom")]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("hello", "Hello"),
        ("안녕하세요", "안녕하세요"),
        ("thank you", "You're welcome"),
        ("감사합니다", "별말씀"),
        ("what can you do", "In danger"),
        ("help", "In danger"),
        ("도움말", "위험한가요"),
        ("who are you", "I am Ansim"),
        ("너 누구야", "저는 공공안전"),
    ],
)
def test_small_talk_needs_no_action_server(agent, text, start):
    (answer,) = answers(say(agent, text))
    assert answer["text"].startswith(start)


@pytest.mark.parametrize(
    ("text", "number", "language"),
    [("HELP!!", "119", "en"), ("my flat is on fire and I can't get out", "119", "en"),
     ("아빠가 쓰러져서 숨을 안 쉬어요", "119", "ko"),
     ("a man with a knife is following me right now", "112", "en"), ("죽고 싶어요", "109", "ko")],
)  # fmt: skip
def test_an_emergency_is_first_in_every_state_without_the_action_server(agent, text, number, language):
    for before in ([], ["hello"], ["when is the plan due"], ["next match", "show the whole article"]):
        sender = f"{text}{before}"
        for earlier in before:
            say(agent, earlier, sender)
        found = answers(say(agent, text, sender))
        assert found[0]["status"] == "emergency"
        assert found[0]["text"].startswith(number)
        assert found[0]["language"] == language
        assert len(found) == 1
        # and the conversation goes on afterwards
        assert answers(say(agent, "thank you", sender))[0]["status"] == "answered"


def test_the_policy_wins_over_an_active_form(agent, domain):
    from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    events = [
        ActionExecuted("action_listen"), UserUttered("x", {"name": "ask_rule", "confidence": 1.0}),
        ActiveLoop("some_form"), ActionExecuted("action_listen"),
        UserUttered("the house is on fire", {"name": "emergency", "confidence": 1.0}),
    ]  # fmt: skip
    tracker = DialogueStateTracker.from_events("s", events, domain.slots)
    policy = policy_for()
    prediction = policy.predict_action_probabilities(tracker, domain)
    assert prediction.probabilities[domain.index_for_action("utter_emergency")] == 1.0
    assert prediction.policy_priority == 100
    tracker.update(ActionExecuted("utter_emergency"))
    after = policy.predict_action_probabilities(tracker, domain)
    assert after.probabilities[domain.index_for_action("action_listen")] == 1.0


def test_the_policy_is_silent_otherwise(domain):
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    events = [ActionExecuted("action_listen"), UserUttered("hi", {"name": "greet", "confidence": 1.0})]
    tracker = DialogueStateTracker.from_events("s", events, domain.slots)
    policy = policy_for()
    assert sum(policy.predict_action_probabilities(tracker, domain).probabilities) == 0


def test_what_is_stored_holds_no_words(tmp_path, domain):
    import sqlite3

    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.tracker_store import AnsimTrackerStore

    path = tmp_path / "c.sqlite"
    store = AnsimTrackerStore(domain, db=str(path))
    events = [
        ActionExecuted("action_listen"),
        UserUttered("my secret address is 12 Elm", {"name": "ask_rule", "confidence": 1.0}, message_id="7",
                    parse_data={"text": "my secret address is 12 Elm", "intent": {"name": "ask_rule"}}),
        BotUttered("you said: secret", {"custom": {"x": "secret"}}),
        SlotSet("matches", ["71/1"]),
    ]  # fmt: skip
    tracker = DialogueStateTracker.from_events("s", events, domain.slots)
    asyncio.run(store.save(tracker))
    with sqlite3.connect(path) as db:
        everything = "".join(str(row) for row in db.execute("select * from events"))
    assert "secret" not in everything
    assert "Elm" not in everything
    back = asyncio.run(store.retrieve("s"))
    assert back.get_slot("matches") == ["71/1"]
    assert back.latest_message.intent["name"] == "ask_rule"


def test_a_conversation_is_forgotten_after_a_day(tmp_path, domain):
    import time

    from rasa.shared.core.events import ActionExecuted
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.tracker_store import AnsimTrackerStore

    store = AnsimTrackerStore(domain, db=str(tmp_path / "c.sqlite"))
    for sender, age in (("old", 90_000), ("new", 10)):
        event = ActionExecuted("action_listen", timestamp=time.time() - age)
        asyncio.run(store.save(DialogueStateTracker.from_events(sender, [event], domain.slots)))
    assert asyncio.run(store.retrieve("old")) is None
    assert asyncio.run(store.retrieve("new")) is not None
