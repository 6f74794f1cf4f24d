"""The Rasa model: trained when its inputs changed, named by their hash."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import sys
from pathlib import Path

from bot.settings import PROJECT, settings
from nlu.intent_examples import EXAMPLES, asked_files

DOMAIN, STORIES, NLU = PROJECT / "bot" / "domain", PROJECT / "bot" / "dialogue", PROJECT / "nlu"
TRAINING_FILES = EXAMPLES


def input_files() -> list[Path]:
    """Everything the model depends on: data, configuration, our components, the notes' questions."""
    found = [PROJECT / "config.yml", PROJECT / "requirements.lock", *TRAINING_FILES]
    for folder, pattern in (
        (DOMAIN, "*.yml"),
        (STORIES, "*.yml"),
        (NLU / "components", "*.py"),
        (PROJECT / "bot" / "policies", "*.py"),
        (PROJECT / "knowledge" / "laws", "**/*.jsonl"),
    ):
        found += sorted(folder.glob(pattern))
    found += [NLU / f"{name}.py" for name in ("linear_model", "intents", "intent_examples")]
    return [*found, *asked_files()]


def model_path() -> Path:
    """Where the model for the present inputs is, or would be."""
    digest = hashlib.sha256()
    for path in input_files():
        digest.update(path.name.encode() + path.read_bytes())
    return settings().models / f"ansim-{digest.hexdigest()[:16]}.tar.gz"


def train(force: bool = False) -> tuple[Path, bool]:
    """(model, whether it was trained now); older models are removed after a training."""
    path = model_path()
    if path.exists() and not force:
        return path, False
    quiet_environment()
    path.parent.mkdir(parents=True, exist_ok=True)
    said = io.StringIO()  # Rasa's and its libraries' progress and warnings; shown only when it fails
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        from rasa.api import train as rasa_train

        result = rasa_train(
            str(DOMAIN),
            str(PROJECT / "config.yml"),
            [*map(str, TRAINING_FILES), str(STORIES)],
            output=str(path.parent),
            fixed_model_name=path.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    if result.code != 0 or not path.exists():
        print(said.getvalue(), file=sys.stderr)
        raise RuntimeError(
            "Rasa could not train the model (see above); `make check` says what is wrong with its files."
        )
    for old in path.parent.glob("ansim-*.tar.gz"):
        if old != path:
            old.unlink()
    return path, True


def quiet_environment() -> None:
    """No telemetry, no third-party banners."""
    for name, value in {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "HF_HUB_OFFLINE": "1",
        "CUDA_VISIBLE_DEVICES": "",
    }.items():
        os.environ.setdefault(name, value)
