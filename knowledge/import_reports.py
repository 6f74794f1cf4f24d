"""Tells what became of each imported file: one line or one row a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

REFUSED = "refused"
EXIT_REFUSED = 1

Report = dict[str, Any]
"""``file``, ``result`` (REFUSED with a ``problem``, or what was done), and what the file holds."""


def tell(reports: Sequence[Report], kept: dict[str, Path], line: Callable[[Report], str], as_json: bool) -> int:
    """Print each file's report, refused ones to standard error; exit status 1 when one was refused.

    ``kept``: name and path of where they are kept, for JSON; ``line``: a report as people read it.
    """
    if as_json:
        where = {name: str(path) for name, path in kept.items()}
        print(json.dumps({**where, "files": list(reports)}, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            print(line(report), file=sys.stderr if report["result"] == REFUSED else sys.stdout)
    return EXIT_REFUSED if any(report["result"] == REFUSED for report in reports) else 0
