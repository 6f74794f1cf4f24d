"""Rasa's own check of its files (``rasa data validate``), over several folders: ``python -m bot.validate``."""

from __future__ import annotations

import logging
import sys

from bot.settings import PROJECT
from bot.training import DOMAIN, STORIES, TRAINING_FILES, quiet_environment


def main() -> int:
    quiet_environment()
    logging.basicConfig(level=logging.WARNING)
    from rasa.__main__ import main as rasa

    sys.argv = [
        "rasa",
        "data",
        "validate",
        "--domain",
        str(DOMAIN),
        "--config",
        str(PROJECT / "config.yml"),
        "--fail-on-warnings",
        "--data",
        *map(str, TRAINING_FILES),
        str(STORIES),
    ]
    rasa()
    return 0


if __name__ == "__main__":
    sys.exit(main())
