"""Rasa's own ``rasa test`` on the conversations of tests/stories: ``python -m bot.story_test [folder]``.

What Rasa 3.6.21 does with them (``rasa/core/test.py``): the trained model reads each message again, and the
policies predict each action again after the story's own past, ``action_listen`` between two turns too. A story
fails with the first wrong intent or action. Of a restarted session it checks that ``/session_start`` leads to
``action_session_start`` and that the predictions after it are those of an empty conversation.

What it does not do: no custom action and no form is run, so nothing is checked of slots, loops and words; a story's
``slot_was_set`` and ``active_loop`` are believed. Where a form is predicted and the story says something else, Rasa
takes the form for having refused the message; whether the form would is decided in ``validate_*_form``.
tests/bot/test_stories.py says the same stories to the running bot and compares what it did; the other tests of the
running bot look at the words.

A message that a form takes ("the town square") has no intent of its own: its story says ask_rule, or ask_nearby for
a place, and another reading is no failure here, but for an emergency.

``rasa test`` ends with 0 when stories fail, passes over files not named ``test_*``, and runs two stories alike once;
so its report is read here, and as many stories must have been run as the files hold.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import PROJECT
from bot.training import quiet_environment, train

STORIES = PROJECT / "tests" / "stories"
REPORT, FAILED = "story_report.json", "failed_test_stories.yml"
PREDICTED = "# predicted:"
_STORY = re.compile(r"^- story: ", re.M)
_TAKEN = re.compile(rf"^  - intent: \w+  {PREDICTED} (?!emergency\b).*\n(?=  - action: \w+_form$)", re.M)
LONGEST_OUTPUT = 2000


class StoryTestError(Exception):
    """Rasa did not test; the message is what it said last."""


@dataclass(frozen=True)
class Outcome:
    """``stories`` and ``turns`` as the files hold them; ``run``: stories as Rasa counts them; ``failures``: a line for
    each wrong prediction under a line for its story; ``harmless``: stories where Rasa found nothing but another
    reading of a message that a form takes."""

    stories: int
    turns: int
    run: int
    passed: int
    failures: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.stories > 0 and self.passed == self.run == self.stories


def stories_in(folder: Path) -> list[dict[str, Any]]:
    """Every story of the YAML files of a folder, those that Rasa would pass over too."""
    import yaml

    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.yml")):
        found += (yaml.safe_load(path.read_text("utf-8")) or {}).get("stories") or []
    return found


def story_test(folder: Path, model: Path) -> Outcome:
    """Run the stories of a folder through a trained model. Raises StoryTestError when Rasa gives no report."""
    try:
        told = stories_in(folder)
        turns = sum("user" in step for story in told for step in story["steps"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoryTestError(f"{folder} holds a file without stories in it ({error!r}).") from None
    with tempfile.TemporaryDirectory(prefix="ansim-stories-") as out:
        said = _rasa(folder, model, Path(out))
        try:
            counts = json.loads((Path(out) / REPORT).read_text("utf-8")).get("conversation_accuracy") or {}
            failed = (Path(out) / FAILED).read_text("utf-8")
        except OSError:
            raise StoryTestError(said.strip()[-LONGEST_OUTPUT:] or "rasa test gave no report.") from None
    failures, harmless = _judged(failed)
    passed = counts.get("correct", 0) + len(harmless)
    return Outcome(len(told), turns, counts.get("total", 0), passed, tuple(failures), tuple(harmless))


def _rasa(folder: Path, model: Path, out: Path) -> str:
    """``rasa test core --e2e``; what it printed. All it writes, and it leaves folders behind, is in ``out``."""
    quiet_environment()
    options = ["--e2e", "--no-plot", "--stories", str(folder), "--model", str(model), "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "rasa", "test", "core", *options],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(out), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def _judged(written: str) -> tuple[list[str], list[str]]:
    """(failures, stories that failed for nothing but a reading that no form minds) of Rasa's file of failed stories."""
    failures: list[str] = []
    harmless: list[str] = []
    for story in _STORY.split(written)[1:]:
        name, _, steps = story.partition("\n")
        wrong = [_step(line) for line in _unminded(steps).splitlines() if PREDICTED in line]
        if wrong:
            failures += [name.strip(), *wrong]
        else:
            harmless.append(name.strip())
    return failures, harmless


def _step(line: str) -> str:
    return f"    {line.strip().removeprefix('- ')}"


def _unminded(steps: str) -> str:
    """The steps without those messages that are read otherwise than told and then taken by a form."""
    return _TAKEN.sub("", steps)


def main(arguments: list[str]) -> int:
    """0 when every story went as told."""
    begin = time.monotonic()
    folder = Path(arguments[0]).resolve() if arguments else STORIES
    try:
        outcome = story_test(folder, train()[0])
    except StoryTestError as error:
        print(f"rasa test did not run: {error}", file=sys.stderr)
        return 2
    for line in outcome.failures:
        print(line)
    if outcome.run != outcome.stories:
        print(f"Rasa ran {outcome.run} of {outcome.stories} stories: name files test_*.yml and tell no story twice.")
    if outcome.harmless:
        print(f"In {len(outcome.harmless)} of the stories a form's answer is read otherwise, which no form minds.")
    seconds = time.monotonic() - begin
    print(f"Stories: {outcome.passed} of {outcome.stories} right, {outcome.turns} messages, {seconds:.0f} s")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
