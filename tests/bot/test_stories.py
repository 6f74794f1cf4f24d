"""The conversations of tests/stories: what they cover, ``rasa test`` on them, and the running bot on them."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
import sqlite3
from pathlib import Path

import pytest
import yaml

from bot.story_test import STORIES, main, stories_in, story_test
from bot.tracker_store import FORGOTTEN
from bot.training import DOMAIN, model_path
from bot.training import STORIES as RULES
from nlu.festival_form import QUESTIONS
from nlu.language import detect
from tests.bot.form_person import Teller, let_time_pass

OTHER = {"switch_to_english": "switch_to_korean", "switch_to_korean": "switch_to_english"}
PAUSE, SESSION = "session_start", "action_session_start"
FORMS = ("festival_form", "report_form")
NEVER_PREDICTED = {"validate_festival_form", "validate_report_form"}
"""Actions that a form calls; no policy predicts them, and so no story has them."""


def told(folder: Path = STORIES) -> dict[tuple[str, str, str], list[dict]]:
    """(theme, name, language) -> steps of a story."""
    found: dict[tuple[str, str, str], list[dict]] = {}
    for path in sorted(folder.glob("test_*.yml")):
        theme, language = re.fullmatch(r"test_(\w+)_(en|ko)", path.stem).groups()
        for story in yaml.safe_load(path.read_text("utf-8"))["stories"]:
            name = story["story"].removesuffix(f" ({language})")
            assert name != story["story"], f"{path.name}: {name!r} does not end with its language"
            assert (theme, name, language) not in found, f"{path.name}: {name!r} is there twice"
            found[theme, name, language] = story["steps"]
    return found


def flow(steps: list[dict], loop: str | None = None) -> list[tuple[str, str | None, str | None]]:
    """(intent, action or loop; its name; the loop that is active before it) of what happens in a story or a rule.

    A loop is there when it begins and when it ends, slots are not there.
    """
    found: list[tuple[str, str | None, str | None]] = []
    for step in steps:
        if "intent" in step:
            found.append(("intent", step["intent"], loop))
        elif "action" in step:
            found.append(("action", step["action"], loop))
            loop = None if step["action"] == SESSION else loop
        elif "active_loop" in step and step["active_loop"] != loop:
            found.append(("loop", step["active_loop"], loop))
            loop = step["active_loop"]
    return found


def rules() -> dict[str, list[tuple[str, str | None, str | None]]]:
    """Name -> flow of every rule of the dialogue."""
    found = {}
    for path in sorted(RULES.glob("*.yml")):
        for rule in yaml.safe_load(path.read_text("utf-8")).get("rules", []):
            conditions = [each["active_loop"] for each in rule.get("condition", []) if "active_loop" in each]
            found[rule["rule"]] = flow(rule["steps"], conditions[0] if conditions else None)
    return found


def uncovered(stories: list[list[dict]]) -> set[str]:
    """Rules that no story goes through from their first step to their last."""
    told_flows = [flow(steps) for steps in stories]
    return {
        name
        for name, rule in rules().items()
        if not any(rule == each[at : at + len(rule)] for each in told_flows for at in range(len(each)))
    }


def named(kind: str) -> set[str]:
    """All intents, or all actions, of the domain's files."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in DOMAIN.glob("*.yml")]
    own = {each for file in files for each in file.get("intents" if kind == "intent" else "actions", [])}
    if kind == "action":
        own |= {form for file in files for form in file.get("forms", {})}
        own |= {each for file in files for each in file.get("responses", {}) if not each.startswith("utter_ask_")}
    return own - NEVER_PREDICTED


def states(steps: list[dict], intent: str) -> set[tuple[str | None, str | None]]:
    """(active loop, open question) at each message with an intent."""
    found, loop, asked = set(), None, None
    for step in steps:
        if step.get("action") == SESSION:
            loop = asked = None
        loop = step.get("active_loop", loop)
        for slot in step.get("slot_was_set", []):
            asked = slot.get("requested_slot", asked) if slot else asked
        if step.get("intent") == intent:
            found.add((loop, asked))
    return found


TOLD = told()
IN = pytest.mark.parametrize("language", ["en", "ko"])


def of(language: str) -> list[list[dict]]:
    return [steps for (_, _, spoken), steps in TOLD.items() if spoken == language]


# ---- what the stories cover


@IN
def test_every_rule_has_a_story(language):
    # a rule for a switch to the language that is spoken is gone through on the way back
    assert uncovered(of(language)) == set()


