"""The action server: warms the index and its encoder before the port opens, then runs rasa-sdk.

Run as ``python -m actions.server PORT``. It has no authentication, so it listens on loopback only.
"""

from __future__ import annotations

import logging
import os
import sys

WARM_UP = (
    "When is the plan due?",
    "언제까지 신고해야 하나요?",
    "heat shelter near Choji-dong",
    "원곡동 지진 대피소 어디야?",
)


def warm() -> str | None:
    """Answer once of each kind and language, so that what is slow to load is loaded; an error's sentence."""
    from actions.respond import reply
    from index.errors import SearchIndexError
    from knowledge.errors import KnowledgeError

    problem = None
    for question in WARM_UP:
        try:
            reply(question)
        except (KnowledgeError, SearchIndexError) as error:
            problem = str(error)
    return problem


def main(argv: list[str]) -> int:
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
    logging.captureWarnings(True)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    problem = warm()
    if problem is not None:
        # keep serving: people are told "could not look" instead of getting silence
        logging.getLogger("ansim.actions").error(problem)
    from rasa_sdk.endpoint import run

    from actions import draft_routes, feedback_routes, law_routes, places_routes, report_page, warm_later
    from actions.sdk_routes import register

    for name, routes in {
        "data": places_routes,
        "law": law_routes,
        "feedback": feedback_routes,
        "reports": report_page,
        "draft": draft_routes,
        "warm_later": warm_later,
    }.items():
        register(name, routes.attach)
    run("actions", port=int(argv[0]) if argv else 5055, cors_origins=[])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
