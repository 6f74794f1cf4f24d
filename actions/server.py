"""The action server: warms the index and its encoder before the port opens, then runs rasa-sdk.

Run as ``python -m actions.server PORT``. It has no authentication, so it listens on loopback only.
"""

from __future__ import annotations

import logging
import os
import sys

WARM_UP = ("When is the plan due?", "언제까지 신고해야 하나요?")


def warm() -> str | None:
    """Open the index and answer once in each language; the error's sentence when that fails."""
    from actions.respond import reply
    from index.errors import SearchIndexError
    from knowledge.errors import KnowledgeError

    try:
        for question in WARM_UP:
            reply(question)
    except (KnowledgeError, SearchIndexError) as error:
        return str(error)
    return None


def main(argv: list[str]) -> int:
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
    logging.captureWarnings(True)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    problem = warm()
    if problem is not None:
        # keep serving: people are told "could not look" instead of getting silence
        logging.getLogger("ansim.actions").error(problem)
    from rasa_sdk.endpoint import run

    from actions.places_routes import register

    register()
    run("actions", port=int(argv[0]) if argv else 5055, cors_origins=[])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