def test_a_rule_without_a_story_is_found():
    left = [steps for (theme, _, language), steps in TOLD.items() if theme != "nearby" and language == "en"]
    middle = {"follow up in the middle of festival_form", "follow up in the middle of report_form"}
    without = [steps for steps in left if not any(step.get("intent") == "follow_up" for step in steps)]
    assert uncovered(without) >= middle | {"going on from an answer about places"}


@IN
@pytest.mark.parametrize("kind", ["intent", "action"])
def test_every_intent_and_every_action_has_a_story(language, kind):
    found = {value for steps in of(language) for what, value, _ in flow(steps) if what == kind}
    assert named(kind) - found == set()


@IN
def test_an_emergency_and_a_long_pause_come_in_every_state(language):
    forms = {("festival_form", f"festival_{name}") for name in QUESTIONS} | {("report_form", "report_done")}
    emergencies = {state for steps in of(language) for state in states(steps, "emergency")}
    assert emergencies >= forms | {(None, None)}
    pauses = {loop for steps in of(language) for loop, _ in states(steps, PAUSE)}
    assert pauses == {None, "festival_form", "report_form"}


def test_both_languages_have_the_same_stories():
    korean = {(theme, name): steps for (theme, name, language), steps in TOLD.items() if language == "ko"}
    english = {(theme, name): steps for (theme, name, language), steps in TOLD.items() if language == "en"}
    assert english.keys() == korean.keys()
    for key, steps in english.items():
        assert wordless(steps, OTHER) == wordless(korean[key]), key


def wordless(steps: list[dict], others: dict[str, str] | None = None) -> list[dict]:
    """A story without its words; ``others``: intents to put in the place of some."""
    return [
        {"intent": (others or {}).get(step["intent"], step["intent"])} if "user" in step else step for step in steps
    ]


def test_a_story_is_told_in_its_language():
    for (theme, name, language), steps in TOLD.items():
        first = next(step["user"] for step in steps if "user" in step)
        assert detect(first) == language, (theme, name, language)


def test_every_file_is_one_that_rasa_reads():
    assert all(path.name.startswith("test_") for path in STORIES.iterdir())
    assert len(stories_in(STORIES)) == len(TOLD)


# ---- rasa test


@pytest.fixture(scope="module")
def model():
    if not model_path().exists():
        pytest.skip("the dialogue model is not trained; run `make setup`")
    return model_path()


@pytest.mark.slow
def test_rasa_test_finds_every_story_right(model):
    outcome = story_test(STORIES, model)
    assert outcome.failures == ()
    assert outcome.good
    assert outcome.stories == len(TOLD)


WRONG = """
version: "3.1"
stories:
  - story: right
    steps: [{user: hello, intent: greet}, {action: utter_greet}]
  - story: another action than the rule says
    steps: [{user: hello, intent: greet}, {action: utter_goodbye}]
  - story: an action too many
    steps: [{user: hello, intent: greet}, {action: utter_greet}, {action: utter_help}]
  - story: an action of which nobody knows
    steps: [{user: 안녕하세요, intent: greet}, {action: utter_nothing}]
  - story: another intent than is read
    steps: [{user: thank you, intent: greet}, {action: utter_greet}]
  - story: an emergency that waits for the form
    steps:
      - {user: festival check please, intent: start_festival}
      - {action: action_festival_read}
      - {action: festival_form}
      - {active_loop: festival_form}
      - {user: my house is on fire, intent: emergency}
      - {action: festival_form}
  - story: an emergency that is told as a form's answer
    steps:
      - {user: festival check please, intent: start_festival}
      - {action: action_festival_read}
      - {action: festival_form}
      - {active_loop: festival_form}
      - {user: my house is on fire, intent: ask_rule}
      - {action: festival_form}
  - story: another reading of what a form takes
    steps:
      - {user: festival check please, intent: start_festival}
      - {action: action_festival_read}
      - {action: festival_form}
      - {active_loop: festival_form}
      - {user: thank you, intent: ask_rule}
      - {action: festival_form}
  - story: a form that outlives a long pause
    steps:
      - {user: festival check please, intent: start_festival}
      - {action: action_festival_read}
      - {action: festival_form}
      - {active_loop: festival_form}
      - {user: /session_start, intent: session_start}
      - {action: action_session_start}
      - {action: session_started}
      - {user: hello, intent: greet}
      - {action: utter_greet}
      - {action: festival_form}
  - story: what a form would take and Rasa believes it refused
    steps:
      - {user: festival check please, intent: start_festival}
      - {action: action_festival_read}
      - {action: festival_form}
      - {active_loop: festival_form}
      - {user: "300", intent: ask_rule}
      - {action: action_answer_rule}
      - {action: festival_form}
"""


