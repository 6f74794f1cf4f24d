"""Where marks and names stand on the still map, so that none covers another. Pure; metres, y upwards."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Spot = tuple[float, float]
TURNS = 12
RINGS = (1.0, 1.35, 1.7, 2.2, 2.8)
NEAR = 0.92
"""How near to a mark's middle another may stand, of its width."""


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def shared(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(wide, 0.0) * max(high, 0.0)

    def within(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.bottom <= self.bottom
            and self.top <= other.top
        )


def around(spot: Spot, wide: float, high: float) -> Box:
    """The box of this width and height with its middle at ``spot``."""
    x, y = spot
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def rooted(points: Sequence[Spot], dots: Sequence[Spot], wide: float) -> list[Spot | None]:
    """The spots of the marks that stand on their own points; None where an earlier mark or a dot stands."""
    spots: list[Spot | None] = []
    for point in points:
        spots.append(point if _free(point, spots, dots, wide) else None)
    return spots


def spread(
    points: Sequence[Spot], dots: Sequence[Spot], wide: float, room: Box, names: Sequence[Box] = ()
) -> list[Spot]:
    """Each mark's spot: its own point, or the nearest that no mark, no end of the way (``dots``) and no name takes."""
    spots = rooted(points, dots, wide)
    for at, point in enumerate(points):
        if spots[at] is None:
            open_ = (s for s in _ringed(point, wide) if _free(s, spots, dots, wide) and _inside(s, wide, room, names))
            spots[at] = next(open_, point)
    return [spot for spot in spots if spot is not None]


def _free(spot: Spot, spots: Sequence[Spot | None], dots: Sequence[Spot], wide: float) -> bool:
    others = (other for other in spots if other is not None)
    return all(math.dist(spot, other) >= wide * NEAR for other in others) and all(
        math.dist(spot, dot) >= wide * 0.75 for dot in dots
    )


def _ringed(point: Spot, wide: float) -> Iterator[Spot]:
    """Spots around a point, the nearer rings first, each beginning above."""
    for ring in RINGS:
        for turn in range(TURNS):
            angle = math.pi / 2 - 2 * math.pi * turn / TURNS
            yield point[0] + ring * wide * math.cos(angle), point[1] + ring * wide * math.sin(angle)


def _inside(spot: Spot, wide: float, room: Box, names: Sequence[Box]) -> bool:
    box = around(spot, wide, wide)
    return box.within(room) and not any(box.overlaps(name) for name in names)


def beside(
    dot: Spot, size: tuple[float, float], gap: float, far: float, taken: Sequence[Box], room: Box
) -> Box:
    """The box for an end's name of this width and height: the side of its dot where it covers least, below first.

    ``gap``: from the dot's middle; by ``far`` more where nothing nearer is free.
    """
    wide, high = size
    boxes = []
    for more in (0.0, far):
        x, y = wide / 2 + gap + more, high / 2 + gap + more
        ways = ((0, -y), (0, y), (x, 0), (-x, 0), (x, -y), (x, y), (-x, -y), (-x, y))
        boxes += [around((dot[0] + right, dot[1] + up), wide, high) for right, up in ways]
    return min(boxes, key=lambda box: wide * high - box.shared(room) + sum(box.shared(other) for other in taken))


def middle(area: Any, wide: float, high: float, taken: Sequence[Box]) -> Spot | None:
    """A point of ``area`` (shapely) where a name of this size covers no box of ``taken``; None when there is none."""
    from shapely.geometry import Polygon, box
    from shapely.ops import unary_union

    blocked = [
        box(each.left - wide / 2, each.bottom - high / 2, each.right + wide / 2, each.top + high / 2)
        for each in taken
    ]
    left = area.difference(unary_union(blocked)) if blocked else area
    parts = [part for part in getattr(left, "geoms", [left]) if isinstance(part, Polygon) and not part.is_empty]
    if not parts:
        return None
    point = max(parts, key=lambda part: part.area).representative_point()
    return float(point.x), float(point.y)
