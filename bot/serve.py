"""Runs Rasa with our channels in this process: ``python -m bot.serve``. Settings come from the environment."""

from __future__ import annotations

import logging
import sys

from bot.settings import PROJECT, settings
from bot.training import model_path, quiet_environment


def main() -> int:
    """Returns 2 with one sentence when there is no model for the present inputs."""
    model = model_path()
    if not model.exists():
        print("There is no trained model for these files; run `ansim train`.", file=sys.stderr)
        return 2
    quiet_environment()
    environment()
    logging.captureWarnings(True)
    from rasa.__main__ import main as rasa

    sys.argv = [
        "rasa",
        "run",
        "--model",
        str(model),
        "--endpoints",
        str(PROJECT / "bot" / "endpoints.yml"),
        "--credentials",
        str(PROJECT / "bot" / "credentials.yml"),
        "--interface",
        settings().interface,
        "--port",
        str(settings().port),
    ]
    rasa()
    return 0


def environment() -> None:
    """What Rasa's files read by ``${NAME}``, and the size limit of a request.

    The limit leaves room for a draft; every other route that takes a body has a smaller one of its own.
    """
    import os

    os.environ.setdefault("ANSIM_ACTIONS_URL", f"http://127.0.0.1:{settings().actions_port}/webhook")
    os.environ.setdefault("ANSIM_TRACKER_DB", str(settings().tracker_db))
    os.environ.setdefault("SANIC_REQUEST_MAX_SIZE", "6000000")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    settings().home.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    sys.exit(main())