@pytest.mark.slow
def test_a_wrong_story_fails(model, tmp_path, capsys):
    (tmp_path / "test_wrong.yml").write_text(WRONG, "utf-8")
    assert main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    failed = {line.split(" (")[0] for line in printed.splitlines() if line.endswith("test_wrong.yml)")}
    assert failed == {
        "another action than the rule says",
        "an action too many",
        "an action of which nobody knows",
        "another intent than is read",
        "an emergency that waits for the form",
        "an emergency that is told as a form's answer",
        "a form that outlives a long pause",
    }
    assert "action: utter_goodbye  # predicted: utter_greet" in printed
    assert "In 1 of the stories a form's answer is read otherwise" in printed
    assert "Stories: 3 of 10 right, 16 messages" in printed


@pytest.mark.slow
def test_a_story_that_rasa_passes_over_is_no_success(model, tmp_path, capsys):
    right = """
version: "3.1"
stories:
  - story: {}
    steps: [{{user: {}, intent: greet}}, {{action: utter_greet}}]
"""
    (tmp_path / "test_read.yml").write_text(right.format("read", "hello"), "utf-8")
    assert main([str(tmp_path)]) == 0
    (tmp_path / "not_read.yml").write_text(right.format("not read", "안녕하세요"), "utf-8")
    assert main([str(tmp_path)]) == 1
    assert "Rasa ran 1 of 2 stories" in capsys.readouterr().out


@pytest.mark.slow
def test_what_is_no_story_is_said(tmp_path, model, capsys):
    (tmp_path / "test_odd.yml").write_text('version: "3.1"\nstories: {story: x}\n', "utf-8")
    assert main([str(tmp_path)]) != 0
    assert main([str(tmp_path / "nowhere")]) != 0
    assert "Traceback" not in capsys.readouterr().out


# ---- the running bot: here the custom actions and the forms decide


def happened(home: Path, sender: str) -> list[tuple[str, str | None, str | None]]:
    """What the stored conversation of a person says was read, done, begun and ended."""
    from bot.turn import hashed

    with sqlite3.connect(home / "conversations.sqlite") as db:
        query = "select data from events where sender_id = ? order by id"
        events = [json.loads(data) for (data,) in db.execute(query, (hashed(sender, "rest"),))]
    steps: list[dict] = []
    for event in events:
        if event["event"] == "user":
            steps.append({"intent": event["parse_data"]["intent"]["name"]})
        elif event["event"] == "action" and event["name"] != "action_listen":
            steps.append({"action": event["name"]})
        elif event["event"] == "active_loop":
            steps.append({"active_loop": event["name"]})
    return taken(flow(steps))


def taken(found: list[tuple[str, str | None, str | None]]) -> list[tuple[str, str | None, str | None]]:
    """The same without the intents of what a form takes, which it does not look at."""
    if not found:
        return []
    after = [*(name for _, name, _ in found[1:]), None]
    forms = [what == "intent" and name in FORMS for (what, _, _), name in zip(found, after, strict=True)]
    return [("intent", None, each[2]) if form else each for each, form in zip(found, forms, strict=True)]


def expected(steps: list[dict]) -> list[tuple[str, str | None, str | None]]:
    """What the running bot stores of a story: a session begins without a message that says so, and nothing is left
    up to the turn in which somebody was forgotten."""
    forgotten = [at for at, step in enumerate(steps) if step.get("action") == FORGOTTEN]
    if forgotten:
        steps = list(itertools.dropwhile(lambda step: "user" not in step, steps[forgotten[-1] :]))
        if not steps:
            return []
    told_flow = [each for each in flow(steps) if each[1] not in (PAUSE, "session_started")]
    return [("action", SESSION, None), *taken(told_flow)]


def params() -> list:
    """Every story under its name."""
    return [pytest.param(key, id="-".join(key)) for key in TOLD]


@pytest.mark.slow
@pytest.mark.parametrize("key", params())
def test_the_running_bot_does_what_the_story_tells(bot, home, key):
    steps, me = TOLD[key], Teller(bot.address, key[2])
    for step in steps:
        if step.get("intent") == PAUSE:
            let_time_pass(home, me.sender, dt.timedelta(hours=25))
        elif "user" in step:
            assert me.tell(step["user"].strip()), f"no answer to {step['user']!r}"
    assert happened(home, me.sender) == expected(steps)

