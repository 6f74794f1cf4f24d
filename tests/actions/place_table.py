"""Asks the questions of the place tables as a surface does, and judges what comes back."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.answering import Answerer
from actions.nearby_thread import Context
from actions.respond import Turn, respond
from index.errors import SearchIndexError
from nlu import replies
from nlu.language import choose
from nlu.message import LOCATION_ONLY, clean
from nlu.route import NEARBY, RULE
from tests.actions.place_oracle import HAZARDS, SHELTERS_OFFERED, SHOWN, Row, away, point_of, rows

SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Reply:
    """What one message got, and the language it was read in."""

    turn: Turn
    language: str

    @property
    def status(self) -> str:
        return RULE if self.turn.skill == RULE else self.turn.answer.status

    @property
    def ids(self) -> list[str]:
        return [place["id"] for place in self.turn.answer.places]


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text("utf-8").splitlines()]


def no_index() -> Answerer:
    """Rules are not looked up here: a message that goes to them says so."""
    raise SearchIndexError("The index is not opened for questions about places.")


def ask(row: dict[str, Any], language: str | None, thread: Context = Context(), last: str = "") -> Reply:  # noqa: B008 (a frozen value)
    """One message, as the actions and the terminal put it once it is no emergency."""
    location = tuple(row["location"]) if "location" in row else None
    message = clean(row["text"])
    spoken = choose(message.text, language, None)
    words = message.text if message.has_words else LOCATION_ONLY
    try:
        return Reply(respond(words, spoken, thread, last, location, rules=no_index), spoken)
    except SearchIndexError:
        return Reply(Turn(replies.static("unavailable", spoken), RULE, thread), spoken)


def wrongs(row: dict[str, Any], reply: Reply, before: list[str] | None = None) -> list[str]:
    """What is wrong about a reply, in words; empty when it is right. ``before``: ids shown in the last turn."""
    answer, thread = reply.turn.answer, reply.turn.thread
    found = []
    if reply.status != row["status"]:
        return [f"status {reply.status} ({reply.turn.skill}), not {row['status']}: {answer.text[:90]!r}"]
    if row["status"] == RULE:
        return []
    general = set(row["kinds"]) in (set(SHELTERS_OFFERED), set(HAZARDS))
    if reply.turn.skill == NEARBY and not general and set(thread.kinds) != set(row["kinds"]):
        found.append(f"looked for {thread.kinds}, not {row['kinds']}")
    if not row["expected"] and row["way"] not in ("any", "detail"):
        return [*found, *([f"shows {reply.ids}"] if reply.ids else [])]
    kinds = {place["kind"] for place in answer.places}
    wanted = set(row["expected"]) or set(row["kinds"])
    if kinds != wanted:
        found.append(f"kinds {sorted(kinds)}, not {sorted(wanted)}")
    return [*found, *_origin(row, reply), *_rows(row, reply, before or [])]


def _origin(row: dict[str, Any], reply: Reply) -> list[str]:
    origin = row.get("origin", "")
    if not origin or "|" in origin:
        return []
    if origin == "here":
        shown = (reply.turn.answer.map or {}).get("origin", {}).get("kind")
        return [] if shown == "here" else [f"measured from {shown}, not from here"]
    found_at = reply.turn.thread.origin.replace("welfare:", "dong:")
    return [] if found_at == origin else [f"from {reply.turn.thread.origin}, not {origin}"]


def _rows(row: dict[str, Any], reply: Reply, before: list[str]) -> list[str]:
    if row["way"] == "detail":
        want = before[row["nth"] - 1 : row["nth"]]
        return [] if reply.ids == want else [f"shows {reply.ids}, not {want}"]
    if row["way"] == "any":
        again = set(reply.ids) & set(before) if row.get("fresh") else set()
        return [f"shows again {sorted(again)}"] if again else []
    return [wrong for kind, ids in row["expected"].items() for wrong in _of_kind(row, reply, kind, ids)]


def _of_kind(row: dict[str, Any], reply: Reply, kind: str, ids: list[str]) -> list[str]:
    shown = [place["id"] for place in reply.turn.answer.places if place["kind"] == kind]
    count = 1 if row["way"] == "each" else min(SHOWN, len(ids))
    if len(shown) != count or not set(shown) <= set(ids):
        return [f"{kind}: {shown}, not {ids}"]
    if row["way"] != "along" and not _as_near(row, shown[0], ids[0]):
        return [f"{kind}: first {shown[0]}, not {ids[0]}"]
    return []


def _as_near(row: dict[str, Any], shown: str, first: str) -> bool:
    """Whether it is the nearest one, or one that shares the nearest one's point."""
    if shown == first or row["way"] == "each":
        return True
    spot = tuple(row["location"]) if row["origin"] == "here" else point_of(row["origin"])
    mine, best = truth(spot, shown), truth(spot, first)
    return mine is not None and best is not None and abs(mine - best) < 0.01


def truth(spot: tuple[float, float], row_id: str) -> float | None:
    """Metres by ``pyproj.Geod`` from a point to a row; None where the row has no point."""
    row = by_id()[row_id]
    return None if row.start is None else away(spot, row)


@functools.cache
def by_id() -> dict[str, Row]:
    """Every bundled row by its id."""
    return {row.id: row for each in rows().values() for row in each}
