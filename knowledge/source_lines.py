"""The lines of a legal text with their places in it."""

from __future__ import annotations


def split_lines(source: str) -> tuple[list[int], list[str]]:
    """(offset of each line, the line without its end), split at line feeds only."""
    starts, lines, place = [], [], 0
    for raw in source.split("\n"):
        starts.append(place)
        lines.append(raw.rstrip("\r"))
        place += len(raw) + 1
    return starts, lines
