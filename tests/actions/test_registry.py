"""The domain and the action server name the same actions, both ways."""

from __future__ import annotations

import inspect
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def domain_actions() -> list[str]:
    found: list[str] = []
    for path in sorted((ROOT / "bot" / "domain").glob("*.yml")):
        found += yaml.safe_load(path.read_text("utf-8")).get("actions", [])
    return found


def test_domain_and_server_agree():
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    named = domain_actions()
    assert len(named) == len(set(named))
    assert set(named) == set(executor.actions) - {"action_send_form_data"} | set()


def test_no_action_name_stands_twice():
    from rasa_sdk import Action

    import actions.action_rule as module

    names = [
        cls().name()
        for cls in vars(module).values()
        if inspect.isclass(cls) and issubclass(cls, Action) and cls is not Action
    ]
    assert len(names) == len(set(names)) >= 5


def test_one_response_key_one_file():
    keys: list[str] = []
    for path in sorted((ROOT / "bot" / "domain").glob("*.yml")):
        keys += yaml.safe_load(path.read_text("utf-8")).get("responses", {})
    assert len(keys) == len(set(keys))
